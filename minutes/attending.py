"""The story of who was there: marks, scans, head counts, bodies and roll calls as the journal tells them. Pure.

What is told of people follows from their stays as the last fact about each tells them: a correction is no event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from attendance.bodies.quorum import Quorum, Rule, present_of
from attendance.counting import Alike, Hall, HeadCount, summed, tally
from attendance.presence.standing import (
    ABSENT,
    LEFT,
    ONLINE,
    PRESENT,
    THERE,
    Impossible,
    Span,
    Standing,
    absent,
    entered,
    left,
)
from meetings.models import COUNTED_ROLES
from minutes.writing import Entry

if TYPE_CHECKING:
    from minutes.story import Story


@dataclass
class Body:
    """A body that meets: its name, its rule and its members."""

    number: int
    name: str
    rule: Rule
    members: set[int]


@dataclass(frozen=True)
class Opening:
    """What the journal had said when the meeting was opened: who stood on the list (excused?), and the halls counted by head."""

    listed: Mapping[int, bool]
    halls: Mapping[int, Hall]


@dataclass(frozen=True)
class Move:
    """Somebody came, left or was missed while the meeting was in session. `number`: of the entry that says it."""

    who: int
    state: str
    where: int | None
    at: datetime
    number: int


@dataclass
class Attending:
    """How people stand, told by which entry; halls counted by head; bodies, crossings of their quorum, roll calls.

    `missed`: who was found absent, and since when; `counts`: the last count of each hall while the meeting was in session.
    """

    standings: dict[int, Standing] = field(default_factory=dict)
    told_by: dict[int, int] = field(default_factory=dict)
    missed: dict[int, datetime] = field(default_factory=dict)
    names: dict[int | None, str] = field(default_factory=dict)
    halls: dict[int, Hall] = field(default_factory=dict)
    counts: dict[int, Entry] = field(default_factory=dict)
    bodies: dict[int, Body] = field(default_factory=dict)
    crossings: list[Entry] = field(default_factory=list)
    roll_calls: list[Entry] = field(default_factory=list)
    opening: Opening | None = None

    def standing(self, participant: int) -> Standing:
        """Return how somebody stands, as far as it is told."""
        return self.standings.get(participant, _UNKNOWN)


_UNKNOWN = Standing()


def opening_of(story: Story) -> Opening:
    """Return what has been said until now of who is expected; who was there then, their stays tell at the end."""
    listed = {pk: bool(row.get("excused", False)) for pk, row in story.roster.items()}
    return Opening(listed, dict(story.attending.halls))


def counts_of(story: Story) -> dict[int | None, HeadCount]:
    """Return the counts of each bridge point by the rule of all screens (attendance/counting.py)."""
    rows = []
    for pk, row in _counted(story).items():
        one = story.attending.standing(pk)
        excused, stands_in = row.get("excused", False), bool(row.get("substitute_for"))
        rows.append(Alike(row["bridge_point"], one.where, one.state, excused, stands_in))
    return tally(rows, _known(story, story.attending.halls))


def at_opening(story: Story) -> HeadCount | None:
    """Return how many were there when the meeting was opened, by what is known at the end of what is told.

    Who was put on the list later counts where their stay began before; who is replaced by somebody who was there is not expected.
    """
    opening = story.attending.opening
    if story.opened is None or opening is None:
        return None
    people = _counted(story)
    stays = {pk: _stay_at(story.attending.standing(pk), story.opened.at) for pk in people}
    replaced = {row.get("substitute_for") for pk, row in people.items() if stays[pk]}
    rows = []
    for pk, row in people.items():
        stay, excused = stays[pk], opening.listed.get(pk)
        if excused is None and stay is None:
            continue
        state, where = (ONLINE if stay.is_online else PRESENT, stay.where) if stay else ("", None)
        rows.append(Alike(row["bridge_point"], where, state, bool(excused) or pk in replaced, bool(row.get("substitute_for"))))
    return summed(tally(rows, _known(story, opening.halls)).values())


def moves_of(story: Story) -> list[Move]:
    """Return who came, left or was missed between the opening and the end, by the time it happened."""
    here, found = story.attending, []
    for pk in _counted(story):
        number = here.told_by.get(pk, 0)
        stays = here.standing(pk).stays
        for stay, after in zip_longest(stays, stays[1:]):
            found.append(Move(pk, ONLINE if stay.is_online else PRESENT, stay.where, stay.began_at, number))
            if stay.ended_at and not (after and after.began_at == stay.ended_at):  # who goes on elsewhere has not left
                found.append(Move(pk, LEFT, stay.where, stay.ended_at, number))
        if pk in here.missed:
            found.append(Move(pk, ABSENT, here.standing(pk).where, here.missed[pk], number))
    return sorted((one for one in found if _in_session(story, one.at)), key=lambda one: one.at)


def _in_session(story: Story, at: datetime) -> bool:
    """Tell whether something happened after the opening and before the end: who is marked later is there at the end, no more."""
    return story.opened is not None and story.opened.at < at and (story.adjourned is None or at < story.adjourned.at)


def _stay_at(standing: Standing, at: datetime) -> Span | None:
    return next((one for one in standing.stays if one.began_at <= at and (one.ended_at is None or at < one.ended_at)), None)


def _counted(story: Story) -> dict[int, dict[str, Any]]:
    return {pk: row for pk, row in story.roster.items() if row["role"] in COUNTED_ROLES}


def _known(story: Story, halls: Mapping[int, Hall]) -> dict[int, Hall]:
    return {site: hall for site, hall in halls.items() if site in story.sites}


def quorums_of(story: Story) -> list[Quorum]:
    """Return the bodies as they stand at the end of what is told, in order."""
    here = story.attending
    there = {pk for pk, one in here.standings.items() if one.is_there}
    substitutes = {row["substitute_for"]: pk for pk, row in story.roster.items() if row.get("substitute_for")}
    found = []
    for pk, body in here.bodies.items():
        members = body.members & story.roster.keys()
        own, stood_in = present_of(members, there, substitutes if body.rule.counts_substitutes else {})
        found.append(Quorum(pk, body.number, body.name, body.rule, len(members), own + stood_in, stood_in))
    return sorted(found, key=lambda one: one.number)


# --- steps


def _set(story: Story, entry: Entry, row: dict[str, Any], said: Mapping[str, Any], at: datetime) -> None:
    """Keep how somebody stands by one row of an entry. `said`: state and bridge point, of the row or of all rows."""
    here, pk, where = story.attending, row["id"], said["bridge_point"]
    before = here.standing(pk)
    now = here.standings[pk] = _standing(before, row, said["state"], where, at)
    here.told_by[pk] = entry.number
    here.names[where] = said.get("bridge_point_name") or here.names.get(where, "")
    if now.state != ABSENT or before.is_there:  # that somebody was taken to be there was a mistake
        here.missed.pop(pk, None)
    else:
        here.missed[pk] = at


def _standing(before: Standing, row: dict[str, Any], state: str, where: int | None, at: datetime) -> Standing:
    """Return a standing as a row tells it; of older facts, which tell no stays, as it follows from the one before."""
    stays = row.get("stays")
    if not state:
        return _UNKNOWN
    if stays or (stays is not None and state not in THERE):
        return Standing(state, where, at, None, tuple(_span(*one) for one in stays))
    try:
        if state in THERE:
            return entered(before, where=where, at=at, is_online=state == ONLINE)
        return replace(left(before, at=at) if state == LEFT else absent(before, at=at, where=where), where=where)
    except Impossible:
        return replace(before, state=state, where=where, since=at)


def _span(where: int | None, is_online: bool, began: str, ended: str | None) -> Span:
    return Span(where, is_online, datetime.fromisoformat(began), datetime.fromisoformat(ended) if ended else None)


def _marked(story: Story, entry: Entry) -> None:
    said = entry.payload
    at = datetime.fromisoformat(said["at"]) if said.get("at") else entry.at
    for row in said["participants"]:
        _set(story, entry, row, said, at)


def _settled(story: Story, entry: Entry) -> None:
    for row in entry.payload["participants"]:
        _set(story, entry, row, entry.payload, entry.at)


def _sealed(story: Story, entry: Entry) -> None:
    for row in entry.payload["changes"]:
        _set(story, entry, row, row, datetime.fromisoformat(row["at"]) if row["at"] else entry.at)


def _hall(story: Story, entry: Entry) -> None:
    said = entry.payload
    story.attending.halls[said["bridge_point"]] = Hall(said["present"], said["expected"])
    if _in_session(story, entry.at):
        story.attending.counts[said["bridge_point"]] = entry


def _no_hall(story: Story, entry: Entry) -> None:
    story.attending.halls.pop(entry.payload["bridge_point"], None)
    story.attending.counts.pop(entry.payload["bridge_point"], None)


def _body(story: Story, entry: Entry) -> None:
    said = entry.payload
    rule = Rule(said["measure"], said["numerator"], said["denominator"], said["least"], said["counts_substitutes"])
    known = story.attending.bodies.get(said["body"])
    members = {row["id"] for row in said["members"]} if "members" in said else known.members if known else set()
    story.attending.bodies[said["body"]] = Body(said["number"], said["name"], rule, members)


def _no_body(story: Story, entry: Entry) -> None:
    here, gone = story.attending, entry.payload["body"]
    here.bodies.pop(gone, None)
    here.crossings = [one for one in here.crossings if one.payload["body"] != gone]


def _members(story: Story, entry: Entry) -> None:
    members = story.attending.bodies[entry.payload["body"]].members
    change = members.update if entry.kind.endswith(".added") else members.difference_update
    change(row["id"] for row in entry.payload["members"])


def _crossing(story: Story, entry: Entry) -> None:
    story.attending.crossings.append(entry)


def _roll_call(story: Story, entry: Entry) -> None:
    story.attending.roll_calls.append(entry)


STEPS: dict[str, Callable[[Story, Entry], None]] = {
    "presence.marked": _marked,
    "conflict.settled": _settled,
    "scans.sealed": _sealed,
    "hall_count.entered": _hall,
    "hall_count.withdrawn": _no_hall,
    "body.added": _body,
    "body.edited": _body,
    "body.removed": _no_body,
    "body_members.added": _members,
    "body_members.removed": _members,
    "quorum.lost": _crossing,
    "quorum.reached": _crossing,
    "roll_call.closed": _roll_call,
}
