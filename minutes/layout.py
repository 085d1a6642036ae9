"""The minutes laid out: blocks become numbered parts for the page and the paper alike. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from django.utils.safestring import SafeString

from minutes.drafted import ANNEX, HEAD, POINT, SECTION, SIGNATURE, TABLE
from minutes.writing import line
from printing.papers import Column, Table
from printing.wording import annex_label, roman
from texts.writing import html

_WIDTHS = {"TT": 10, "Mất kết nối": 30, "Kết nối lại": 30, "Thời gian gián đoạn": 45}
_NUMBERS_WIDTH = 25


class Block(Protocol):
    """What of a block stands on the paper."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Part:
    """A block with the number it has on the paper, and its table when it is one; an annex says to what it is annexed."""

    block: Block
    number: str = ""
    table: Table | None = None
    note: str = ""

    @property
    def html(self) -> SafeString:
        """Written words in their form; nothing where the block has plain text alone."""
        doc = getattr(self.block, "doc", None)
        return html(doc) if doc is not None else SafeString("")


@dataclass(frozen=True)
class Sheet:
    """The whole paper: what stands above the text by its key, the text, who signs, what is annexed."""

    head: dict[str, Block]
    body: list[Part]
    signatures: list[Block]
    annexes: list[Part]


def laid_out(blocks: Sequence[Block], dated: str = "") -> Sheet:
    """Return the paper of blocks in their order: parts numbered I-, II-; points 1., 2. within each part.

    `dated`: the paper's date in words, for its annexes.
    """
    head = {block.key: block for block in blocks if block.kind == HEAD}
    note = _belongs_to(head, dated)
    numbers = iter(numbers_of(block.kind for block in blocks if not _is_left_out(block)))
    parts = [_part(block, "" if _is_left_out(block) else next(numbers)) for block in blocks]
    return Sheet(
        head=head,
        body=[part for part in parts if part.block.kind not in (HEAD, SIGNATURE, ANNEX)],
        signatures=[block for block in blocks if block.kind == SIGNATURE],
        annexes=[replace(part, note=note) for part in parts if part.block.kind == ANNEX],
    )


def _is_left_out(block: Block) -> bool:
    return getattr(block, "is_left_out", False)


def numbers_of(kinds: Iterable[str]) -> list[str]:
    """Return the number each block has on the paper: parts I, II; points 1, 2 within each part; annexes; nothing for others.

    One annex is “Phụ lục”; several are numbered in Roman figures.
    """
    every: list[str] = list(kinds)
    found: list[str] = []
    section = point = annex = 0
    annexes = every.count(ANNEX)
    for kind in every:
        section, annex = section + (kind == SECTION), annex + (kind == ANNEX)
        point = 0 if kind == SECTION else point + (kind == POINT)
        found.append({SECTION: roman(section), POINT: str(point), ANNEX: annex_label(annex, annexes)}.get(kind, ""))
    return found


def _belongs_to(head: Mapping[str, Block], dated: str) -> str:
    """Return to which paper an annex belongs; a number that is still to be written by hand leaves its room here too."""
    number, issuer = (head[key].text if key in head else "" for key in ("number", "issuer"))
    named = f"Kèm theo Biên bản số {number}" if number.strip() else "Kèm theo Biên bản"
    return ", ".join(filter(None, (named, dated))) + (f" của {line(issuer)}" if issuer else "")


def _part(block: Block, number: str) -> Part:
    caption = block.heading if block.kind == TABLE else ""
    is_table = block.kind in (TABLE, ANNEX) and getattr(block, "doc", None) is None
    return Part(block, number, table=table_of(block.text, caption) if is_table else None)


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of a table's lines: one row a line, a bar between cells; empty lines are passed over."""
    return [[cell.strip() for cell in one.split("|")] for one in text.splitlines() if one.strip()]


def table_of(text: str, caption: str = "") -> Table:
    """Return the table that text describes, its first line the titles; ragged rows are filled up or cut."""
    titles, *rows = rows_of(text) or [[""]]
    even = [(row + [""] * len(titles))[: len(titles)] for row in rows]
    columns = [Column(title, *_shape(title, [row[at] for row in even])) for at, title in enumerate(titles)]
    return Table(columns, even, caption)


def _shape(title: str, cells: Sequence[str]) -> tuple[int, Literal["left", "centre", "right"]]:
    if title in _WIDTHS:
        return _WIDTHS[title], "centre"
    counts = bool(cells) and all(not cell or cell.replace(".", "").isdigit() for cell in cells)
    return (_NUMBERS_WIDTH, "right") if counts else (0, "left")
