"""What badges answer when a lower floor asks: who is invited gets a credential, and the letter shows its code."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from attendance.badges import giving, queries, short_code
from attendance.badges.validity import span_of
from meetings.hooks import EntryMark
from meetings.journal import Transition
from meetings.models import Meeting, Participant


def give_to_invited(change: Transition, participants: Sequence[Participant]) -> None:
    """Give a credential to those invited who have none, within the change that issues their letters."""
    chosen = giving.lacking(change, participants)
    if chosen and span_of(change.meeting) is not None:
        change.record(giving.issued(change, chosen))


def entry_marks(meeting: Meeting, participants: Collection[Participant]) -> Mapping[int, EntryMark]:
    """Return the code and the short code of those who have a badge that opens a door. Raises OutOfOrder for a lost key."""
    found = list(queries.to_hand_out(meeting).filter(participant__in=[one.pk for one in participants]))
    codes = queries.codes(found)
    return {one.participant_id: EntryMark(codes[one.participant_id], short_code.spelled(one.short_code)) for one in found}
