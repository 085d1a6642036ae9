"""Two changes of one document brought together: by paragraphs, by items of lists, by cells; never within a paragraph."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from texts import editor
from texts.aligning import aligned
from texts.nodes import LISTS, Doc, Node, Refused, document, every, inside


@dataclass(frozen=True)
class _Change:
    start: int  # of the base
    end: int
    nodes: tuple[Node, ...]  # what stands there instead

    def meets(self, other: _Change) -> bool:
        """Whether two changes touch the same: what is between them cannot be told apart."""
        if self.start == self.end and other.start == other.end:
            return self.start == other.start
        return self.start < other.end and other.start < self.end


def merged(base: Doc, mine: Doc, theirs: Doc) -> Doc | None:
    """Return a document with both changes, or nothing where both changed the same paragraph: a person must choose."""
    blocks = _merged(inside(base), inside(mine), inside(theirs))
    if blocks is None:
        return None
    try:
        return editor.read(document(blocks))
    except Refused:
        return None


def _merged(base: list[Node], mine: list[Node], theirs: list[Node]) -> list[Node] | None:
    ours, others = _changes(base, mine), _changes(base, theirs)
    made: list[Node] = []
    at = 0
    while ours or others:
        region_ours, region_others = _region(ours, others)
        both = [*region_ours, *region_others]
        start, end = min(one.start for one in both), max(one.end for one in both)
        made += base[at:start]
        if not region_others or not region_ours:
            found: list[Node] | None = [node for one in both for node in one.nodes]
        else:
            found = _chosen(base[start:end], _applied(base, region_ours, start, end), _applied(base, region_others, start, end))
        if found is None:
            return None
        made += found
        at = end
        del ours[: len(region_ours)], others[: len(region_others)]
    return [*made, *base[at:]]


def _key(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False, sort_keys=True)


def _changes(base: list[Node], other: list[Node]) -> list[_Change]:
    made: list[_Change] = []
    at = 0
    for old, new in aligned(base, other, _key, _bag):
        end = at + (old is not None)
        if old != new:
            made.append(_Change(at, end, (new,) if new else ()))
        at = end
    return made


def _bag(node: Node) -> Counter[str]:
    return Counter(word.lower() for one in every(node) if one["type"] == "text" for word in one["text"].split())


def _region(ours: list[_Change], others: list[_Change]) -> tuple[list[_Change], list[_Change]]:
    """The next changes that have to do with each other: one of one side alone, or all that meet."""
    if not ours or not others:
        return ours[:1], others[:1]
    first = min(ours[0], others[0], key=lambda one: (one.start, one.end))
    taken_ours, taken_others = ([first], []) if first is ours[0] else ([], [first])
    grew = True
    while grew:
        grew = False
        for taken, left, against in ((taken_ours, ours, taken_others), (taken_others, others, taken_ours)):
            following = left[len(taken)] if len(taken) < len(left) else None
            if following and any(following.meets(one) for one in against):
                taken.append(following)
                grew = True
    return taken_ours, taken_others


def _applied(base: list[Node], changes: list[_Change], start: int, end: int) -> list[Node]:
    made: list[Node] = []
    at = start
    for change in changes:
        made += [*base[at : change.start], *change.nodes]
        at = change.end
    return [*made, *base[at:end]]


def _chosen(base: Sequence[Node], mine: Sequence[Node], theirs: Sequence[Node]) -> list[Node] | None:
    """What stands where both changed something: one for one, if as many stand there as before."""
    if list(mine) == list(theirs):
        return list(mine)
    if not len(base) == len(mine) == len(theirs):
        return None
    made: list[Node] = []
    for old, my, their in zip(base, mine, theirs, strict=True):
        one = _one(old, my, their)
        if one is None:
            return None
        made.append(one)
    return made


def _one(base: Node, mine: Node, theirs: Node) -> Node | None:
    if theirs in (mine, base):
        return mine
    if mine == base:
        return theirs
    if not base["type"] == mine["type"] == theirs["type"] or not _attrs(base) == _attrs(mine) == _attrs(theirs):
        return None
    kind = base["type"]
    if kind == "table":
        content = _rows(base, mine, theirs)
    elif kind == "table_row":
        content = _chosen(inside(base), inside(mine), inside(theirs))
    elif kind in (*LISTS, "list_item", "table_cell", "table_header"):
        content = _merged(inside(base), inside(mine), inside(theirs))
    else:
        return None
    return None if content is None else {**base, "content": content}


def _attrs(node: Node) -> Node:
    return node.get("attrs") or {}


def _rows(base: Node, mine: Node, theirs: Node) -> list[Node] | None:
    """The rows of a table changed by both: rows may come and go where no cell reaches over several and all are as wide."""
    shapes = [[_shape(row) for row in inside(table)] for table in (base, mine, theirs)]
    if all(one == other for one, other in pairwise(shapes)):
        return _chosen(inside(base), inside(mine), inside(theirs))
    every = {shape for rows in shapes for shape in rows}
    if len({sum(colspan for colspan, _rowspan in shape) for shape in every}) > 1:
        return None
    if any(rowspan != 1 for shape in every for _colspan, rowspan in shape):
        return None
    return _merged(inside(base), inside(mine), inside(theirs))


def _shape(row: Node) -> tuple[tuple[int, int], ...]:
    return tuple((_attrs(cell).get("colspan", 1), _attrs(cell).get("rowspan", 1)) for cell in inside(row))
