"""The bare limit: one process, ``select.epoll``, one ``send`` per socket of the same ready bytes; nothing else.

Orders: ``frame`` sends to all now; ``greeting`` is sent to whoever comes from now on, together with the upgrade.
"""

from __future__ import annotations

import select
import socket
import sys
import time

from bench.frames import upgrade_answer
from bench.lines import say, take_line


class BareServer:
    """Accepts WebSockets, discards what they say, and sends one given frame to all of them on demand."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
        self.listener.setblocking(False)
        self.epoll = select.epoll()
        self.epoll.register(self.listener, select.EPOLLIN)
        self.epoll.register(sys.stdin, select.EPOLLIN)
        self.fresh: dict[int, socket.socket] = {}
        self.open: dict[int, socket.socket] = {}
        self.unsent: dict[int, bytes] = {}
        self.greeting = b""

    def serve(self) -> None:
        """Works until its standard input is closed."""
        say({"port": self.listener.getsockname()[1]})
        while True:
            for number, events in self.epoll.poll():
                if number == self.listener.fileno():
                    self.accept()
                elif number == sys.stdin.fileno():
                    order = take_line()
                    if order is None:
                        return
                    if "greeting" in order:
                        self.greeting = bytes.fromhex(order["greeting"])
                    else:
                        self.send_to_all(bytes.fromhex(order["frame"]))
                elif events & select.EPOLLOUT:
                    self.finish(number)
                else:
                    self.read(number)

    def accept(self) -> None:
        while True:
            try:
                fresh, _address = self.listener.accept()
            except BlockingIOError:
                return
            fresh.setblocking(False)
            fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.fresh[fresh.fileno()] = fresh
            self.epoll.register(fresh, select.EPOLLIN)

    def read(self, number: int) -> None:
        """The opening handshake (a request of a few hundred bytes on loopback comes whole), then words nobody hears."""
        client = self.fresh.get(number) or self.open[number]
        try:
            data = client.recv(65536)
        except BlockingIOError:
            return
        except ConnectionError:
            data = b""
        if not data:
            self.fresh.pop(number, None)
            self.open.pop(number, None)
            client.close()
        elif number in self.fresh:
            self.open[number] = self.fresh.pop(number)
            client.send(upgrade_answer(data) + self.greeting)

    def send_to_all(self, frame: bytes) -> None:
        """One send per socket; the clock of the bare round starts here."""
        start = time.monotonic_ns()
        for number, client in self.open.items():
            try:
                sent = client.send(frame)
            except BlockingIOError:
                sent = 0
            if sent < len(frame):
                self.unsent[number] = frame[sent:]
                self.epoll.modify(number, select.EPOLLIN | select.EPOLLOUT)
        say({"committed_ns": start})

    def finish(self, number: int) -> None:
        rest = self.unsent.pop(number)
        sent = self.open[number].send(rest)
        if sent < len(rest):
            self.unsent[number] = rest[sent:]
        else:
            self.epoll.modify(number, select.EPOLLIN)


if __name__ == "__main__":
    BareServer().serve()
