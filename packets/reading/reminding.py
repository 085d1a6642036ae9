"""Reminders as mails: posted one by one as a job. They name papers by number alone, for mail goes through foreign hands."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.kinds import JobFailed, job
from jobs.progress import Progress
from jobs.queue import enqueue
from mailing.posting import is_address, post
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import actor_for
from packets.models import Document
from packets.reading.queries import READ, news_of
from packets.releasing.seeing import sights
from people.models import User

# Letters are in the office's language whatever the reader's pages speak.
SUBJECT = "Đề nghị đọc tài liệu: {title}"
TEXT = """Kính gửi: {name}

Đến nay đồng chí chưa mở bản hiện hành của tài liệu số {numbers}, {title}.
Đề nghị đồng chí đọc tài liệu trước khi họp.

Trang tài liệu: {address}
"""


def ask_to_post(meeting: Meeting, by: Actor, missing: Sequence[tuple[int, Sequence[int]]], *, entry: int) -> None:
    """Ask for the mails within the change that reminds; `entry`: its number in the journal, so that each is sent once."""
    enqueue(
        "papers.remind",
        by=by.user if by.user.pk else None,
        title=_("Reminders to read papers: %(title)s") % {"title": meeting.title},
        back=reverse("packets:board", args=[meeting.slug]),
        open_to=Ability.SEE_READING.value,
        scope=meeting.pk,
        meeting=meeting.pk,
        missing=[[seat, list(numbers)] for seat, numbers in missing],
        entry=entry,
    )


@job("papers.remind")
def post_reminders(progress: Progress, *, meeting: int, missing: list[tuple[int, list[int]]], entry: int) -> str:
    """Put each reminder into the outbox once. Who has opened the papers meanwhile, or may not see them now, gets none."""
    held = Meeting.objects.select_related("journal").filter(pk=meeting).first()
    if held is None:
        raise JobFailed(_("The meeting is gone."))
    progress.total(len(missing))
    posted = 0
    for seat, numbers in missing:
        with transaction.atomic():
            user = _reader(held, seat)
            left = _still_missing(held, user, numbers) if user else []
            if user and left and progress.once(str(seat)):
                _post(held, user, seat, left, entry=entry, by=progress.job.account)
                posted += 1
        progress.step()
    return _("%(count)d mails are in the outbox.") % {"count": posted}


def _reader(meeting: Meeting, seat: int) -> User | None:
    """Return the account of a participant, when it can be reached."""
    found = User.objects.select_related("person").filter(is_active=True, person__participations=seat)
    user = found.filter(person__participations__meeting=meeting).first()
    return user if user and user.person and is_address(user.person.email) else None


def _still_missing(meeting: Meeting, user: User, numbers: Sequence[int]) -> list[int]:
    keys = Document.objects.filter(meeting=meeting, number__in=numbers).values_list("pk", flat=True)
    seen = [one for one in sights(meeting, actor_for(user, meeting), documents=list(keys)) if one.version]
    news = news_of(meeting, user, versions=[one.version for one in seen if one.version])
    return [one.document.number for one in seen if news[one.document.pk] != READ]


def _post(meeting: Meeting, user: User, seat: int, numbers: Sequence[int], *, entry: int, by: User | None) -> None:
    assert user.person is not None
    post(
        key=f"papers:{meeting.pk}:{entry}:{seat}",
        to=user.person.email,
        name=user.display_name,
        subject=SUBJECT.format(title=meeting.title),
        text=TEXT.format(
            name=user.display_name,
            numbers=", ".join(map(str, numbers)),
            title=meeting.title,
            address=settings.PUBLIC_URL + reverse("packets:papers", args=[meeting.slug]),
        ),
        by=by,
        keep=meeting.is_demonstration,
    )
