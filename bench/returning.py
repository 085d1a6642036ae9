"""Screens that are cut off all at once and all come back at once: abrupt resets, then connects without any pause between them."""

from __future__ import annotations

import errno
import gc
import heapq
import select
import socket
import struct
import time
from typing import Any

from bench.lines import say
from bench.screens import Screen, Screens, Wishes, bound_socket

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST, as a machine does whose power is back
RETRY_S = 0.5
STEP = 200  # connects between two looks at what has come


class Returning(Screens):
    """All screens of one server, and the order ``cut``: told are the delays of those who are back, and how many are not."""

    def __init__(self) -> None:
        super().__init__()
        self.epoch = ""
        self.back: dict[int, int] | None = None  # screen → when it was back, while they come back
        self.retries = False
        self.due: list[tuple[float, int]] = []  # when to try again, which screen
        self.tries = 0

    def cut(self, order: dict[str, Any]) -> None:
        """Resets all connections, dials anew at once, and tells when each screen had parsed its first parts, from the cut on.

        ``retry``: whoever is turned away or cut off again tries again every half second; otherwise that is a failure.
        """
        self.wishes, self.retries = Wishes(order["port"], order["paths"]), order["retry"]
        self.lost, self.reason, self.tries, self.due = 0, "", 0, []
        gc.collect()
        gc.disable()
        wanted, self.back = order["screens"], {}
        start, cpu = time.monotonic_ns(), time.process_time_ns()
        for screen in self.screens.values():
            screen.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            screen.sock.close()
        self.screens.clear()
        for at in range(wanted):
            self._dial(at)
            if at % STEP == 0:
                self._look(0)
        until = time.monotonic() + order["patience"]
        while len(self.back) + self.lost < wanted and time.monotonic() < until:
            self._look(0.05)
        busy = 100 * (time.process_time_ns() - cpu) / max(1, max(self.back.values(), default=start) - start)
        gc.enable()
        delays = sorted((moment - start) / 1e6 for moment in self.back.values())
        failed, self.back = wanted - len(delays), None
        say({"delays": delays, "failed": failed, "reason": self.reason, "tries": self.tries, "cpu": busy})
        self._tell_all({"t": "got", "n": self.number})

    def greeting(self, _order: dict[str, Any]) -> None:
        """Tells the bytes of the parts frame that came last: what the bare server greets with."""
        say({"frame": self.usual.hex()})

    def _look(self, seconds: float) -> None:
        while self.due and self.due[0][0] <= time.monotonic():
            self._dial(heapq.heappop(self.due)[1])
        for number, events in self.epoll.poll(seconds):
            screen = self.screens.get(number)
            if screen is not None and events & select.EPOLLOUT:
                self._send_request(screen)
            elif screen is not None:
                self._receive(number)

    def _dial(self, at: int) -> None:
        self.tries += 1
        sock = bound_socket(at)
        sock.setblocking(False)
        code = sock.connect_ex(self.wishes.address)
        screen = Screen(sock, at)
        if code not in (0, errno.EINPROGRESS):
            sock.close()
            self._fail(at, errno.errorcode[code])
            return
        self.screens[sock.fileno()] = screen
        self.epoll.register(sock, select.EPOLLOUT if code else select.EPOLLIN)
        if not code:
            sock.send(self.wishes.request(at))

    def _send_request(self, screen: Screen) -> None:
        number = screen.sock.fileno()
        try:
            screen.sock.send(self.wishes.request(screen.at))
        except OSError as error:
            self._lose(number, str(error))
            return
        self.epoll.modify(number, select.EPOLLIN)

    def _hello(self, screen: Screen) -> None:
        if self.back is None:
            super()._hello(screen)
        elif self.says_hello:
            self._tell(screen, {"t": "hello", "epoch": self.epoch, "after": 0, "client": f"bench-{screen.at}"})

    def _read(self, number: int, message: dict[str, Any], raw: bytes) -> None:
        if message["t"] == "parts":
            self.epoch = message["epoch"]
            if self.back is not None:
                self.back.setdefault(self.screens[number].at, time.monotonic_ns())
                self.usual = raw
                return
        super()._read(number, message, raw)

    def _lose(self, number: int, reason: str) -> None:
        at, back = self.screens[number].at, self.back
        super()._lose(number, reason)
        if back is not None:
            self.lost -= 1
            back.pop(at, None)
            self._fail(at, reason)

    def _fail(self, at: int, reason: str) -> None:
        self.reason = reason
        if self.retries:
            heapq.heappush(self.due, (time.monotonic() + RETRY_S, at))
        else:
            self.lost += 1


if __name__ == "__main__":
    Returning().serve()
