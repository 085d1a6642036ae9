"""A line to the live room: drives the socket's ASGI callable directly, as a page would, without a server between."""

from __future__ import annotations

import asyncio
import json
from types import TracebackType
from typing import Any
from urllib.parse import quote

from django.test import Client

from live.consumers import socket
from live.tickets import Ticket, seal
from meetings.models import Meeting

ORIGIN = "http://localhost"
PATIENCE = 5.0  # seconds


class Closed(Exception):
    """The other end has closed the line; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Line:
    """One open socket of a page."""

    screen = ""

    def __init__(self, slug: str, ticket: str, *, origin: str | None = ORIGIN) -> None:
        headers = [(b"origin", origin.encode())] if origin is not None else []
        self.scope = {
            "type": "websocket", "path": f"/ws/m/{slug}/", "query_string": f"ticket={quote(ticket)}".encode(),
            "headers": headers, "subprotocols": [],
        }  # fmt: skip
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def __aenter__(self) -> Line:
        self.task = asyncio.create_task(socket(self.scope, self.inbox.get, self.outbox.put))
        await self.inbox.put({"type": "websocket.connect"})
        self.first = await asyncio.wait_for(self.outbox.get(), PATIENCE)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.hang_up()

    async def hang_up(self) -> None:
        """Go away, as a browser does that is closed."""
        await self.inbox.put({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self.task, PATIENCE)

    async def say(self, frame: object) -> None:
        """Send a frame; a text goes as it is."""
        text = frame if isinstance(frame, str) else json.dumps(frame)
        await self.inbox.put({"type": "websocket.receive", "text": text})

    async def hello(self, after: int = 0, epoch: str = "") -> dict[str, Any]:
        """Say hello and return the first frame with parts."""
        await self.say({"t": "hello", "epoch": epoch, "after": after, "client": "c"})
        return await self.hear("parts")

    async def hear(self, kind: str = "", *, within: float = PATIENCE) -> dict[str, Any]:
        """Return the next frame (of a kind); raise Closed, or TimeoutError when none comes."""
        async with asyncio.timeout(within):
            while True:
                event = await self.outbox.get()
                if event["type"] == "websocket.close":
                    raise Closed(event.get("code", 1000))
                frame: dict[str, Any] = json.loads(event["text"])
                if not kind or frame["t"] == kind:
                    return frame

    async def silent(self, kind: str, *, during: float = 0.8) -> bool:
        """Tell whether no frame of a kind comes for a while."""
        try:
            await self.hear(kind, within=during)
        except TimeoutError:
            return True
        return False

    async def end(self, *, within: float = PATIENCE) -> int:
        """Wait until the other end closes; return its code."""
        try:
            async with asyncio.timeout(within):
                while True:
                    await self.hear(within=within)
        except Closed as closed:
            return closed.code


def line_to(meeting: Meeting, screen: str = "control", **ticket: Any) -> Line:
    """Return a line to a screen of a meeting, with a good ticket."""
    own: dict[str, Any] = {"language": "vi", "connects": screen == "console", "chair_line": screen == "console"} | ticket
    line = Line(
        meeting.slug,
        seal(Ticket(meeting=meeting.pk, slug=meeting.slug, screen=screen, **own)),
    )
    line.screen = screen
    return line


def line_of(client: Client, meeting: Meeting, screen: str = "delegate") -> Line:
    """Return a line with a ticket as a page of this browser fetches it."""
    return Line(meeting.slug, client.get(f"/m/{meeting.slug}/live/ticket/?screen={screen}").json()["ticket"])
