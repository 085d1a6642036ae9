"""The minutes laid out: blocks become numbered parts for the page and the paper alike. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from minutes.drafting import ANNEX, HEAD, POINT, SECTION, SIGNATURE, TABLE
from minutes.writing import line
from printing.papers import Column, Table

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_WIDTHS = {"TT": 10, "Mất kết nối": 30, "Kết nối lại": 30, "Thời gian gián đoạn": 45}
_NUMBERS_WIDTH = 25


class Block(Protocol):
    """What of a block stands on the paper."""

    key: str
    kind: str
    heading: str
    text: str


@dataclass(frozen=True)
class Part:
    """A block with the number it has on the paper, and its table when it is one; an annex says to what it is annexed."""

    block: Block
    number: str = ""
    table: Table | None = None
    note: str = ""


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
    return Sheet(
        head=head,
        body=list(_parts(block for block in blocks if block.kind not in (HEAD, SIGNATURE, ANNEX))),
        signatures=[block for block in blocks if block.kind == SIGNATURE],
        annexes=list(_annexes([block for block in blocks if block.kind == ANNEX], _belongs_to(head, dated))),
    )


def _annexes(blocks: Sequence[Block], note: str) -> Iterator[Part]:
    """One annex is “Phụ lục”; several are numbered in Roman figures."""
    for at, block in enumerate(blocks, start=1):
        number = f" {roman(at)}" if len(blocks) > 1 else ""
        yield Part(block, f"Phụ lục{number}", table_of(block.text), note)


def _belongs_to(head: Mapping[str, Block], dated: str) -> str:
    """Return to which paper an annex belongs; a number that is still to be written by hand leaves its room here too."""
    number, issuer = (head[key].text if key in head else "" for key in ("number", "issuer"))
    named = f"Kèm theo Biên bản số {number}" if number.strip() else "Kèm theo Biên bản"
    return ", ".join(filter(None, (named, dated))) + (f" của {line(issuer)}" if issuer else "")


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
