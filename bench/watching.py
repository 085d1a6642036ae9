"""Screens that watch a busy meeting: for each number of the journal, when the last of them had parsed a frame that holds it."""

from __future__ import annotations

import json
import time
from typing import Any

from bench.lines import say
from bench.screens import Screens

TURNS = 10  # a tenth of the screens acknowledges at a time …
TURN_S = 0.1  # … so that each does once a second, as often as a console's page (static/js/live.js, GOT)
REACHED_WITHIN_S = 30.0


class Watching(Screens):
    """All screens of one server, and the orders ``watch`` and ``report``. Every text is parsed, the first of its kind in full."""

    def __init__(self) -> None:
        super().__init__()
        self.read: dict[bytes, tuple[str, int, int]] = {}  # frame → kind, number, clock to echo
        self.last: dict[int, list[int]] = {}  # number → how many measured screens have it, when the last one got it
        self.measured = 0
        self.onlookers: set[int] = set()
        self.onlookers_lost = 0
        self.numbers: dict[int, int] = {}  # socket → number it has not acknowledged yet
        self.turn, self.next_turn = 0, 0.0
        self.cpu = (time.process_time(), time.monotonic())

    def open(self, order: dict[str, Any]) -> None:
        """Opens sockets. The first order's screens are measured; later ones look on, so that their kinds are drawn too."""
        before, self.arrivals = set(self.screens), {}
        super().open(order)
        if before:
            self.onlookers |= self.screens.keys() - before
        else:
            self.measured = len(self.screens)

    def watch(self, _order: dict[str, Any]) -> None:
        """Begins anew."""
        self.last = {}
        self.cpu = (time.process_time(), time.monotonic())
        say({"watching": self.measured})

    def report(self, order: dict[str, Any]) -> None:
        """Tells of each frame's number how many measured screens had parsed it and when the last one had.

        Before that it listens until all of them have one with the number ``until`` or a higher one, at most ``REACHED_WITHIN_S``.
        """
        deadline = time.monotonic() + REACHED_WITHIN_S
        while not self._has_reached_all(order["until"]) and time.monotonic() < deadline:
            self._keep_alive()
            for number, _events in self.epoll.poll(0.05):
                self._receive(number)
        cpu = 100 * (time.process_time() - self.cpu[0]) / (time.monotonic() - self.cpu[1])
        frames = [[number, *counted] for number, counted in sorted(self.last.items())]
        say(
            {"frames": frames, "measured": self.measured, "lost": self.lost, "reason": self.reason}
            | {"onlookers_lost": self.onlookers_lost, "cpu": cpu}
        )

    def _has_reached_all(self, number: int) -> bool:
        return not number or any(count == self.measured for at, (count, _last) in self.last.items() if at >= number)

    def _read_raw(self, number: int, payload: bytes, raw: bytes) -> None:
        kind, at, echo = self.read.get(payload) or self._learn(payload)
        screen = self.screens[number]
        if kind == "parts":
            self.arrivals[number] = self.number = at
            self.numbers[number] = at
            if number not in self.onlookers:
                counted = self.last.setdefault(at, [0, 0])
                counted[0], counted[1] = counted[0] + 1, time.monotonic_ns()
        elif kind == "soft":
            self.numbers.setdefault(number, self.number)
        elif kind == "beat":
            self._tell(screen, {"t": "here", "echo": echo})

    def _lose(self, number: int, reason: str) -> None:
        super()._lose(number, reason)
        if number in self.onlookers:
            self.lost, self.onlookers_lost = self.lost - 1, self.onlookers_lost + 1

    def _learn(self, payload: bytes) -> tuple[str, int, int]:
        message = json.loads(payload)
        if len(self.read) > 64:
            self.read.clear()
        told = (message["t"], message.get("n", 0), message.get("clock", {}).get("real", 0))
        self.read[payload] = told
        return told

    def _keep_alive(self) -> None:
        if time.monotonic() < self.next_turn:
            return
        self.next_turn, self.turn = time.monotonic() + TURN_S, (self.turn + 1) % TURNS
        for number in [number for number in self.numbers if self._is_due(number)]:
            if screen := self.screens.get(number):
                self._tell(screen, {"t": "got", "n": self.numbers[number]})
            del self.numbers[number]

    def _is_due(self, number: int) -> bool:
        """A page that gets much, as the control room does, acknowledges twice a second."""
        return number % TURNS == self.turn or (number in self.onlookers and self.turn % (TURNS // 2) == 0)


if __name__ == "__main__":
    Watching().serve()
