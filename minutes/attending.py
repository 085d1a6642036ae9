"""The story of who was there: marks, scans, head counts, bodies and roll calls as the journal tells them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from attendance.bodies.quorum import Quorum, Rule, present_of
from attendance.counting import Alike, Hall, HeadCount, tally
from attendance.presence.standing import THERE
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


@dataclass
class Attending:
    """How people stand and where they were seen last; halls counted by head; bodies, crossings of their quorum, roll calls."""

    states: dict[int, str] = field(default_factory=dict)
    places: dict[int, int | None] = field(default_factory=dict)
    halls: dict[int, Hall] = field(default_factory=dict)
    late: list[Entry] = field(default_factory=list)
    lines: dict[tuple[int | None, str], int] = field(default_factory=dict)  # of badges: bridge point and state → place in `late`
    bodies: dict[int, Body] = field(default_factory=dict)
    crossings: list[Entry] = field(default_factory=list)
    roll_calls: list[Entry] = field(default_factory=list)
    at_opening: HeadCount | None = None


def counts_of(story: Story) -> dict[int | None, HeadCount]:
    """Return the counts of each bridge point by the rule of all screens (attendance/counting.py)."""
    here = story.attending
    counted = (row for row in story.roster.values() if row["role"] in COUNTED_ROLES)
    rows = (
        Alike(
            row["bridge_point"], here.places.get(row["id"]), here.states.get(row["id"]),
            row.get("excused", False), bool(row.get("substitute_for")),
        )
        for row in counted
    )  # fmt: skip
    return tally(rows, {site: hall for site, hall in here.halls.items() if site in story.sites})


def quorums_of(story: Story) -> list[Quorum]:
    """Return the bodies as they stand at the end of what is told, in order."""
    here = story.attending
    there = {pk for pk, state in here.states.items() if state in THERE}
    substitutes = {row["substitute_for"]: pk for pk, row in story.roster.items() if row.get("substitute_for")}
    found = []
    for pk, body in here.bodies.items():
        members = body.members & story.roster.keys()
        own, stood_in = present_of(members, there, substitutes if body.rule.counts_substitutes else {})
        found.append(Quorum(pk, body.number, body.name, body.rule, len(members), own + stood_in, stood_in))
    return sorted(found, key=lambda one: one.number)


# --- steps


def _set(story: Story, participant: int, state: str, place: int | None) -> None:
    if state:
        story.attending.states[participant], story.attending.places[participant] = state, place
    else:
        story.attending.states.pop(participant, None)


def _counted(story: Story, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if story.roster.get(row["id"], {}).get("role") in COUNTED_ROLES]


def _is_running(story: Story) -> bool:
    return story.opened is not None and story.adjourned is None


def _marked(story: Story, entry: Entry) -> None:
    """Keep who is where; after the opening, also that somebody counted came, left or was missed."""
    said = entry.payload
    for row in said["participants"]:
        _set(story, row["id"], said["state"], said["bridge_point"])
    counted = _counted(story, said["participants"])
    if _is_running(story) and counted:
        story.attending.late.append(Entry(entry.number, entry.kind, {**said, "participants": counted}, entry.at))


def _settled(story: Story, entry: Entry) -> None:
    for row in entry.payload["participants"]:
        _set(story, row["id"], entry.payload["state"], entry.payload["bridge_point"])


def _sealed(story: Story, entry: Entry) -> None:
    """Keep what the badges told; after the opening, of each bridge point in one line how many came and left, and when."""
    for row in entry.payload["changes"]:
        _set(story, row["id"], row["state"], row["bridge_point"])
    if not _is_running(story):
        return
    parts: dict[tuple[int | None, str], list[dict[str, Any]]] = {}
    for row in _counted(story, entry.payload["changes"]):
        if row["state"]:
            parts.setdefault((row["bridge_point"], row["state"]), []).append(row)
    for key, rows in parts.items():
        _join(story.attending, key, Entry(entry.number, entry.kind, {"changes": rows, "last": entry.number}, entry.at))


def _join(here: Attending, key: tuple[int | None, str], new: Entry) -> None:
    """Add scans to the line of the same bridge point and state, for badges are read one after the other all the time."""
    place = here.lines.setdefault(key, len(here.late))
    if place == len(here.late):
        here.late.append(new)
        return
    one = here.late[place]
    changes = [*one.payload["changes"], *new.payload["changes"]]
    here.late[place] = Entry(one.number, one.kind, {"changes": changes, "last": new.number}, one.at)


def _hall(story: Story, entry: Entry) -> None:
    said = entry.payload
    story.attending.halls[said["bridge_point"]] = Hall(said["present"], said["expected"])
    if _is_running(story):
        story.attending.late.append(entry)


def _no_hall(story: Story, entry: Entry) -> None:
    story.attending.halls.pop(entry.payload["bridge_point"], None)


def _body(story: Story, entry: Entry) -> None:
    said = entry.payload
    rule = Rule(said["measure"], said["numerator"], said["denominator"], said["least"], said["counts_substitutes"])
    known = story.attending.bodies.get(said["body"])
    members = {row["id"] for row in said["members"]} if "members" in said else known.members if known else set()
    story.attending.bodies[said["body"]] = Body(said["number"], said["name"], rule, members)


def _no_body(story: Story, entry: Entry) -> None:
    story.attending.bodies.pop(entry.payload["body"], None)


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
