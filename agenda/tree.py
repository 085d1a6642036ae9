"""The programme as a tree over one running order: numbers, depths, and where an item can go. Pure.

Every list of nodes is the running order: an item, then all that stands under it. What is under an item belongs to its sitting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

DEEPEST = 2  # 2.1.1 is the finest number


class Misplaced(Exception):
    """An item cannot go there: under itself, or too deep."""


@dataclass(frozen=True)
class Node:
    """An item as far as the tree is concerned. Breaks bear no number."""

    id: int
    parent: int | None = None
    sitting: int | None = None
    is_break: bool = False


class Rowlike(Protocol):
    """A row that becomes a node."""

    pk: int
    parent_id: int | None
    sitting_id: int | None
    kind: str


def nodes_of(rows: Sequence[Rowlike]) -> list[Node]:
    """Return the nodes of rows in their order."""
    return [Node(row.pk, row.parent_id, row.sitting_id, row.kind == "break") for row in rows]


def depths(nodes: Sequence[Node]) -> dict[int, int]:
    """Return how deep each item stands, from 0."""
    found: dict[int, int] = {}
    for node in nodes:
        found[node.id] = 0 if node.parent is None else found[node.parent] + 1
    return found


def numbers(nodes: Sequence[Node]) -> dict[int, str]:
    """Return the number of each item: 1, 2, 2.1, 2.2, 3."""
    counts: dict[int | None, int] = {}
    found: dict[int, str] = {}
    for node in nodes:
        if node.is_break:
            found[node.id] = ""
            continue
        counts[node.parent] = counts.get(node.parent, 0) + 1
        above = found[node.parent] if node.parent is not None else ""
        found[node.id] = f"{above}.{counts[node.parent]}" if above else str(counts[node.parent])
    return found


def headings(nodes: Sequence[Node]) -> set[int]:
    """Return the items that have others under them."""
    return {node.parent for node in nodes if node.parent is not None}


def span(nodes: Sequence[Node], item: int) -> tuple[int, int]:
    """Return where an item with all that is under it begins and ends in the running order."""
    start = next(at for at, node in enumerate(nodes) if node.id == item)
    inside, stop = {item}, start + 1
    while stop < len(nodes) and nodes[stop].parent in inside:
        inside.add(nodes[stop].id)
        stop += 1
    return start, stop


def placed(
    nodes: Sequence[Node],
    item: int,
    *,
    parent: int | None,
    before: int | None = None,
    sitting: int | None = None,
    order: Sequence[int] = (),
) -> list[Node]:
    """Return the running order with an item, and what is under it, at another place.

    `before`: one under the same parent; nothing: at the end. `sitting`: for one under nothing; `order`: the sittings in order.
    Raises Misplaced.
    """
    start, stop = span(nodes, item)
    block, rest = list(nodes[start:stop]), [*nodes[:start], *nodes[stop:]]
    known = {node.id: node for node in rest}
    if (parent is not None and parent not in known) or (before is not None and before not in known):
        raise Misplaced
    if before is not None and known[before].parent != parent:
        raise Misplaced
    if parent is not None:
        sitting = known[parent].sitting
    elif sitting is None:
        sitting = known[before].sitting if before is not None else block[0].sitting
    block = [replace(node, sitting=sitting) for node in block]
    block[0] = replace(block[0], parent=parent)
    if before is not None:
        at = span(rest, before)[0]
    else:
        at = span(rest, parent)[1] if parent is not None else _end_of(rest, sitting, order)
    found = in_sittings([*rest[:at], *block, *rest[at:]], order)
    if max(depths(found).values()) > DEEPEST:
        raise Misplaced
    return found


def _end_of(nodes: Sequence[Node], sitting: int | None, order: Sequence[int]) -> int:
    """Return where a sitting's items end."""
    rank = _rank(order)
    last = [at for at, node in enumerate(nodes) if rank(node.sitting) <= rank(sitting)]
    return last[-1] + 1 if last else 0


def _rank(order: Sequence[int]) -> Callable[[int | None], int]:
    places = {sitting: at for at, sitting in enumerate(order)}
    return lambda sitting: places.get(sitting, -1) if sitting is not None else -1


def in_sittings(nodes: Sequence[Node], order: Sequence[int]) -> list[Node]:
    """Return the items with those of the first sitting first, else in their order."""
    rank, at = _rank(order), 0
    blocks: list[tuple[int, list[Node]]] = []
    for node in nodes:
        if node.parent is None:
            at = rank(node.sitting)
            blocks.append((at, []))
        blocks[-1][1].append(node)
    return [node for _at, block in sorted(blocks, key=lambda pair: pair[0]) for node in block]


@dataclass(frozen=True)
class Place:
    """Where an item would go."""

    parent: int | None
    before: int | None
    sitting: int | None


def step(nodes: Sequence[Node], item: int, way: str) -> Place | None:
    """Return where one step `up`, `down`, `in` (under the one before) or `out` leads; nothing when there is no such place."""
    known = {node.id: node for node in nodes}
    own = known[item]
    brothers = [node for node in nodes if node.parent == own.parent]
    at = brothers.index(own)
    earlier = brothers[at - 1] if at else None
    later = brothers[at + 1] if at + 1 < len(brothers) else None
    after_later = brothers[at + 2].id if at + 2 < len(brothers) else None
    if way == "up" and earlier:
        stays = earlier.sitting == own.sitting
        return Place(own.parent, earlier.id if stays else later.id if later else None, earlier.sitting)
    if way == "down" and later:
        stays = later.sitting == own.sitting
        return Place(own.parent, after_later if stays else later.id, later.sitting)
    if way == "in" and earlier and earlier.sitting == own.sitting and not earlier.is_break:
        return Place(earlier.id, None, own.sitting)
    if way == "out" and own.parent is not None:
        parent = known[own.parent]
        uncles = [node for node in nodes if node.parent == parent.parent]
        place = uncles.index(parent) + 1
        following = uncles[place] if place < len(uncles) else None
        return Place(parent.parent, following.id if following else None, own.sitting)
    return None
