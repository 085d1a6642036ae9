"""The end of the service: readiness fails first, screens are told to come back, running requests finish, then it stops."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING, Any

from daphne.http_protocol import WebRequest

from live.closing import begin_closing, is_closing
from live.serving.protocol import FramesProtocol

if TYPE_CHECKING:
    from live.serving.server import LiveServer

FAREWELL_S = 3.0
REQUESTS_S = 8.0
SOCKETS_S = 2.0
TICK_S = 0.05
logger = logging.getLogger(__name__)


def end_on_signals(server: LiveServer, loop: asyncio.AbstractEventLoop) -> None:
    """SIGTERM and SIGINT begin the end; the second of them does not wait for anybody."""
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _begin, server, loop)


def _begin(server: LiveServer, loop: asyncio.AbstractEventLoop) -> None:
    if is_closing():
        server.finish()
        return
    begin_closing()
    server.ending = loop.create_task(end(server))


async def end(server: LiveServer) -> None:
    """Goes through the steps, each within its time, and stops the server whatever happens in them."""
    running = _open(server, WebRequest)
    try:
        await _say_goodbye(server)
        await _wait_for(server, running, REQUESTS_S)  # for these only: under load there is always another one
        server.stop_listening()
        sockets = _open(server, FramesProtocol)
        for protocol in sockets:
            protocol.close_for_restart()
        await _wait_for(server, sockets, SOCKETS_S)
    finally:
        server.finish()


async def _say_goodbye(server: LiveServer) -> None:
    try:
        await asyncio.wait_for(server.farewell(), FAREWELL_S)
    except Exception:
        logger.exception("The screens could not be told that the service stops.")


async def _wait_for(server: LiveServer, protocols: list[Any], seconds: float) -> None:
    """Waits until these have ended."""
    clock = asyncio.get_running_loop().time
    until = clock() + seconds
    while clock() < until and not set(protocols).isdisjoint(_open(server, object)):
        await asyncio.sleep(TICK_S)


def _open(server: LiveServer, kind: type[Any]) -> list[Any]:
    return [
        protocol
        for protocol, details in server.connections.items()
        if isinstance(protocol, kind) and "disconnected" not in details
    ]
