"""The rehearsal of the demonstration: all bridge points are checked together the day before, one of them a second time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from attendance.readiness.actions import begin_readiness, mark_readiness, sign_readiness
from attendance.readiness.models import Point, ReadinessCheck
from meetings.actions import set_clock
from meetings.models import BridgePoint, Meeting, Role
from meetings.procedure import Actor
from meetings.queries import actor_for

REHEARSAL = datetime.fromisoformat("2025-11-25T14:00:00+07:00")
MENDED = datetime.fromisoformat("2025-11-25T16:30:00+07:00")
FAULTY = "96"  # Cà Mau, whose line is lost in the walk
FAULT = "Đường truyền dự phòng không kết nối được"
MEANWHILE = "Hội nghị dùng đường truyền chính; thử lại đường dự phòng trong chiều nay."
TOLD_BY_TELEPHONE = "66"  # its operator has no line at that hour: the secretariat signs off on its behalf
WITHOUT_PRINTER = ("04", "11", "12")
AFTER = (12, 17, 24)  # minutes until a third of them each has gone through the list


def rehearse(meeting: Meeting, *, by: Actor, sites: dict[str, BridgePoint]) -> None:
    """Let each bridge point check its equipment in one rehearsal, which begins now; the clock goes on with it."""
    crew = _crew(meeting)
    runs = {code: begin_readiness(meeting, by=crew.get(site.pk, by), bridge_point=site) for code, site in sites.items()}
    for turn, minutes in enumerate(AFTER):
        set_clock(meeting, by=by, rate=1.0, base=REHEARSAL + timedelta(minutes=minutes))
        for code in list(sites)[turn :: len(AFTER)]:
            actor = by if code == TOLD_BY_TELEPHONE else crew.get(sites[code].pk, by)
            wrong = "backup_line" if code == FAULTY else ""
            _go_through(meeting, actor, runs[code], fault=wrong, without=["printer"] if code in WITHOUT_PRINTER else [])
    set_clock(meeting, by=by, rate=1.0, base=MENDED)
    actor = crew.get(sites[FAULTY].pk, by)
    second = begin_readiness(meeting, by=actor, bridge_point=sites[FAULTY])
    set_clock(meeting, by=by, rate=1.0, base=MENDED + timedelta(minutes=9))
    _go_through(meeting, actor, second)


def _crew(meeting: Meeting) -> dict[int, Actor]:
    """Return who checks each bridge point: its technician, else its operator."""
    staff = meeting.participants.filter(role__in=(Role.OPERATOR, Role.TECHNICIAN), person__user__isnull=False)
    rows = staff.select_related("person__user").order_by("role")
    return {p.bridge_point_id: actor_for(p.person.user, meeting) for p in rows if p.person and p.bridge_point_id}


def _go_through(meeting: Meeting, by: Actor, check: ReadinessCheck, *, fault: str = "", without: Sequence[str] = ()) -> None:
    if fault:
        mark_readiness(meeting, by=by, check=check, points=[fault], state="fault", note=FAULT)
    if without:
        mark_readiness(meeting, by=by, check=check, points=list(without), state="without")
    rest = [point for point in Point.values if point != fault and point not in without]
    mark_readiness(meeting, by=by, check=check, points=rest, state="good")
    sign_readiness(meeting, by=by, check=check, note=MEANWHILE if fault else "")
