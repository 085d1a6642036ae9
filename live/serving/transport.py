"""The eager transport: bytes go to the kernel at once when nothing waits before them, not in the reactor's next turn."""

from __future__ import annotations

from typing import Any

from twisted.internet import tcp


class EagerTransport(tcp.Server):
    """A TCP connection whose ``write`` tries the socket first.

    Twisted buffers every write, has the reactor watch the socket, and sends when the reactor reports it writable: three
    system calls (watch, send, stop watching) where one does. Here only what the kernel would not take goes that way; and
    as long as anything waits, everything goes that way, so that bytes never overtake one another.

    Installed through ``tcp.Port.transport``, which Twisted documents as the place to "change the sort of transport". Plain TCP
    only: a proxy in front does TLS.
    """

    # In slots, not in the instance's dictionary of some thirty attributes: with 10,000 connections nothing is in the
    # processor's cache, and what a write touches is what it costs.
    __slots__ = ("idle", "line")

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.line = self.socket
        # Whether nothing waits to be written, so that bytes may go straight to the socket. Twisted watches the socket
        # exactly while something waits (or the connection is being closed): startWriting, stopWriting.
        self.idle = True

    def startWriting(self) -> None:
        """Twisted's word for: something waits."""
        self.idle = False
        super().startWriting()

    def stopWriting(self) -> None:
        """Twisted's word for: nothing waits any more. It also comes at the end of a connection, which is not idle."""
        super().stopWriting()
        self.idle = bool(self.connected) and not self.disconnecting and not self._aborting

    def write(self, data: bytes) -> None:
        """Sends at once what the kernel takes and leaves the rest to the reactor; a broken connection raises nothing."""
        if not self.idle:
            super().write(data)
            return
        try:
            sent = self.line.send(data)
        except OSError:
            # Full or broken: Twisted's own way meets the same answer, and reports it when its callers expect that.
            sent = 0
        if sent < len(data):
            super().write(data[sent:])

    def waiting(self) -> int:
        """How many bytes wait here because the kernel would not take them."""
        return 0 if self.idle else len(self.dataBuffer) - self.offset + self._tempDataLen
