"""The words of the minutes as they stand: what people have written over what the journal tells.

A block nobody has written in shows the journal's words as of now. Only what was written, left out or added has a row; once
the minutes are approved every block has one, and the journal changes nothing any more. `lay` is pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from meetings.hashing import canonical
from meetings.models import Meeting
from minutes.blocks.plain import doc_of
from minutes.blocks.telling import Told, told_of
from minutes.drafted import HEAD, SIGNATURE, Drafted
from minutes.layout import numbers_of
from minutes.models import Minutes

if TYPE_CHECKING:
    from texts.nodes import Doc

#: How the key of a block begins that was added by hand.
OWN = "own:"
ONE_LINE = frozenset({HEAD, SIGNATURE})


class Row(Protocol):
    """What of a stored block the overlay reads."""

    pk: Any
    key: str
    kind: str
    heading: str
    text: str
    body: Any
    anchor: str
    speaker_id: int | None
    is_left_out: bool
    version: int
    edited: bool
    editor: str
    changed_at: datetime
    drafted_heading: str
    drafted_text: str
    source_first: int
    source_last: int


def seal_of(heading: str, text: str) -> str:
    """Return a short digest of the journal's words: a form says with it what its writer has seen."""
    return hashlib.sha256(canonical([heading, text]).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Proposal:
    """The journal's newer words over words somebody has written."""

    kind: str
    heading: str
    text: str

    @cached_property
    def body(self) -> Doc:
        """As a document."""
        return doc_of(self.kind, self.text)


@dataclass(frozen=True)
class Current:
    """One block as it stands. `number`: as on the paper (I, 2, Phụ lục); `version` 0: nobody has written in it yet.

    `seal`: digest of the journal's words as of now; `is_gone`: the journal has dropped what it told of, the words stay.
    """

    key: str
    kind: str
    heading: str
    text: str
    number: str = ""
    version: int = 0
    doc: Doc | None = None
    editor: str = ""
    changed_at: datetime | None = None
    is_written: bool = False
    is_left_out: bool = False
    is_gone: bool = False
    speaker: int | None = None
    anchor: str = ""
    proposal: Proposal | None = None
    first: int = 0
    last: int = 0
    seal: str = ""

    @cached_property
    def body(self) -> Doc:
        """The words as a document, whoever they are from."""
        return self.doc if self.doc is not None else doc_of(self.kind, self.text)

    @property
    def is_own(self) -> bool:
        """Whether somebody added it by hand."""
        return self.key.startswith(OWN)

    @property
    def new_key(self) -> str:
        """The key under which one types a new block behind it."""
        return f"new:{self.key}"

    @property
    def is_rich(self) -> bool:
        """Whether its words are more than one line."""
        return self.kind not in ONE_LINE

    @cached_property
    def stamp(self) -> str:
        """Differs when anything of it has: what a page that follows compares."""
        newer = [self.proposal.heading, self.proposal.text] if self.proposal else None
        about = [self.key, self.kind, self.heading, self.text, self.number, self.version, self.doc, self.is_left_out, newer]
        return hashlib.sha256(canonical([*about, self.is_written, self.is_gone, self.seal]).encode()).hexdigest()[:8]


def current(meeting: Meeting, minutes: Minutes | None = None, told: Told | None = None) -> list[Current]:
    """Return the blocks of a meeting's minutes in their order, those left out included (`standing` leaves them out).

    Nothing before the meeting was opened. `minutes` and `told` spare the questions for what is known already.
    """
    minutes = minutes or Minutes.objects.filter(meeting=meeting).first()
    rows: list[Row] = list(minutes.blocks.order_by("position", "pk")) if minutes else []
    if minutes is not None and minutes.state == Minutes.State.APPROVED:
        return frozen(rows)
    return lay((told or told_of(meeting)).blocks, rows)


def standing(blocks: Iterable[Current]) -> list[Current]:
    """Return the blocks that the minutes tell: without those left out."""
    return [block for block in blocks if not block.is_left_out]


def lay(drafted: Sequence[Drafted], rows: Sequence[Row]) -> list[Current]:
    """Lay what people have written over the journal's blocks; added blocks stand behind those they are anchored to.

    Written blocks whose subject the journal has dropped stay, behind what they stood behind. `rows`: in their order.
    """
    if not drafted:
        return []
    stored = {row.key: row for row in rows}
    told = {block.key for block in drafted}
    behind: dict[str, list[Row]] = {}
    for row in rows:
        if row.key not in told and (row.edited or row.key.startswith(OWN)):
            behind.setdefault(row.anchor, []).append(row)
    laid: list[Current] = []
    for block in drafted:
        laid += [_over(block, stored.get(block.key)), *_taken(behind, block.key)]
    rest = chain.from_iterable(_taken(behind, anchor) for anchor in list(behind))
    end = next((at for at, block in enumerate(laid) if block.kind == SIGNATURE), len(laid))
    laid[end:end] = list(rest)
    return numbered(laid)


def frozen(rows: Sequence[Row]) -> list[Current]:
    """Return the blocks of approved minutes: the rows as they are."""
    return numbered([_written(row) for row in rows])


def numbered(blocks: Sequence[Current]) -> list[Current]:
    """Return the blocks with the numbers they have on the paper; those left out have none."""
    numbers = iter(numbers_of(block.kind for block in blocks if not block.is_left_out))
    return [block if block.is_left_out else replace(block, number=next(numbers)) for block in blocks]


def _taken(behind: dict[str, list[Row]], anchor: str) -> Iterator[Current]:
    """Take what stands behind a block, and behind that, and so on, however long the chain."""
    stack = list(reversed(behind.pop(anchor, [])))
    while stack:
        row = stack.pop()
        yield replace(_written(row), is_gone=not row.key.startswith(OWN))
        stack += reversed(behind.pop(row.key, []))


def _over(block: Drafted, row: Row | None) -> Current:
    seal = seal_of(block.heading, block.text)
    told = Current(block.key, block.kind, block.heading, block.text, first=block.first, last=block.last, seal=seal)
    if row is None:
        return told
    if not row.edited:
        return replace(told, version=row.version, editor=row.editor, changed_at=row.changed_at, is_left_out=row.is_left_out)
    words = (block.heading, block.text)
    is_news = words not in ((row.drafted_heading, row.drafted_text), (row.heading, row.text))
    proposal = Proposal(block.kind, *words) if is_news else None
    return replace(_written(row), kind=block.kind, proposal=proposal, first=block.first, last=block.last, seal=seal)


def _written(row: Row) -> Current:
    return Current(
        key=row.key, kind=row.kind, heading=row.heading, text=row.text, version=row.version, doc=row.body, editor=row.editor,
        changed_at=row.changed_at, is_written=row.edited or row.key.startswith(OWN), is_left_out=row.is_left_out,
        speaker=row.speaker_id, anchor=row.anchor, first=row.source_first, last=row.source_last,
    )  # fmt: skip
