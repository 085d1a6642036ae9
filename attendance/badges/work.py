"""Badges by the thousand: printed in parts, as a job."""

from __future__ import annotations

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.badges import paper
from jobs.kinds import JobFailed, job
from jobs.progress import Progress
from jobs.queue import enqueue
from meetings.errors import Refusal
from meetings.models import Meeting
from meetings.procedure import Ability
from people.models import User
from printing.errors import PrintingError
from printing.joining import joined

NAME = "badges.print"


def ask_to_print(meeting: Meeting, by: User, participants: list[int] | None, form: str) -> str:
    """Ask for badges within the caller's transaction; return the number under which the job is found."""
    found = enqueue(
        NAME,
        by=by,
        title=_("Badges: %(meeting)s") % {"meeting": meeting.title},
        back=reverse("attendance:badges", args=[meeting.slug]),
        open_to=Ability.PREPARE.value,
        scope=meeting.pk,
        meeting=meeting.pk,
        participants=participants,
        form=form,
    )
    return str(found.uuid)


@job(NAME)
def print_badges(progress: Progress, *, meeting: int, participants: list[int] | None, form: str) -> str:
    """Print the badges of people, or of all; parts that an earlier attempt has printed stay."""
    held = Meeting.objects.select_related("organiser").filter(pk=meeting).first()
    if held is None:
        raise JobFailed(_("The meeting is gone."))
    found = paper.to_print(held, participants)
    if not found:
        raise JobFailed(_("Nobody of those chosen has a valid badge. Issue the badges first."))
    progress.total(len(found))
    printed: list[bytes] = []
    try:
        for start in range(0, len(found), paper.AT_ONCE):
            part = found[start : start + paper.AT_ONCE]
            printed.append(progress.made(f"part-{start}-{part[0].serial}.pdf", partial(paper.print_some, held, part, form)))
            progress.step(len(part))
    except (PrintingError, Refusal) as error:
        raise JobFailed(str(error)) from error
    progress.attach("the-dai-bieu.pdf", "application/pdf", joined(printed))
    return _("%(count)d badges are printed.") % {"count": len(found)}
