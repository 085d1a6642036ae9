"""Steps of random histories on the list of speakers: places, names, more time, who is told what, a list that is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agenda import actions as agenda
from agenda.speakers import actions
from agenda.speakers.lists import list_of
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Actor

WHY = "Theo đề nghị của chủ trì"


def _some(rows: Any, state: str, n: int) -> Any:
    """Return mostly a row in a state, now and then any."""
    found = list(rows.filter(state=state).order_by("pk")) if n % 5 else []
    found = found or list(rows.order_by("pk"))
    return found[n % len(found)]


def reorder(m: Meeting, by: Actor, a: int, b: int) -> object:
    line, following = _some(m.floor_requests, "waiting", a), _some(m.floor_requests, "waiting", b) if b % 3 else None
    version = list_of(line.item_id).version if b % 4 else 1
    if a % 3 == 0:
        return actions.release_floor(m, by=by, request=line, version=version)
    return actions.move_floor(m, by=by, request=line, before=following, version=version, reason=WHY)


def extend_or_remind(m: Meeting, by: Actor, a: int, b: int) -> object:
    speech = _some(m.floor_requests, "speaking", a)
    if b % 3 == 0:
        return actions.remind_floor(m, by=by, request=speech)
    limit = speech.minutes or speech.item.speech_minutes or 5
    return actions.extend_floor(m, by=by, request=speech, minutes=1 + b % 3, limit=limit)


def shut_or_open(m: Meeting, by: Actor, a: int, b: int) -> object:
    do = actions.close_speakers if a % 2 else actions.open_speakers
    return do(m, by=by, item=_some(m.items, "open", b))


def prepare(m: Meeting, by: Actor, a: int, b: int) -> object:
    return actions.prepare_floor(m, by=by, requests=[_some(m.floor_requests, "waiting", a)])


def name(m: Meeting, by: Actor, a: int, b: int) -> object:
    people = list(m.participants.order_by("pk"))
    if not people:
        raise OutOfOrder("Nobody is there to be named.")
    person = people[b % len(people)]
    return agenda.name_floor(m, by=by, request=_some(m.floor_requests, "waiting", a), participant=person)


STEPS: dict[str, Callable[[Meeting, Actor, Any, Any], object]] = {
    "reorder": reorder,
    "extend or remind": extend_or_remind,
    "shut or open the list": shut_or_open,
    "prepare speakers": prepare,
    "name speaker": name,
}
NEED_A_ROW = {
    "reorder": "floor_requests", "extend or remind": "floor_requests", "shut or open the list": "items",
    "prepare speakers": "floor_requests", "name speaker": "floor_requests",
}  # fmt: skip
