"""The queue: work is asked for in the caller's transaction, claimed by one runner, and found again when that one is gone."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from jobs import kinds
from jobs.marking import note_enqueued
from jobs.models import Job
from people.models import User

#: A runner that is gone is noticed after this time; a living one renews its lease long before.
LEASE = timedelta(seconds=25)
#: Runs of a job that may be killed before it is given up.
ATTEMPTS = 3
State = Job.State


def enqueue(
    name: str,
    *,
    by: User | None,
    title: str,
    back: str = "",
    open_to: str = "",
    scope: int | None = None,
    **arguments: Any,
) -> Job:
    """Ask for a job within the caller's transaction: it is there when, and only when, that is committed.

    `arguments` are plain values, never a secret. `title` is a phrase for the list of jobs; `back` the page to return to.
    With `open_to` (an ability, judged in the meeting `scope`, else in the office) page and files are open to whoever has that
    ability now, and closed to an owner who has lost it; without it, to the owner alone.
    """
    if kinds.find(name) is None:
        raise ValueError(f"no job is called {name}")
    job = Job.objects.create(
        name=name, title=str(title)[:200], account=by, back=back[:300], arguments=arguments, open_to=open_to, scope=scope,
        language=get_language() or "vi",
    )  # fmt: skip
    note_enqueued()
    return job


def claim_next() -> Job | None:
    """Take the oldest job that waits, or whose runner is gone; None when there is none. One that fell too often is given up."""
    now = timezone.now()
    fallen = Q(state=State.RUNNING, lease_until__lt=now)
    due = Job.objects.filter(Q(state=State.WAITING) | fallen).order_by("pk")
    if not due.exists():  # without a lock: SQLite's would keep the live room from writing
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
        return _take(job, now) if job else None


def _take(job: Job, now: Any) -> Job | None:
    if job.state == State.RUNNING and _given_up(job, now):
        return None
    job.state, job.claim, job.lease_until = State.RUNNING, uuid.uuid4(), now + LEASE
    job.attempts, job.began_at = job.attempts + 1, job.began_at or now
    job.save(update_fields=["state", "claim", "lease_until", "attempts", "began_at"])
    return job


def _given_up(job: Job, now: Any) -> bool:
    """End a job whose runner is gone and that somebody has cancelled, or that has fallen too often."""
    if not job.cancel_asked and job.attempts < ATTEMPTS:
        return False
    with override(job.language):
        if job.cancel_asked:
            job.state, job.note = State.CANCELLED, ""
        else:
            words = gettext(
                "It was broken off %(times)d times in the middle: the computer or the service was stopped, or it took too much "
                "memory. What had been done is kept. “Go on” tries once more."
            )
            job.state, job.note = State.FAILED, words % {"times": job.attempts}
    job.claim, job.lease_until, job.ended_at = None, None, now
    job.save(update_fields=["state", "note", "claim", "lease_until", "ended_at"])
    return True


def renew(job: Job) -> bool:
    """Keep a job; False when it has gone to somebody else."""
    return bool(_held(job).update(lease_until=timezone.now() + LEASE))


def update_held(job: Job, **values: Any) -> bool:
    """Write to a job while it is held; False when it has gone to somebody else."""
    return bool(_held(job).update(**values))


def finish(job: Job, state: str, note: str = "", *, done: int) -> bool:
    """End a job that is held after so many steps, with what came of it in words."""
    over = {"state": state, "note": note[:500], "done": done, "ended_at": timezone.now()}
    return update_held(job, **over, claim=None, lease_until=None)


def put_back(job: Job) -> bool:
    """Let go of a job because the service stops: it goes on later, and this does not count as a fall."""
    return update_held(job, state=State.WAITING, claim=None, lease_until=None, attempts=max(0, job.attempts - 1))


def release_all() -> int:
    """Let the jobs of runners that are gone begin again at once. Only for who knows that there is no other runner."""
    now = timezone.now()
    return Job.objects.filter(state=State.RUNNING).update(lease_until=now - LEASE)


def end_after_restore() -> None:
    """After a backup was restored, what waited or ran then may have been done since: a person asks for it again."""
    words = gettext("The data were restored from a backup made before this was done. “Go on” does it.")
    waiting = Job.objects.filter(state__in=Job.UNDER_WAY)
    waiting.update(state=State.FAILED, note=words, claim=None, lease_until=None, ended_at=timezone.now())


def cancel(job: Job) -> None:
    """Cancel a job: one that waits at once, one that runs at its next step."""
    over = {"state": State.CANCELLED, "ended_at": timezone.now()}
    if not Job.objects.filter(pk=job.pk, state=State.WAITING).update(**over):
        Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancel_asked=True)


def go_on(job: Job) -> None:
    """Let a job that failed or was cancelled go on where it stopped."""
    ended = Job.objects.filter(pk=job.pk, state__in=(State.FAILED, State.CANCELLED))
    ended.update(state=State.WAITING, attempts=0, cancel_asked=False, note="", ended_at=None)


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, claim=job.claim, state=State.RUNNING)


#: Upper rooms judge abilities here: `(account, open_to, scope)`; what no one knows is refused.
judges: list[Callable[[User, str, int | None], bool]] = []


def may_see(user: User, job: Job) -> bool:
    """Tell whether an account may see a job and have its files."""
    if not user.is_active:
        return False
    if job.open_to:
        return any(judge(user, job.open_to, job.scope) for judge in judges)
    return job.account_id == user.pk
