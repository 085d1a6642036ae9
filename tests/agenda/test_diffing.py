"""What has changed between two programmes, in words. Pure."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.diffing import difference
from tests.sizes import EXAMPLES


def item(key: int, title: str = "", **kw: Any) -> dict[str, Any]:
    return {
        "id": key, "number": str(key), "depth": 0, "is_heading": False, "part": 0, "kind": "report", "title": title or f"N{key}",
        "presenter": "A", "note": "", "minutes": 10, "starts_at": "2025-11-26T08:30:00+07:00",
        "ends_at": "2025-11-26T08:40:00+07:00",
    } | kw  # fmt: skip


def programme(*items: dict[str, Any], **kw: Any) -> dict[str, Any]:
    for at, one in enumerate(items, start=1):
        one["number"] = str(at)
    return {"title": "H", "place": "Hà Nội", "sittings": [], "items": list(items)} | kw


def words(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, list[str]]]:
    with translation.override("en"):
        found = difference(old, new)
        return [(one.item["title"], [change.words for change in one.changes]) for one in found.items]


def test_the_same_programme_has_no_difference() -> None:
    assert not difference(programme(item(1), item(2)), programme(item(1), item(2)))


def test_only_what_was_moved_is_called_moved() -> None:
    assert words(programme(item(1), item(2), item(3)), programme(item(1), item(3), item(2))) in (
        [("N3", ["moved from 3 to 2"])],
        [("N2", ["moved from 2 to 3"])],
    )
    four = words(programme(*(item(n) for n in (1, 2, 3, 4))), programme(*(item(n) for n in (4, 1, 2, 3))))
    assert four == [("N4", ["moved from 4 to 1"])]


def test_longer_other_presenter_other_words_new_and_removed() -> None:
    old = programme(item(1), item(2), item(3))
    new = programme(item(1, "Khác", minutes=20), item(2, presenter="B", minutes=5), item(4))
    assert words(old, new) == [
        ("Khác", ["other words", "+10 minutes"]),
        ("N2", ["new presenter", "−5 minutes"]),
        ("N4", ["new"]),
        ("N3", ["removed"]),
    ]


def test_a_shifted_time_is_told_with_both_times() -> None:
    found = difference(
        programme(item(1)), programme(item(1, starts_at="2025-11-26T09:00:00+07:00", ends_at="2025-11-26T09:10:00+07:00"))
    )
    change = found.items[0].changes[0]
    assert (change.sort, change.old, change.new) == ("time", "08:30–08:40", "09:00–09:10")


def test_place_and_title_of_the_conference_are_compared_too() -> None:
    found = difference(programme(item(1)), programme(item(1), place="Lào Cai"))
    assert [(one.old, one.new) for one in found.about] == [("Hà Nội", "Lào Cai")]


@pytest.mark.long
@settings(max_examples=EXAMPLES)
@given(st.permutations(list(range(1, 9))), st.permutations(list(range(3, 11))))
def test_new_and_removed_are_exactly_what_is_on_one_side_only(old: list[int], new: list[int]) -> None:
    found = difference(programme(*(item(n) for n in old)), programme(*(item(n) for n in new)))
    sorts = {one.item["id"]: one.sort for one in found.items}
    assert {key for key, sort in sorts.items() if sort == "new"} == {9, 10}
    assert {key for key, sort in sorts.items() if sort == "removed"} == {1, 2}
    stayed = [n for n in new if n in old and sorts.get(n) != "moved"]
    assert stayed == [n for n in old if n in stayed]
