"""One reading for the hub: the newest state with every audience's parts, and whom the new entries concern. No loop here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q

from attendance.scanning.queries import Devices, devices_of
from live.board import Links
from live.hand import Hand, read_hand
from live.rendering import Audience, render_for
from live.screens import SCREENS, parts_to_render
from live.snapshot import snapshot
from live.state import RoomState, read_state
from meetings.models import JournalEntry, Meeting, Participant
from meetings.procedure import ABILITIES, Ability
from people.models import User

Entry = tuple[str, datetime, dict[str, Any]]
CONSOLE, CENTRE = ("console",), ("control", "chair")
READERS = ("reader", "delegate", "console", "chair")
# What decides who sees which paper without ending the right to look at a screen: these people look again how they stand.
STANDING = frozenset({"participant.excused", "participant.expected", "participant.substituted"})
STANDING_OF_MANY = frozenset({"participants.excused", "participants.expected"})
# What ends the sight of a paper without ending a release: of who approves it, and of focal points whose unit has handed it in.
STANDING_OF_UNRELEASED = frozenset({"version.returned", "document.removed", "units.withdrawn"})
STANDING_OF_ALL = frozenset({"bridge_point.edited", "bridge_points.moved", "bridge_points.imported"})


class Poke(NamedTuple):
    """A fragment that has changed: on which screens it stands, of which bridge point and for whom (None: of all, for all)."""

    what: str
    screens: tuple[str, ...]
    site: int | None = None
    people: frozenset[int | None] | None = None


@dataclass
class Reading:
    """What a reading found."""

    state: RoomState
    rendered: dict[Audience, dict[str, str]] = field(default_factory=dict)
    pokes: set[Poke] = field(default_factory=set)
    gone_people: set[int] = field(default_factory=set)
    gone_displays: set[int] = field(default_factory=set)
    gone_units: bool = False  # who looks without a seat may have done so for a unit
    clock_moved: bool = False


def read_after(
    meeting_id: int,
    before: RoomState | None,
    audiences: Iterable[Audience],
    links: Links,
    *,
    fresh: Collection[Audience] = (),
) -> Reading | None:
    """Read a meeting in one snapshot and render the audiences; nothing when it has not moved since `before`.

    `fresh`: audiences that nothing has been rendered for yet; for them it is read anyway.
    """
    with snapshot() as using:
        entries = _entries_after(meeting_id, before, using)
        if before is not None and not entries and not fresh:
            return None
        reading = Reading(state=_state(meeting_id, using, before, entries))
        if any(kind in STANDING_OF_UNRELEASED for kind, _at, _payload in entries):
            reading.pokes.add(Poke("standing", READERS, people=_seeing_unreleased(meeting_id, using)))
    for kind, _at, payload in entries:
        _note(reading, kind, payload)
    reading.pokes |= {Poke("hall", CONSOLE, site) for site in _counted_otherwise(before, reading.state)}
    for audience in audiences:
        parts = SCREENS[audience[0]].parts if audience in fresh else parts_to_render(audience[0], before, reading.state)
        reading.rendered[audience] = render_for(audience, reading.state, links, only=parts)
    return reading


def _counted_otherwise(before: RoomState | None, state: RoomState) -> Iterable[int]:
    """Return the bridge points whose count has moved: the one somebody has left for another stands in no entry."""
    if before is None or before.sites is state.sites or before.names is not state.names:
        return ()
    return (now.id for then, now in zip(before.sites, state.sites, strict=True) if now is not then)


def read_newest(meeting_id: int, before: RoomState | None = None) -> RoomState:
    """Read a meeting's newest state in one snapshot, from an earlier one where there is one."""
    with snapshot() as using:
        return _state(meeting_id, using, before, _entries_after(meeting_id, before, using))


def _state(meeting_id: int, using: str, before: RoomState | None, entries: list[Entry]) -> RoomState:
    last = entries[-1][1] if entries else before.at if before else None
    return read_state(meeting_id, using, before=before, kinds={kind for kind, _at, _payload in entries}, at=last)


