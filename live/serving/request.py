"""A request whose body is too large is refused as soon as that is known, not after all of it has been taken in."""

from __future__ import annotations

import time
from typing import Any

from daphne.http_protocol import WebRequest

# In seconds: an answer that still flows may take as long as its line needs.
STILL = 60.0
# In bytes. Daphne holds a whole body in memory before the application sees it: a 600 MB POST took 600 MB.
LARGEST_BODY = 32 * 1024 * 1024
REFUSAL = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class LimitedRequest(WebRequest):
    """Daphne's request with a limit to its body, and an answer that is cut off where the application breaks down in it."""

    refused = False
    flowed = 0.0  # when the line last had room for more of a long answer

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

    def waiting(self) -> int:
        """How many bytes of the answer wait here because the line has no room for them; none when it is gone."""
        line = getattr(self.channel, "transport", None)
        waiting = getattr(line, "waiting", None)
        return waiting() if waiting is not None else 0

    def handle_exception(self, exception: BaseException) -> None:
        """Daphne's hook: the application broke down. Nobody shall take what was sent until then for the whole answer."""
        if self._response_started and self.channel is not None:
            self.channel.forceAbortClient()
        else:
            super().handle_exception(exception)

    def check_timeouts(self) -> None:
        """Daphne's hook: a long answer ends when its line has had no room for a minute, not after so many minutes in all."""
        if time.monotonic() - self.flowed > STILL:
            super().check_timeouts()

    def _refuse(self) -> None:
        self.refused = True
        self.channel.transport.write(REFUSAL)
        self.channel.loseConnection()
