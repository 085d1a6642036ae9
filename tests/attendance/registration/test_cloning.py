"""Units and their places go along when a meeting is cloned; answers, deadlines and wishes do not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from attendance.models import AskedUnit
from attendance.registration import actions, answers
from meetings.actions import NewSitting, clone_meeting
from meetings.actions.groups import add_group
from meetings.hooks import fold_differences
from meetings.models import Meeting
from tests.attendance.registration.conftest import ask_for, soon
from tests.cast import Room
from tests.make import START, make_asked_unit, make_organisation, make_registration, the_secretariat

pytestmark = pytest.mark.django_db


def clone(room: Room, *parts: str) -> Meeting:
    sittings = [NewSitting(START + timedelta(days=365), None, "", room.meeting.sittings.get().pk)]
    return clone_meeting(
        by=the_secretariat(), source=room.meeting, title="Hội nghị năm sau", organiser=make_organisation(), mode="hybrid",
        place="Hà Nội", sittings=sittings, parts=parts,
    )  # fmt: skip


def test_units_and_places_go_along_and_answers_do_not(room: Room, unit: AskedUnit) -> None:
    by, group = the_secretariat(), add_group(room.meeting, by=the_secretariat(), name="Chính thức")
    ask_for(room.meeting, deadline=soon(), asks_phone=True, message="Đề nghị đăng ký.")
    actions.edit_unit(room.meeting, by=by, unit=unit, quota=7, places={group: 2}, bridge_point=room.lao_cai, deadline=soon())
    make_registration(unit, sent=True)
    actions.request_change(room.meeting, by=by, unit=unit, wish="Bổ sung")
    gone = make_asked_unit(room.meeting, "Cà Mau")
    actions.withdraw_units(room.meeting, by=by, units=[gone])
    new = clone(room, "bridge_points", "groups", answers.PART)
    (copy,) = new.asked_units.all()
    assert (copy.organisation, copy.quota, copy.stage, copy.deadline, copy.wish) == (unit.organisation, 7, "waiting", None, "")
    assert [(q.group.name, q.places) for q in copy.group_quotas.all()] == [("Chính thức", 2)]
    assert copy.bridge_point is not None
    assert (copy.bridge_point.meeting, copy.bridge_point.name) == (new, room.lao_cai.name)
    assert not new.registrations.exists()
    assert (new.registration_terms.deadline, new.registration_terms.asks_phone) == (None, True)
    assert fold_differences(new) == []
    assert not clone(room, "bridge_points").asked_units.exists()
