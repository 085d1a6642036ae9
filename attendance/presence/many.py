"""Marks of many people at one bridge point, each since a moment of its own: a roll that was kept on paper, in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from attendance.bodies.watching import note_crossings
from attendance.presence import facts
from attendance.presence.models import Presence
from attendance.presence.rows import standings_of, told_of, write_standings
from attendance.presence.standing import Standing, absent, entered, left
from meetings.journal import Transition
from meetings.models import BridgePoint, Participant

State = Presence.State
#: Who, how, and since when (nothing: now).
Mark = tuple[Participant, str, datetime | None]


def mark_many(change: Transition, site: BridgePoint, marks: Iterable[Mark]) -> None:
    """Make marks within a change, in the order of their time: one fact for each moment and state, tables written once.

    What the ledger holds has been sealed before, and the marks were judged since. Raises Impossible for a time that
    contradicts an earlier stay.
    """
    groups: dict[tuple[datetime | None, str], list[Participant]] = defaultdict(list)
    for one, state, at in marks:
        groups[at, state].append(one)
    standings = standings_of(change.meeting, {one.pk for people in groups.values() for one in people})
    for at, state in sorted(groups, key=_order):
        people = groups[at, state]
        for one in people:
            after = marked(standings.get(one.pk, Standing()), state, site.pk, at or change.now)
            standings[one.pk] = replace(after, by_hand_at=change.now)
        change.record(
            facts.PresenceMarked(
                bridge_point=site.pk,
                bridge_point_name=site.name,
                state=state,
                at=at.isoformat() if at else "",
                participants=[told_of(one, standings[one.pk]) for one in people],
            )
        )
    write_standings(change.meeting, standings)
    note_crossings(change)


def marked(stands: Standing, state: str, where: int, at: datetime) -> Standing:
    """Return how somebody stands after a mark; raise Impossible where it contradicts an earlier stay."""
    if state in (State.PRESENT, State.ONLINE):
        return entered(stands, where=where, at=at, is_online=state == State.ONLINE)
    if state == State.LEFT:
        return replace(left(stands, at=at), where=stands.where if stands.stays else where)
    return absent(stands, at=at, where=where)


def _order(group: tuple[datetime | None, str]) -> tuple[bool, float, bool]:
    at, state = group
    return at is None, at.timestamp() if at else 0, state == State.LEFT
