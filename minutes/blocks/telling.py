"""What the journal tells as of now: its entries become the blocks of the minutes, without anything being stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from issuing.numbering import symbol_of
from meetings.models import JournalEntry, Meeting
from minutes import story
from minutes.conclusions.queries import wordings_of
from minutes.drafted import Drafted
from minutes.drafting import Issuer, blocks_of
from minutes.story import TOLD
from minutes.writing import Entry
from people.models import Organisation


@dataclass(frozen=True)
class Told:
    """The blocks of the journal up to entry `number`, the last one that the minutes draw from."""

    number: int = 0
    blocks: tuple[Drafted, ...] = ()
    running: str = ""  # key of the item that is open
    floor: Mapping[str, Any] | None = None  # who has the floor: name, office, bridge_point

    @cached_property
    def by_key(self) -> dict[str, Drafted]:
        """The blocks by their keys."""
        return {block.key: block for block in self.blocks}

    def before(self, key: str) -> str:
        """Return the key of the block that stands before another one; nothing before the first."""
        keys = [block.key for block in self.blocks]
        return keys[keys.index(key) - 1] if key in keys[1:] else ""


def told_of(meeting: Meeting) -> Told:
    """Read the journal of a meeting; one that was never opened, or has been removed meanwhile, has nothing to tell."""
    if meeting.opened_at is None:
        return Told()
    found = JournalEntry.objects.filter(journal=meeting.journal_id, kind__in=TOLD).order_by("number")
    entries = [Entry(*values) for values in found.values_list("number", "kind", "payload", "at")]
    if not entries:
        return Told()
    body = Organisation.objects.select_related("parent").get(pk=meeting.organiser_id)
    issuer = Issuer(body.parent.name if body.parent else "", symbol_of(body), is_state=body.body == Organisation.Body.STATE)
    told = story.read(entries)
    running = f"item:{told.running.opened.payload['item']}" if told.running else ""
    blocks = blocks_of(told, issuer, wordings_of(meeting) if told.conclusions else {})
    return Told(entries[-1].number, tuple(blocks), running, _floor(told))


def _floor(told: story.Story) -> Mapping[str, Any] | None:
    speeches = [one for one in (told.running.happened if told.running else []) if isinstance(one, story.Speech)]
    return speeches[-1].given.payload if speeches and speeches[-1].yielded is None else None


def has_moved(meeting: Meeting, number: int) -> bool:
    """Tell whether the journal has more for the minutes than up to entry `number`."""
    return JournalEntry.objects.filter(journal=meeting.journal_id, number__gt=number, kind__in=TOLD).exists()


def newest_told(meeting: Meeting) -> int:
    """Return the number of the last entry that the minutes draw from; 0 when there is none."""
    found = JournalEntry.objects.filter(journal=meeting.journal_id, kind__in=TOLD).order_by("-number")
    return found.values_list("number", flat=True).first() or 0


def newest(meeting: Meeting, known: Told | None) -> Told:
    """Return what the journal tells now: what was read before, unless it has gone on since."""
    return told_of(meeting) if known is None or not known.number or has_moved(meeting, known.number) else known
