"""Steps of histories that concern the review of the minutes: rounds, remarks, what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from meetings import clock
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import actor_for
from minutes.models import Circulated, Circulation, Remark
from minutes.review.actions import remarks, rounds
from minutes.review.rewriting import Rewording
from texts.reading import from_plain

KEYS = ("time", "composition", "chair", "nothing")


def _pick(rows: Any, n: int) -> Any:
    found = list(rows.order_by("pk"))
    if not found:
        raise OutOfOrder("There is none.")
    return found[n % len(found)]


def _rounds(m: Meeting) -> Any:
    return Circulation.objects.filter(minutes__meeting=m)


def _remarks(m: Meeting) -> Any:
    return Remark.objects.filter(circulation__minutes__meeting=m)


def _reader(m: Meeting, n: int) -> Circulated:
    found: Circulated = _pick(Circulated.objects.filter(circulation__minutes__meeting=m), n)
    return found


def _asked(m: Meeting, by: Actor) -> Actor:
    return actor_for(by.user, m, wanted=Ability.REMARK_ON_MINUTES)


def circulate(m: Meeting, by: Actor, a: int, b: int) -> object:
    sites = [_pick(m.bridge_points, a)] if b % 3 else []
    people = [_pick(m.participants, b)] if b % 2 else []
    late = clock.now(m) + timedelta(minutes=a % 40 - 3)
    return rounds.open_circulation(m, by=by, bridge_points=sites, participants=people, everywhere=a % 4 == 0, deadline=late)


def extend(m: Meeting, by: Actor, a: int, b: int) -> object:
    row = _pick(_rounds(m), a)
    rounds.extend_circulation(m, by=by, circulation=row, deadline=row.deadline + timedelta(minutes=b % 30 - 5))
    return row


def remark(m: Meeting, by: Actor, a: int, b: int) -> object:
    return remarks.add_remark(m, by=_asked(m, by), reader=_reader(m, a), key=KEYS[b % 4], quote="", text=f"Ý kiến {a}.")


def change(m: Meeting, by: Actor, a: int, b: int) -> object:
    row = _pick(_remarks(m), a)
    remarks.change_remark(m, by=_asked(m, by), remark=row, version=row.version + (b % 7 == 6), text=f"Sửa {b}.")
    return row


def withdraw(m: Meeting, by: Actor, a: int, b: int) -> object:
    row = _pick(_remarks(m), a)
    remarks.withdraw_remark(m, by=_asked(m, by), remark=row, version=row.version)
    return row


def take(m: Meeting, by: Actor, a: int, b: int) -> object:
    row = _pick(_remarks(m), a)
    new = Rewording(version=b % 3, heading="Thời gian", body=from_plain(f"Chữ {b}."), text=f"Chữ {b}.") if b % 2 else None
    remarks.take_remark(m, by=by, remark=row, version=row.version, rewording=new, answer="Vâng." if b % 3 else "")
    return row


def answer(m: Meeting, by: Actor, a: int, b: int) -> object:
    row = _pick(_remarks(m), a)
    remarks.answer_remark(m, by=by, remark=row, version=row.version + (b % 7 == 6), answer=f"Giữ nguyên {b}.")
    return row


def reopen(m: Meeting, by: Actor, a: int, b: int) -> object:
    row = _pick(_remarks(m), a)
    remarks.reopen_remark(m, by=by, remark=row, version=row.version)
    return row


STEPS: dict[str, Callable[[Meeting, Actor, int, int], object]] = {
    "circulate": circulate,
    "extend round": extend,
    "close round": lambda m, by, a, b: rounds.close_circulation(m, by=by, circulation=_pick(_rounds(m), a)),
    "agree": lambda m, by, a, b: rounds.agree_circulation(m, by=_asked(m, by), reader=_reader(m, a)),
    "remark": remark,
    "change remark": change,
    "withdraw remark": withdraw,
    "take remark": take,
    "answer remark": answer,
    "reopen remark": reopen,
}
