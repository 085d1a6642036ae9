"""Daphne as this service runs it: the eager transport, the frames protocol, limits for thousands of screens, a calm end."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable
from typing import Any

from daphne.http_protocol import HTTPFactory
from daphne.server import Server
from twisted.internet import defer, tcp
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure

from live.serving.ending import end_on_signals
from live.serving.framing import LastText
from live.serving.process import collect_garbage_rarely, raise_file_limit
from live.serving.protocol import FramesProtocol
from live.serving.request import LimitedRequest
from live.serving.transport import EagerTransport

BACKLOG = 4096
LOOK_S, SLICES = 2.0, 10
# Of a long answer so much waits for a slow line here; the application goes on when there is room again.
WAITING_LIMIT, ROOM_S = 512 * 1024, 0.02
OPTIONS: dict[str, Any] = {
    # 10,000 pages that come back together wait for one another; Daphne's 5 s would turn most of them away.
    "websocket_connect_timeout": 120,
    "websocket_handshake_timeout": 120,
    # A dead line is noticed after 24 s: silent for 10, looked at every 2, 12 for the answer. Daphne's own 20 and 30 took 51.
    "ping_interval": 10,
    "ping_timeout": 12,
    # What pages say on the socket are three short frames. The message limit would also bind what is sent: it stays Daphne's.
    "websocket_max_frame_size": 16 * 1024,
    "http_timeout": 300,
    "request_buffer_size": 64 * 1024,
    "application_close_timeout": 10,
    "signal_handlers": False,
    "server_name": "",
    "verbosity": 0,
}
logger = logging.getLogger(__name__)


class LiveServer(Server):
    """One process that serves an ASGI application on one address until it is told to end."""

    def __init__(
        self,
        application: Callable[..., Any],
        host: str,
        port: int,
        *,
        ready: Callable[[str, int], None],
        farewell: Callable[[], Awaitable[None]],
        **options: Any,
    ) -> None:
        """``host`` is numeric; ``port`` 0 takes a free one. ``ready`` hears the address once it is listened on;
        ``farewell`` tells the screens that the service stops, while everything still works. ``options`` replace OPTIONS.
        """
        interface = host.replace(":", r"\:")
        endpoint = f"tcp:port={port}:interface={interface}:backlog={BACKLOG}"
        super().__init__(application, [endpoint], ready_callable=self.prepare, **(OPTIONS | options))
        self.tell_ready = ready
        self.farewell = farewell
        self.ports: list[tcp.Port] = []
        self.refusal = ""
        self.ending: asyncio.Task[None] | None = None
        self.finished = False
        self.unchecked: list[Any] = []
        self.slice = 0
        self.last = LastText()

    def listen_success(self, port: tcp.Port) -> None:
        """Daphne's hook: the port is open, and the connections it accepts write eagerly."""
        port.transport = EagerTransport  # type: ignore[assignment]  # the same call, spelled *args
        self.ports.append(port)
        super().listen_success(port)

    def listen_error(self, failure: Failure) -> None:
        """Daphne's hook: the port cannot be had. The reason is kept in ``refusal`` for whoever started the server."""
        error = failure.value
        self.refusal = getattr(getattr(error, "socketError", None), "strerror", None) or str(error)
        self.stop()

    def prepare(self) -> None:
        """Daphne's hook, right before it starts to work."""
        self.sent: asyncio.Future[None] = asyncio.get_event_loop().create_future()
        self.sent.set_result(None)
        self.ws_factory.protocol = FramesProtocol.with_options_of(self.ws_factory)
        self.http_factory.buildProtocol = self.build_channel
        end_on_signals(self, asyncio.get_event_loop())
        collect_garbage_rarely()
        self.tell_ready(*self.listening_addresses[0])

    def build_channel(self, address: IAddress) -> Any:
        """What serves a new connection until it becomes a WebSocket."""
        channel = HTTPFactory.buildProtocol(self.http_factory, address)
        channel.requestFactory = LimitedRequest
        return channel

    def handle_reply(self, protocol: Any, message: dict[str, Any]) -> Awaitable[None]:
        """The ASGI ``send``. A text for an open WebSocket goes straight to its transport, all else takes Daphne's way.

        What is returned for a text is done already: a future with its result, so that nobody needs to wait for it.
        """
        last = self.last
        frame = last.frame if message == last.message else last.frame_of(message)
        if frame:
            if protocol.flows and protocol.line.idle:
                protocol.line.write(frame)
                return self.sent
            if protocol.send_frame(frame):
                return self.sent
        if message.get("more_body") and message["type"] == "http.response.body":
            return self._paced(protocol, message)
        return super().handle_reply(protocol, message)

    async def _paced(self, protocol: Any, message: dict[str, Any]) -> None:
        """Sends a piece of a long answer and waits for room for the next. Daphne alone would take a whole file into memory."""
        await super().handle_reply(protocol, message)
        while protocol in self.connections and "disconnected" not in self.connections[protocol]:
            if protocol.waiting() <= WAITING_LIMIT:
                protocol.flowed = time.monotonic()
                return
            await asyncio.sleep(ROOM_S)

    def timeout_checker(self) -> None:
        """Daphne's hook: looks at all connections every 2 s, a tenth at a time. All at once, 10,000 pings hold up everything."""
        if not self.unchecked:
            self.unchecked = list(self.connections)
            self.slice = math.ceil(len(self.unchecked) / SLICES)
        due, self.unchecked = self.unchecked[: self.slice], self.unchecked[self.slice :]
        for protocol in due:
            if protocol in self.connections:
                protocol.check_timeouts()
        asyncio.get_event_loop().call_later(LOOK_S / SLICES, self.timeout_checker)

    def stop_listening(self) -> None:
        """No new connection from now on; those there are go on."""
        for port in self.ports:
            port.stopListening()

    def kill_all_applications(self) -> defer.Deferred[Any]:
        """Cancels what still runs. (Daphne's own fails on a connection whose application has already been put away.)"""
        running = [details["application_instance"] for details in self.connections.values() if "application_instance" in details]
        for instance in running:
            instance.cancel()
        return defer.Deferred.fromFuture(asyncio.gather(*running, return_exceptions=True))

    def serve(self) -> None:
        """Works until the process is told to end. Returns at once, with ``refusal`` set, if it cannot listen."""
        raise_file_limit()
        self.run()

    def finish(self) -> None:
        """Ends the work of ``serve``; asking twice is asking once."""
        if not self.finished:
            self.finished = True
            asyncio.get_event_loop().call_soon(self.stop)
