"""The minutes laid out: blocks become numbered parts for the page and the paper alike. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from minutes.drafting import HEAD, POINT, SECTION, SIGNATURE, TABLE
from printing.papers import Column, Table

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_WIDTHS = {"TT": 10}
_NUMBERS_WIDTH = 25


class Block(Protocol):
    """What of a block stands on the paper."""

    key: str
    kind: str
    heading: str
    text: str


@dataclass(frozen=True)
class Part:
    """A block with the number it has on the paper, and its table when it is one."""

    block: Block
    number: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Sheet:
    """The whole paper: what stands above the text by its key, the text, who signs."""

    head: dict[str, Block]
    body: list[Part]
    signatures: list[Block]


def laid_out(blocks: Sequence[Block]) -> Sheet:
    """Return the paper of blocks in their order: parts numbered I-, II-; points 1., 2. within each part."""
    return Sheet(
        head={block.key: block for block in blocks if block.kind == HEAD},
        body=list(_parts(block for block in blocks if block.kind not in (HEAD, SIGNATURE))),
        signatures=[block for block in blocks if block.kind == SIGNATURE],
    )


def _parts(blocks: Iterator[Block]) -> Iterator[Part]:
    section = point = 0
    for block in blocks:
        if block.kind == SECTION:
            section, point = section + 1, 0
            yield Part(block, roman(section))
        elif block.kind == POINT:
            point += 1
            yield Part(block, str(point))
        else:
            yield Part(block, table=table_of(block.text, block.heading) if block.kind == TABLE else None)


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


def roman(number: int) -> str:
    """Return a number from 1 on in Roman figures."""
    text = ""
    for value, figure in _ROMAN:
        while number >= value:
            text, number = text + figure, number - value
    return text
