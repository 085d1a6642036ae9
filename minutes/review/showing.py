"""How a passage stands on a page: its words as they are, or with what has changed in them marked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minutes.drafted import ANNEX, HEAD, SIGNATURE
from minutes.layout import laid_out
from minutes.models import Remark
from minutes.review.marking import Marked, marked
from minutes.review.passages import Passage
from minutes.review.queries import Reading, Remarked, Shown
from texts.writing import html, plain

#: Lines of the head that stand above the text, side by side.
LEFT, RIGHT = ("issuer", "number"), ("place",)


@dataclass(frozen=True)
class Part:
    """One block on the page. `changes`: its words with what was added and taken away; nothing where it is as it was."""

    passage: Passage
    state: str
    remarks: list[Remark]
    changes: Marked | None = None
    note: str = ""  # of an annex: to which paper it belongs

    @property
    def words(self) -> str:
        """The words as they are."""
        return html(self.passage.body)

    @property
    def is_line(self) -> bool:
        """Whether it is a line of the head or a signature."""
        return self.passage.kind in (HEAD, SIGNATURE)


@dataclass(frozen=True)
class Sheet:
    """The parts shown, and how many are left out because nothing has changed in them.

    The whole is a paper (`is_paper`): with a letterhead to the `left` and the `right`.
    """

    parts: list[Part]
    unchanged: int
    is_paper: bool = True

    @property
    def left(self) -> list[Part]:
        """Who issues the paper, and its number."""
        return [one for one in self.parts if self.is_paper and one.passage.kind == HEAD and one.passage.key in LEFT]

    @property
    def right(self) -> list[Part]:
        """Where the paper is made."""
        return [one for one in self.parts if self.is_paper and one.passage.kind == HEAD and one.passage.key in RIGHT]

    @property
    def body(self) -> list[Part]:
        """The text, with what it is about above it; of what has changed alone, all in its order."""
        apart = {*map(id, self.left), *map(id, self.right), *map(id, self.signatures), *map(id, self.annexes)}
        return [one for one in self.parts if id(one) not in apart]

    @property
    def signatures(self) -> list[Part]:
        """Who signs."""
        return [one for one in self.parts if self.is_paper and one.passage.kind == SIGNATURE]

    @property
    def annexes(self) -> list[Part]:
        """What is annexed."""
        return [one for one in self.parts if self.is_paper and one.passage.kind == ANNEX]


def sheet_of(reading: Reading, *, is_whole: bool, dated: str = "") -> Sheet:
    """Return the parts of a reading; unless the whole is asked for, those that changed or carry a remark of the reader.

    `dated`: the paper's date in words.
    """
    kept = [one for one in reading.shown if is_whole or one.news.state != "same" or one.remarks]
    notes = {one.block.key: one.note for one in laid_out([one.passage for one in reading.shown], dated).annexes}
    return Sheet(list(_parts(kept, notes)), len(reading.shown) - len(kept), is_whole)


def _parts(shown: Iterable[Shown], notes: Mapping[str, str]) -> Iterable[Part]:
    for one in shown:
        former = one.news.former if one.news.state == "changed" else None
        changes = marked(former, one.passage) if former else None
        yield Part(one.passage, one.news.state, one.remarks, changes, notes.get(one.passage.key, ""))


@dataclass(frozen=True)
class DeskPart:
    """A block before the secretariat: as circulated, as it stands now, what changed in between, the remarks on it."""

    block: Remarked
    changes: Marked | None

    @property
    def passage(self) -> Passage:
        """The block as it was circulated."""
        return self.block.passage

    @property
    def circulated(self) -> str:
        """Its words as they were circulated."""
        return html(self.block.passage.body)

    @property
    def present(self) -> str:
        """Its words as they stand now."""
        return html(self.block.present.body) if self.block.present else ""

    @property
    def plain(self) -> str:
        """The same as plain text, for a page without scripts."""
        return plain(self.block.present.body) if self.block.present else ""

    @property
    def json(self) -> str:
        """The same as the editor reads it."""
        return json.dumps(self.block.present.body, ensure_ascii=False) if self.block.present else ""

    @property
    def is_line(self) -> bool:
        """Whether it is a line of the head or a signature."""
        return self.passage.kind in (HEAD, SIGNATURE)


def desk_of(block: Remarked) -> DeskPart:
    """Return a block as the secretariat's pages show it."""
    present = block.present
    return DeskPart(block, marked(block.passage, Passage.of(present)) if present and block.is_changed else None)
