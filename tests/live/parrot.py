"""A small ASGI application and a way to serve it: what the tests of live/serving talk to. It knows nothing of the product."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from live.closing import is_closing

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
listeners: list[Send] = []
PIECES, PIECE = 512, 64 * 1024
sent: list[int] = []


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Pages under http, words under websocket."""
    if scope["type"] == "http":
        await _page(scope["path"], send)
    else:
        await _socket(receive, send)


async def _page(path: str, send: Send) -> None:
    """/ready tells whether it is not closing, /slow takes a second.

    /long is an answer of 32 MB in pieces, /sent how many of them have gone out, /broken an answer that breaks off.
    """
    if path in ("/long", "/broken"):
        await _pieces(send, breaks=path == "/broken")
        return
    if path == "/slow":
        await asyncio.sleep(1)
    body = str(not is_closing()) if path == "/ready" else str(len(sent)) if path == "/sent" else "done"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body.encode()})


async def _pieces(send: Send, *, breaks: bool) -> None:
    sent.clear()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for number in range(PIECES):
        await send({"type": "http.response.body", "body": bytes([number % 256]) * PIECE, "more_body": True})
        sent.append(number)
        if breaks and number == 2:
            raise RuntimeError("the application breaks down")
    await send({"type": "http.response.body"})


async def _socket(receive: Receive, send: Send) -> None:
    """Does what it is told: all:N:M sends M numbered texts of N letters to every socket; size:N, bytes:N, two, close:N."""
    await receive()
    await send({"type": "websocket.accept"})
    listeners.append(send)
    while (event := await receive())["type"] == "websocket.receive":
        word, _colon, rest = event["text"].partition(":")
        if word == "all":
            await _tell_all(*map(int, rest.split(":")))
        elif word == "size":
            await send({"type": "websocket.send", "text": "ế" * int(rest)})
        elif word == "bytes":
            await send({"type": "websocket.send", "bytes": b"\xff" * int(rest)})
        elif word == "two":
            await send({"type": "websocket.send", "text": "first"})
            await send({"type": "websocket.send", "text": "second"})
        elif word == "close":
            await send({"type": "websocket.close", "code": int(rest)})
            await send({"type": "websocket.send", "text": "too late"})
    listeners.remove(send)


async def _say_goodbye() -> None:
    for send in listeners:
        await send({"type": "websocket.send", "text": "bye"})


async def _tell_all(letters: int, times: int) -> None:
    for number in range(times):
        text = f"{number:06d}" + "ế" * letters
        for send in listeners:
            await send({"type": "websocket.send", "text": text})
        await asyncio.sleep(0)


def main() -> None:
    """Serves on the port given, 0 for a free one, with the options given as JSON; prints the port."""
    from live.serving.server import LiveServer

    options = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    server = LiveServer(
        application,
        "127.0.0.1",
        int(sys.argv[1]),
        ready=lambda _host, port: print(port, flush=True),
        farewell=_say_goodbye,
        **options,
    )
    server.serve()
    print(server.refusal, file=sys.stderr)
    sys.exit(1 if server.refusal else 0)


if __name__ == "__main__":
    main()
