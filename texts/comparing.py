"""Two documents compared as people compare them: paragraph by paragraph and word by word, tables by cells."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from django.utils.safestring import SafeString

from texts import marking
from texts.aligning import aligned
from texts.inline import BREAK, runs_of
from texts.marking import Word
from texts.merging import merged
from texts.nodes import LISTS, Doc, Node, inside
from texts.tables import Cell, cells_of

__all__ = ["Changed", "Word", "compare", "merged"]

State = Literal["same", "changed", "new", "gone"]
_WORDS = 4_000_000  # pairs of words tried in one paragraph; beyond, it is shown as replaced
_TOKEN = re.compile(r"\w+|\n|\s+|[^\w\s]")


@dataclass(frozen=True)
class Changed:
    """A piece of two documents: a paragraph, a heading, an item of a list, a table."""

    state: State
    kind: str  # paragraph, heading, item, table
    level: int  # of a heading, or how deep an item lies
    old: tuple[Word, ...] = ()
    new: tuple[Word, ...] = ()
    rows: tuple[Row, ...] = ()

    @cached_property
    def left(self) -> SafeString:
        """What stood there before, with marks on what is gone."""
        return marking.piece(self.kind, self.level, self.old, [row.left for row in self.rows])

    @cached_property
    def right(self) -> SafeString:
        """What stands there now, with marks on what is new."""
        return marking.piece(self.kind, self.level, self.new, [row.right for row in self.rows])

    @cached_property
    def both(self) -> SafeString:
        """Both in one, what is gone before what is new."""
        return marking.piece(self.kind, self.level, marking.woven(self.old, self.new), [row.both for row in self.rows])


@dataclass(frozen=True)
class Row:
    """A row of a table; a cell has its words before and now."""

    state: State
    cells: tuple[tuple[Cell, tuple[Word, ...], tuple[Word, ...]], ...]

    @property
    def left(self) -> list[tuple[Cell, tuple[Word, ...]]]:
        return [] if self.state == "new" else [(cell, old) for cell, old, _new in self.cells]

    @property
    def right(self) -> list[tuple[Cell, tuple[Word, ...]]]:
        return [] if self.state == "gone" else [(cell, new) for cell, _old, new in self.cells]

    @property
    def both(self) -> list[tuple[Cell, tuple[Word, ...]]]:
        return [(cell, marking.woven(old, new)) for cell, old, new in self.cells]


def compare(old: Doc, new: Doc) -> list[Changed]:
    """Return all pieces of two documents in order, each with what became of it."""
    before, after = list(_pieces(old)), list(_pieces(new))
    return [_changed(*pair) for pair in aligned(before, after, lambda one: one.key, lambda one: one.bag)]


# --- pieces


@dataclass(frozen=True)
class _Piece:
    kind: str
    level: int
    nodes: tuple[Node, ...]
    sign: str = ""

    @cached_property
    def key(self) -> str:
        return json.dumps([self.kind, self.level, self.sign, self.nodes], ensure_ascii=False, sort_keys=True)

    @cached_property
    def bag(self) -> Counter[str]:
        return Counter(words.lower() for node in self.nodes for words, _marks in _tokens_of(node) if words.isalnum())


def _pieces(parent: Node, level: int = 0) -> Iterator[_Piece]:
    for node in inside(parent):
        if node["type"] in LISTS:
            first = (node.get("attrs") or {}).get("order", 1) if node["type"] == "ordered_list" else 0
            for number, item in enumerate(inside(node)):
                sign = f"{first + number}." if first else "-"
                for child in inside(item):
                    if child["type"] in LISTS:
                        yield from _pieces({"content": [child]}, level + 1)
                    else:
                        yield _Piece("item", level + 1, (child,), sign)
                        sign = ""
        elif node["type"] == "table":
            yield _Piece("table", 0, (node,))
        elif inside(node):
            kind = node["type"]
            yield _Piece(kind, int(node["attrs"]["level"]) if kind == "heading" else level, (node,))


# --- one piece


def _changed(old: _Piece | None, new: _Piece | None) -> Changed:
    one = new or old
    assert one is not None
    if old is None or new is None:
        state: State = "new" if old is None else "gone"
        if one.kind == "table":
            return Changed(state, "table", 0, rows=tuple(_whole_row(row, state) for row in cells_of(one.nodes[0])))
        words = _said(one, "new" if state == "new" else "gone")
        return (
            Changed(state, one.kind, one.level, new=words) if state == "new" else Changed(state, one.kind, one.level, old=words)
        )
    state = "same" if old.key == new.key else "changed"
    if old.kind == new.kind == "table":
        return Changed(state, "table", 0, rows=tuple(_table(old.nodes[0], new.nodes[0])))
    if "table" in (old.kind, new.kind):
        old_words, new_words = _said(old, "gone"), _said(new, "new")
    elif state == "same":
        old_words, new_words = _said(old, "same"), _said(new, "same")
    else:
        old_words, new_words = _differing(_tokens(old), _tokens(new))
    return Changed(state, new.kind, new.level, old_words, new_words)


def _said(piece: _Piece, state: marking.State) -> tuple[Word, ...]:
    return marking.joined([Word(state, words, marks) for words, marks in _tokens(piece)])


Token = tuple[str, tuple[str, ...]]


def _tokens(piece: _Piece) -> list[Token]:
    sign = [(piece.sign, ()), (" ", ())] if piece.sign else []
    return [*sign, *(token for node in piece.nodes for token in _tokens_of(node))]


def _tokens_of(node: Node) -> list[Token]:
    if node["type"] in ("paragraph", "heading"):
        runs = runs_of(node)
        return [(word, run.marks) for run in runs for word in _TOKEN.findall(run.words)]
    found: list[Token] = []
    for child in inside(node):
        found += [*([(BREAK, ())] if found else []), *_tokens_of(child)]
    return found


def _differing(old: list[Token], new: list[Token]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words of both, each marked as the same, gone or new."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    if len(inner_old) * len(inner_new) > _WORDS:
        steps = [("replace", 0, len(inner_old), 0, len(inner_new))]
    else:
        steps = [*SequenceMatcher(None, inner_old, inner_new, autojunk=len(inner_new) > 1_000).get_opcodes()]
    left = [Word("same", *token) for token in old[:start]]
    right = [Word("same", *token) for token in new[:start]]
    for tag, from_old, to_old, from_new, to_new in steps:
        is_space = tag == "equal" and all(not words.strip() for words, _marks in inner_old[from_old:to_old])
        between = is_space and from_old > 0 and to_old < len(inner_old) and from_new > 0 and to_new < len(inner_new)
        same = tag == "equal" and not between
        left += [Word("same" if same else "gone", *token) for token in inner_old[from_old:to_old]]
        right += [Word("same" if same else "new", *token) for token in inner_new[from_new:to_new]]
    left += [Word("same", *token) for token in old[len(old) - end :]]
    right += [Word("same", *token) for token in new[len(new) - end :]]
    return marking.joined(left), marking.joined(right)


# --- tables


def _table(old: Node, new: Node) -> Iterator[Row]:
    for before, after in aligned(cells_of(old), cells_of(new), _row_key, _row_bag):
        if before is None or after is None:
            yield _whole_row(before or after or [], "gone" if after is None else "new")
        else:
            yield _row(before, after)


def _row_key(row: list[Cell]) -> str:
    return json.dumps([cell.node() for cell in row], ensure_ascii=False, sort_keys=True)


def _row_bag(row: list[Cell]) -> Counter[str]:
    return Counter(words.lower() for cell in row for words, _marks in _cell_tokens(cell) if words.isalnum())


def _whole_row(row: list[Cell], state: State) -> Row:
    words = [_cell_words(cell, "gone" if state == "gone" else "new") for cell in row]
    gone = state == "gone"
    return Row(state, tuple((cell, said if gone else (), () if gone else said) for cell, said in zip(row, words, strict=True)))


def _row(old: list[Cell], new: list[Cell]) -> Row:
    state: State = "same" if _row_key(old) == _row_key(new) else "changed"
    cells: list[tuple[Cell, tuple[Word, ...], tuple[Word, ...]]] = []
    for number in range(max(len(old), len(new))):
        before = old[number] if number < len(old) else None
        after = new[number] if number < len(new) else None
        if before and after:
            cells.append((after, *_differing(_cell_tokens(before), _cell_tokens(after))))
        elif one := before or after:
            words = _cell_words(one, "gone" if before else "new")
            cells.append((one, words if before else (), () if before else words))
    return Row(state, tuple(cells))


def _cell_tokens(cell: Cell) -> list[Token]:
    return _tokens_of({"type": "cell", "content": cell.content})


def _cell_words(cell: Cell, state: marking.State) -> tuple[Word, ...]:
    return marking.joined([Word(state, *token) for token in _cell_tokens(cell)])
