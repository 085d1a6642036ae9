"""Steps of histories that concern counting: bodies and their members, head counts, roll calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attendance.bodies import actions as bodies
from attendance.bodies.quorum import AT_LEAST, MORE_THAN, NUMBER, Rule
from attendance.halls import actions as halls
from attendance.roll_call import actions as roll_calls
from meetings.models import Meeting, Participant
from meetings.procedure import Actor


def _pick(rows: Any, n: int) -> Any:
    found = list(rows.order_by("pk"))
    return found[n % len(found)] if found else None


def _rule(n: int) -> Rule:
    return (Rule(AT_LEAST, 2, 3), Rule(MORE_THAN, 1, 2, counts_substitutes=False), Rule(NUMBER, least=n % 4 + 1))[n % 3]


def _people(m: Meeting, n: int) -> list[Participant]:
    return list(m.participants.order_by("pk")[n % 4 : n % 4 + n % 5])


def add(m: Meeting, by: Actor, a: int, b: int) -> object:
    return bodies.add_body(m, by=by, name=f"Cơ quan {a % 5}", rule=_rule(b), members=_people(m, b))


def edit(m: Meeting, by: Actor, a: int, b: int) -> object:
    return bodies.edit_body(  # type: ignore[func-returns-value]
        m, by=by, body=_pick(m.bodies, a), name=f"Cơ quan {b % 5}", rule=_rule(a)
    )


def more(m: Meeting, by: Actor, a: int, b: int) -> object:
    return bodies.add_body_members(m, by=by, body=_pick(m.bodies, a), participants=_people(m, b))


def fewer(m: Meeting, by: Actor, a: int, b: int) -> object:
    return bodies.remove_body_members(m, by=by, body=_pick(m.bodies, a), participants=_people(m, b))


def count(m: Meeting, by: Actor, a: int, b: int) -> object:
    expected = a % 60 if a % 3 else None
    return halls.enter_hall_count(m, by=by, bridge_point=_pick(m.bridge_points, b), present=a % 50, expected=expected)


def mark(m: Meeting, by: Actor, a: int, b: int) -> object:
    state = "silent" if b % 3 == 1 else "here"
    return roll_calls.mark_roll_call(m, by=by, bridge_point=_pick(m.bridge_points, a), state=state)


def answer(m: Meeting, by: Actor, a: int, b: int) -> object:
    own = m.bridge_points.filter(pk=by.bridge_point_id or 0).first()
    site = own if own and b % 5 else _pick(m.bridge_points, b)
    return roll_calls.answer_roll_call(m, by=by, bridge_point=site)


STEPS: dict[str, Callable[[Meeting, Actor, Any, Any], object]] = {
    "add body": add,
    "edit body": edit,
    "add members": more,
    "remove members": fewer,
    "remove body": lambda m, by, a, b: bodies.remove_body(m, by=by, body=_pick(m.bodies, a)),
    "count hall": count,
    "uncount hall": lambda m, by, a, b: halls.withdraw_hall_count(m, by=by, bridge_point=_pick(m.bridge_points, b)),
    "open roll call": lambda m, by, a, b: roll_calls.open_roll_call(m, by=by),
    "mark roll call": mark,
    "answer roll call": answer,
    "close roll call": lambda m, by, a, b: roll_calls.close_roll_call(m, by=by),
}
NEED_A_ROW = {"edit body": "bodies", "add members": "bodies", "remove members": "bodies", "remove body": "bodies",
              "count hall": "bridge_points", "uncount hall": "bridge_points", "mark roll call": "bridge_points",
              "answer roll call": "bridge_points"}  # fmt: skip
# What is taken once so that every part of the screens has moved.
BEGUN = [
    ("add body", "secretary", 0, 3), ("count hall", "secretary", 31, 2), ("open roll call", "secretary", 0, 0),
    ("answer roll call", "operator", 0, 1), ("mark roll call", "chair", 2, 1), ("close roll call", "chair", 0, 0),
]  # fmt: skip
