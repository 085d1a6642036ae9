"""What an Office package may be, and the word for one that is more. For child processes: the standard library alone."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bounds:
    """Parts; bytes of all XML and of all else; depth of XML; rows and cells that hold something; pixels of a picture."""

    parts: int = 10_000
    xml: int = 256 * 1024 * 1024
    rest: int = 700 * 1024 * 1024
    depth: int = 400
    rows: int = 60_000
    cells: int = 600_000
    pixels: int = 200_000_000


class Unfit(Exception):
    """A file is not opened; `word` is one of copies/refusals.py."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass
class Count:
    """What is counted over all parts; `dropped`: kinds of relationships that were left out."""

    xml: int = 0
    rest: int = 0
    rows: int = 0
    cells: int = 0
    dropped: set[str] = field(default_factory=set)
