"""The socket /ws/m/<slug>/ as a plain ASGI callable: it holds no rule and asks no database."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from channels.security.websocket import AllowedHostsOriginValidator

from live import frames
from live.closing import is_closing
from live.hub import LATEST_RETURN, hub
from live.sockets import Socket
from live.tickets import Ticket, unseal

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
PATH = re.compile(r"^/ws/m/(?P<slug>[-\w]+)/$")
HELLO_WITHIN = 5.0  # seconds
FRAME_LIMIT = 4096  # characters
BURST, REFILL = 40.0, 4.0  # frames at once, frames a second

BAD_TICKET, NO_HELLO, FLOOD, RESTART = 4001, 4009, 4029, 1012


async def _socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    await receive()  # websocket.connect
    ticket = _ticket(scope)
    await send({"type": "websocket.accept"})
    if ticket is None:
        await send({"type": "websocket.close", "code": BAD_TICKET})
        return None
    if is_closing():  # who was told to come back has come to the process that stops: not yet
        await send({"type": "websocket.send", "text": frames.bye(random.randint(500, LATEST_RETURN))})
        await send({"type": "websocket.close", "code": RESTART})
        return None
    hub.start()
    socket = Socket(send, ticket)
    if not hub.enter(socket):
        return socket.close(FLOOD)
    try:
        await _converse(socket, receive)
    finally:
        hub.leave(socket)
        socket.closed = True
    return None


socket = AllowedHostsOriginValidator(_socket)


def _ticket(scope: dict[str, Any]) -> Ticket | None:
    match = PATH.match(scope["path"])
    given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("ticket", [""])[0]
    return unseal(given, match["slug"]) if match else None


async def _converse(socket: Socket, receive: Receive) -> None:
    """Listen to one page until it goes; the first frame must be its hello."""
    allowance, last, greeted = BURST, time.monotonic(), False
    while not socket.closed:
        try:
            event = await asyncio.wait_for(receive(), None if greeted else HELLO_WITHIN)
        except TimeoutError:
            return socket.close(NO_HELLO)
        if event["type"] == "websocket.disconnect":
            return None
        moment = time.monotonic()
        allowance, last = min(BURST, allowance + (moment - last) * REFILL) - 1, moment
        if allowance < 0:
            return socket.close(FLOOD)
        greeted = await _take(socket, event.get("text") or "", greeted)
    return None


async def _take(socket: Socket, text: str, greeted: bool) -> bool:
    frame = _parsed(text)
    kind = frame.get("t")
    if kind == "hello":
        await hub.join(socket, _number(frame.get("after")), str(frame.get("epoch", "")))
        return True
    if kind == "got" and greeted:
        hub.got(socket, _number(frame.get("n")))
    if kind == "here" and greeted:
        hub.here(socket, frame.get("echo"), frame.get("seen"))
    return greeted


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > FRAME_LIMIT:
        return {}
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return frame if isinstance(frame, dict) else {}


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0
