"""Letters to readers: posted one by one as a job. They hold no word of the minutes, for mail goes through foreign hands."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.kinds import JobFailed, job
from jobs.progress import Progress
from jobs.queue import enqueue
from mailing.posting import post
from meetings.journal import Transition
from meetings.models import Meeting
from meetings.procedure import Ability
from minutes.models import Circulated, Circulation
from minutes.review.readers import accounts_of, reachable
from minutes.writing import address, at_bridge_point
from people.models import Organisation, User
from printing.papers import DEMONSTRATION_MARK

ASKING, REMINDING = "asking", "reminding"
#: Readers of one step of the job.
BATCH = 50
# Letters are in the office's language whatever the reader's pages speak.
SUBJECTS = {
    ASKING: "Lấy ý kiến vào dự thảo biên bản: {title}",
    REMINDING: "Nhắc góp ý dự thảo biên bản: {title}",
}
TEXT = """Kính gửi: {name}

{request}
Thời hạn góp ý: {until}.
{note}
Trang đọc và góp ý: {address}

Trân trọng.
{office}
"""
REQUESTS = {
    ASKING: "Đề nghị {whom} đọc và cho ý kiến vào dự thảo biên bản (lần {number}) {title}.",
    REMINDING: "Đến nay chưa nhận được ý kiến của {whom} vào dự thảo biên bản (lần {number}) {title}.\n"
    "Nếu không có ý kiến thêm, đề nghị bấm “Không có ý kiến thêm” trên trang góp ý.",
}


def ask_to_post(change: Transition, circulation: Circulation, readers: Sequence[int], *, letter: str, entry: int) -> None:
    """Ask for the letters within the change that wants them; `entry`: its number in the journal, so that each is sent once."""
    enqueue(
        "minutes.circulate",
        by=change.by.user if change.by.user.pk else None,
        title=_("Letters to readers of the minutes: %(title)s") % {"title": change.meeting.title},
        back=reverse("minutes:circulations", args=[change.meeting.slug]),
        open_to=Ability.SEE_MINUTES.value,
        scope=change.meeting.pk,
        circulation=circulation.pk,
        readers=list(readers),
        letter=letter,
        entry=entry,
    )


@job("minutes.circulate")
def post_letters(progress: Progress, *, circulation: int, readers: list[int], letter: str, entry: int) -> str:
    """Put each letter into the outbox once. When the round was closed meanwhile nobody is asked any more."""
    row = Circulation.objects.select_related("minutes__meeting__organiser").filter(pk=circulation).first()
    if row is None:
        raise JobFailed(_("The meeting is gone."))
    progress.total(len(readers))
    posted = 0
    for at in range(0, len(readers), BATCH):
        batch = Circulated.objects.filter(pk__in=readers[at : at + BATCH]).select_related("bridge_point", "participant")
        accounts = accounts_of(batch)
        for reader in batch:
            posted += _post_to(progress, row, reader, reachable(accounts[reader.pk]), letter=letter, entry=entry)
            progress.step()
    return _("%(count)d mails are in the outbox.") % {"count": posted}


def _post_to(
    progress: Progress, circulation: Circulation, reader: Circulated, users: Sequence[User], *, letter: str, entry: int
) -> int:
    posted = 0
    for user in users:
        with transaction.atomic():
            if _is_still_asked(reader) and progress.once(f"{reader.pk}:{user.pk}"):
                _post(circulation, reader, user, letter=letter, entry=entry, by=progress.job.account)
                posted += 1
    return posted


def _is_still_asked(reader: Circulated) -> bool:
    return Circulated.objects.filter(pk=reader.pk, agreed_at=None, circulation__closed_at=None).exists()


def _post(circulation: Circulation, reader: Circulated, user: User, *, letter: str, entry: int, by: User | None) -> None:
    assert user.person is not None
    meeting = circulation.minutes.meeting
    words = {"title": meeting.title, "number": circulation.number, "whom": _whom(reader, meeting)}
    post(
        key=f"review:{circulation.pk}:{entry}:{reader.pk}:{user.pk}",
        to=user.person.email,
        name=user.display_name,
        subject=SUBJECTS[letter].format(**words),
        text=(f"{DEMONSTRATION_MARK}\n\n" if meeting.is_demonstration else "")
        + TEXT.format(
            name=user.display_name,
            request=REQUESTS[letter].format(**words),
            until=f"{timezone.localtime(circulation.deadline):%H:%M ngày %d/%m/%Y}",
            note=f"Nội dung đề nghị: {circulation.note}\n" if circulation.note else "",
            address=settings.PUBLIC_URL + reverse("minutes:review", args=[meeting.slug]),
            office=meeting.organiser.name,
        ),
        by=by,
        keep=meeting.is_demonstration,
    )


def _whom(reader: Circulated, meeting: Meeting) -> str:
    """Return who is asked, inside a sentence: “đồng chí” or “ông/bà”, or the bridge point."""
    if reader.bridge_point is None:
        return address(is_state=meeting.organiser.body == Organisation.Body.STATE)
    return at_bridge_point(reader.name)
