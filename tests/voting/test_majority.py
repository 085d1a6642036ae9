"""Majorities, as the tables of docs/voting/majority.md work them out: each row is a test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voting.majority import Majority, fault
from voting.result import Choice, Figures, Hall, Result, result_of

PAGE = (Path(__file__).parents[2] / "docs/voting/majority.md").read_text("utf-8")
WORDS = [Choice(1, "for", "Tán thành"), Choice(2, "against", "Không tán thành"), Choice(3, "abstain", "Không biểu quyết")]


def rows_under(heading: str) -> list[dict[str, str]]:
    """Return the rows of the last table under a heading."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")]
    head, _rule, *rows = lines
    return [dict(zip(head, row, strict=True)) for row in rows]


def rule_in(row: dict[str, str]) -> Majority:
    found = re.fullmatch(r"(more than|at least) (\d+)/(\d+)", row["majority"])
    assert found
    return Majority(row["base"], int(found[2]), int(found[3]), found[1] == "more than")


def motion(row: dict[str, str]) -> Result:
    votes = {1: int(row["for"]), 2: int(row["against"]), 3: int(row["abstain"])}
    invalid = int(row["invalid"])
    hall = Hall(site=1, name="Lào Cai", votes=votes, voters=sum(votes.values()) + invalid, invalid=invalid, is_accepted=True)
    return result_of(rule_in(row), WORDS, Figures(int(row["entitled"]), int(row["present"]), 0, {}, [hall]))


MOTIONS, CHOICES = rows_under("Motions"), rows_under("Choices")


@pytest.mark.parametrize("row", MOTIONS, ids=lambda row: " ".join(row.values()))
def test_a_motion_of_the_page_is_carried_as_it_says(row: dict[str, str]) -> None:
    found = motion(row)
    assert (found.needed, found.is_carried) == (int(row["needed"]), row["carried"] == "yes")


@pytest.mark.parametrize("row", CHOICES, ids=lambda row: " ".join(row.values()))
def test_a_choice_of_the_page_comes_out_as_it_says(row: dict[str, str]) -> None:
    votes = [int(n) for n in row["votes"].split(",")]
    options = [Choice(n, "", "ABCDEFGH"[n - 1]) for n in range(1, len(votes) + 1)]
    figures = Figures(int(row["entitled"]), int(row["present"]), int(row["cast"]), dict(enumerate(votes, start=1)))
    found = result_of(rule_in(row), options, figures, None if row["seats"] == "–" else int(row["seats"]))
    chosen = ", ".join(line.text for line in found.chosen) or "–"
    tied = ", ".join(line.text for line in found.tied) or "–"
    assert (chosen, tied, found.is_carried) == (row["chosen"], row["tied"], row["chosen"] != "–")


def test_the_page_has_all_bases_and_both_kinds_of_part() -> None:
    assert {row["base"] for row in MOTIONS} == {"present", "entitled", "cast", "decisive"}
    assert (len(MOTIONS), len(CHOICES)) == (35, 12)


@pytest.mark.parametrize(
    ("choices", "wrong"),
    [([1], ""), ([3], ""), ([], "few"), ([1, 2], "many"), ([1, 1], "twice"), ([4], "unknown"), ([0], "unknown")],
)
def test_a_ballot_names_as_many_options_as_the_poll_asks_for(choices: list[int], wrong: str) -> None:
    assert fault(choices, options=3, least=1, most=1) == wrong


def test_a_choice_of_several_may_name_from_the_least_to_the_most() -> None:
    named = [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]
    assert [fault(choices, options=5, least=2, most=3) for choices in named] == ["few", "few", "", "", "many"]