def _entries_after(meeting_id: int, before: RoomState | None, using: str) -> list[Entry]:
    if before is None:
        return []
    found = JournalEntry.objects.using(using).filter(
        journal__meeting=meeting_id, journal__epoch=before.epoch, number__gt=before.number
    )
    return list(found.order_by("number").values_list("kind", "at", "payload"))


def read_hand_again(meeting_id: int) -> Hand:
    """Read the hand alone: receipts and read marks move without the journal."""
    with snapshot() as using:
        return read_hand(Meeting.objects.using(using).get(pk=meeting_id), using)


def read_devices_again(meeting_id: int) -> Devices:
    """Read the devices at the doors alone: what they last said of themselves moves without the journal."""
    with snapshot() as using:
        return devices_of(meeting_id, using=using)


def _seeing_unreleased(meeting_id: int, using: str) -> frozenset[int | None]:
    """Return who may have a paper open that is not released: who approves, focal points with a seat and those without (None)."""
    approving = [role for role, abilities in ABILITIES.items() if Ability.APPROVE_PAPERS in abilities]
    such = Q(role__in=approving) | Q(person__user__office_role=User.OfficeRole.FOCAL_POINT)
    found = Participant.objects.using(using).filter(such, meeting=meeting_id).order_by()
    return frozenset({None, *found.values_list("pk", flat=True)})


def _fragments(kind: str, payload: dict[str, Any]) -> set[Poke]:
    """Return the fragments of consoles, and of the centre, that an entry has changed."""
    found: set[Poke] = set()
    match kind.partition(".")[0]:
        case "presence" | "hall_count" | "conflict" | "walk_in":
            found = {Poke("hall", CONSOLE, payload.get("bridge_point"))}
        case "scans":
            found = {Poke("hall", CONSOLE, row["bridge_point"]) for row in payload.get("changes", ())}
        case "participants" | "participant":
            found = {Poke("hall", CONSOLE)}
        case "readiness" | "incident":
            found = {Poke("equipment", CONSOLE, payload["bridge_point"])}
        case "video_address":
            found = {Poke("video", CONSOLE, payload["bridge_point"]), Poke("video", ("delegate",))}
        case "hall_tally":
            found = {Poke("tally", CONSOLE, payload["bridge_point"])}
        case "site_command" if kind == "site_command.acknowledged":
            found = {Poke("acks", CONSOLE, payload["bridge_point"])}
        case "message":
            found = {Poke(payload["line"], CONSOLE, payload["bridge_point"]), Poke("lines", CENTRE)}
    return found


def _note(reading: Reading, kind: str, payload: dict[str, Any]) -> None:
    reading.pokes |= _fragments(kind, payload)
    if kind in ("participant.edited", "participant.removed"):
        reading.gone_people.add(payload["participant"])
    elif kind in ("participants.edited", "participants.removed"):
        reading.gone_people |= {row["id"] for row in payload["participants"]}
    elif kind == "participants.imported":
        reading.gone_people |= {row["id"] for row in payload["edited"]}
    elif kind in ("chair.handed_over", "secretary.handed_over"):
        reading.gone_people |= {payload["participant"], payload["old_participant"] or 0}
    if kind == "display.revoked":
        reading.gone_displays.add(payload["display"])
    reading.gone_units |= kind == "units.withdrawn"
    reading.clock_moved |= kind == "clock.set"
    if kind in STANDING:
        reading.pokes.add(Poke("standing", READERS, people=frozenset({payload["participant"]})))
    elif kind in STANDING_OF_MANY:
        reading.pokes.add(Poke("standing", READERS, people=frozenset(row["id"] for row in payload["participants"])))
    elif kind in STANDING_OF_ALL or kind == "clock.set":
        reading.pokes.add(Poke("standing", READERS))
