"""Talking to the parrot: it is served as a process of its own, and spoken to over real sockets."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).parent.parent.parent
OURS = [sys.executable, "-m", "tests.live.parrot", "0"]


@contextmanager
def served(**options: Any) -> Iterator[tuple[subprocess.Popen[str], int]]:
    process = subprocess.Popen([*OURS, json.dumps(options)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield process, int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def numbered(times: int, letters: int) -> list[str]:
    return [f"{number:06d}" + "ế" * letters for number in range(times)]


def listen(port: int, **options: Any) -> AbstractContextManager[ClientConnection]:
    return connect(f"ws://127.0.0.1:{port}/", max_size=None, **options)


def get(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse()


@contextmanager
def mute_socket(port: int) -> Iterator[socket.socket]:
    """A WebSocket whose other end answers nothing, neither pings nor closing."""
    with socket.create_connection(("127.0.0.1", port)) as mute:
        mute.sendall(
            b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        assert b"\r\n\r\n" in mute.recv(1000)
        yield mute


def wait_until_served(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            get(port, "/")
        except OSError:
            time.sleep(0.1)
        else:
            return
