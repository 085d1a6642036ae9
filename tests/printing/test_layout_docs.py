"""The page about layouts tells the very numbers that are printed, with how each is known."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from printing.adjusting import Number, numbers
from printing.profiles import HD05_2026, HD36_2018, ND30_2020, Evidence, Profile

PAGE = Path(__file__).resolve().parents[2] / "docs" / "record" / "layouts.md"
PROFILES = (HD36_2018, HD05_2026, ND30_2020)


def cell(parts: list[Number]) -> str:
    """One component of one profile: size and styles or distance or sign, what it may be, how it is known."""
    first, *styles = parts
    sign = f"“{first.value}”" if first.value else "none"
    words = sign if first.options else f"{first.value:g} {first.unit}"
    words = ", ".join([words, *(style.part for style in styles if style.value)])
    if first.span and first.evidence is Evidence.FOUND and first.span[0] < first.span[1]:
        words += f" ({first.span[0]:g}–{first.span[1]:g})"
    return f"{words} [{first.evidence.value}]"


def rows() -> list[str]:
    told = [{field: list(parts) for field, parts in groupby(numbers(p), key=lambda one: one.field)} for p in PROFILES]
    fields = list(dict.fromkeys(field for one in told for field in one))
    return [f"| {field} | " + " | ".join(cell(one[field]) if field in one else "–" for one in told) + " |" for field in fields]


def test_the_table_of_numbers_is_the_code_s() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    missing = [row for row in rows() if row not in lines]
    assert missing == []


def test_what_is_second_hand_is_marked_so() -> None:
    def second_hand(profile: Profile) -> int:
        return len({one.field for one in numbers(profile) if one.evidence is Evidence.SECOND_HAND})

    text = PAGE.read_text(encoding="utf-8")
    assert text.count("[F2]") == sum(map(second_hand, PROFILES))
    assert second_hand(ND30_2020) == 0
