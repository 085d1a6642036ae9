"""Registration in the demonstration: the 34 provinces are asked; most are complete, two are late, one has a line to mend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from attendance.models import AskedUnit
from attendance.registration.actions import (
    Line,
    add_registrations,
    approve_registrations,
    ask_units,
    complete_unit,
    extend_units,
    refuse_registrations,
    request_change,
    resume_unit,
    send_registrations,
    set_terms,
)
from demo.accounts import ensure_account
from meetings.actions import NewParticipant, add_participants
from meetings.models import Meeting, Participant, Role
from meetings.procedure import Actor
from people.models import Organisation, User

ANSWERING, LATE, WISHING = "15", ("92", "96"), "40"  # Lào Cai; Cần Thơ and Cà Mau; Nghệ An
PLACES = 12
DEADLINE, EXTENDED = "2025-11-24T17:00:00+07:00", "2025-11-26T17:00:00+07:00"
MESSAGE = (
    "Đề nghị Văn phòng tỉnh ủy, thành ủy đăng ký đại biểu dự Hội nghị tại điểm cầu của địa phương: lãnh đạo Văn phòng và các "
    "trưởng phòng. Mỗi đơn vị không quá 12 đại biểu. Danh sách gửi trước 17 giờ ngày 24/11/2025."
)
FOCAL_POINTS = (("focal-15", "15", "Đầu mối đăng ký Lào Cai"), ("focal-96", "96", "Đầu mối đăng ký Cà Mau"))


def register(meeting: Meeting, *, by: Actor, participants: Sequence[NewParticipant]) -> None:
    """Put people on the meeting's list: delegates of the provinces as their units have registered them, all others at once."""
    lists: dict[Organisation, list[NewParticipant]] = defaultdict(list)
    others = []
    for one in participants:
        unit = _province(one)
        if unit is None:
            others.append(one)
        else:
            lists[unit].append(one)
    add_participants(meeting, by=by, participants=others)
    units = _ask(meeting, by)
    for organisation, people in lists.items():
        asked = units[organisation.code]
        add_registrations(meeting, by=by, unit=asked, lines=[_line(one) for one in people])
        complete_unit(meeting, by=by, unit=asked)
    approve_registrations(meeting, by=by, registrations=list(meeting.registrations.order_by("pk")))
    _unfinished(meeting, by, units)


def _province(one: NewParticipant) -> Organisation | None:
    """Return the province that registers somebody; nothing for those whom the secretariat enters."""
    unit = one.bridge_point.organisation if one.bridge_point else None
    is_theirs = unit is not None and unit.kind == Organisation.Kind.PROVINCE and one.role == Role.DELEGATE
    return unit if unit is not None and is_theirs and unit.code not in LATE else None


def _ask(meeting: Meeting, by: Actor) -> dict[str, AskedUnit]:
    deadline = datetime.fromisoformat(DEADLINE)
    set_terms(meeting, by=by, deadline=deadline, message=MESSAGE, asks_phone=False, asks_email=False, asks_needs=False)
    provinces = Organisation.objects.filter(kind=Organisation.Kind.PROVINCE).order_by("code")
    asked = ask_units(meeting, by=by, organisations=list(provinces), quota=PLACES)
    for username, code, name in FOCAL_POINTS:
        unit = next(unit.organisation for unit in asked if unit.organisation.code == code)
        ensure_account(username, name=name, office_role=User.OfficeRole.FOCAL_POINT, organisation=unit)
    return {unit.organisation.code: unit for unit in asked}


def _line(one: NewParticipant) -> Line:
    unit: Any = one.organisation
    return Line(
        name=one.name, position=one.position, unit_name=one.unit or unit.name, person=one.person, organisation=unit,
        bridge_point=one.bridge_point, mode=Participant.Mode.IN_PERSON,
    )  # fmt: skip


def _unfinished(meeting: Meeting, by: Actor, units: dict[str, AskedUnit]) -> None:
    """Let Lào Cai go on, with a refused line and one not sent yet; let Nghệ An ask for a change after the deadline."""
    lao_cai = units[ANSWERING]
    extend_units(meeting, by=by, units=[lao_cai], until=datetime.fromisoformat(EXTENDED))
    office = f"Văn phòng {lao_cai.organisation.name}"
    site: dict[str, Any] = {"bridge_point": lao_cai.bridge_point, "organisation": lao_cai.organisation, "unit_name": office}
    resume_unit(meeting, by=by, unit=lao_cai)
    (refused,) = add_registrations(meeting, by=by, unit=lao_cai, lines=[Line(name="Đại biểu 15-90", position="Cán bộ", **site)])
    send_registrations(meeting, by=by, unit=lao_cai)
    refuse_registrations(meeting, by=by, registrations=[refused], refusal="Đề nghị ghi rõ chức vụ và phòng công tác.")
    add_registrations(meeting, by=by, unit=lao_cai, lines=[Line(name="Đại biểu 15-91", position="Chuyên viên tổng hợp", **site)])
    request_change(meeting, by=by, unit=units[WISHING], wish="Đề nghị bổ sung 01 đại biểu phụ trách cơ yếu.")
