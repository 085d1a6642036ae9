"""What the overview shows of rehearsals: of a meeting those it has and had; of a rehearsal its meeting, its end and its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from meetings import clock
from meetings.forms.course import SetClock
from meetings.keeping import kept_with_journal
from meetings.models import Meeting
from meetings.procedure import the_system
from meetings.rehearsal.queries import rehearsals_of

#: How long before its first sitting people gather: where the clock of a rehearsal is set to most often.
BEFORE = timedelta(minutes=15)


@dataclass(frozen=True)
class Played:
    """A rehearsal from within: the meeting it rehearses, and the form of its clock."""

    meeting: Meeting
    clock: SetClock


def rehearsing(meeting: Meeting) -> dict[str, Any]:
    """Return what meetings/rehearsal.html shows; nothing for a template, and for a rehearsal whose meeting is not known."""
    if meeting.kind == Meeting.Kind.REHEARSAL:
        return {"played": Played(meeting.cloned_from, _clock(meeting))} if meeting.cloned_from else {}
    if meeting.is_template:
        return {}
    return {"rehearsals": kept_with_journal(meeting, ("rehearsals",), lambda: rehearsals_of(meeting))}


def _clock(meeting: Meeting) -> SetClock:
    first = next(iter(meeting.sittings.all()), None)
    now = clock.now(meeting)
    wanted = max(first.starts_at - BEFORE, now) if first else now
    return SetClock(meeting=meeting, by=the_system(), initial={"base": wanted})
