"""Two people have written in one block: both texts with their differences, and both in one where that can be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meetings.models import Meeting
from minutes.blocks.overlay import Current, current
from minutes.blocks.plain import doc_of
from minutes.models import BlockRevision, Minutes
from texts.comparing import Changed, merged
from texts.comparing import compare as compared

if TYPE_CHECKING:
    from texts.nodes import Doc


@dataclass(frozen=True)
class Conflict:
    """What stands there now beside what is being typed. `merged`: both in one, when no passage was changed by both."""

    block: Current
    heading: str
    pieces: list[Changed]
    merged: Doc | None = None

    @property
    def theirs_json(self) -> str:
        """What stands there now, for the editor."""
        return json.dumps(self.block.body, ensure_ascii=False)

    @property
    def merged_json(self) -> str:
        """Both in one, for the editor; nothing when a person must choose."""
        return json.dumps(self.merged, ensure_ascii=False) if self.merged is not None else ""

    @property
    def changed(self) -> list[Changed]:
        """The pieces, without long stretches in which both say the same: one of them on each side of a difference."""
        near = {at + step for at, piece in enumerate(self.pieces) if piece.state != "same" for step in (-1, 0, 1)}
        return [piece for at, piece in enumerate(self.pieces) if at in near]

    @property
    def is_same(self) -> bool:
        """Whether both say the same after all."""
        return self.heading == self.block.heading and all(piece.state == "same" for piece in self.pieces)


def conflict_of(meeting: Meeting, minutes: Minutes | None, key: str, typed: Mapping[str, Any]) -> Conflict | None:
    """Compare what is typed over version `typed["version"]` with the block as it stands; nothing where there is no such block."""
    block = next((one for one in current(meeting, minutes) if one.key == key), None)
    if block is None:
        return None
    mine = typed["body"] or doc_of(block.kind, "")
    base = _base(minutes, key, typed["version"])
    both = merged(base, mine, block.body) if base is not None and block.is_rich else None
    heading = typed["heading"] if typed["heading"] or not block.is_rich else block.heading
    return Conflict(block, heading, compared(block.body, mine), both)


def _base(minutes: Minutes | None, key: str, version: int) -> Doc | None:
    """Return the words both began with."""
    found = BlockRevision.objects.filter(block__minutes=minutes, block__key=key, version=version).select_related("block").first()
    if found is None:
        return None
    return found.body if found.body is not None else doc_of(found.block.kind, found.text)
