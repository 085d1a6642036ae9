"""The programme as a tree: numbers, where an item can go, and that the order over sittings holds. Pure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.tree import DEEPEST, Misplaced, Node, depths, numbers, placed, span, step
from tests.sizes import EXAMPLES

# 1, 2 (2.1, 2.2), a break, 3
NODES = [Node(1), Node(2), Node(21, 2), Node(22, 2), Node(9, is_break=True), Node(3)]


def told(nodes: list[Node]) -> list[str]:
    found = numbers(nodes)
    return [f"{node.id}:{found[node.id]}" for node in nodes]


def test_numbers_follow_the_tree_and_a_break_bears_none() -> None:
    assert told(NODES) == ["1:1", "2:2", "21:2.1", "22:2.2", "9:", "3:3"]


def test_an_item_goes_with_all_that_is_under_it() -> None:
    assert span(NODES, 2) == (1, 4)
    assert told(placed(NODES, 2, parent=None, before=1)) == ["2:1", "21:1.1", "22:1.2", "1:2", "9:", "3:3"]


@pytest.mark.parametrize(
    ("item", "way", "expected"),
    [
        (3, "in", None),  # nothing stands under a break
        (1, "up", None),
        (3, "down", None),
        (1, "out", None),
        (21, "up", None),
        (2, "in", ["1:1", "2:1.1", "21:1.1.1", "22:1.1.2", "9:", "3:2"]),
        (22, "up", ["1:1", "2:2", "22:2.1", "21:2.2", "9:", "3:3"]),
        (22, "out", ["1:1", "2:2", "21:2.1", "22:3", "9:", "3:4"]),
        (21, "out", ["1:1", "2:2", "22:2.1", "21:3", "9:", "3:4"]),
        (1, "down", ["2:1", "21:1.1", "22:1.2", "1:2", "9:", "3:3"]),
    ],
)
def test_one_step(item: int, way: str, expected: list[str] | None) -> None:
    place = step(NODES, item, way)
    assert (place is None) == (expected is None)
    if place and expected:
        found = placed(NODES, item, parent=place.parent, before=place.before, sitting=place.sitting)
        assert told(found) == expected


@pytest.mark.parametrize(("item", "parent", "before"), [(2, 21, None), (2, 2, None), (1, 99, None), (1, 2, 3), (1, None, 99)])
def test_what_cannot_be_is_refused(item: int, parent: int | None, before: int | None) -> None:
    with pytest.raises(Misplaced):
        placed(NODES, item, parent=parent, before=before)


def test_nothing_stands_deeper_than_the_finest_number() -> None:
    deep = [Node(1), Node(2, 1), Node(3, 2), Node(4)]
    with pytest.raises(Misplaced):
        placed(deep, 4, parent=3)


def test_a_step_over_the_edge_of_a_sitting_changes_the_sitting_only() -> None:
    nodes = [Node(1, None, 7), Node(2, None, 8), Node(21, 2, 8), Node(3, None, 8)]
    place = step(nodes, 2, "up")
    assert place is not None
    found = placed(nodes, 2, parent=place.parent, before=place.before, sitting=place.sitting, order=[7, 8])
    assert [(node.id, node.sitting) for node in found] == [(1, 7), (2, 7), (21, 7), (3, 8)]
    back = step(found, 2, "down")
    assert back is not None
    assert placed(found, 2, parent=back.parent, before=back.before, sitting=back.sitting, order=[7, 8]) == nodes


@pytest.mark.long
@settings(max_examples=EXAMPLES)
@given(st.lists(st.tuples(st.integers(1, 8), st.sampled_from(["up", "down", "in", "out"])), max_size=40))
def test_whatever_is_done_the_tree_stays_a_tree(steps: list[tuple[int, str]]) -> None:
    nodes = [Node(n, None, 1 if n < 5 else 2) for n in range(1, 9)]
    for item, way in steps:
        place = step(nodes, item, way)
        if place is None:
            continue
        try:
            nodes = placed(nodes, item, parent=place.parent, before=place.before, sitting=place.sitting, order=[1, 2])
        except Misplaced:
            continue
        deep = depths(nodes)  # raises where something stands before what it stands under
        assert sorted(node.id for node in nodes) == list(range(1, 9))
        assert max(deep.values()) <= DEEPEST
        assert [node.sitting for node in nodes] == sorted(node.sitting or 0 for node in nodes)
        assert len(set(numbers(nodes).values())) == 8
