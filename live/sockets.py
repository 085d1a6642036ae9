"""One open socket: what it looks at, what it has been sent and has acknowledged, and how long its line takes."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from types import coroutine
from typing import Any

from live.tickets import Ticket

Event = dict[str, Any]
Send = Callable[[Event], Awaitable[None]]
UNACKNOWLEDGED_LIMIT = 512 * 1024  # characters; a screen that does not read costs no more than this
TOO_SLOW = 4008
BEHIND_AFTER = 5.0  # seconds; a page acknowledges within two
logger = logging.getLogger(__name__)


class Socket:
    """A screen at the other end. Frames go out in order and nobody waits for them; who does not keep up is closed (4008)."""

    __slots__ = (
        "beat_at", "beat_real", "closed", "mark", "outstanding", "owed_since", "seen", "send", "sending", "sent",
        "since_mark", "ticket", "ticketed_at", "waiting",
    )  # fmt: skip

    def __init__(self, send: Send, ticket: Ticket) -> None:
        self.send = send
        self.ticket = ticket
        self.ticketed_at = time.monotonic()
        self.sent = self.seen = 0
        self.outstanding = 0
        # A number that was sent and how much after it: a page that is always a frame behind acknowledges all the same.
        self.mark = self.since_mark = 0
        self.owed_since = 0.0
        self.beat_real, self.beat_at = 0, 0.0
        self.closed = False
        self.sending: asyncio.Task[None] | None = None
        self.waiting: deque[Event] | None = None

    def text(self, frame: str, number: int | None = None, *, counts: bool = True) -> None:
        """Send a frame; `number` marks one that the page acknowledges. Small ones that no page answers do not count."""
        self.push({"type": "websocket.send", "text": frame}, len(frame) if counts else 0, number)

    def push(self, event: Event, size: int, number: int | None = None) -> None:
        """Send an event that may be the same one for many sockets; `size`: characters of its text."""
        if self.closed:
            return
        if self.outstanding > UNACKNOWLEDGED_LIMIT:  # one frame always goes: the largest may be larger than the limit
            self.close(TOO_SLOW)
            return
        self.outstanding += size
        self.since_mark += size
        if number is not None:
            if self.seen >= self.sent:
                self.owed_since = time.monotonic()
            self.sent = number
            if self.seen >= self.mark:
                self.mark, self.since_mark = number, 0
        if self.sending is None:
            self._begin(event)
        else:
            self._wait(event)

    def got(self, number: int) -> None:
        """Note that the page has taken everything up to `number`."""
        self.seen = max(self.seen, min(number, self.sent))
        if self.seen >= self.sent:
            self.outstanding = self.since_mark = 0
        elif self.seen >= self.mark:
            self.outstanding = min(self.outstanding, self.since_mark)

    def behind(self) -> int:
        """Return by how many numbers the page is behind what it was sent, if it has been for seconds."""
        owes = self.seen < self.sent and time.monotonic() - self.owed_since > BEHIND_AFTER
        return self.sent - self.seen if owes else 0

    def beat(self, event: Event, real: int) -> None:
        """Send a heartbeat and remember when: the page answers it with `real`."""
        self.beat_real, self.beat_at = real, time.monotonic()
        self.push(event, 0)

    def round_trip(self, echo: object) -> int | None:
        """Return how long the last heartbeat took to the page and back, in ms; nothing for the echo of an older one."""
        if not self.beat_real or echo != self.beat_real:
            return None
        self.beat_real = 0
        return round((time.monotonic() - self.beat_at) * 1000)

    def close(self, code: int) -> None:
        """Close with a code of the protocol."""
        if self.closed:
            return
        self.closed = True
        event = {"type": "websocket.close", "code": code}
        if self.sending is None:
            self._begin(event)
        else:
            self._wait(event)

    # --- sending without waiting: a server that makes us wait (its buffer is full) holds up this socket only.
    # The first step of a send runs in the hub's own task, which costs nothing where a server never waits (Daphne); a task is
    # made for the rest. A send that put a time limit on its task before its first wait would put it on the hub's.

    def _begin(self, event: Event) -> None:
        step = self.send(event)
        if isinstance(step, asyncio.Future) and step.done():  # our own server has sent it already (live/serving)
            if step.cancelled() or step.exception():
                self._broken()
            return
        work: Any = step if isinstance(step, Coroutine) else step.__await__()
        try:
            awaited = work.send(None)
        except StopIteration:
            return
        except Exception:  # the line broke between two frames: the page comes back and resumes
            self._broken()
            return
        self.sending = asyncio.get_running_loop().create_task(self._go_on(work, awaited))

    def _wait(self, event: Event) -> None:
        if self.waiting is None:
            self.waiting = deque()
        self.waiting.append(event)

    async def _go_on(self, work: Any, awaited: Any) -> None:
        """Bring a send that had to wait to its end, then send what has come up meanwhile."""
        try:
            await _rest_of(work, awaited)
            while self.waiting:
                await self.send(self.waiting.popleft())
        except Exception:
            self._broken()
        finally:
            self.sending = None

    def _broken(self) -> None:
        self.closed, self.waiting = True, None
        logger.debug("a socket went away while being sent to", exc_info=True)


@coroutine
def _rest_of(work: Any, awaited: Any) -> Generator[Any, Any, None]:
    """Await what a coroutine that has been begun by hand still has to do; `awaited` is what it waits for."""
    while True:
        try:
            result = yield awaited
        except BaseException as error:
            try:
                awaited = work.throw(error)
            except StopIteration:
                return
        else:
            try:
                awaited = work.send(result)
            except StopIteration:
                return
