"""Rights are judged when a socket joins: many that join together are asked about in one reading."""

from __future__ import annotations

import asyncio

from channels.db import database_sync_to_async

from live.audience import holding
from live.sockets import Socket


class Judge:
    """Asks whether tickets still hold. While one reading is under way, whoever comes waits for the next one."""

    def __init__(self) -> None:
        self._asked: dict[Socket, asyncio.Future[bool]] = {}
        self._work: asyncio.Task[None] | None = None

    async def holds(self, socket: Socket) -> bool:
        """Tell whether what a socket wants to see may still be seen."""
        answer = self._asked.setdefault(socket, asyncio.get_running_loop().create_future())
        if self._work is None:
            self._work = asyncio.get_running_loop().create_task(self._judge())
        return await answer

    async def _judge(self) -> None:
        """Read until nobody waits. All who were read together are answered together, not one in each turn of the loop."""
        try:
            while self._asked:
                together, self._asked = self._asked, {}
                await _answer(together)
        finally:
            self._work = None


async def _answer(together: dict[Socket, asyncio.Future[bool]]) -> None:
    try:
        good = await still_good(list(together))
    except Exception as error:
        for answer in together.values():
            if not answer.done():
                answer.set_exception(error)
    else:
        for socket, answer in together.items():
            if not answer.done():  # who has gone away meanwhile waits no more
                answer.set_result(socket in good)


async def still_good(sockets: list[Socket]) -> set[Socket]:
    """Return those sockets whose tickets still hold."""
    # Not in the one thread of all that writes: it may wait for a lock.
    good = await database_sync_to_async(holding, thread_sensitive=False)({socket.ticket for socket in sockets})
    return {socket for socket in sockets if socket.ticket in good}
