"""Approved lines become participants, stand in or are excused; refused ones go back with a reason, are mended and sent again."""

from __future__ import annotations

import json

import pytest

from attendance.models import AskedUnit, Registration
from attendance.registration import actions, queries
from attendance.registration.actions import Line
from meetings.actions import remove_participant
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.procedure import Actor
from tests.attendance.registration.conftest import ask_for, limit
from tests.cast import Clients, Room
from tests.knocking import knock
from tests.make import make_registration, the_secretariat

pytestmark = pytest.mark.django_db


def stage(unit: AskedUnit) -> str:
    unit.refresh_from_db()
    return unit.stage


def sent(room: Room, unit: AskedUnit, *names: str) -> list[Registration]:
    made = [make_registration(unit, name) for name in names]
    actions.send_registrations(room.meeting, by=the_secretariat(), unit=unit)
    return made


def test_a_list_is_approved_in_one_step_with_one_fact(room: Room, unit: AskedUnit, clients: Clients) -> None:
    sent(room, unit, "Người Một", "Người Hai", "Người Ba")
    assert stage(unit) == "sent"
    before = room.meeting.journal.entries.count()
    assert knock(clients["secretary"], room.meeting, "registrations.approve", unit=unit).status_code == 200
    kinds = list(room.meeting.journal.entries.filter(number__gt=before).values_list("kind", flat=True))
    assert kinds == ["participants.added", "registrations.approved"]
    made = room.meeting.participants.filter(registration__unit=unit)
    assert {(p.name, p.organisation, p.role) for p in made} == {
        (name, unit.organisation, "delegate") for name in ("Người Một", "Người Hai", "Người Ba")
    }
    assert stage(unit) == "approved"
    assert (
        knock(
            clients["secretary"], room.meeting, "registrations.approve", registrations=list(unit.registrations.all())
        ).status_code
        == 409
    )
    assert fold_differences(room.meeting) == []


def test_one_is_refused_mended_and_sent_again(room: Room, unit: AskedUnit, focal: Actor) -> None:
    by = the_secretariat()
    one, two = sent(room, unit, "Người Một", "Người Hai")
    actions.complete_unit(room.meeting, by=focal, unit=unit)
    actions.refuse_registrations(room.meeting, by=by, registrations=[one], refusal="Ghi rõ chức vụ.")
    one.refresh_from_db()
    assert (one.state, one.refusal, stage(unit), unit.answer) == ("refused", "Ghi rõ chức vụ.", "refused", "")
    with pytest.raises(OutOfOrder):
        actions.approve_registrations(room.meeting, by=by, registrations=[one, two])
    two.refresh_from_db()
    assert two.state == "sent"
    line = Line(name="Người Một", position="Trưởng phòng Tổng hợp")
    actions.edit_registration(room.meeting, by=focal, registration=one, version=one.version, line=line)
    actions.complete_unit(room.meeting, by=focal, unit=unit)
    assert actions.approve_registrations(room.meeting, by=by, registrations=list(unit.registrations.all())) == 2
    assert stage(unit) == "complete"
    told = json.dumps(list(room.meeting.journal.entries.values_list("payload", flat=True)), ensure_ascii=False)
    assert "Ghi rõ" not in told
    assert fold_differences(room.meeting) == []


def test_a_substitute_takes_the_place_of_the_other(room: Room, unit: AskedUnit) -> None:
    limit(unit, 1)
    by = the_secretariat()
    actions.approve_registrations(room.meeting, by=by, registrations=sent(room, unit, "Người Một"))
    first = room.meeting.participants.get(name="Người Một")
    stand_in = make_registration(unit, "Người Thay", kind="substitute", concerns=first, sent=True)
    actions.approve_registrations(room.meeting, by=by, registrations=[stand_in])
    first.refresh_from_db()
    second = room.meeting.participants.get(name="Người Thay")
    assert (first.is_excused, second.substitute_for, queries.places_of(unit)[0].used) == (True, first, 1)
    with pytest.raises(OutOfOrder):
        make_registration(unit, "Người Hai")
    assert fold_differences(room.meeting) == []


def test_who_is_excused_frees_the_place(room: Room, unit: AskedUnit) -> None:
    limit(unit, 1)
    by = the_secretariat()
    actions.approve_registrations(room.meeting, by=by, registrations=sent(room, unit, "Người Một"))
    first = room.meeting.participants.get(name="Người Một")
    excused = make_registration(unit, kind="excuse", concerns=first, reason="Đi công tác nước ngoài", sent=True)
    assert excused.name == "Người Một"
    with pytest.raises(OutOfOrder):
        remove_participant(room.meeting, by=by, participant=first)
    actions.approve_registrations(room.meeting, by=by, registrations=[excused])
    first.refresh_from_db()
    assert first.is_excused
    assert make_registration(unit, "Người Hai")
    told = json.dumps(list(room.meeting.journal.entries.values_list("payload", flat=True)), ensure_ascii=False)
    assert "nước ngoài" not in told
    assert fold_differences(room.meeting) == []


def test_contacts_go_to_the_directory_and_fill_in_what_it_lacks(room: Room, unit: AskedUnit) -> None:
    ask_for(room.meeting, asks_email=True)
    made = make_registration(unit, "Người Một", email="mot@example.vn", sent=True)
    actions.approve_registrations(room.meeting, by=the_secretariat(), registrations=[made])
    person = room.meeting.participants.get(name="Người Một").person
    made.refresh_from_db()
    assert (person.email, made.email, made.person) == ("mot@example.vn", "", person)


def test_who_was_put_on_the_list_meanwhile_stops_the_approval_whole(room: Room, unit: AskedUnit) -> None:
    one = make_registration(
        unit, "Người Một", person=room.people["ha_tinh"].person.__class__.objects.create(full_name="Người Một")
    )
    (two,) = sent(room, unit, "Người Hai")

    room.meeting.participants.create(person=one.person, name="Người Một")
    with pytest.raises(OutOfOrder):
        actions.approve_registrations(room.meeting, by=the_secretariat(), registrations=[one, two])
    assert not room.meeting.participants.filter(name="Người Hai").exists()
