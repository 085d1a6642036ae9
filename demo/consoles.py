"""A console for each bridge point: sockets to the server beside us, kept open as a bridge point's page keeps its own."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import WebSocketException

from demo.neighbour import dial, hello
from live.tickets import Ticket

RETRY = 1.0  # seconds until a console that lost its line tries again
LEAVING = 3.0  # seconds for all consoles to say goodbye


class Consoles:
    """The consoles on an event loop of their own, in a thread beside the player. They touch no database."""

    def __init__(self, url: str, meeting_id: int, slug: str) -> None:
        self.url, self.meeting_id, self.slug = url, meeting_id, slug
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="consoles", daemon=True)
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def __enter__(self) -> Consoles:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._run(self._close_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LEAVING)

    def open(self, site: int, participant: int) -> None:
        """Open the console of a bridge point in the name of who sits at it; nothing when it is open."""
        ticket = Ticket(
            meeting=self.meeting_id, slug=self.slug, screen="console", language="vi",
            participant=participant, bridge_point=site, connects=True,
        )  # fmt: skip
        self._loop.call_soon_threadsafe(self._begin, site, ticket)

    def close(self, site: int, participant: int) -> None:
        """Close the console of a bridge point."""
        self._loop.call_soon_threadsafe(self._end, site)

    def _begin(self, site: int, ticket: Ticket) -> None:
        if site not in self._tasks:
            self._tasks[site] = self._loop.create_task(self._keep(ticket))

    def _end(self, site: int) -> None:
        task = self._tasks.pop(site, None)
        if task:
            task.cancel()

    async def _close_all(self) -> None:
        tasks, self._tasks = list(self._tasks.values()), {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            asyncio.run_coroutine_threadsafe(work, self._loop).result(LEAVING)
        except TimeoutError:
            return  # the thread is a daemon: what does not say goodbye in time is cut off

    async def _keep(self, ticket: Ticket) -> None:
        """Hold one console open and open it again, with a new ticket, whenever its line breaks."""
        seen = _Seen()
        while True:
            try:
                async with dial(self.url, ticket) as socket:
                    await _follow(socket, seen)
            except (OSError, TimeoutError, WebSocketException):
                pass  # the server restarts, or closed us: come back
            await asyncio.sleep(RETRY)


class _Seen:
    """How far a console has come: the journal's epoch and number."""

    epoch, number = "", 0


async def _follow(socket: ClientConnection, seen: _Seen) -> None:
    """Say hello, then acknowledge parts and answer heartbeats, as a page does."""
    await socket.send(hello(seen.epoch, seen.number))
    async for text in socket:
        frame = json.loads(text)
        if frame["t"] == "parts":
            seen.epoch, seen.number = frame["epoch"], frame["n"]
            await socket.send(json.dumps({"t": "got", "n": seen.number}))
        elif frame["t"] == "beat":
            await socket.send(json.dumps({"t": "here"}))
        elif frame["t"] == "bye":
            await asyncio.sleep(frame["in"] / 1000)
