"""Builders of rounds and remarks, and good bodies of the commands of a review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import actor_for
from minutes.models import Circulated, Circulation, Remark
from minutes.review.actions.remarks import add_remark, answer_remark
from minutes.review.actions.rounds import close_circulation, open_circulation
from people.models import Organisation, User
from tests.cast import Room
from tests.make import open_the_meeting, the_secretariat

Body = dict[str, Any]
LATE = datetime(2099, 11, 25, 17, 0, tzinfo=timezone.get_default_timezone())
#: A part that every meeting that was opened has in its minutes.
KEY = "time"


def held(room: Room) -> Meeting:
    """Return the meeting of a room, opened if it was not yet; Lào Cai is the province's where its unit is asked."""
    if room.meeting.state == Meeting.State.PLANNED:
        open_the_meeting(room.meeting)
    province = Organisation.objects.get(kind=Organisation.Kind.PROVINCE, short_name="Lào Cai")
    if room.meeting.asked_units.filter(organisation=province).exists():  # whose focal point is in the cast
        BridgePoint.objects.filter(pk=room.lao_cai.pk).update(organisation=province)
    room.meeting.refresh_from_db()
    return room.meeting


def in_session(room: Room) -> Room:
    """Return the room with its meeting opened."""
    held(room)
    return room


def make_round(room: Room, **kw: Any) -> Circulation:
    """Return a new round: to the bridge point Lào Cai and to the guest by name, unless others are named."""
    whom: dict[str, Any] = {"bridge_points": [room.lao_cai], "participants": [room.people["guest"]]}
    return open_circulation(held(room), by=the_secretariat(), **whom | {"deadline": LATE} | kw)


def the_round(room: Room) -> Circulation:
    """Return the newest round of a room, made when there is none."""
    return Circulation.objects.filter(minutes__meeting=room.meeting).first() or make_round(room)


def reader_of(room: Room, role: str = "operator") -> Circulated:
    """Return the reader a role reads for: its bridge point, or the guest."""
    rows = the_round(room).readers
    return rows.get(participant=room.people["guest"]) if role == "guest" else rows.get(bridge_point=room.lao_cai)


def reading_as(room: Room, role: str = "operator") -> Actor:
    """Return who reads: the account of a participant, with the ability that follows from being asked."""
    user = room.people[role].person.user
    return actor_for(User.objects.get(pk=user.pk), room.meeting, wanted=Ability.REMARK_ON_MINUTES)


def make_remark(room: Room, text: str = "Đề nghị ghi rõ giờ khai mạc.", *, role: str = "operator", **kw: Any) -> Remark:
    """Return a new remark of the operator's bridge point, or of the guest, on the part about time and place."""
    reader = reader_of(room, role)
    return add_remark(room.meeting, by=reading_as(room, role), reader=reader, **{"key": KEY, "quote": "", "text": text} | kw)


def _role(room: Room, role: str) -> str:
    return "guest" if role == "guest" else "operator"


def _own(room: Room, role: str) -> Body:
    remark = make_remark(room, role=_role(room, role))
    return {"remark": remark, "version": remark.version}


def _answered(room: Room, role: str) -> Body:
    remark = make_remark(room)
    answer_remark(room.meeting, by=the_secretariat(), remark=remark, version=1, answer="Giữ nguyên theo ghi âm.")
    return {"remark": remark, "version": 2}


def _silent(room: Room, role: str) -> Body:
    person = room.people["guest"].person
    person.email = "khach@example.org"
    person.save()
    return {"circulation": the_round(room)}


REVIEWING: dict[str, Callable[[Room, str], Body]] = {
    "circulation.open": lambda room, role: {"bridge_points": [in_session(room).lao_cai], "deadline": "25/11/2099 17:00"},
    "circulation.extend": lambda room, role: {"circulation": the_round(room), "deadline": "26/11/2099 17:00"},
    "circulation.remind": _silent,
    "circulation.close": lambda room, role: {"circulation": the_round(room)},
    "circulation.agree": lambda room, role: {"reader": reader_of(room, role)},
    "remark.add": lambda room, role: {"reader": reader_of(room, role), "key": KEY, "text": "Đề nghị ghi rõ giờ khai mạc."},
    "remark.change": lambda room, role: _own(room, role) | {"text": "Đề nghị ghi giờ và phút."},
    "remark.withdraw": _own,
    "remark.take": _own,
    "remark.answer": lambda room, role: _own(room, role) | {"answer": "Giữ nguyên theo ghi âm."},
    "remark.reopen": _answered,
}


def make_two_rounds(room: Room) -> Circulation:
    """Return a second round after one that was closed."""
    close_circulation(room.meeting, by=the_secretariat(), circulation=make_round(room))
    return make_round(room, deadline=LATE + timedelta(days=1))


def behind_review(route: str, room: Room) -> dict[str, Any]:
    """Return the numbers in an address of a review, with the round and the remark behind them."""
    if route not in ("minutes:review", "minutes:remark", "minutes:remarks_file"):
        return {}
    row = the_round(room)
    return {"number": row.number, "remark": (row.remarks.first() or make_remark(room)).number}
