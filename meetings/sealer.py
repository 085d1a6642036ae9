"""When an append-only ledger is sealed into a journal: soon after a row, not more often than the interval (scans, ballots)."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable

from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async

INTERVAL = 0.8  # seconds between two seals of a ledger by one process: screens follow within a second
logger = logging.getLogger(__name__)


class Sealer:
    """Seals the ledgers this process has written to. The first row after a pause is sealed at once, the others together.

    `seal` seals one ledger by its key, if there is anything to seal. What a process leaves behind when it ends, a duty of the
    ledger's room seals.
    """

    def __init__(self, seal: Callable[[int], object]) -> None:
        """Begin with nothing to seal."""
        self._seal_one = seal
        self._last: dict[int, float] = {}
        self._waiting: set[int] = set()
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def touch(self, ledger: int) -> None:
        """After a row: seal now, or when the interval is over."""
        now = time.monotonic()
        with self._lock:
            if ledger in self._waiting:
                return
            left = self._last.get(ledger, -INTERVAL) + INTERVAL - now
            if left <= 0:
                self._last[ledger] = now
            else:
                self._waiting.add(ledger)
        if left <= 0:
            self._seal(ledger)
        elif not self._later(ledger, left):
            with self._lock:
                self._waiting.discard(ledger)

    def _later(self, ledger: int, seconds: float) -> bool:
        """Seal on the service's own loop, from where a hint reaches the hub at once; without one the duty does it."""
        if self._loop is None or self._loop.is_closed():
            self._loop = async_to_sync(_running_loop)()
        if self._loop.is_closed() or not self._loop.is_running():
            return False
        self._loop.call_soon_threadsafe(self._loop.call_later, seconds, self._due, ledger)
        return True

    def _due(self, ledger: int) -> None:
        with self._lock:
            self._waiting.discard(ledger)
            self._last[ledger] = time.monotonic()
        task = asyncio.ensure_future(database_sync_to_async(self._seal, thread_sensitive=False)(ledger))
        task.add_done_callback(lambda done: done.exception())

    def _seal(self, ledger: int) -> None:
        """Seal one ledger; its rows have been answered and stand, whatever becomes of the seal."""
        try:
            self._seal_one(ledger)
        except Exception:
            logger.exception("a ledger was not sealed; it is tried again")


async def _running_loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()
