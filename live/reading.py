"""One reading for the hub: the newest state with every audience's parts, and whom the new entries concern. No loop here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from live.board import Links
from live.hand import Hand, read_hand
from live.rendering import render_parts
from live.screens import SCREENS, parts_to_render
from live.snapshot import snapshot
from live.state import RoomState, read_state
from meetings.models import JournalEntry, Meeting

Entry = tuple[str, datetime, dict[str, Any]]
CONSOLE, CENTRE = ("console",), ("control", "chair")


class Poke(NamedTuple):
    """A fragment that has changed: on which screens it stands, of which bridge point (None: of all)."""

    what: str
    screens: tuple[str, ...]
    site: int | None = None


@dataclass
class Reading:
    """What a reading found."""

    state: RoomState
    rendered: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    pokes: set[Poke] = field(default_factory=set)
    gone_people: set[int] = field(default_factory=set)
    gone_displays: set[int] = field(default_factory=set)
    clock_moved: bool = False


def read_after(
    meeting_id: int,
    before: RoomState | None,
    audiences: Iterable[tuple[str, str]],
    links: Links,
    *,
    fresh: Collection[tuple[str, str]] = (),
) -> Reading | None:
    """Read a meeting in one snapshot and render the audiences; nothing when it has not moved since `before`.

    `fresh`: audiences that nothing has been rendered for yet; for them it is read anyway.
    """
    with snapshot() as using:
        entries = _entries_after(meeting_id, before, using)
        if before is not None and not entries and not fresh:
            return None
        reading = Reading(state=_state(meeting_id, using, before, entries))
    for kind, _at, payload in entries:
        _note(reading, kind, payload)
    for screen, language in audiences:
        parts = SCREENS[screen].parts if (screen, language) in fresh else parts_to_render(screen, before, reading.state)
        reading.rendered[screen, language] = render_parts(screen, language, reading.state, links, only=parts)
    return reading


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


def _note(reading: Reading, kind: str, payload: dict[str, Any]) -> None:
    if kind == "presence.marked":
        reading.pokes.add(Poke("hall", CONSOLE, payload["bridge_point"]))
    elif kind in ("participants.added", "participant.edited", "participant.removed"):
        reading.pokes.add(Poke("hall", CONSOLE))
    elif kind == "site_command.acknowledged":
        reading.pokes.add(Poke("acks", CONSOLE, payload["bridge_point"]))
    elif kind == "message.sent":
        reading.pokes |= {Poke(payload["line"], CONSOLE, payload["bridge_point"]), Poke("lines", CENTRE)}
    if kind in ("participant.edited", "participant.removed"):
        reading.gone_people.add(payload["participant"])
    if kind == "display.revoked":
        reading.gone_displays.add(payload["display"])
    reading.clock_moved |= kind == "clock.set"
