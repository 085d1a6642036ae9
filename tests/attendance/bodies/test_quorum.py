"""The rule of quorum: what is needed, who counts."""

from __future__ import annotations

import pytest

from attendance.bodies.quorum import AT_LEAST, MORE_THAN, NUMBER, Quorum, Rule, present_of


@pytest.mark.parametrize(
    ("rule", "entitled", "needed"),
    [
        (Rule(AT_LEAST, 2, 3), 52, 35), (Rule(AT_LEAST, 2, 3), 51, 34), (Rule(AT_LEAST, 2, 3), 1, 1),
        (Rule(AT_LEAST, 1, 1), 7, 7),
        (Rule(MORE_THAN, 1, 2), 52, 27), (Rule(MORE_THAN, 1, 2), 51, 26), (Rule(MORE_THAN, 2, 3), 51, 35),
        (Rule(NUMBER, least=9), 52, 9), (Rule(NUMBER, least=9), 5, 9),
    ],
)  # fmt: skip
def test_a_part_of_the_entitled_is_never_rounded_down(rule: Rule, entitled: int, needed: int) -> None:
    assert rule.needed(entitled) == needed


def test_one_more_or_less_decides() -> None:
    short, enough = (Quorum(1, 1, "Ban Chấp hành", Rule(AT_LEAST), 52, present) for present in (34, 35))
    assert (short.is_met, short.missing, enough.is_met, enough.missing) == (False, 1, True, 0)


def test_a_body_without_members_has_no_quorum() -> None:
    assert [Quorum(1, 1, "B", rule, 0, 0).is_met for rule in (Rule(AT_LEAST), Rule(MORE_THAN, 1, 2))] == [False, False]


def test_a_substitute_counts_for_one_member_and_a_member_for_nobody_else() -> None:
    members = {1, 2, 3, 4}
    assert present_of(members, {1, 9}, {2: 9}) == (1, 1)
    assert present_of(members, {1, 2, 9}, {2: 9}) == (2, 0)  # both came
    assert present_of(members, {3}, {4: 3}) == (1, 0)  # a member stands in for another one
    assert present_of(members, {9}, {7: 9}) == (0, 0)  # for somebody who is no member
