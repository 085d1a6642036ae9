"""The processes in which templates are filled, seen from outside: started when needed, kept warm, ended when overdue."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import unicodedata
import weakref
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from minutes.papers.turns import Turns
from minutes.papers.vocabulary import Fault
from printing.wire import read_frame, write_frame

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 512 * 1024 * 1024
#: Of the process's own time, for one paper; and of the clock's, which a busy machine takes.
SECONDS, PATIENCE = 5, 20.0
JOBS = 500
_HALVES = re.compile("[\ud800-\udfff]")
_KNOWN = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


class _Lost(Exception):
    """The process has ended, or does not start."""


class _Child:
    """One process, warm after its first breath; whoever holds it asks one paper at a time."""

    def __init__(self, memory: int, seconds: int, patience: float) -> None:
        self._patience, self.jobs = patience, 0
        known = {name: os.environ[name] for name in _KNOWN if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "minutes.papers.child", str(memory), str(seconds)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            env={**known, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        try:
            self._timed(lambda: read_frame(cast(BinaryIO, self._process.stdout)))
        except _Lost:
            self.end()
            raise

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, data: bytes) -> dict[str, Any]:
        """Return what the child says; raise _Lost when it says nothing in time."""
        self.jobs += 1

        def talk() -> bytes:
            write_frame(cast(BinaryIO, self._process.stdin), data)
            return read_frame(cast(BinaryIO, self._process.stdout))

        try:
            said: dict[str, Any] = json.loads(self._timed(talk))
        except ValueError as error:
            raise _Lost from error
        return said

    def end(self) -> None:
        if self.is_alive:
            _kill(self._process)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError, ValueError):
                if pipe:
                    pipe.close()

    def _timed(self, do: Callable[[], bytes]) -> bytes:
        timer = threading.Timer(self._patience, _kill, [self._process])
        timer.daemon = True
        timer.start()
        try:
            return do()
        except (OSError, EOFError) as error:
            raise _Lost from error
        finally:
            timer.cancel()


class Renderer:
    """Thread-safe; starts nothing before the first paper, and no more processes than are needed at once.

    Each order has a lane (turns.py): two of the same never hold two processes, so that a template that takes long holds up
    whoever uses it, and nobody else.
    """

    def __init__(
        self, *, children: int = 1, memory: int = MEMORY, seconds: int = SECONDS, patience: float = PATIENCE
    ) -> None:  # fmt: skip
        """Describe the processes by their limits."""
        self._limits, self._patience = (memory, seconds, patience), patience
        self._turns = Turns(children)
        self._idle: list[_Child] = []
        self._at_exit = weakref.finalize(self, _end, self._idle)

    def fill(
        self, source: str, context: Mapping[str, Any], markup: Mapping[str, str], *, lane: Hashable | None = None
    ) -> tuple[str, list[Fault]]:
        """Return the page a template makes of data, or what is wrong with it."""
        return self._ask({"do": "fill", "source": source, "context": context, "markup": markup}, lane)

    def check(self, source: str, context: Mapping[str, Any], *, lane: Hashable | None = None) -> list[Fault]:
        """Return what is wrong with a template before it is filled."""
        return self._ask({"do": "check", "source": source, "context": context}, lane)[1]

    def close(self) -> None:
        """End the processes that wait; the next paper starts another."""
        _end(self._idle)

    def _ask(self, order: Mapping[str, Any], lane: Hashable | None) -> tuple[str, list[Fault]]:
        data = json.dumps(order).encode()
        if not self._turns.take(lane, self._patience):
            return "", [Fault(0, "busy")]
        try:
            said = self._answer(data)
        finally:
            self._turns.leave(lane)
        return said["page"], [Fault(**one) for one in said["faults"]]

    def _answer(self, data: bytes) -> dict[str, Any]:
        try:
            child = self._taken()
        except _Lost:
            return {"page": "", "faults": [{"line": 0, "rule": "not_started"}]}
        try:
            said = child.ask(data)
        except _Lost:
            child.end()
            return {"page": "", "faults": [{"line": 0, "rule": "too_long"}]}
        except BaseException:
            child.end()
            raise
        if child.jobs >= JOBS or any(one["rule"] == "too_large" for one in said["faults"]):
            child.end()
        else:
            self._idle.append(child)
        return said

    def _taken(self) -> _Child:
        """Return a process that waits, the one used last, or a new one."""
        while self._idle:
            with contextlib.suppress(IndexError):  # somebody was quicker
                child = self._idle.pop()
                if child.is_alive:
                    return child
                child.end()
        return _Child(*self._limits)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _end(children: list[_Child]) -> None:
    while children:
        with contextlib.suppress(IndexError):
            children.pop().end()


def composed(page: str) -> str:
    """Return a page with its letters composed; halves of letters, which a template can spell, are none."""
    return _HALVES.sub("\ufffd", unicodedata.normalize("NFC", page))


#: Of this process, for papers: whoever tries out a template holds up none of them.
RENDERER = Renderer(children=2)
#: Where templates are tried out: lanes are people, whose second trial waits behind their first.
TRIALS = Renderer()
