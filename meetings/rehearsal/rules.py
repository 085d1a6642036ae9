"""What a rehearsal may not touch: numbers and registers, letters, what is issued, the calendars of those who take part."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import NOT_REHEARSED, Ability

NOTHING_ISSUED = _(
    "This is a rehearsal: nothing is issued in it, no number is given and no letter is sent. Do this in the meeting itself."
)
NO_LETTERS = _("This is a rehearsal: no letter leaves it. Send it in the meeting itself.")


def is_rehearsal(meeting: Meeting) -> bool:
    """Tell whether a meeting is a rehearsal of another one."""
    return meeting.kind == Meeting.Kind.REHEARSAL


def refuse_issuing(meeting: Meeting, ability: Ability) -> None:
    """Raise OutOfOrder for what issues papers, in a rehearsal."""
    if is_rehearsal(meeting) and ability in NOT_REHEARSED:
        raise OutOfOrder(NOTHING_ISSUED)


def refuse_letters(meeting: Meeting) -> None:
    """Raise OutOfOrder for what would put letters into the outbox, in a rehearsal."""
    if is_rehearsal(meeting):
        raise OutOfOrder(NO_LETTERS)
