"""The focal point of Lào Cai registers ten, one comes back and is mended, all are approved, and one sends a substitute."""

from __future__ import annotations

import pytest

from attendance.models import AskedUnit
from meetings.hooks import fold_differences
from tests.attendance.registration.conftest import ask_for, limit, soon
from tests.cast import Clients, Room
from tests.knocking import knock

pytestmark = pytest.mark.django_db


def test_lao_cai_registers_ten_and_substitutes_one(room: Room, unit: AskedUnit, clients: Clients) -> None:
    ask_for(room.meeting, deadline=soon(), message="Đề nghị đăng ký đại biểu.")
    limit(unit, 10)

    def do(who: str, command: str, **fields: object) -> int:
        return knock(clients[who], room.meeting, command, **fields).status_code

    text = "\n".join(f"Đại biểu {n:02}\tChuyên viên" for n in range(1, 10))
    assert do("focal_point", "registrations.add", unit=unit, text=text, bridge_point=room.lao_cai) == 200
    assert do("focal_point", "registration.add", unit=unit, name="Đại biểu 10", mode="online") == 200
    assert do("focal_point", "registration.add", unit=unit, name="Đại biểu 11") == 409
    assert do("focal_point", "unit.complete", unit=unit) == 200
    tenth = unit.registrations.get(name="Đại biểu 10")
    assert do("secretary", "registrations.refuse", registrations=[tenth], refusal="Ghi rõ chức vụ.") == 200
    assert do("secretary", "registrations.approve", unit=unit) == 200
    tenth.refresh_from_db()
    mended = {"registration": tenth, "version": tenth.version, "name": tenth.name, "position": "Phó Trưởng phòng"}
    assert do("focal_point", "registration.edit", **mended, mode="online") == 200
    assert do("focal_point", "registrations.send", unit=unit) == 200
    assert do("secretary", "registrations.approve", everybody="on") == 200
    theirs = room.meeting.participants.filter(registration__unit=unit)
    assert (theirs.count(), theirs.get(name="Đại biểu 10").mode, theirs.get(name="Đại biểu 10").position) == (
        10, "online", "Phó Trưởng phòng",
    )  # fmt: skip

    first = theirs.get(name="Đại biểu 01")
    body = {"unit": unit, "kind_of_line": "substitute", "concerns": first, "name": "Đại biểu 12", "position": "Chuyên viên"}
    assert do("focal_point", "registration.add", **body, bridge_point=room.lao_cai) == 200
    assert do("focal_point", "unit.complete", unit=unit) == 200
    assert do("secretary", "registrations.approve", unit=unit) == 200
    first.refresh_from_db()
    unit.refresh_from_db()
    assert (first.is_excused, first.substitute.name, unit.stage) == (True, "Đại biểu 12", "complete")
    assert fold_differences(room.meeting) == []
