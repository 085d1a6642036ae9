"""A small real mail server for tests: takes letters, refuses, waits or hangs up where it is told to."""

from __future__ import annotations

import socketserver
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


@dataclass
class Postman:
    """What has come, and how the server behaves: answers by step (`MAIL`, `RCPT`, `DATA`, `.`), or `hangup` there."""

    taken: list[bytes] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    once: dict[str, str] = field(default_factory=dict)
    holding: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def letters(self) -> list[EmailMessage]:
        """Return the letters as a mail program reads them."""
        return [cast(EmailMessage, message_from_bytes(one, policy=policy.default)) for one in self.taken]

    def answer(self, step: str, usual: str) -> str:
        """Return what is said at a step."""
        return self.once.pop(step, "") or self.answers.get(step, usual)


class _Line(socketserver.StreamRequestHandler):
    postman: Postman

    def handle(self) -> None:
        self.say("220 thu.example.vn")
        while line := self.rfile.readline():
            step = line.decode().split(":")[0].split()[0].upper() if line.strip() else ""
            self.postman.said.append(line.decode().strip())
            if step == "QUIT":
                return self.say("221 bye")
            if step == "DATA":
                if not self.data():
                    return None
                continue
            usual = "250-thu.example.vn\r\n250 8BITMIME" if step == "EHLO" else "250 ok"
            said = self.postman.answer(step, usual)
            if said == "hangup":
                return None
            self.say(said)
        return None

    def data(self) -> bool:
        said = self.postman.answer("DATA", "354 go on")
        self.say(said)
        if not said.startswith("3"):
            return True
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.postman.holding.set()
        said = self.postman.answer(".", "250 taken")
        if said == "hangup":
            return False
        if said == "hold":  # until the other side goes
            self.postman.taken.append(b"".join(lines))
            self.rfile.read()
            return False
        if said.startswith("2"):
            self.postman.taken.append(b"".join(lines))
        self.say(said)
        return True

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def serve() -> tuple[Postman, _Server]:
    """Start one on a free port."""
    postman = Postman()
    server = _Server(("127.0.0.1", 0), type("Line", (_Line,), {"postman": postman}))
    postman.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return postman, server
