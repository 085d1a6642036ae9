"""When a ledger is sealed: soon after a scan, not more often than the interval; what a process leaves behind, a duty seals."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable

from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from attendance.ledger.actions import seal_scans
from attendance.scanning.models import Scan, ScanSeal
from jobs.kinds import periodic
from meetings.models import Meeting
from meetings.procedure import the_system

INTERVAL = 0.8  # seconds between two seals of a meeting by one process: screens follow within a second
logger = logging.getLogger(__name__)


class Sealer:
    """Seals the ledgers this process has written to. The first scan after a pause is sealed at once, the others together."""

    def __init__(self) -> None:
        """Begin with nothing to seal."""
        self._last: dict[int, float] = {}
        self._waiting: set[int] = set()
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def touch(self, meeting: Meeting) -> None:
        """After a scan: seal now, or when the interval is over."""
        now = time.monotonic()
        with self._lock:
            if meeting.pk in self._waiting:
                return
            left = self._last.get(meeting.pk, -INTERVAL) + INTERVAL - now
            if left <= 0:
                self._last[meeting.pk] = now
            else:
                self._waiting.add(meeting.pk)
        if left <= 0:
            self._seal(meeting.pk)
        elif not self._later(meeting.pk, left):
            with self._lock:
                self._waiting.discard(meeting.pk)

    def _later(self, meeting: int, seconds: float) -> bool:
        """Seal on the service's own loop, from where a hint reaches the hub at once; without one the duty does it."""
        if self._loop is None or self._loop.is_closed():
            self._loop = async_to_sync(_running_loop)()
        if self._loop.is_closed() or not self._loop.is_running():
            return False
        self._loop.call_soon_threadsafe(self._loop.call_later, seconds, self._due, meeting)
        return True

    def _due(self, meeting: int) -> None:
        with self._lock:
            self._waiting.discard(meeting)
            self._last[meeting] = time.monotonic()
        task = asyncio.ensure_future(database_sync_to_async(self._seal, thread_sensitive=False)(meeting))
        task.add_done_callback(lambda done: done.exception())

    def _seal(self, meeting: int) -> None:
        """Seal one meeting; a scan has been answered and stands in the ledger, whatever becomes of its seal."""
        try:
            seal_ledger_of(meeting)
        except Exception:
            logger.exception("a ledger of scans was not sealed; it is tried again")


async def _running_loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


def seal_ledger_of(meeting: int) -> int:
    """Seal one meeting's ledger if there is anything to seal, and return how many scans that were."""
    found = waiting().filter(pk=meeting).first()
    return seal_scans(found, by=the_system()) if found else 0


def waiting() -> QuerySet[Meeting]:
    """Return the meetings whose ledger holds scans beyond its last seal."""
    sealed = ScanSeal.objects.filter(meeting=OuterRef("meeting")).order_by("-number").values("last")[:1]
    beyond = Scan.objects.filter(meeting=OuterRef("pk"), pk__gt=Coalesce(Subquery(sealed), 0))
    return Meeting.objects.filter(Exists(beyond))


@periodic("scans.seal", every=2.0, waits=lambda: waiting().exists())
def seal_ledgers(still_mine: Callable[[], bool]) -> bool:
    """Seal what processes that ended have left behind."""
    for meeting in waiting():
        if not still_mine():
            break
        seal_scans(meeting, by=the_system())
    return False


SEALER = Sealer()
