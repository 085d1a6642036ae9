"""The journal read as a story: who was expected and came, what ran from when to when, who spoke. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from agenda.timing import running_seconds
from attendance.counting import CAME
from minutes.attending import STEPS, Attending, opening_of
from minutes.changes import STEPS as CHANGES
from minutes.changes import Note
from minutes.equipment import STEPS as OF_EQUIPMENT
from minutes.equipment import Equipment
from minutes.writing import Entry


@dataclass
class Recess:
    """A suspension, inside an item or between two."""

    began: Entry
    ended: Entry | None = None

    @property
    def began_at(self) -> datetime:
        """When it began."""
        return self.began.at

    @property
    def ended_at(self) -> datetime | None:
        """When it ended, if it has."""
        return self.ended.at if self.ended else None


@dataclass
class Speech:
    """One speech under an item."""

    given: Entry
    yielded: Entry | None = None
    extended: list[Entry] = field(default_factory=list)


@dataclass
class Item:
    """An item that was opened, with all that happened under it, in order."""

    opened: Entry
    title: str
    presenter: str
    minutes: int
    closed: Entry | None = None
    happened: list[Speech | Recess | Note] = field(default_factory=list)

    @property
    def ran(self) -> int:
        """How many minutes it ran without recesses, reckoned from the times the minutes show; 0 while it is open."""
        if self.closed is None:
            return 0
        recesses = [Span(_shown(r.began_at), _shown(r.ended_at)) for r in self.happened if isinstance(r, Recess) and r.ended_at]
        return int(running_seconds(_shown(self.opened.at), _shown(self.closed.at), recesses) // 60)


@dataclass
class Outage:
    """A time in which one bridge point had no connection; both entries tell of this outage alone."""

    began: Entry
    ended: Entry | None = None

    @property
    def row(self) -> Mapping[str, Any]:
        """What the facts say of it."""
        found: Mapping[str, Any] = (self.ended or self.began).payload["outages"][0]
        return found


@dataclass(frozen=True)
class Span:
    """A recess as it is shown: from one full minute to another."""

    began_at: datetime
    ended_at: datetime | None


def _shown(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


@dataclass
class Story:
    """All the minutes need, at the journal's end. Rows keep the plain values of the facts."""

    data: dict[str, Any] = field(default_factory=dict)
    opened: Entry | None = None
    adjourned: Entry | None = None
    sites: dict[int, dict[str, Any]] = field(default_factory=dict)
    roster: dict[int, dict[str, Any]] = field(default_factory=dict)
    attending: Attending = field(default_factory=Attending)
    programme: dict[int, dict[str, Any]] = field(default_factory=dict)
    deferred: dict[int, Entry] = field(default_factory=dict)
    skipped: dict[int, Entry] = field(default_factory=dict)
    at_the_end: dict[str, str] = field(default_factory=dict)
    course: list[Item | Recess | Note] = field(default_factory=list)
    running: Item | None = None
    outages: dict[int, Outage] = field(default_factory=dict)
    conclusions: dict[int, list[Entry]] = field(default_factory=dict)
    equipment: Equipment = field(default_factory=Equipment)
    last: int = 0

    def people(self, *roles: str) -> list[dict[str, Any]]:
        """Return the participants of these roles, in the order of the list, without those who are excused and did not come."""
        return [row for row in self.roster.values() if row["role"] in roles and not self._stays_away(row)]

    def _stays_away(self, row: dict[str, Any]) -> bool:
        return row.get("excused", False) and self.attending.standing(row["id"]).state not in CAME


def read(entries: Iterable[Entry]) -> Story:
    """Return the story that a journal tells, from its first entry on."""
    story = Story()
    for entry in entries:
        step = _STEPS.get(entry.kind)
        if step is not None:
            step(story, entry)
        story.last = entry.number
    return story


def _data(story: Story, entry: Entry) -> None:
    story.data |= entry.payload


def _opened(story: Story, entry: Entry) -> None:
    story.opened = entry
    story.attending.opening = opening_of(story)


def _adjourned(story: Story, entry: Entry) -> None:
    story.adjourned = entry


def _suspended(story: Story, entry: Entry) -> None:
    if story.running:
        story.running.happened.append(Recess(entry))
    else:
        story.course.append(Recess(entry))


def _resumed(story: Story, entry: Entry) -> None:
    for one in reversed(story.running.happened if story.running else story.course):
        if isinstance(one, Recess):
            one.ended = entry
            return


def _sites(story: Story, entry: Entry) -> None:
    story.sites |= {row["id"]: dict(row) for row in entry.payload["bridge_points"]}


def _site(story: Story, entry: Entry) -> None:
    story.sites[entry.payload["bridge_point"]] |= {key: entry.payload[key] for key in ("number", "name")}


def _no_site(story: Story, entry: Entry) -> None:
    for row in entry.payload.get("bridge_points", [{"id": entry.payload.get("bridge_point")}]):
        story.sites.pop(row["id"], None)


def _sites_imported(story: Story, entry: Entry) -> None:
    for row in [*entry.payload["added"], *entry.payload["changed"]]:
        story.sites[row["id"]] = story.sites.get(row["id"], {}) | row


def _people(story: Story, entry: Entry) -> None:
    story.roster |= {row["id"]: dict(row) for row in entry.payload["participants"]}


def _person(story: Story, entry: Entry) -> None:
    story.roster[entry.payload["participant"]] |= {key: entry.payload[key] for key in ("name", "office", "role", "bridge_point")}


def _many(story: Story, entry: Entry) -> None:
    for row in entry.payload["participants"]:
        story.roster[row["id"]] |= {key: row[key] for key in ("name", "office", "role", "bridge_point")}


