"""One child process of the press, seen from the parent: start it, ask it, kill it."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from printing.wire import read_frame, write_frame

ROOT = Path(__file__).resolve().parent.parent
#: What the child may know of the environment: no key, no database address.
ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "LD_LIBRARY_PATH")


class WorkerLost(Exception):
    """The child ended, or was killed, before it answered; `at_work` tells whether it had begun with the order."""

    def __init__(self, *, at_work: bool) -> None:
        """Keep how far the child came."""
        super().__init__("the child of the press is gone")
        self.at_work = at_work


@dataclass(frozen=True)
class Limits:
    """What one child may use: memory in bytes of address space, seconds for a paper and for its own start."""

    memory: int = 1536 * 1024 * 1024
    seconds: float = 120.0  # 500 pages on a busy machine
    start_seconds: float = 60.0


class Worker:
    """A warm child in a process group of its own; used by one thread at a time."""

    def __init__(self, font_directory: Path, limits: Limits, module: str = "printing.child") -> None:
        """Start the child; `wait_ready` tells when it can print."""
        self.jobs = 0
        self.overdue = False
        self._at_work = False
        self._limits = limits
        self._folder = tempfile.mkdtemp(prefix="diemcau-press-")
        command = [sys.executable, "-m", module, str(font_directory), str(limits.memory), str(int(limits.seconds))]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_environment(self._folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The child's process id, which is its group's id too."""
        return self._process.pid

    def wait_ready(self) -> None:
        """Wait until what makes files is loaded; raise WorkerLost when it cannot be, or takes too long."""
        with self._limited(self._limits.start_seconds):
            read_frame(self._stdout)

    def ask(self, order: bytes) -> tuple[dict[str, Any], bytes]:
        """Return what the child says about an order, and the file; raise WorkerLost when it dies or is overdue."""
        self.jobs += 1
        self._at_work = False
        with self._limited(self._limits.seconds):
            write_frame(self._stdin, order)
            read_frame(self._stdout)
            self._at_work = True
            said = json.loads(read_frame(self._stdout))
            return said, read_frame(self._stdout)

    def is_alive(self) -> bool:
        """Tell whether the child can be asked again."""
        return not self.overdue and self._process.poll() is None

    def kill(self) -> None:
        """End the child and all it may have started, reap it, and remove its folder."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError, ValueError):
                cast(BinaryIO, pipe).close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextlib.contextmanager
    def _limited(self, seconds: float) -> Iterator[None]:
        """Kill the child after `seconds`, which ends the wait for its pipe as well."""
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, EOFError, ValueError) as error:
            raise WorkerLost(at_work=self._at_work) from error
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self.overdue = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    @property
    def _stdin(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdin)

    @property
    def _stdout(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdout)


def _environment(folder: str) -> dict[str, str]:
    known = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    return {**known, "TMPDIR": folder, "PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "MALLOC_ARENA_MAX": "2"}
