"""The process for long work beside the service: gone with it however it ends, started anew when it falls."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.jobs.working import ROOT, environment
from tests.prepared import copy_sqlite

PATIENCE = 40.0


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beside")
    copy_sqlite(folder / "diemcau.sqlite3")
    return folder


@pytest.fixture
def service(place: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "manage.py", "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(place), stdout=subprocess.PIPE)
    assert process.stdout
    assert b"http://" in process.stdout.readline()
    yield process
    process.kill()
    process.wait()


def workers(process: subprocess.Popen[bytes]) -> list[int]:
    children = [path.read_text().split() for path in Path(f"/proc/{process.pid}/task").glob("*/children")]
    return [int(one) for some in children for one in some if b"--beside" in Path(f"/proc/{one}/cmdline").read_bytes()]


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def until(what: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_it_is_gone_when_the_service_has_ended(service: subprocess.Popen[bytes]) -> None:
    until(lambda: len(workers(service)) == 1)
    (worker,) = workers(service)
    service.send_signal(signal.SIGTERM)
    assert service.wait(PATIENCE) == 0
    assert not is_there(worker)


def test_it_goes_when_the_service_is_killed(service: subprocess.Popen[bytes]) -> None:
    until(lambda: len(workers(service)) == 1)
    (worker,) = workers(service)
    service.kill()
    until(lambda: not is_there(worker))


def test_it_is_started_anew_when_it_falls(service: subprocess.Popen[bytes]) -> None:
    until(lambda: len(workers(service)) == 1)
    (first,) = workers(service)
    os.kill(first, signal.SIGKILL)
    until(lambda: bool(set(workers(service)) - {first}))
