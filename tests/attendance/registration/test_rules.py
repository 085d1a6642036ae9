"""How far an answer has come, as pure rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from attendance.registration import rules

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answer", "states", "stage"),
    [
        ("", set(), "waiting"),
        ("", {"draft"}, "answering"),
        ("", {"draft", "approved"}, "answering"),
        ("", {"sent", "draft"}, "sent"),
        ("", {"refused", "sent", "approved"}, "refused"),
        ("", {"approved"}, "approved"),
        ("complete", {"approved"}, "complete"),
        ("complete", {"sent"}, "sent"),
        ("nobody", set(), "nobody"),
    ],
)
def test_the_stage_follows_from_the_list_and_what_is_said_of_it(answer: str, states: set[str], stage: str) -> None:
    assert rules.stage_of(is_withdrawn=False, answer=answer, states=states) == stage
    assert rules.stage_of(is_withdrawn=True, answer=answer, states=states) == "withdrawn"


def test_only_who_still_owes_an_answer_is_late() -> None:
    past, future = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)
    assert rules.is_late("waiting", past, NOW)
    assert rules.is_late("refused", past, NOW)
    assert not rules.is_late("sent", past, NOW)
    assert not rules.is_late("waiting", future, NOW)
    assert not rules.is_late("waiting", NOW, NOW)
    assert not rules.is_late("waiting", None, NOW)


def test_places_left_are_never_fewer_than_none() -> None:
    assert (rules.left(None, 5), rules.left(10, 4), rules.left(3, 4)) == (None, 6, 0)
