"""A new draft over an old one: the journal's words are renewed, words edited by hand stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from meetings.models import JournalEntry
from minutes.drafting import Drafted
from minutes.models import Minutes, MinutesBlock
from minutes.writing import Entry

#: Room between positions, so that an edited block whose subject left the draft keeps its place.
STEP = 10
_WORDS = ["position", "kind", "heading", "text", "version", "edited", "editor", "changed_at"]
_DRAFT = ["drafted_heading", "drafted_text", "source_first", "source_last"]


def entries_of(rows: Iterable[JournalEntry]) -> Iterable[Entry]:
    """Return journal entries as the pure modules read them."""
    return (Entry(row.number, row.kind, row.payload, row.at) for row in rows)


def renew(minutes: Minutes, drafted: Sequence[Drafted], at: datetime) -> list[MinutesBlock]:
    """Write a draft into the blocks and return those whose edited words were kept."""
    old = {block.key: block for block in minutes.blocks.all()}
    blocks = [_renewed(old.pop(new.key, None), new, minutes, n * STEP, at) for n, new in enumerate(drafted, start=1)]
    gone = [block for block in old.values() if not block.edited]
    minutes.blocks.filter(pk__in=[block.pk for block in gone]).delete()
    MinutesBlock.objects.bulk_create([block for block in blocks if block.pk is None])
    MinutesBlock.objects.bulk_update([block for block in blocks if block.pk is not None], _WORDS + _DRAFT, batch_size=100)
    return [block for block in (*blocks, *old.values()) if block.edited]


def _renewed(block: MinutesBlock | None, new: Drafted, minutes: Minutes, position: int, at: datetime) -> MinutesBlock:
    if block is None:
        block = MinutesBlock(minutes=minutes, key=new.key, kind=new.kind, heading=new.heading, text=new.text, changed_at=at)
    elif not block.edited and (block.kind, block.heading, block.text) != (new.kind, new.heading, new.text):
        block.kind, block.heading, block.text = new.kind, new.heading, new.text
        block.version, block.changed_at = block.version + 1, at
    block.position = position
    block.drafted_heading, block.drafted_text = new.heading, new.text
    block.source_first, block.source_last = new.first, new.last
    block.edited = block.edited and block.differs
    return block
