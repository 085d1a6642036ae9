"""One open socket: what it looks at, what it has been sent and has acknowledged."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from live.tickets import Ticket

Send = Callable[[dict[str, Any]], Awaitable[None]]
UNACKNOWLEDGED_LIMIT = 512 * 1024  # characters; a screen that does not read costs no more than this
logger = logging.getLogger(__name__)


class Socket:
    """A screen at the other end. Frames go out in order; one that does not keep up is closed (4008) and resumes."""

    __slots__ = ("closed", "outstanding", "send", "sent", "ticket")

    def __init__(self, send: Send, ticket: Ticket) -> None:
        self.send = send
        self.ticket = ticket
        self.sent = 0
        self.outstanding = 0
        self.closed = False

    async def text(self, frame: str, number: int | None = None) -> None:
        """Send a frame; `number` marks one that the page acknowledges."""
        if self.closed:
            return
        if self.outstanding > UNACKNOWLEDGED_LIMIT:  # one frame always goes: the largest programme is larger than the limit
            await self.close(4008)
            return
        self.outstanding += len(frame)
        if number is not None:
            self.sent = number
        try:
            await self.send({"type": "websocket.send", "text": frame})
        except Exception:  # the line broke between two frames: the page comes back and resumes
            self.closed = True
            logger.debug("a socket went away while being sent to", exc_info=True)

    def got(self, number: int) -> None:
        """Note that the page has taken everything up to `number`."""
        if number >= self.sent:
            self.outstanding = 0

    async def close(self, code: int) -> None:
        """Close with a code of the protocol."""
        if self.closed:
            return
        self.closed = True
        try:
            await self.send({"type": "websocket.close", "code": code})
        except Exception:  # it is closed already
            logger.debug("a socket was gone before it could be closed", exc_info=True)
