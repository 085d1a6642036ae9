"""The client of the benches: thousands of screens in one process over ``select.epoll``, with as little work per frame as can be.

Per frame: one ``recv_into`` a shared buffer, one comparison of all its bytes with the frame that another screen got first and
that was parsed whole, one reading of the clock. Whatever differs from that frame is parsed whole too.
"""

from __future__ import annotations

import gc
import json
import select
import socket
import sys
import time
import uuid
from typing import Any

from bench.frames import CLOSE, PING, PONG, TEXT, client_frame, first_frame, upgrade_request
from bench.lines import say, take_line

PORTS_PER_ADDRESS = 5_000
CONNECTING_AT_ONCE = 256
PATIENCE_S = 120.0
HEARTBEAT_S = 10.0
# Woken for every single frame, the client spends its core on waking; a tenth of a millisecond later there are more at once.
FEW, PAUSE_S = 16, 0.0001
IP_BIND_ADDRESS_NO_PORT = 24  # linux/in.h; Python 3.11 does not name it


class Screen:
    """One socket of one screen."""

    __slots__ = ("at", "recv_into", "sock", "tail", "upgraded")

    def __init__(self, sock: socket.socket, at: int) -> None:
        self.at = at
        self.sock = sock
        self.recv_into = sock.recv_into
        self.tail = b""
        self.upgraded = False


class Wishes:
    """Where screens connect to, and what each asks for: the first paths one screen each, the last one all others."""

    def __init__(self, port: int, paths: list[str]) -> None:
        self.address = ("127.0.0.1", port)
        self.requests = [upgrade_request(path, f"127.0.0.1:{port}") for path in paths]

    def request(self, at: int) -> bytes:
        """The opening handshake of a screen."""
        return self.requests[min(at, len(self.requests) - 1)]


def bound_socket(at: int) -> socket.socket:
    """A socket for a screen, from as many addresses of this machine as ports need."""
    sock = socket.socket()
    sock.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
    sock.bind((f"127.0.{1 + at // PORTS_PER_ADDRESS}.1", 0))
    return sock


