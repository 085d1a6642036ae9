"""Making the file of a paper that has its number: a job, and a duty that begins it again for as long as there is no file.

Decision 0016: the number is given first, the file follows. Whoever is killed in between leaves a paper that waits for its file,
never a gap in the register and never a number without a paper for good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from copies.refusals import Refused, sentence_of
from jobs import queue
from jobs.kinds import JobFailed, job, periodic
from jobs.models import Job
from jobs.progress import Progress
from meetings.procedure import Ability, Actor
from meetings.queries import actor_for
from minutes.issuance import filing
from minutes.models import OfficialPaper
from people.models import User
from printing.errors import PrintingError

KIND = "official.file"
#: After this time without a file it is tried again, whatever went wrong.
AGAIN = timedelta(minutes=10)
#: So many are begun again at a time; those that have just failed are none of them.
AT_ONCE = 20


def ask_to_file(row: OfficialPaper, by: Actor | None) -> Job:
    """Ask for the file of an issued paper within the change that issues it. The job's title names neither abstract nor number."""
    return queue.enqueue(
        KIND,
        by=by.user if by is not None and by.user.pk else None,
        title=_("Making an issued paper: %(kind)s") % {"kind": row.get_kind_display()},
        back=reverse("minutes:issuance_paper", args=[row.meeting.slug, row.number]),
        open_to=Ability.ISSUE_PAPERS.value,
        scope=row.meeting_id,
        paper=row.pk,
    )


@job(KIND)
def file_issued(progress: Progress, *, paper: int) -> str:
    """Make the file of an issued paper, once, and let it go out."""
    from minutes.issuance.actions import file_paper  # it asks for this job

    row = (
        waiting().select_related("meeting__organiser__parent", "meeting__journal", "issued", "template").filter(pk=paper).first()
    )
    if row is None:
        return ""
    try:
        filed = filing.make(row)
    except PrintingError as error:
        _trouble(row, str(error))
        raise JobFailed(str(error)) from error
    except Refused as refused:
        _trouble(row, sentence_of(refused.word))
        raise JobFailed(sentence_of(refused.word)) from refused
    kept = False
    try:
        progress.checkpoint()
        done = file_paper(row.meeting, by=hand_of(row, progress.job.account), paper=row, filed=filed)
        kept = done.document is not None and done.sha256 == filed.sha256 and row.filed_at != done.filed_at
    finally:
        if not kept:
            filing.forget(filed, OfficialPaper.objects.filter(pk=row.pk).first())
    return _("The paper is out.") if kept else ""


def waiting() -> QuerySet[OfficialPaper]:
    """Return the papers that have been issued and have no file yet."""
    return OfficialPaper.objects.filter(state=OfficialPaper.State.ISSUED, filed_at=None)


def hand_of(row: OfficialPaper, user: User | None) -> Actor:
    """Return who finishes what was begun: who issued it, whatever their rights are by now; else the service in their name."""
    if user is None:
        return Actor(user=User(username=row.issued_by), abilities=frozenset({Ability.ISSUE_PAPERS}))
    own = actor_for(user, row.meeting)
    return replace(own, abilities=own.abilities | {Ability.ISSUE_PAPERS})


def _trouble(row: OfficialPaper, words: object) -> None:
    waiting().filter(pk=row.pk).update(trouble=str(words)[:300])


@periodic("official.unfiled", every=120)
def begin_again(still_mine: Callable[[], bool]) -> bool:
    """Begin once more where a paper has its number and no file: its job has failed, was cancelled, or is lost."""
    begun = 0
    for row in waiting().select_related("meeting").order_by("pk"):
        if not still_mine():
            return True
        last = Job.objects.filter(name=KIND, arguments__paper=row.pk).order_by("-pk").first()
        if last is not None and (not last.is_over or _is_fresh(last)):
            continue
        if last is not None and last.state != Job.State.DONE:
            queue.go_on(last)
        else:
            ask_to_file(row, None)
        begun += 1
        if begun == AT_ONCE:
            break
    return False


def _is_fresh(last: Job) -> bool:
    return last.ended_at is not None and timezone.now() - last.ended_at < AGAIN
