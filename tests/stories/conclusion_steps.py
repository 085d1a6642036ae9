"""Steps of histories that concern conclusions: proposed, worded, moved, shown, adopted, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from meetings.models import Meeting
from meetings.procedure import Actor
from minutes.conclusions import actions
from minutes.conclusions.wording import Wording
from minutes.models import Conclusion


def _pick(m: Meeting, n: int) -> Conclusion:
    found = list(m.conclusions.order_by("pk"))
    return found[n % len(found)]


def _wording(a: int, b: int) -> Wording:
    return Wording(text=f"Kết luận {a}", who=f"Đơn vị {b}" if b % 2 else "", due=date(2026, 1, 1 + b % 28) if b % 3 else None)


def _item(m: Meeting, b: int) -> Any:
    return m.items.order_by("pk").first() if b % 4 == 1 else None


def propose(m: Meeting, by: Actor, a: int, b: int) -> object:
    return actions.propose_conclusion(m, by=by, wording=_wording(a, b), item=_item(m, b))


def change(m: Meeting, by: Actor, a: int, b: int) -> object:
    row, stale = _pick(m, a), b % 7 == 6
    return actions.change_conclusion(
        m, by=by, conclusion=row, version=row.version + stale, wording=_wording(a, b), item=_item(m, b)
    )


def adopt(m: Meeting, by: Actor, a: int, b: int) -> object:
    row = _pick(m, a)
    return actions.adopt_conclusion(m, by=by, conclusion=row, version=row.version + (b % 7 == 6))


def withdraw(m: Meeting, by: Actor, a: int, b: int) -> object:
    row = _pick(m, a)
    return actions.withdraw_conclusion(m, by=by, conclusion=row, version=row.version, why="Trùng." if b % 2 else "")


STEPS: dict[str, Callable[[Meeting, Actor, int, int], object]] = {
    "propose conclusion": propose,
    "change conclusion": change,
    "move conclusion": lambda m, by, a, b: actions.move_conclusion(
        m, by=by, conclusion=_pick(m, a), way="up" if b % 2 else "down"
    ),
    "show conclusion": lambda m, by, a, b: actions.show_conclusion(m, by=by, conclusion=_pick(m, a)),
    "hide conclusion": lambda m, by, a, b: actions.hide_conclusion(m, by=by, conclusion=_pick(m, a)),
    "adopt conclusion": adopt,
    "withdraw conclusion": withdraw,
}
NEED_A_ROW = {name: "conclusions" for name in STEPS if name != "propose conclusion"}
