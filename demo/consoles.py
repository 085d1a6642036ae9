"""A console for each bridge point: sockets to the server beside us, kept open as a bridge point's page keeps its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import threading
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, WebSocketException

from demo.neighbour import PATIENCE, dial, hello
from live.tickets import Ticket, seal

LONGEST_RETRY = 30.0  # seconds
LEAVING = 3.0  # seconds for all consoles to say goodbye
SEEN = re.compile(r'data-seen="(site_command:\d+)"')
SEEN_AT_ONCE = 20


@dataclass
class Console:
    """One console: how far it has come, its newest ticket, and what stands before the eyes of who sits at it."""

    ticket: Ticket
    lag: float = 0.0
    client: str = field(default_factory=lambda: str(uuid.uuid4()))
    sealed: str = ""
    epoch: str = ""
    number: int = 0
    failures: int = 0
    unseen: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    answering: asyncio.Task[None] | None = None

    def takes(self, frame: dict[str, Any]) -> None:
        """Take the parts of a frame; site commands in them are reported as seen with the next beat."""
        self.epoch, self.number = frame["epoch"], frame["n"]
        if "orders" in frame["parts"]:
            self.unseen = [name for name in SEEN.findall(frame["parts"]["orders"]["html"]) if name not in self.told]
        self.connected.set()

    def answer(self, beat: dict[str, Any]) -> str:
        """Return the answer to a beat: its moment, and what has been seen since the last one."""
        seen, self.unseen = self.unseen[:SEEN_AT_ONCE], self.unseen[SEEN_AT_ONCE:]
        self.told.update(seen)
        return json.dumps({"t": "here", "echo": beat["clock"]["real"]} | ({"seen": seen} if seen else {}))

    def pause(self) -> float:
        """Return how long to wait before coming back: at first up to a second, then twice as long each time."""
        self.failures += 1
        if self.failures == 1:
            return random.random()
        return min(LONGEST_RETRY, 2.0 ** (self.failures - 1)) * random.uniform(0.5, 1.5)


class Consoles:
    """The consoles on an event loop of their own, in a thread beside the player. They touch no database."""

    def __init__(self, url: str, meeting_id: int, slug: str) -> None:
        self.url, self.meeting_id, self.slug = url, meeting_id, slug
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="consoles", daemon=True)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._consoles: dict[int, Console] = {}

    def __enter__(self) -> Consoles:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._run(self._close_all(), LEAVING)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LEAVING)

    def open(self, site: int, participant: int, *, lag: float = 0.0, wait: bool = False) -> None:
        """Open the console of a bridge point in the name of who sits at it; nothing when it is open.

        `lag`: seconds by which it answers heartbeats late. `wait`: until the server has answered, or patience ends.
        """
        ticket = Ticket(
            meeting=self.meeting_id, slug=self.slug, screen="console", language="vi",
            participant=participant, bridge_point=site, connects=True,
        )  # fmt: skip
        self._loop.call_soon_threadsafe(self._begin, site, Console(ticket, lag))
        if wait:
            self._run(self._arrived(site), PATIENCE)

    def close(self, site: int) -> None:
        """Close the console of a bridge point."""
        self._loop.call_soon_threadsafe(self._end, site)

    def _begin(self, site: int, console: Console) -> None:
        if site not in self._tasks:
            self._consoles[site] = console
            self._tasks[site] = self._loop.create_task(self._keep(console))

    def _end(self, site: int) -> None:
        task = self._tasks.pop(site, None)
        if task:
            task.cancel()

    async def _arrived(self, site: int) -> None:
        await self._consoles[site].connected.wait()

    async def _close_all(self) -> None:
        tasks, self._tasks = list(self._tasks.values()), {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _run(self, work: Coroutine[Any, Any, None], patience: float) -> None:
        with contextlib.suppress(TimeoutError):  # the thread is a daemon: what does not end in time is left to it
            asyncio.run_coroutine_threadsafe(work, self._loop).result(patience)

    async def _keep(self, console: Console) -> None:
        """Hold one console open and come back, with its newest ticket, whenever its line breaks."""
        while True:
            console.sealed = console.sealed or seal(console.ticket)
            try:
                async with dial(self.url, self.slug, console.sealed) as socket:
                    await _follow(socket, console)
            except (OSError, TimeoutError, WebSocketException):
                if console.failures:  # the newest ticket has not helped, or is too old by now
                    console.sealed = ""
            console.connected.clear()
            await asyncio.sleep(console.pause())


async def _follow(socket: ClientConnection, console: Console) -> None:
    """Say hello, then acknowledge parts, answer heartbeats and keep newer tickets, as a page does."""
    await socket.send(hello(console.epoch, console.number, console.client))
    async for text in socket:
        frame = json.loads(text)
        console.failures = 0
        if frame["t"] == "parts":
            console.takes(frame)
            await socket.send(json.dumps({"t": "got", "n": console.number}))
        elif frame["t"] == "beat":
            console.answering = asyncio.create_task(_answer(socket, console, frame))
        elif frame["t"] == "ticket":
            console.sealed = frame["ticket"]
        elif frame["t"] == "bye":
            await asyncio.sleep(frame["in"] / 1000)


async def _answer(socket: ClientConnection, console: Console, beat: dict[str, Any]) -> None:
    await asyncio.sleep(console.lag)
    with contextlib.suppress(ConnectionClosed):
        await socket.send(console.answer(beat))
