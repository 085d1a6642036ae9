"""The programme of a meeting as plain values, as screens show them; its lines of speakers stand in speakers.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agenda.running.closed import Shut, nobody_in, shut_items
from agenda.timetable import Row, timetable
from live.speakers import running_since
from meetings.models import Meeting, Recess, Sitting


@dataclass(frozen=True)
class ItemState:
    """An item of the programme that is run: headings are not, their titles stand in `part`.

    `no`: its number (2.1), nothing for a break; `label`: what people say instead. `running_since`: its beginning, moved on
    by the recesses in it; `planned_from`: as the timetable had it when the meeting was opened; `sitting`: which one, from 0;
    `is_fixed`: it does not begin before that time; `ahead`: its rank among what was brought forward; `with_item`: the one it is
    dealt with together with. `is_hidden`: those who see this are out of it (veil.py). `list_closed`: its list of
    speakers takes nothing but points of order.
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
    list_closed: bool = False


def items_of(meeting: Meeting, sittings: list[Sitting], recesses: list[Recess], using: str) -> tuple[ItemState, ...]:
    rows = list(meeting.items.using(using).select_related("speakers").order_by("position"))
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
        running_since=running_since(i.opened_at, recesses), sitting=sitting, planned_from=i.planned_at or row.starts_at,
        planned_until=i.planned_until or row.ends_at, is_fixed=i.begins_at is not None, ahead=i.ahead, reason=i.reason,
        with_item=i.merged_into_id, in_camera=i.in_camera, has_secret_title=i.has_secret_title, version=i.version,
        list_closed=hasattr(i, "speakers") and i.speakers.is_closed,
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
