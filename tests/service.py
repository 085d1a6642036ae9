"""A whole service of its own for browser stories and pictures: temporary data, the demonstration, a free port."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Service:
    """A running service: where it answers, and what `manage.py demo` said."""

    url: str
    env: dict[str, str]
    demo: dict[str, Any]
    process: subprocess.Popen[bytes]

    def manage(self, *words: str) -> str:
        """Run a command of this installation and return what it printed."""
        return _manage(self.env, *words)

    def background(self, *words: str) -> subprocess.Popen[str]:
        """Start a command of this installation beside the service."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def start(self) -> None:
        """Start the service and wait until it is ready."""
        self.process = _serve(self.env, self.url)

    def kill(self) -> None:
        """Kill the service without a word (kill -9)."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def running_service(**extra: str) -> Iterator[Service]:
    """Run a service with the demonstration on temporary data until the block ends."""
    with tempfile.TemporaryDirectory(prefix="diemcau-") as folder:
        port = _free_port()
        env = {
            key: value for key, value in os.environ.items() if not key.startswith(("DIEMCAU_", "DATABASE_", "REDIS_", "DJANGO_"))
        }
        env |= {"PYTHONUNBUFFERED": "1", "DIEMCAU_DATA": folder, "PORT": str(port), "HOST": "127.0.0.1", **extra}
        _manage(env, "migrate", "-v0")
        _manage(env, "collectstatic", "--noinput", "-v0")
        demo = json.loads(_manage(env, "demo").strip().splitlines()[-1])
        url = f"http://127.0.0.1:{port}"
        service = Service(url=url, env=env, demo=demo, process=_serve(env, url))
        try:
            yield service
        finally:
            service.process.terminate()
            try:
                service.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                service.kill()


def _manage(env: dict[str, str], *words: str) -> str:
    done = subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=env, text=True, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _serve(env: dict[str, str], url: str) -> subprocess.Popen[bytes]:
    log = Path(env["DIEMCAU_DATA"]) / "service.log"
    with log.open("ab") as file:
        process = subprocess.Popen([sys.executable, "manage.py", "serve"], cwd=ROOT, env=env, stdout=file, stderr=file)
    for _attempt in range(300):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
            if answer.status == 200:
                return process
        if process.poll() is not None:
            break
        time.sleep(0.1)
    process.kill()
    raise RuntimeError(f"the service did not start:\n{log.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
