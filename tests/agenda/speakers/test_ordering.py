"""The order of speaking: every worked case of docs/agenda/speaking-order.md is a test, read from the page."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agenda.speakers.ordering import Held, Wish, delegation_of, pins_after, pins_without, speaking_order

PAGE = Path(__file__).parents[3] / "docs/agenda/speaking-order.md"
KINDS = {"p": "point_of_order", "y": "reply", "r": "registered", "d": "discussion"}
LINE = re.compile(
    r"(?P<name>\w+)(?::(?P<kind>[pyrd])(?P<rank>\d*)(?:>(?P<answers>\w+))?)? "
    r"(?P<delegation>\w+)/(?P<person>\w*) (?P<hour>\d\d):(?P<minute>\d\d)(?:@(?P<pin>\d+))?"
)


def cases() -> list[list[str]]:
    wide = [line for line in PAGE.read_text().splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in wide]


def lines(cell: str) -> list[re.Match[str]]:
    found = [LINE.fullmatch(part.strip()) for part in cell.split(",") if part.strip()]
    assert all(found), cell
    return [one for one in found if one]


def at(one: re.Match[str]) -> datetime:
    return datetime(2025, 11, 26, int(one["hour"]), int(one["minute"]), tzinfo=UTC)


@pytest.mark.parametrize("row", cases(), ids=lambda row: row[0])
def test_a_worked_case_of_the_page(row: list[str]) -> None:
    _title, held, waiting, wanted = row
    keys = {one["name"]: number for number, one in enumerate([*lines(held), *lines(waiting)], start=1)}
    spoken = [
        Held(keys[one["name"]], KINDS[one["kind"] or "d"], at(one), one["delegation"], one["person"] or None)
        for one in lines(held)
    ]
    wishes = [
        Wish(
            keys[one["name"]], KINDS[one["kind"]], at(one), one["delegation"], one["person"] or None,
            rank=int(one["rank"]) if one["rank"] else None, answers=keys[one["answers"]] if one["answers"] else None,
            pin=int(one["pin"]) if one["pin"] else None,
        )
        for one in lines(waiting)
    ]  # fmt: skip
    names = {number: name for name, number in keys.items()}
    order = speaking_order(wishes, spoken)
    assert ", ".join(f"{names[one.wish.id]} ({one.why})" for one in order) == wanted
    assert [one.place for one in order] == list(range(1, len(wishes) + 1))


def test_the_page_has_a_case_for_every_reason() -> None:
    reasons = {reason for row in cases() for reason in re.findall(r"\((\w+)\)", row[3])}
    assert reasons == {"pinned", "point_of_order", "reply", "registered", "first_turn", "next_turn", "more"}


def many(count: int) -> list[Wish]:
    return [Wish(n, "discussion", datetime(2025, 11, 26, 9, n, tzinfo=UTC), f"site {n % 4}") for n in range(1, count + 1)]


def held(wishes: list[Wish], pins: dict[int, int]) -> list[int]:
    placed = [Wish(**{**one.__dict__, "pin": pins.get(one.id)}) for one in wishes]
    return [one.wish.id for one in speaking_order(placed, [])]


def test_a_line_that_is_moved_stands_where_it_was_put_and_the_others_keep_their_order() -> None:
    wishes = many(9)
    before = [one.wish.id for one in speaking_order(wishes, [])]
    for wish in before:
        for place in range(1, 10):
            pins = pins_after(speaking_order(wishes, []), wish, place)
            after = held(wishes, pins)
            rest = [one for one in before if one != wish]
            assert after == [*rest[: place - 1], wish, *rest[place - 1 :]]


def test_places_that_were_set_move_up_when_somebody_before_them_leaves() -> None:
    wishes = many(6)
    pins = pins_after(speaking_order(wishes, []), 6, 3)
    placed = [Wish(**{**one.__dict__, "pin": pins.get(one.id)}) for one in wishes]
    order = speaking_order(placed, [])
    assert pins_without(order, order[0].wish.id) == {6: 2}
    assert pins_without(order, order[5].wish.id) == {6: 3}


def test_in_the_central_hall_the_turns_go_round_units() -> None:
    assert delegation_of(7, "Bộ Y tế", 3, is_central=False) == ("site", 7)
    assert delegation_of(1, "Bộ Y tế", 3, is_central=True) == ("unit", "Bộ Y tế")
    assert delegation_of(None, "", 3, is_central=False) == ("person", 3)
    assert delegation_of(1, "", None, is_central=True) == ("site", 1)
