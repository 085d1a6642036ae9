"""The programme and the list of speakers of a meeting as plain values, as screens show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agenda.models import FloorRequest
from agenda.running.closed import Shut, nobody_in, shut_items
from agenda.timetable import Row, timetable
from agenda.timing import paused
from meetings.models import Meeting, Recess, Sitting


@dataclass(frozen=True)
class ItemState:
    """An item of the programme that is run: headings are not, their titles stand in `part`.

    `no`: its number (2.1), nothing for a break; `label`: what people say instead. `running_since`: its beginning, moved on
    by the recesses in it; `planned_from`: as the timetable had it when the meeting was opened; `sitting`: which one, from 0;
    `is_fixed`: it does not begin before that time; `ahead`: its rank among what was brought forward; `with_item`: the one it is
    dealt with together with. `is_hidden`: those who see this are out of it (veil.py).
    """

    id: int
    no: str
    title: str
    kind: str
    presenter: str
    minutes: int
    speech_minutes: int | None
    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    running_since: datetime | None
    label: str = ""
    part: str = ""
    sitting: int = 0
    planned_from: datetime | None = None
    planned_until: datetime | None = None
    is_fixed: bool = False
    ahead: int | None = None
    reason: str = ""
    with_item: int | None = None
    in_camera: bool = False
    has_secret_title: bool = False
    is_hidden: bool = False
    version: int = 0


@dataclass(frozen=True)
class SpeechState:
    """A line of the list of speakers."""

    id: int
    item_id: int
    participant_id: int | None
    bridge_point_id: int | None
    name: str
    office: str
    bridge_point: str
    state: str
    given_at: datetime | None
    ended_at: datetime | None
    running_since: datetime | None
    limit_minutes: int | None


def items_of(meeting: Meeting, sittings: list[Sitting], recesses: list[Recess], using: str) -> tuple[ItemState, ...]:
    rows = list(meeting.items.using(using).order_by("position"))
    table = timetable(rows, sittings)
    titles = {row.pk: row.title for row in rows}
    return tuple(
        _item(row, at, titles.get(row.item.parent_id or 0, ""), recesses)
        for at, part in enumerate(table.parts)
        for row in part.leaves
    )


def _item(row: Row, sitting: int, part: str, recesses: list[Recess]) -> ItemState:
    i = row.item
    return ItemState(
        id=i.pk, no=i.number, label=i.label, part=part, title=i.title, kind=i.kind, presenter=i.presenter, minutes=i.minutes,
        speech_minutes=i.speech_minutes, state=i.state, opened_at=i.opened_at, closed_at=i.closed_at,
        running_since=_running_since(i.opened_at, recesses), sitting=sitting, planned_from=i.planned_at or row.starts_at,
        planned_until=i.planned_until or row.ends_at, is_fixed=i.begins_at is not None, ahead=i.ahead, reason=i.reason,
        with_item=i.merged_into_id, in_camera=i.in_camera, has_secret_title=i.has_secret_title, version=i.version,
    )  # fmt: skip


def released_of(meeting: Meeting, using: str) -> tuple[ItemState, ...]:
    """Return the newest release as items that have not begun."""
    snapshot = meeting.releases.using(using).values_list("snapshot", flat=True).first()
    titles = {item["id"]: item["title"] for item in snapshot["items"]} if snapshot else {}
    above = ""
    found = []
    for item in snapshot["items"] if snapshot else ():
        above = titles[item["id"]] if item["is_heading"] else above if item["depth"] else ""
        if not item["is_heading"]:
            found.append(
                ItemState(
                    id=item["id"], no=item["number"], label=item["number"] or item["title"], part=above, title=item["title"],
                    kind=item["kind"], presenter=item["presenter"], minutes=item["minutes"], speech_minutes=None,
                    state="planned", opened_at=None, closed_at=None, running_since=None,
                    in_camera=item.get("in_camera", False), has_secret_title=item.get("secret", False),
                )
            )  # fmt: skip
    return tuple(found)


def shut_of(meeting: Meeting, items: tuple[ItemState, ...], planned: bool, using: str) -> tuple[Shut, ...]:
    """Return the closed items that hide something; a title that a release keeps secret stays so when its item has gone."""
    found = shut_items(meeting.pk, items, using)
    known = {one.id for one in items if one.has_secret_title}
    gone = (
        [one for one in released_of(meeting, using) if one.has_secret_title and one.id not in known]
        if planned and meeting.has_closed_items
        else []
    )
    return (*found, *(nobody_in(one.id) for one in gone))


def _running_since(start: datetime | None, recesses: list[Recess]) -> datetime | None:
    over = [r for r in recesses if r.ended_at is not None]
    if start is None:
        return None
    return start + paused(start, max([start, *(r.ended_at for r in over if r.ended_at)]), over)


def speeches_of(meeting: Meeting, items: dict[int, ItemState], recesses: list[Recess], using: str) -> tuple[SpeechState, ...]:
    shown = (FloorRequest.State.WAITING, FloorRequest.State.SPEAKING, FloorRequest.State.DONE)
    found = meeting.floor_requests.using(using).filter(state__in=shown).select_related("participant", "bridge_point")
    return tuple(
        SpeechState(
            id=s.pk, item_id=s.item_id, participant_id=s.participant_id, bridge_point_id=s.bridge_point_id,
            name=s.who, office=s.office, bridge_point=s.bridge_point.short_name if s.bridge_point else "",
            state=s.state, given_at=s.given_at, ended_at=s.ended_at,
            running_since=_running_since(s.given_at, recesses), limit_minutes=items[s.item_id].speech_minutes,
        )
        for s in found.order_by("pk")
    )  # fmt: skip