class Screens:
    """All screens of one server. Takes the orders ``open`` and ``wait`` on standard input and answers on standard output."""

    def __init__(self) -> None:
        self.epoll = select.epoll()
        self.screens: dict[int, Screen] = {}
        self.buffer = bytearray(1 << 18)
        self.wishes = Wishes(0, ["/"])
        self.says_hello = True
        # Which screen parsed its frame when; a frame counts when its number is above ``after``.
        self.arrivals: dict[int, int] = {}
        self.after = self.number = -1
        self.usual = self.holds = b""
        self.first_ns = self.first_cpu_ns = 0
        self.lost = 0
        self.reason = ""
        self.next_heartbeat = time.monotonic() + HEARTBEAT_S

    def serve(self) -> None:
        """Works until its standard input is closed."""
        self.epoll.register(sys.stdin, select.EPOLLIN)
        while True:
            self._keep_alive()
            for number, _events in self.epoll.poll(0.1):
                if number != sys.stdin.fileno():
                    self._receive(number)
                elif (order := take_line()) is None:
                    return
                else:
                    getattr(self, order["do"])(order)

    def open(self, order: dict[str, Any]) -> None:
        """Opens sockets, a window of them at a time. One has joined with its first parts, on a bare server with its upgrade."""
        start = time.monotonic()
        self.says_hello = order["hello"]
        self.wishes, wanted = Wishes(order["port"], order["paths"]), order["screens"]
        for at in range(wanted):
            self._pump_until(at + 1 - CONNECTING_AT_ONCE, start + PATIENCE_S)
            self._connect(at)
        self._pump_until(wanted, start + PATIENCE_S)
        failed = wanted - len(self.arrivals)
        say({"failed": failed, "seconds": time.monotonic() - start, "reason": self.reason or "no first parts in time"})

    def wait(self, order: dict[str, Any]) -> None:
        """Notes when each screen has parsed its first ``parts`` frame with a number above the last one seen.

        ``holds``: of frames that hold these words, where others may come before.
        """
        self.holds = order.get("holds", "").encode()
        self.arrivals, self.usual, self.after, self.first_ns = {}, b"", self.number, 0
        gc.collect()
        gc.disable()
        say({"waiting": len(self.screens)})
        cpu = self._receive_all(len(self.screens), time.monotonic() + PATIENCE_S)
        gc.enable()
        arrivals = sorted(self.arrivals.values())
        missing = len(self.screens) - len(arrivals)
        say(
            {"arrivals": arrivals, "missing": missing, "reason": self.reason or "not in time"}
            | {"number": self.number, "cpu": cpu, "frame": self.usual.hex()}
        )
        self._tell_all({"t": "got", "n": self.number})

    def _receive_all(self, wanted: int, deadline: float) -> float:
        """The inner loop. Returns how busy this process was from the first frame to the last, in % of one core."""
        poll, screens, buffer, arrivals, clock = self.epoll.poll, self.screens, self.buffer, self.arrivals, time.monotonic_ns
        usual, size = b"", -1
        while len(arrivals) < wanted and time.monotonic() < deadline:
            events = poll(1.0)
            if len(events) < FEW:
                time.sleep(PAUSE_S)
            for number, _events in events:
                screen = screens.get(number)
                if screen is None:
                    continue
                try:
                    got = screen.recv_into(buffer)
                except OSError:
                    self._lose(number, "the connection was reset")
                    continue
                if got == size and not screen.tail and buffer.startswith(usual):
                    arrivals[number] = clock()
                else:
                    self._take(number, screen, got)
                    usual, size = self.usual, len(self.usual) or -1
        cpu, wall = time.process_time_ns() - self.first_cpu_ns, clock() - self.first_ns
        return 100 * cpu / wall

    def _connect(self, at: int) -> None:
        """Opens one socket."""
        sock = bound_socket(at)
        sock.connect(self.wishes.address)
        sock.sendall(self.wishes.request(at))
        sock.setblocking(False)
        self.screens[sock.fileno()] = Screen(sock, at)
        self.epoll.register(sock, select.EPOLLIN)

    def _pump_until(self, joined: int, deadline: float) -> None:
        while len(self.arrivals) + self.lost < joined and time.monotonic() < deadline:
            for number, _events in self.epoll.poll(0.05):
                self._receive(number)

    def _receive(self, number: int) -> None:
        screen = self.screens.get(number)
        if screen is None:
            return
        try:
            got = screen.recv_into(self.buffer)
        except BlockingIOError:
            return
        except OSError:
            got = 0
        self._take(number, screen, got)

    def _take(self, number: int, screen: Screen, got: int) -> None:
        """Parses whatever has come on one socket."""
        if not got:
            self._lose(number, "closed by the server")
            return
        screen.tail += bytes(self.buffer[:got])
        if not screen.upgraded and not self._upgrade(number, screen):
            return
        while (found := first_frame(screen.tail)) is not None:
            opcode, payload, length = found
            raw, screen.tail = screen.tail[:length], screen.tail[length:]
            if opcode == TEXT:
                self._read_raw(number, payload, raw)
            elif opcode == PING:
                screen.sock.send(client_frame(PONG, payload))
            elif opcode == CLOSE:
                self._lose(number, f"closed with code {int.from_bytes(payload[:2], 'big')}")
                return

    def _upgrade(self, number: int, screen: Screen) -> bool:
        head, found, rest = screen.tail.partition(b"\r\n\r\n")
        if not found:
            return False
        if not head.startswith(b"HTTP/1.1 101"):
            self._lose(number, f"answered {head[:60].decode(errors='replace')!r}")
            return False
        screen.upgraded, screen.tail = True, rest
        self._hello(screen)
        return True

    def _hello(self, screen: Screen) -> None:
        if self.says_hello:
            self._tell(screen, {"t": "hello", "epoch": "", "after": 0, "client": str(uuid.uuid4())})
        else:
            self.arrivals[screen.sock.fileno()] = time.monotonic_ns()

    def _read_raw(self, number: int, payload: bytes, raw: bytes) -> None:
        self._read(number, json.loads(payload), raw)

    def _read(self, number: int, message: dict[str, Any], raw: bytes) -> None:
        if message["t"] != "parts" or message["n"] <= self.after or self.holds not in raw:
            return
        now = time.monotonic_ns()
        if not self.first_ns:
            self.first_ns, self.first_cpu_ns = now, time.process_time_ns()
        self.usual, self.number = raw, max(self.number, message["n"])
        self.arrivals[number] = now

    def _keep_alive(self) -> None:
        """Between rounds every screen says that it is still here, as a page does."""
        if time.monotonic() >= self.next_heartbeat:
            self.next_heartbeat = time.monotonic() + HEARTBEAT_S
            self._tell_all({"t": "here"})

    def _tell_all(self, message: dict[str, Any]) -> None:
        for screen in self.screens.values() if self.says_hello else ():
            self._tell(screen, message)

    def _tell(self, screen: Screen, message: dict[str, Any]) -> None:
        screen.sock.send(client_frame(TEXT, json.dumps(message).encode()))

    def _lose(self, number: int, reason: str) -> None:
        self.lost, self.reason = self.lost + 1, reason
        self.epoll.unregister(number)
        self.screens.pop(number).sock.close()


if __name__ == "__main__":
    Screens().serve()
