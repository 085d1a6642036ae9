"""What a bench stands on: processes pinned to cores that answer in lines, limits, neighbours, and a tidy end."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, NoReturn

ROOT = Path(__file__).parent.parent
PATIENCE_S = 150.0
IDLE_SHARE = 0.03
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


class BenchFailure(Exception):
    """The bench could not be carried out; the text says why, in a sentence."""


_ALLOWED = sorted(os.sched_getaffinity(0))


def cores() -> tuple[int, int]:
    """The core of the servers and that of the clients; one and the same where there is but one."""
    return _ALLOWED[0], _ALLOWED[min(1, len(_ALLOWED) - 1)]


def raise_file_limit(needed: int) -> None:
    """Makes room for ``needed`` open files in this process and its children; BenchFailure if the system forbids it."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if needed > hard:
        raise BenchFailure(f"{needed} open files are needed in one process, and the system allows {hard} (ulimit -Hn).")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Worker:
    """A Python module running as a process on one core, that takes orders and answers as JSON, a line each."""

    def __init__(self, module: str, core: int, environment: dict[str, str], *words: str) -> None:
        self.module = module
        self.waiting = b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),  # noqa: PLW1509 — no thread runs here yet
        )

    def tell(self, order: dict[str, Any]) -> None:
        """Gives one order."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()

    def hear(self, seconds: float = PATIENCE_S) -> dict[str, Any]:
        """The next answer; BenchFailure if none comes in time or the process ends."""
        assert self.process.stdout
        until = time.monotonic() + seconds
        while b"\n" not in self.waiting:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0.0, until - time.monotonic()))
            data = os.read(self.process.stdout.fileno(), 1 << 20) if ready else b""
            if not data:
                raise BenchFailure(f"{self.module} {'ended' if ready else 'did not answer in time'}.")
            self.waiting += data
        line, _newline, self.waiting = self.waiting.partition(b"\n")
        return dict(json.loads(line))

    def heard(self) -> list[dict[str, Any]]:
        """All answers that have come and have not been taken yet."""
        answers = []
        assert self.process.stdout
        while b"\n" in self.waiting or select.select([self.process.stdout], [], [], 0)[0]:
            answers.append(self.hear())
        return answers

    def ask(self, order: dict[str, Any]) -> dict[str, Any]:
        """Gives an order and returns its answer."""
        self.tell(order)
        return self.hear()

    def memory_kb(self) -> int:
        """What the process holds in memory now, in kB."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * resource.getpagesize() // 1024

    def cpu_s(self) -> float:
        """The processor time it has used so far, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_S

    def first_thread_s(self) -> float:
        """The same of its first thread alone, to the nanosecond where ``cpu_s`` counts in hundredths."""
        return int(Path(f"/proc/{self.process.pid}/schedstat").read_text().split()[0]) / 1e9

    def settle(self, seconds: float = 20.0) -> None:
        """Waits until the process has next to nothing left to do."""
        until = time.monotonic() + seconds
        while self._busy(0.2) > IDLE_SHARE and time.monotonic() < until:
            pass

    def _busy(self, seconds: float) -> float:
        before = self.cpu_s()
        time.sleep(seconds)
        return (self.cpu_s() - before) / seconds

    def kill(self) -> None:
        """Ends the process as a power cut would."""
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        """Ends the process, kindly first."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Workers:
    """Starts processes and ends all of them on leaving, in the reverse order, whatever happened."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.running: list[Worker] = []

    def start(self, module: str, core: int, *words: str) -> Worker:
        """Starts one."""
        worker = Worker(module, core, self.environment, *words)
        self.running.append(worker)
        return worker

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for worker in reversed(self.running):
            worker.end()


def end_tidily_on_signals() -> None:
    """Lets SIGTERM leave through every ``with``, as Ctrl-C does: processes ended, temporary data removed."""
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


class Neighbours:
    """How much of the bench's cores went to anything but the bench, while this stood open: a look at the figures' worth."""

    def __init__(self, workers: Workers) -> None:
        self.workers = workers
        self.start = (time.monotonic(), self._ours_s(), self._all_s())

    def share(self) -> float:
        """In % of the cores the bench may use."""
        wall, ours, everything = (
            now - then for now, then in zip((time.monotonic(), self._ours_s(), self._all_s()), self.start, strict=True)
        )
        return max(0.0, 100 * (everything - ours) / wall / len(set(cores())))

    def _ours_s(self) -> float:
        return sum(worker.cpu_s() for worker in self.workers.running) + time.process_time()

    def _all_s(self) -> float:
        wanted = {f"cpu{core}" for core in cores()}
        lines = (line.split() for line in Path("/proc/stat").read_text().splitlines())
        # user, nice, system, (idle, waiting), interrupts, taken by other machines
        return sum(sum(map(int, [*line[1:4], *line[6:9]])) for line in lines if line and line[0] in wanted) / TICKS_PER_S


@contextmanager
def pinned(core: int) -> Iterator[None]:
    """Keeps this process on one core for a while."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
