"""The whole application on servers that know nothing of us: stock Daphne and uvicorn. Slower, but the same."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.client import Client
from tests.service import Service

SLUG = "vptw-2025"
SERVERS = {
    "daphne": ["-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", "{port}", "config.asgi:application"],
    "uvicorn": [
        "-m",
        "uvicorn",
        "--log-level",
        "error",
        "--port",
        "{port}",
        "--ws-ping-interval",
        "10",
        "config.asgi:application",
    ],
}


@contextmanager
def another_server(name: str, service: Service) -> Iterator[str]:
    """Serve the same data with another server; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [word.format(port=port) for word in SERVERS[name]]
    env = service.env | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": os.getcwd()}
    process = subprocess.Popen([sys.executable, *words], env=env)
    url = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(300):
            with suppress(OSError), urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    break
            assert process.poll() is None, f"{name} did not start"
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def screen(url: str, display: str) -> Iterator[ClientConnection]:
    """Open a public display's socket and say hello."""
    with urllib.request.urlopen(f"{url}{display}ticket/", timeout=5) as answer:
        ticket = json.load(answer)["ticket"]
    with connect(f"{url.replace('http', 'ws')}/ws/m/{SLUG}/?ticket={ticket}", origin=url) as opened:  # type: ignore[arg-type]
        opened.send(json.dumps({"t": "hello", "epoch": "", "after": 0, "client": "c"}))
        yield opened


def parts_after(line: ClientConnection, number: int) -> dict[str, object]:
    """Return the first frame with parts at a number or later."""
    until = time.monotonic() + 8
    while time.monotonic() < until:
        frame: dict[str, object] = json.loads(line.recv(timeout=8))
        if frame["t"] == "parts" and int(str(frame["n"])) >= number:
            return frame
    raise AssertionError(f"no frame at {number}")


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_a_change_reaches_the_screens_whoever_serves_them(name: str, service: Service) -> None:
    display = "/" + service.demo["display_url"].split("/", 3)[3]
    with another_server(name, service) as url, screen(url, display) as good, screen(url, display):  # the second never reads
        first = parts_after(good, 1)
        secretary = Client(url, "secretary", service.demo["accounts"]["secretary"])
        for mode in ("welcome", "count", "item", "speaker", "auto"):
            answer = secretary.do(SLUG, "displays.steer", mode=mode)
            assert answer["state"] == "done", answer
            frame = parts_after(good, int(str(answer["number"])))
        assert int(str(frame["n"])) >= int(str(first["n"])) + 5
        assert "parts" in frame
