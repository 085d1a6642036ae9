"""Whose turn it is where many want few places: lanes in turn, one of each lane at a time. Pure."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Hashable

#: So many of one lane may wait; who comes then is told at once.
MOST_WAITING = 8


class Turns:
    """Thread-safe. A lane is whoever, or whatever, may not hold up others: a person's trials, one template's papers."""

    def __init__(self, places: int) -> None:
        """Give out `places` at a time."""
        self._free = places
        self._changed = threading.Condition()
        self._busy: set[Hashable] = set()
        self._waiting: OrderedDict[Hashable, deque[object]] = OrderedDict()  # who was served longest ago comes first

    def take(self, lane: Hashable | None, patience: float) -> bool:
        """Wait for a place, at most so many seconds; tell whether it was given. Without a lane: beside all others of none."""
        until, ticket = time.monotonic() + patience, object()
        with self._changed:
            own = self._waiting.setdefault(lane, deque())
            if lane is not None and len(own) >= MOST_WAITING:
                return False
            own.append(ticket)
            try:
                is_given = self._changed.wait_for(lambda: self._next() is ticket, until - time.monotonic())
            except BaseException:
                self._forget(lane, ticket)
                raise
            self._forget(lane, ticket)
            if is_given:
                self._serve(lane)
            return is_given

    def leave(self, lane: Hashable | None) -> None:
        """Give a place back."""
        with self._changed:
            self._free += 1
            self._busy.discard(lane)
            self._changed.notify_all()

    def _next(self) -> object | None:
        if not self._free:
            return None
        return next((tickets[0] for lane, tickets in self._waiting.items() if lane not in self._busy), None)

    def _serve(self, lane: Hashable | None) -> None:
        if lane in self._waiting:
            self._waiting.move_to_end(lane)
        if lane is not None:
            self._busy.add(lane)
        self._free -= 1

    def _forget(self, lane: Hashable | None, ticket: object) -> None:
        tickets = self._waiting[lane]
        tickets.remove(ticket)
        if not tickets:
            del self._waiting[lane]
        self._changed.notify_all()  # another place may be free for whoever comes next
