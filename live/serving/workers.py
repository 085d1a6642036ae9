"""The processes for long work beside the service: they end with it, however it ends, and are started again when they fall."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, cast

from live.closing import is_closing

ROOT = Path(__file__).resolve().parent.parent.parent
#: Seconds before a worker that fell is started again, and between two looks whether the service closes.
PAUSE, LOOK = 5.0, 0.2
#: Seconds the workers have at the end: what they do is taken up again at the next start.
PATIENCE = 7.0
logger = logging.getLogger(__name__)


class Workers:
    """So many processes, each kept running by a thread until the service closes."""

    def __init__(self, number: int) -> None:
        """Describe them; `start` starts them."""
        self._running: dict[threading.Thread, subprocess.Popen[bytes]] = {}
        self._number = number

    def start(self) -> None:
        """Start them beside this process."""
        for _one in range(self._number):
            thread = threading.Thread(target=self._keep_one, name="worker", daemon=True)
            self._running[thread] = _started()
            thread.start()

    def stop(self) -> None:
        """End them calmly, then at once. (They end by themselves if this is never reached: their pipe breaks.)"""
        until = time.monotonic() + PATIENCE
        for process in list(self._running.values()):
            _let_end(process)
        for process in list(self._running.values()):
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()

    def _keep_one(self) -> None:
        own = threading.current_thread()
        while not is_closing():
            try:
                code = self._running[own].wait(LOOK)
            except subprocess.TimeoutExpired:
                continue
            if not is_closing():
                logger.error("the process for long work has ended (%s) and is started again", code)
                time.sleep(PAUSE)
                self._running[own] = _started()
        _let_end(self._running[own])


def _started() -> subprocess.Popen[bytes]:
    """Start a worker. Its standard input is a pipe that ends when this process does; Ctrl-C at a keyboard is not meant for it."""
    command = [sys.executable, "manage.py", "worker", "--beside"]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)


def _let_end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        cast(IO[bytes], process.stdin).close()
