"""A request whose body is too large is refused as soon as that is known, not after all of it has been taken in."""

from __future__ import annotations

from typing import Any

from daphne.http_protocol import WebRequest

# In bytes. Daphne holds a whole body in memory before the application sees it: a 600 MB POST took 600 MB.
LARGEST_BODY = 32 * 1024 * 1024
REFUSAL = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class LimitedRequest(WebRequest):
    """Daphne's request with a limit to its body."""

    refused = False

    def gotLength(self, length: int | None) -> None:
        """Twisted's hook: the headers are complete; ``length`` is None where the body comes in chunks."""
        super().gotLength(length)
        if length is not None and length > LARGEST_BODY:
            self._refuse()

    def handleContentChunk(self, data: bytes) -> None:
        """Twisted's hook: a piece of the body has come."""
        if not self.refused and self.content.tell() + len(data) > LARGEST_BODY:
            self._refuse()
        if not self.refused:
            super().handleContentChunk(data)

    def process(self) -> Any:
        """Twisted's hook: the request is complete. One that has been refused goes no further."""
        return None if self.refused else super().process()

    def _refuse(self) -> None:
        self.refused = True
        self.channel.transport.write(REFUSAL)
        self.channel.loseConnection()
