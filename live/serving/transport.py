"""The eager transport: bytes go to the kernel at once when nothing waits before them, not in the reactor's next turn."""

from __future__ import annotations

from twisted.internet import tcp


class EagerTransport(tcp.Server):
    """A TCP connection whose ``write`` tries the socket first.

    Twisted buffers every write, has the reactor watch the socket, and sends when the reactor reports it writable: three
    system calls (watch, send, stop watching) where one does. Here only what the kernel would not take goes that way; and
    as long as anything waits, everything goes that way, so that bytes never overtake one another.

    Installed through ``tcp.Port.transport``, which Twisted documents as the place to "change the sort of transport".
    """

    def write(self, data: bytes) -> None:
        """Sends at once what the kernel takes and leaves the rest to the reactor; a broken connection raises nothing."""
        if self._tempDataLen or self.dataBuffer or not self.connected or self._writeDisconnected or self.TLS:
            super().write(data)
            return
        try:
            sent = self.socket.send(data)
        except OSError:
            # Full or broken: Twisted's own way meets the same answer, and reports it when its callers expect that.
            sent = 0
        if sent < len(data):
            super().write(data[sent:])
