"""Copies that are taken away: every page a picture with the mark burnt in, made in a child process while it is sent.

Nothing is stored: the child reads the stored file and the reader's tail as one, and writes a PDF page after page to its
standard output. Whoever stops listening ends it.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

CHILD = Path(__file__).with_name("flattening_child.py")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}
BLOCK = 64 * 1024


@dataclass(frozen=True)
class Limits:
    """How fine the pictures are (dots an inch, at most so many dots, quality of JPEG), and what making them may cost.

    `memory`: bytes of address space; `silence`: seconds by the clock without a page; `seconds`: of a processor, all in all.
    """

    dots: int = 150
    most_dots: int = 12_000_000
    quality: int = 80
    memory: int = 1536 * 1024 * 1024
    silence: int = 60
    seconds: int = 900


class Broken(Exception):
    """The child ended before the copy was whole: what was sent so far is no PDF, and the line is to be cut."""


class Busy(Exception):
    """So many copies are being made that another one would wait too long."""


class _Places:
    """How many copies are made at once, how many wait for that, and for how long at most (seconds).

    For one account (`whose`) one is made at a time, and one more waits: who reads slowly, or asks again and again, leaves the
    other places to others.
    """

    OF_ONE = 2

    def __init__(self, at_once: int, waiting: int, patience: float) -> None:
        self._free = threading.Semaphore(at_once)
        self._lock, self._in, self._most, self._patience = threading.Lock(), 0, at_once + waiting, patience
        self._own: Counter[int] = Counter()
        self._served: set[int] = set()

    @property
    def full(self) -> bool:
        """Whether nobody more is let in."""
        return self._in >= self._most

    def are_full_for(self, whose: int) -> bool:
        """Whether an account is not let in, or not once more."""
        return self.full or self._own[whose] >= self.OF_ONE

    def have(self, work: Callable[[], Generator[bytes]], whose: int | None = None) -> Generator[bytes]:
        """Yield b"" once a second until there is a place, then what the work yields. Raises Busy when there is none in time."""
        with self._lock:
            if self.full if whose is None else self.are_full_for(whose):
                raise Busy
            self._in += 1
            if whose is not None:
                self._own[whose] += 1
        try:
            until = time.monotonic() + self._patience
            while not self._begun(whose):
                if time.monotonic() > until:
                    raise Busy
                yield b""
            try:
                yield from work()
            finally:
                self._end(whose)
        finally:
            with self._lock:
                self._in -= 1
                if whose is not None:
                    self._own -= Counter((whose,))  # at none it goes

    def _begun(self, whose: int | None) -> bool:
        """Take a place for an account that has none, waiting a second at most."""
        if whose in self._served:
            time.sleep(1.0)
            return False
        if not self._free.acquire(timeout=1.0):
            return False
        with self._lock:
            if whose is None:
                return True
            if whose not in self._served:
                self._served.add(whose)
                return True
        self._free.release()
        return False

    def _end(self, whose: int | None) -> None:
        self._free.release()
        if whose is not None:
            with self._lock:
                self._served.discard(whose)


#: The machine of a small office has two cores and a conference to serve.
PLACES = _Places(at_once=2, waiting=10, patience=120.0)


def flattened(source: Path, behind: bytes, limits: Limits | None = None, *, whose: int | None = None) -> Generator[bytes]:
    """Yield a PDF of pictures of a stored copy with its reader's tail (`behind`), and b"" while nothing has come for a second.

    `whose`: the account it is made for. Raises Busy before the first bytes, Broken when it cannot be made whole. Closing the
    generator ends the child.
    """
    return PLACES.have(lambda: _made(source, behind, limits or Limits()), whose)


def _made(source: Path, behind: bytes, limits: Limits) -> Generator[bytes]:
    order = {"source": str(source.resolve()), "tail": behind.hex(), **vars(limits)}
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=ENVIRONMENT, cwd="/", start_new_session=True,
    )  # fmt: skip
    try:
        with cast(IO[bytes], child.stdin) as line:
            line.write(json.dumps(order).encode())
        yield from _heard(child, limits.silence)
        if child.wait(timeout=10):
            raise Broken
    except (BrokenPipeError, subprocess.TimeoutExpired):
        raise Broken from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        cast(IO[bytes], child.stdout).close()


def _heard(child: subprocess.Popen[bytes], silence: int) -> Iterator[bytes]:
    pipe = cast(IO[bytes], child.stdout)
    last = time.monotonic()
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while True:
            if not waiting.select(1.0):
                if time.monotonic() - last > silence:
                    raise Broken
                yield b""
                continue
            data, last = os.read(pipe.fileno(), BLOCK), time.monotonic()
            if not data:
                return
            yield data
