"""Approval: every block gets a row with the words it has now, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from minutes.blocks.overlay import Current
from minutes.models import BlockRevision, Minutes, MinutesBlock

STEP = 10
_FIELDS = ["position", "kind", "heading", "text", "drafted_heading", "drafted_text", "source_first", "source_last"]


def freeze(minutes: Minutes, blocks: Sequence[Current], at: datetime) -> list[MinutesBlock]:
    """Write the blocks into rows and return these; from then on `frozen` reads them, and no journal."""
    stored = {row.key: row for row in minutes.blocks.all()}
    gone = [row.pk for key, row in stored.items() if key not in {block.key for block in blocks}]
    minutes.blocks.filter(pk__in=gone).delete()  # of drafts of earlier versions: nobody has written in them
    rows = [_frozen(stored.get(block.key), block, minutes, n * STEP, at) for n, block in enumerate(blocks, start=1)]
    new = [row for row in rows if row.pk is None]
    MinutesBlock.objects.bulk_create(new, batch_size=200)
    MinutesBlock.objects.bulk_update([row for row in rows if row.key in stored], _FIELDS, batch_size=200)
    made = [
        BlockRevision(
            block=row, version=row.version, way=BlockRevision.Way.DRAFTED, heading=row.heading, text=row.text, at=row.changed_at
        )
        for row in new
    ]
    BlockRevision.objects.bulk_create(made, batch_size=200)
    return rows


def _frozen(row: MinutesBlock | None, block: Current, minutes: Minutes, position: int, at: datetime) -> MinutesBlock:
    if row is None:
        row = MinutesBlock(minutes=minutes, key=block.key, version=0, changed_at=at)
    row.position, row.kind, row.heading, row.text = position, block.kind, block.heading, block.text
    row.source_first, row.source_last = block.first, block.last
    if not block.is_written:
        row.drafted_heading, row.drafted_text = block.heading, block.text
    return row
