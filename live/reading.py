"""One reading for the hub: the newest state with every audience's parts, and whom the new entries concern. No loop here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from live.rendering import render_parts
from live.screens import Links
from live.snapshot import snapshot
from live.state import RoomState, read_state
from meetings.models import Journal, JournalEntry


@dataclass
class Reading:
    """What a reading found. `pokes`: (fragment, bridge point or None for all)."""

    state: RoomState
    rendered: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    pokes: set[tuple[str, int | None]] = field(default_factory=set)
    gone_people: set[int] = field(default_factory=set)
    gone_displays: set[int] = field(default_factory=set)
    clock_moved: bool = False


def read_after(
    meeting_id: int,
    after: int | None,
    audiences: Iterable[tuple[str, str]],
    links: Links,
    *,
    force: bool = False,
) -> Reading | None:
    """Read a meeting in one snapshot and render the audiences; nothing when it has not moved beyond `after`.

    `force`: read anyway (an audience has come that nothing has been rendered for).
    """
    with snapshot() as using:
        if after is not None and not force and Journal.objects.using(using).get(meeting=meeting_id).head <= after:
            return None
        reading = Reading(state=read_state(meeting_id, using))
        if after is not None:
            _note(reading, JournalEntry.objects.using(using).filter(journal__meeting=meeting_id, number__gt=after))
    for screen, language in audiences:
        reading.rendered[screen, language] = render_parts(screen, language, reading.state, links)
    return reading


def _note(reading: Reading, entries: Iterable[JournalEntry]) -> None:
    for entry in entries:
        payload = entry.payload
        if entry.kind == "presence.marked":
            reading.pokes.add(("hall", payload["bridge_point"]))
        elif entry.kind in ("participants.added", "participant.edited", "participant.removed"):
            reading.pokes.add(("hall", None))
        if entry.kind in ("participant.edited", "participant.removed"):
            reading.gone_people.add(payload["participant"])
        if entry.kind == "display.revoked":
            reading.gone_displays.add(payload["display"])
        reading.clock_moved |= entry.kind == "clock.set"
