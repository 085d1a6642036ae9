"""The secretariat asks units, changes what it asks, extends, reminds, and asks no more."""

from __future__ import annotations

import json

import pytest

from attendance.models import AskedUnit
from attendance.registration import actions
from mailing.models import Letter
from meetings.actions.groups import add_group
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.procedure import Actor
from meetings.queries import actor_for
from people.models import Organisation
from tests.attendance.registration.conftest import ask_for, soon
from tests.cast import Cast, Clients, Room
from tests.knocking import knock
from tests.make import make_asked_unit, make_registration, the_secretariat

pytestmark = pytest.mark.django_db


def provinces() -> list[Organisation]:
    return list(Organisation.objects.filter(kind="province"))


def test_all_provinces_are_asked_in_one_step_and_who_was_asked_stays(room: Room, unit: AskedUnit, clients: Clients) -> None:
    answer = knock(clients["secretary"], room.meeting, "units.ask", whom="provinces", quota=10)
    assert answer.status_code == 200, answer.content
    assert room.meeting.asked_units.count() == 34
    assert room.meeting.asked_units.filter(quota=10).count() == 33
    assert len(room.meeting.journal.entries.get(kind="units.asked", payload__units__1__quota=10).payload["units"]) == 33
    again = knock(clients["secretary"], room.meeting, "units.ask", whom="provinces")
    assert (again.status_code, bool(again.json()["reason"])) == (409, True)
    assert fold_differences(room.meeting) == []


def test_one_unit_must_be_named(room: Room, clients: Clients) -> None:
    answer = knock(clients["secretary"], room.meeting, "units.ask", whom="one")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"organisation"})
    lang_son = Organisation.objects.get(short_name="Lạng Sơn")
    assert knock(clients["secretary"], room.meeting, "units.ask", whom="one", organisation=lang_son).status_code == 200
    assert room.meeting.asked_units.filter(organisation=lang_son).exists()


def test_who_is_asked_no_more_loses_the_page_and_may_be_asked_again(
    room: Room, unit: AskedUnit, cast: Cast, clients: Clients
) -> None:
    made = make_registration(unit)
    actions.withdraw_units(room.meeting, by=the_secretariat(), units=[unit])
    assert not actor_for(cast["focal_point"], room.meeting).abilities
    assert clients["focal_point"].get(f"/m/{room.meeting.slug}/my-unit/").status_code == 404
    again = make_asked_unit(room.meeting, "Lào Cai", quota=3)
    assert (again.pk, again.quota, list(again.registrations.all())) == (unit.pk, 3, [made])
    assert again.stage == "answering"
    assert fold_differences(room.meeting) == []


def test_places_of_groups_are_kept_with_the_unit(room: Room, unit: AskedUnit, clients: Clients) -> None:
    group = add_group(room.meeting, by=the_secretariat(), name="Đại biểu chính thức")
    body = {"unit": unit, "quota": 5, f"places_{group.pk}": 2, "bridge_point": room.lao_cai, "deadline": "2099-01-01T08:00"}
    assert knock(clients["secretary"], room.meeting, "unit.edit", **body).status_code == 200
    unit.refresh_from_db()
    assert (unit.quota, [(q.group, q.places) for q in unit.group_quotas.all()]) == (5, [(group, 2)])
    assert room.meeting.journal.entries.last().payload["groups"] == [["Đại biểu chính thức", 2]]
    assert fold_differences(room.meeting) == []


def test_a_deadline_that_is_over_is_no_extension(room: Room, unit: AskedUnit) -> None:
    by = the_secretariat()
    with pytest.raises(OutOfOrder):
        actions.extend_units(room.meeting, by=by, units=[unit], until=soon(-1))
    actions.extend_units(room.meeting, by=by, units=[unit], until=soon(2))
    unit.refresh_from_db()
    assert unit.deadline is not None


def test_a_reminder_goes_to_who_still_owes_an_answer_and_has_an_address(room: Room, unit: AskedUnit, cast: Cast) -> None:
    by, other = the_secretariat(), make_asked_unit(room.meeting, "Cà Mau")
    ask_for(room.meeting, deadline=soon())
    assert actions.remind_units(room.meeting, by=by, units=[unit, other]) == 0
    cast["focal_point"].person.email = "dau.moi@example.vn"
    cast["focal_point"].person.save()
    assert actions.remind_units(room.meeting, by=by, units=[unit, other]) == 1
    letter = Letter.objects.get()
    assert letter.to == "dau.moi@example.vn"
    assert "Tỉnh ủy Lào Cai" in letter.text
    assert f"/m/{room.meeting.slug}/my-unit/" in letter.text
    actions.complete_unit(room.meeting, by=by, unit=unit, nobody=True)
    with pytest.raises(OutOfOrder):
        actions.remind_units(room.meeting, by=by, units=[unit])
    assert "example.vn" not in json.dumps(list(room.meeting.journal.entries.values_list("payload", flat=True)))


def test_many_are_chosen_by_what_the_board_finds(room: Room, unit: AskedUnit, clients: Clients) -> None:
    make_asked_unit(room.meeting, "Cà Mau")
    make_asked_unit(room.meeting, "Hà Tĩnh")
    body = {"found": "on", "q": "ca mau", "until": "2099-01-01T08:00"}
    assert knock(clients["secretary"], room.meeting, "units.extend", **body).status_code == 200
    assert [u.organisation.short_name for u in room.meeting.asked_units.exclude(deadline=None)] == ["Cà Mau"]
    assert knock(clients["secretary"], room.meeting, "units.extend", until="2099-01-01T08:00").status_code == 400


def test_a_focal_point_asks_nobody(room: Room, unit: AskedUnit, focal: Actor) -> None:
    for act in (
        lambda: actions.ask_units(room.meeting, by=focal, organisations=provinces()),
        lambda: actions.edit_unit(room.meeting, by=focal, unit=unit, quota=99, places={}, bridge_point=None, deadline=None),
        lambda: actions.extend_units(room.meeting, by=focal, units=[unit], until=soon()),
        lambda: actions.withdraw_units(room.meeting, by=focal, units=[unit]),
    ):
        with pytest.raises(NotAllowed):
            act()
