"""Noticing, within the change that causes it, that a body has lost its quorum or has it."""

from __future__ import annotations

from attendance.bodies.crossing.actions import lose_quorum, reach_quorum
from attendance.bodies.models import Body
from attendance.bodies.queries import quorums_of
from meetings.journal import Transition
from meetings.models import Meeting

RUNNING = (Meeting.State.OPEN, Meeting.State.SUSPENDED)


def note_crossings(change: Transition) -> None:
    """Keep which bodies have their quorum; while the meeting runs, record who has lost or reached it.

    Called after rows of presence or of bodies have changed. What changes before the opening is nobody's loss.
    """
    known = dict(Body.objects.filter(meeting=change.meeting).values_list("pk", "is_met"))
    if not known:
        return
    for one in quorums_of(change.meeting):
        if one.is_met == known.get(one.body):
            continue
        Body.objects.filter(pk=one.body).update(is_met=one.is_met)
        if change.meeting.state in RUNNING:
            (reach_quorum if one.is_met else lose_quorum)(change, one)
