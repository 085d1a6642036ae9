"""Rights are judged when a socket joins: many that join together are asked about in one reading."""

from __future__ import annotations

import asyncio

from channels.db import database_sync_to_async

from live.audience import holding
from live.sockets import Socket


class Judge:
    """Asks whether tickets still hold. While one reading is under way, whoever comes waits for the next one."""

    def __init__(self) -> None:
        self._asked: set[Socket] = set()
        self._good: set[Socket] = set()
        self._reading = asyncio.Lock()

    async def holds(self, socket: Socket) -> bool:
        """Tell whether what a socket wants to see may still be seen."""
        self._asked.add(socket)
        async with self._reading:  # first come, first served: all who were read together come before the next reading
            if socket in self._asked:
                together = list(self._asked)
                self._good = await still_good(together)
                self._asked.difference_update(together)
            return socket in self._good


async def still_good(sockets: list[Socket]) -> set[Socket]:
    """Return those sockets whose tickets still hold."""
    good = await database_sync_to_async(holding)({socket.ticket for socket in sockets})
    return {socket for socket in sockets if socket.ticket in good}
