"""Every version of a block, and any two of them beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from minutes.blocks.plain import doc_of
from minutes.models import BlockRevision, MinutesBlock
from texts.comparing import Changed, compare

if TYPE_CHECKING:
    from texts.nodes import Doc


@dataclass(frozen=True)
class History:
    """All versions, newest first; the two that are compared, and what became of each piece between them."""

    revisions: list[BlockRevision]
    left: BlockRevision | None = None
    right: BlockRevision | None = None
    pieces: list[Changed] | None = None

    @property
    def newer(self) -> BlockRevision | None:
        """The later of the two: beside what the journal told, the only one with a number."""
        return max((one for one in (self.left, self.right) if one), key=lambda one: one.version, default=None)


def of(block: MinutesBlock, left: int | None, right: int | None) -> History:
    """Return the history of a block; without a wish, its newest version is compared with the one before."""
    revisions = list(block.revisions.all())
    by_version = {one.version: one for one in revisions}
    new = by_version.get(right if right is not None else -1) or (revisions[0] if revisions else None)
    older = [one for one in revisions if new and one.version < new.version]
    old = by_version.get(left if left is not None else -1) or (older[0] if older else None)
    if new is None or old is None or old.pk == new.pk:
        return History(revisions, old, new)
    return History(revisions, old, new, compare(words_of(block, old), words_of(block, new)))


def words_of(block: MinutesBlock, revision: BlockRevision) -> Doc:
    """Return the words of a version as a document."""
    body: Doc | None = revision.body
    return body if body is not None else doc_of(block.kind, revision.text)
