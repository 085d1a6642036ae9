"""People who give commands over HTTP, each on one kept connection: at a set pace, or each as soon as the last is answered."""

from __future__ import annotations

import http.client
import json
import selectors
import socket
import time
import urllib.parse
import uuid
from collections import deque
from typing import Any

from bench.lines import say, take_line

CSRF = "b" * 32
PATIENCE_S = 60.0
Job = tuple[str, dict[str, Any] | str, str]  # address; fields, or a body of JSON as it is; whose session


class Hand:
    """One person's connection, what is asked of it and what has come back of the present answer."""

    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self.port, self.selector = port, selector
        self.jobs: deque[Job] = deque()
        self.request = b""  # what waits for its answer
        self.asked_ns = 0
        self.sock = self._connected()

    def ask_next(self) -> None:
        """Sends the next command if there is one and the last is answered."""
        if self.request or not self.jobs:
            return
        path, fields, session = self.jobs.popleft()
        if isinstance(fields, str):
            body, kind = fields.encode(), "application/json"
        else:
            body = urllib.parse.urlencode({**fields, "command_id": uuid.uuid4()}, doseq=True).encode()
            kind = "application/x-www-form-urlencoded"
        host = f"127.0.0.1:{self.port}"
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\nX-CSRFToken: {CSRF}\r\n"
            f"Cookie: sessionid={session}; csrftoken={CSRF}\r\nOrigin: http://{host}\r\n"
            f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.request, self.asked_ns = head.encode() + body, time.monotonic_ns()
        self.sock.sendall(self.request)

    def take_answer(self) -> dict[str, Any] | None:
        """The answer that has begun to come, whole; nothing where the server only ended a connection that was idle."""
        answer = http.client.HTTPResponse(self.sock, method="POST")
        try:
            answer.begin()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.selector.unregister(self.sock)
            self.sock.close()
            self.sock = self._connected()
            self.sock.sendall(self.request)  # the same command id: it takes effect once
            return None
        text = answer.read()
        self.request = b""
        known = text.startswith(b"{")
        return json.loads(text) if known else {"state": f"{answer.status} {text[:80].decode(errors='replace')}"}

    def _connected(self) -> socket.socket:
        sock = socket.create_connection(("127.0.0.1", self.port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.selector.register(sock, selectors.EVENT_READ, self)
        return sock


class Hands:
    """All of them. Takes the order ``give`` on standard input: ``rate`` a second, or none; ``jobs`` as [who, address, fields].

    Each ``who`` has a connection, and is the session too unless a job names another one behind.
    """

    def __init__(self) -> None:
        self.selector = selectors.DefaultSelector()
        self.hands: dict[str, Hand] = {}

    def serve(self) -> None:
        """Works until its standard input is closed."""
        while (order := take_line()) is not None:
            self.give(order)

    def give(self, order: dict[str, Any]) -> None:
        """Gives the commands and tells how many were done and refused, in how many seconds, and how long each answer took."""
        for who in {job[0] for job in order["jobs"]} - self.hands.keys():
            self.hands[who] = Hand(order["port"], self.selector)
        jobs, rate = deque(order["jobs"]), order["rate"]
        wanted, start = len(jobs), time.monotonic()
        took_ms: list[float] = []
        refused: list[str] = []
        while len(took_ms) < wanted and time.monotonic() - start < wanted / (rate or 1) + PATIENCE_S:
            while jobs and (not rate or time.monotonic() >= start + (wanted - len(jobs)) / rate):
                who, path, fields, *session = jobs.popleft()
                self.hands[who].jobs.append((path, fields, session[0] if session else who))
                self.hands[who].ask_next()
            for key, _events in self.selector.select(0.002):
                hand = key.data
                answer = hand.take_answer()
                if answer is None:
                    continue
                took_ms.append((time.monotonic_ns() - hand.asked_ns) / 1e6)
                if not _is_done(answer):
                    refused.append(str(answer.get("reason") or answer))
                hand.ask_next()
        seconds = time.monotonic() - start
        say({"seconds": seconds, "answered_ms": took_ms, "missing": wanted - len(took_ms), "refused": refused})


def _is_done(answer: dict[str, Any]) -> bool:
    """Whether a command was done, or each scan of a batch changed something."""
    if "results" in answer:
        return all(one["verdict"] in ("admitted", "out") for one in answer["results"])
    return bool(answer["state"] == "done")


if __name__ == "__main__":
    Hands().serve()
