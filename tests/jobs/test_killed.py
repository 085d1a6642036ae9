"""Workers as processes: killed in the middle, told to end, several at once."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.jobs.working import environment, python, worker
from tests.prepared import copy_sqlite

PATIENCE = 20.0


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    copy_sqlite(folder / "diemcau.sqlite3")
    return folder


@pytest.fixture
def place(prepared: Path, tmp_path: Path) -> Path:
    with (
        closing(sqlite3.connect(prepared / "diemcau.sqlite3")) as old,
        closing(sqlite3.connect(tmp_path / "diemcau.sqlite3")) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode=WAL")
    return tmp_path


def ask(env: dict[str, str], lines: Path, number: int, killed_at: int = -1) -> None:
    arguments = f"number={number}, place={str(lines)!r}, killed_at={killed_at}"
    python(env, f"from jobs.queue import enqueue; enqueue('tests.slow', by=None, title='x', {arguments})")


def state(place: Path) -> tuple[str, int, int]:
    with closing(sqlite3.connect(place / "diemcau.sqlite3", timeout=10)) as connection:
        return connection.execute("SELECT state, done, attempts FROM jobs_job").fetchone()


def until(what: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < limit
        time.sleep(0.05)


def numbers(lines: Path) -> list[int]:
    return [int(line) for line in lines.read_text().split()] if lines.exists() else []


def end(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(10)


def test_a_job_killed_in_the_middle_goes_on_at_the_next_start_and_does_nothing_twice(place: Path) -> None:
    env, lines = environment(place), place / "lines"
    ask(env, lines, 20, killed_at=7)
    assert worker(env).wait(PATIENCE) == -signal.SIGKILL
    assert state(place)[0] == "running"
    assert numbers(lines) == list(range(8))
    began = time.monotonic()
    second = worker(env)
    until(lambda: state(place)[0] == "done")
    assert time.monotonic() - began < 15  # at once, not when the lease has run out
    assert end(second) == 0
    assert numbers(lines) == list(range(20))
    assert state(place) == ("done", 20, 2)


def test_a_worker_told_to_end_puts_its_job_back_and_the_next_one_goes_on(place: Path) -> None:
    env, lines = environment(place), place / "lines"
    ask(env, lines, 60)
    first = worker(env)
    until(lambda: len(numbers(lines)) > 5)
    assert end(first) == 0
    assert state(place)[0] == "waiting"
    assert state(place)[2] == 0  # the end of the service is no fall
    second = worker(env)
    until(lambda: state(place)[0] == "done")
    assert end(second) == 0
    assert numbers(lines) == list(range(60))
