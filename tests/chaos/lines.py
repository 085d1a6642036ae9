"""A client's line to the service: a proxy in user space whose connections can be cut, frozen, or dead in one direction."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.chaos.region import Region

UP, DOWN = "up", "down"  # from the client to the service, and back
ORPHANED = 20.0  # seconds the service keeps a connection whose client has gone without a word
LINGER_NOT = struct.pack("ii", 1, 0)

Alter = Callable[[bytes], bytes]


@dataclass(eq=False)
class _Connection:
    """The two halves of one connection: to the client, to the service."""

    client: asyncio.StreamWriter
    service: asyncio.StreamWriter
    pumps: list[asyncio.Task[None]] = field(default_factory=list)


class Line:
    """Where one client dials in. `alter` may change what goes down: a fault for the tests of the judge."""

    def __init__(
        self, service_port: int, *, called: socket.socket | None = None, sockets_pass: bool = True, alter: Alter | None = None,
        region: Region | None = None,
    ) -> None:  # fmt: skip
        self.service_port, self.called, self.region = service_port, called, region
        self.sockets_pass = sockets_pass
        self.alter = alter
        self.port = 0
        self.flows = {UP: asyncio.Event(), DOWN: asyncio.Event()}
        self.is_gone = False
        self._connections: set[_Connection] = set()
        self._orphans: set[asyncio.Task[None]] = set()
        self.heal()

    @property
    def url(self) -> str:
        """The service as this client knows it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_good(self) -> bool:
        """Whether bytes flow both ways."""
        return self.flows_itself and (self.region is None or self.region.is_good)

    @property
    def flows_itself(self) -> bool:
        """Whether nothing is done to it, whatever stands behind it."""
        return not self.is_gone and all(flow.is_set() for flow in self.flows.values())

    async def open(self) -> None:
        """Begin to listen, on a free port where no socket was given."""
        if self.called is not None:
            self._server = await asyncio.start_server(self._accept, sock=self.called)
        else:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        """End everything."""
        self._server.close()
        self.cut(reset=True)
        for orphan in self._orphans:
            orphan.cancel()

    # --- what happens to lines

    def freeze(self, *ways: str) -> None:
        """Let nothing through, in these directions, and close nothing; new connections freeze as well."""
        for way in ways:
            self.flows[way].clear()

    def heal(self) -> None:
        """Let everything through; what has been held back comes now."""
        self.is_gone = False
        for flow in self.flows.values():
            flow.set()

    def cut(self, *, reset: bool) -> None:
        """Close every connection to both sides: with RST, or in order (FIN)."""
        for connection in self._take_all():
            for writer in (connection.client, connection.service):
                _reset(writer) if reset else writer.close()

    def go(self) -> None:
        """Be gone: what is open is reset, what is dialled is refused, until healed."""
        self.is_gone = True
        self.cut(reset=True)

    def orphan(self) -> None:
        """Reset the client's side only: to the service the connection stands for a while, and nothing ever comes."""
        for connection in self._take_all():
            _reset(connection.client)
            task = asyncio.create_task(_close_later(connection.service))
            self._orphans.add(task)
            task.add_done_callback(self._orphans.discard)

    def _take_all(self) -> Iterator[_Connection]:
        for connection in list(self._connections):
            self._connections.discard(connection)
            for pump in connection.pumps:
                pump.cancel()
            yield connection

    # --- what goes through

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_gone:
            return _reset(writer)
        first = await _first(reader)
        if not self.sockets_pass and first.startswith(b"GET /ws/"):
            return _reset(writer)
        try:
            back, there = await self._dial()
        except OSError:
            return _reset(writer)
        if self.is_gone:
            _reset(there)
            return _reset(writer)
        connection = _Connection(client=writer, service=there)
        self._connections.add(connection)
        connection.pumps = [
            asyncio.create_task(self._pump(connection, reader, there, UP, first)),
            asyncio.create_task(self._pump(connection, back, writer, DOWN, b"")),
        ]
        return None

    async def _dial(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.region is not None:
            return await self.region.dial(self.service_port)
        return await asyncio.open_connection("127.0.0.1", self.service_port)

    async def _pump(
        self, connection: _Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str, data: bytes
    ) -> None:
        try:
            while data or (data := await reader.read(65_536)):
                await self.flows[way].wait()
                writer.write(self.alter(data) if self.alter and way == DOWN else data)
                await writer.drain()
                data = b""
        except OSError:
            pass
        await self.flows[way].wait()  # the end of a connection is something to be told, too
        writer.close()
        if all(one.is_closing() for one in (connection.client, connection.service)):
            self._connections.discard(connection)


async def _first(reader: asyncio.StreamReader) -> bytes:
    with contextlib.suppress(OSError):
        return await reader.read(65_536)
    return b""


async def _close_later(writer: asyncio.StreamWriter) -> None:
    try:
        await asyncio.sleep(ORPHANED)
    finally:
        writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST: whatever is under way is lost."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
    writer.transport.abort()