def _imported(story: Story, entry: Entry) -> None:
    _many(story, Entry(entry.number, entry.kind, {"participants": entry.payload["edited"]}, entry.at))
    for row in entry.payload["participants"]:
        story.roster[row["id"]] = dict(row)
        if row.get("substitute_for"):
            story.roster[row["substitute_for"]]["excused"] = True


def _excused(story: Story, entry: Entry) -> None:
    """Note who will not come, or will come after all: one, or many."""
    rows = entry.payload.get("participants") or [{"id": entry.payload["participant"]}]
    for row in rows:
        story.roster[row["id"]]["excused"] = entry.kind.endswith(".excused")


def _substitute(story: Story, entry: Entry) -> None:
    story.roster[entry.payload["participant"]]["excused"] = True
    row = dict(entry.payload["substitute"])
    story.roster[row["id"]] = row


def _no_more(story: Story, entry: Entry) -> None:
    for row in entry.payload["participants"]:
        story.roster.pop(row["id"], None)


def _nobody(story: Story, entry: Entry) -> None:
    story.roster.pop(entry.payload["participant"], None)


def _item(story: Story, entry: Entry) -> None:
    story.programme[entry.payload["item"]] = dict(entry.payload)
    if story.running and story.running.opened.payload["item"] == entry.payload["item"]:
        story.running.title, story.running.presenter = entry.payload["title"], entry.payload["presenter"]


def _no_item(story: Story, entry: Entry) -> None:
    story.programme.pop(entry.payload["item"], None)


def _item_opened(story: Story, entry: Entry) -> None:
    p = entry.payload
    story.running = Item(opened=entry, title=p["title"], presenter=p["presenter"], minutes=p["minutes"])
    story.course.append(story.running)
    story.deferred.pop(p["item"], None)
    story.skipped.pop(p["item"], None)
    story.programme.pop(p["item"], None)


def _item_closed(story: Story, entry: Entry) -> None:
    if story.running:
        story.running.closed = entry
    story.running = None


def _item_deferred(story: Story, entry: Entry) -> None:
    story.deferred[entry.payload["item"]] = entry
    story.programme.pop(entry.payload["item"], None)


def _given(story: Story, entry: Entry) -> None:
    if story.running:
        story.running.happened.append(Speech(entry))


def _yielded(story: Story, entry: Entry) -> None:
    if speech := _speech(story, entry):
        speech.yielded = entry


def _extended(story: Story, entry: Entry) -> None:
    if speech := _speech(story, entry):
        speech.extended.append(entry)


def _named(story: Story, entry: Entry) -> None:
    """Who spoke for a bridge point and was named while the speech ran stands as its speaker."""
    if speech := _speech(story, entry):
        names = {key: entry.payload[key] for key in ("name", "office", "bridge_point")}
        speech.given = replace(speech.given, payload={**speech.given.payload, **names})


def _speech(story: Story, entry: Entry) -> Speech | None:
    happened = reversed(story.running.happened if story.running else [])
    found = (one for one in happened if isinstance(one, Speech) and one.given.payload["request"] == entry.payload["request"])
    return next(found, None)


def _outages_begun(story: Story, entry: Entry) -> None:
    for row in entry.payload["outages"]:
        story.outages[row["id"]] = Outage(_about(entry, row))


def _outages_ended(story: Story, entry: Entry) -> None:
    for row in entry.payload["outages"]:
        story.outages.setdefault(row["id"], Outage(_about(entry, row))).ended = _about(entry, row)


def _concluded(story: Story, entry: Entry) -> None:
    """Keep, by number, that a conclusion was adopted, and that it was withdrawn; a proposal that was dropped is not told."""
    if entry.payload["number"] is not None:
        story.conclusions.setdefault(entry.payload["number"], []).append(entry)


def _about(entry: Entry, row: Mapping[str, Any]) -> Entry:
    """Return an entry as it tells of one outage among those it holds."""
    return Entry(entry.number, entry.kind, {"outages": [row]}, entry.at)


_STEPS: dict[str, Callable[[Story, Entry], None]] = {
    **STEPS,
    **OF_EQUIPMENT,
    **CHANGES,
    "meeting.created": _data,
    "meeting.edited": _data,
    "meeting.opened": _opened,
    "meeting.suspended": _suspended,
    "meeting.resumed": _resumed,
    "meeting.adjourned": _adjourned,
    "bridge_points.added": _sites,
    "bridge_point.edited": _site,
    "bridge_point.removed": _no_site,
    "bridge_points.removed": _no_site,
    "bridge_points.imported": _sites_imported,
    "participants.added": _people,
    "participant.edited": _person,
    "participant.removed": _nobody,
    "participant.excused": _excused,
    "participant.expected": _excused,
    "participant.substituted": _substitute,
    "participants.edited": _many,
    "participants.imported": _imported,
    "participants.excused": _excused,
    "participants.expected": _excused,
    "participants.removed": _no_more,
    "item.added": _item,
    "item.edited": _item,
    "item.removed": _no_item,
    "item.opened": _item_opened,
    "item.closed": _item_closed,
    "item.deferred": _item_deferred,
    "floor.given": _given,
    "floor.yielded": _yielded,
    "floor.extended": _extended,
    "floor.named": _named,
    "outages.begun": _outages_begun,
    "outages.ended": _outages_ended,
    "conclusion.adopted": _concluded,
    "conclusion.withdrawn": _concluded,
}

#: Kinds of fact that the words of the minutes are made of; no other entry changes them.
TOLD = frozenset(_STEPS)
