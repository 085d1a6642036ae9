"""A whole service of its own for browser stories and pictures: temporary data, the demonstration, a free port."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests import prepared

ROOT = Path(__file__).resolve().parent.parent
NOBODY = "http://127.0.0.1:1"  # where the prepared installation says it answers


# The jobs that loading asks for are done once, not by each service anew: a paper is set in type, mails are written.
WORK_OFF = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from jobs.queue import claim_next
from jobs.runner import carry_out
for job in iter(claim_next, None):
    carry_out(job)
"""


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
        shared = os.environ.get("PREPARED_INSTALLATION")  # tests/settings.py
        demo = copied(Path(shared), env) if shared and not extra else _installed(env)
        url = f"http://127.0.0.1:{port}"
        service = Service(url=url, env=env, demo=json.loads(demo.replace(f"{NOBODY}/", f"{url}/")), process=_serve(env, url))
        try:
            yield service
        finally:
            service.process.terminate()
            try:
                service.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                service.kill()


def _installed(env: dict[str, str]) -> str:
    """Install with the demonstration into the data folder; return what `manage.py demo` said."""
    if os.environ.get("PREPARED_INSTALLATION") and "DATABASE_URL" not in env:
        prepared.copy_sqlite(Path(env["DIEMCAU_DATA"]) / "diemcau.sqlite3")
    _manage(env, "migrate", "-v0")
    _manage(env, "collectstatic", "--noinput", "-v0")
    return _manage(env, "demo").strip().splitlines()[-1]


def copied(shared: Path, env: dict[str, str]) -> str:
    """Copy the installation of this test run, made by whoever needs it first; return what `manage.py demo` said."""
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = shared / "said"
        if not said.exists():
            shutil.rmtree(shared / "data", ignore_errors=True)
            own = {name: value for name, value in env.items() if name != "DATABASE_URL"}
            own |= {"DIEMCAU_DATA": str(shared / "data"), "PORT": NOBODY.rpartition(":")[2]}
            demo = _installed(own)
            subprocess.run([sys.executable, "-c", WORK_OFF], cwd=ROOT, env=own, check=True, capture_output=True)
            said.with_suffix(".new").write_text(demo)
            said.with_suffix(".new").rename(said)
    shutil.copytree(shared / "data", env["DIEMCAU_DATA"], dirs_exist_ok=True)
    _wake_the_clock(Path(env["DIEMCAU_DATA"]) / "diemcau.sqlite3", time.time() - said.stat().st_mtime)
    return said.read_text()


def _wake_the_clock(database: Path, slept: float) -> None:
    """Let the demonstration's clock go on where it stood when it was prepared."""
    with contextlib.closing(sqlite3.connect(database)) as db, db:
        rows = db.execute("SELECT id, clock_anchor FROM meetings_meeting WHERE clock_anchor IS NOT NULL").fetchall()
        for pk, anchor in rows:
            moved = datetime.fromisoformat(anchor) + timedelta(seconds=slept)
            db.execute("UPDATE meetings_meeting SET clock_anchor = ? WHERE id = ?", (str(moved), pk))


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
