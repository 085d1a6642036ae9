"""Letters about opinion slips: asking, reminding, telling a new deadline. They hold neither the question nor any answer, for mail
goes through foreign hands.
"""

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
from meetings.rehearsal.rules import is_rehearsal
from people.models import Organisation, User
from printing.papers import DEMONSTRATION_MARK
from voting.polls.models import Poll
from voting.slips.asking import mail_of, not_answered, voters_of, waiting_for

SLIPS_MAIL = "slips.mail"
ASKING, REMINDING, EXTENDED = "asking", "reminding", "extended"
# Letters are in the office's language whatever the reader's pages speak.
SUBJECTS = {
    ASKING: "Phiếu lấy ý kiến số {number}: {title}",
    REMINDING: "Nhắc gửi phiếu lấy ý kiến số {number}: {title}",
    EXTENDED: "Thay đổi thời hạn phiếu lấy ý kiến số {number}: {title}",
}
REQUESTS = {
    ASKING: "Đề nghị {whom} cho ý kiến vào phiếu lấy ý kiến số {number}, {title}.",
    REMINDING: "Đến nay chưa nhận được phiếu lấy ý kiến số {number} của {whom}, {title}.\n"
    "Đề nghị {whom} cho ý kiến trước thời hạn.",
    EXTENDED: "Thời hạn gửi phiếu lấy ý kiến số {number}, {title}, đã thay đổi.",
}
TEXT = """Kính gửi: {name}

{request}
Thời hạn gửi phiếu: {until}.

Trang trả lời (đăng nhập bằng tài khoản của {whom}): {address}

Trân trọng.
{office}
"""


def ask_to_post(change: Transition, poll: Poll, *, letter: str, entry: int) -> int:
    """Ask for letters to all who have not answered, within the change that wants them; return how many are written to.

    `entry`: the change's number in the journal, so that each letter is sent once. From a rehearsal nobody is written to.
    """
    voters = [] if is_rehearsal(change.meeting) else voters_of(waiting_for(not_answered(poll)))
    if voters:
        enqueue(
            SLIPS_MAIL,
            by=change.by.user if change.by.user.pk else None,
            title=_("Letters about opinion slips: %(title)s") % {"title": change.meeting.title},
            back=reverse("voting:slips", args=[change.meeting.slug, poll.number]),
            open_to=Ability.RUN_POLLS.value,
            scope=change.meeting.pk,
            poll=poll.pk,
            voters=voters,
            letter=letter,
            entry=entry,
        )
    return len(voters)


@job(SLIPS_MAIL)
def post_letters(progress: Progress, *, poll: int, voters: Sequence[int], letter: str, entry: int) -> str:
    """Put each letter into the outbox once. Who has answered meanwhile gets none, nor anybody once the poll is closed."""
    row = Poll.objects.select_related("meeting__organiser").filter(pk=poll).first()
    if row is None:
        raise JobFailed(_("The meeting is gone."))
    progress.total(len(voters))
    posted = 0
    for voter in voters:
        with transaction.atomic():
            account = _still_asked(row, voter)
            if account and progress.once(str(voter)):
                _post(row, account, voter, letter=letter, entry=entry, by=progress.job.account)
                posted += 1
        progress.step()
    return _("%(count)d mails are in the outbox.") % {"count": posted}


def _still_asked(poll: Poll, voter: int) -> User | None:
    """Return the account of somebody who has still to answer a poll that is open."""
    waiting = waiting_for(not_answered(poll).filter(voter=voter, poll__state=Poll.State.OPEN))
    return waiting[0].account if waiting and waiting[0].address else None


def _post(poll: Poll, account: User, voter: int, *, letter: str, entry: int, by: User | None) -> None:
    poll.refresh_from_db(fields=["closes_at"])
    assert poll.closes_at is not None
    meeting = poll.meeting
    words = {"number": poll.number, "title": meeting.title, "whom": _whom(meeting)}
    post(
        key=f"slips:{poll.pk}:{entry}:{voter}",
        to=mail_of(account),
        name=account.display_name,
        subject=SUBJECTS[letter].format(**words),
        text=(f"{DEMONSTRATION_MARK}\n\n" if meeting.is_demonstration else "")
        + TEXT.format(
            name=account.display_name,
            request=REQUESTS[letter].format(**words),
            until=f"{timezone.localtime(poll.closes_at):%H:%M ngày %d/%m/%Y}",
            whom=words["whom"],
            address=settings.PUBLIC_URL + poll.get_absolute_url(),
            office=meeting.organiser.name,
        ),
        by=by,
        keep=meeting.is_demonstration,
    )


def _whom(meeting: Meeting) -> str:
    """Return how people are addressed: “đồng chí” in a body of the Party, “ông/bà” in one of the State."""
    return "ông/bà" if meeting.organiser.body == Organisation.Body.STATE else "đồng chí"
