"""The runner: takes jobs and duties one after the other, keeps its leases, ends calmly when it is told to."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.db import connections, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from jobs import kinds, queue
from jobs.kinds import JobFailed, Periodic
from jobs.models import Duty, Job
from jobs.progress import Cancelled, Interrupted, Lost, Progress, forget
from printing.errors import PrintingError

logger = logging.getLogger(__name__)

#: Seconds between two looks for work, and between two renewals of a lease.
LOOK, BEAT = 0.5, 5.0
#: Jobs at once in one process: a short one need not wait for a long one.
THREADS = 2
DUTY_LEASE = timedelta(seconds=60)


class Runner:
    """Works in threads of one process until `stop`."""

    def __init__(self, *, threads: int = THREADS) -> None:
        """Describe it; `start` begins."""
        self._stopping = threading.Event()
        self._held: dict[uuid.UUID, Job] = {}
        self._lock = threading.Lock()
        loops = [self._work_on_jobs] * threads + [self._do_duties, self._beat]
        self._threads = [threading.Thread(target=loop, name=loop.__name__, daemon=True) for loop in loops]

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float) -> bool:
        """Ask all work to end at its next step; tell whether it did within the time."""
        self._stopping.set()
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work_on_jobs(self) -> None:
        self._over_and_over(self._next_job)

    def _next_job(self) -> bool:
        job = queue.claim_next()
        if job is None:
            return False
        with self._lock:
            self._held[job.uuid] = job
        try:
            carry_out(job, self._stopping.is_set)
        finally:
            with self._lock:
                del self._held[job.uuid]
        return True

    def _do_duties(self) -> None:
        self._over_and_over(self._every_duty)

    def _every_duty(self) -> bool:
        more = [do_duty(duty, self._stopping.is_set) for duty in kinds.duties()]
        return any(more)

    def _beat(self) -> None:
        while not self._stopping.wait(BEAT):
            with self._lock:
                held = list(self._held.values())
            for job in held:
                self._safely(lambda job=job: queue.renew(job))  # type: ignore[misc]
            connections.close_all()

    def _over_and_over(self, once: Callable[[], bool]) -> None:
        """Do one piece after the other; look again after a while when there was none."""
        while not self._stopping.is_set():
            if not self._safely(once):
                connections.close_all()
                self._stopping.wait(LOOK)
        connections.close_all()

    def _safely(self, do: Callable[[], bool]) -> bool:
        try:
            return do()
        except Exception:  # a database that is away for a minute must not end the runner
            logger.exception("the runner could not go on; it tries again")
            self._stopping.wait(2.0)
            return False


def carry_out(job: Job, stopping: Callable[[], bool] = lambda: False) -> None:
    """Run one job that is held, to its end, whatever that is."""
    progress = Progress(job, stopping)
    with override(job.language):
        try:
            run = kinds.find(job.name)
            if run is None:
                raise JobFailed(_("This version does not know this work any more."))
            note = run(progress, **job.arguments)
        except Cancelled:
            queue.finish(job, Job.State.CANCELLED, done=progress.done)
        except Interrupted:
            queue.put_back(job)
            return
        except Lost:
            logger.warning("%s has gone to another runner", job)
            return
        except Exception as error:
            queue.finish(job, Job.State.FAILED, _why(job, error), done=progress.done)
        else:
            queue.finish(job, Job.State.DONE, str(note or ""), done=progress.done)
    if not Job.objects.filter(pk=job.pk, state=Job.State.DONE).exists():
        return
    for part in job.files.filter(is_part=True):
        forget(part)


def _why(job: Job, error: Exception) -> str:
    """Return a sentence for people: the error's own when it has one; details go to the log."""
    reason = getattr(error, "reason", None) or (str(error) if isinstance(error, PrintingError) else "")
    if reason:
        logger.info("%s failed: %s", job, reason)
        return str(reason)
    logger.exception("%s failed", job)
    return _("The service made a mistake; its log says which. What had been done is kept. “Go on” tries once more.")


def do_duty(duty: Periodic, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Do a duty if it is due and nobody else is at it; tell whether more of it waits."""
    mine, now = uuid.uuid4(), timezone.now()
    row = Duty.objects.filter(name=duty.name).first()
    if row is None:
        Duty.objects.get_or_create(name=duty.name, defaults={"due_at": now})
    if row is None or row.due_at > now or (row.lease_until is not None and row.lease_until >= now) or not duty.waits():
        return False
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    if not Duty.objects.filter(free, name=duty.name, due_at__lte=now).update(claim=mine, lease_until=now + DUTY_LEASE):
        return False

    def still_mine() -> bool:
        held = Duty.objects.filter(name=duty.name, claim=mine)
        return not stopping() and bool(held.update(lease_until=timezone.now() + DUTY_LEASE))

    more = False
    try:
        more = bool(duty.run(still_mine))
    finally:
        due = timezone.now() + timedelta(seconds=0 if more else duty.every)
        Duty.objects.filter(name=duty.name, claim=mine).update(claim=None, lease_until=None, due_at=due)
    return more


def release_at_start() -> None:
    """Where this is the only runner there can be, what was being done when the last one ended begins at once."""
    with transaction.atomic():
        queue.release_all()
        Duty.objects.update(claim=None, lease_until=None)
