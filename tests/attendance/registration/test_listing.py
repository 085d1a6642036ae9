"""A unit's list: who may write it, how many, until when; nothing is overwritten silently."""

from __future__ import annotations

import json

import pytest

from attendance.models import AskedUnit, Registration
from attendance.registration import actions
from attendance.registration.actions import Line
from meetings.actions.groups import add_group
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Participant
from meetings.procedure import Actor
from people.models import Organisation, Person
from tests.attendance.registration.conftest import ask_for, limit, soon
from tests.cast import Cast, Clients, Room
from tests.knocking import knock
from tests.make import actor_of, make_asked_unit, make_participant, make_registration, the_secretariat

pytestmark = pytest.mark.django_db


def add(room: Room, by: Actor, unit: AskedUnit, name: str, kind: str = "attend", **kw: object) -> Registration:
    return actions.add_registration(room.meeting, by=by, unit=unit, kind=kind, line=Line(name=name, **kw))  # type: ignore[arg-type]


def test_a_focal_point_writes_the_list_of_its_own_unit_only(room: Room, unit: AskedUnit, focal: Actor) -> None:
    made = add(room, focal, unit, "Lò Văn Một")
    assert (made.state, made.changed_by) == ("draft", focal.name)
    other = make_asked_unit(room.meeting, "Cà Mau")
    theirs = make_registration(other)
    with pytest.raises(NotAllowed):
        add(room, focal, other, "Kẻ Lạ")
    with pytest.raises(NotAllowed):
        actions.edit_registration(room.meeting, by=focal, registration=theirs, version=1, line=Line(name="Đổi Tên"))
    with pytest.raises(NotAllowed):
        actions.remove_registration(room.meeting, by=focal, registration=theirs, version=1)
    with pytest.raises(NotAllowed):
        actions.complete_unit(room.meeting, by=focal, unit=other)
    with pytest.raises(NotAllowed):
        actions.approve_registrations(room.meeting, by=focal, registrations=[made])


def test_the_office_of_a_committee_speaks_for_the_committee_but_a_commune_does_not(
    room: Room, unit: AskedUnit, cast: Cast
) -> None:
    office = Organisation.objects.create(parent=unit.organisation, kind="department", name="Văn phòng Tỉnh ủy", short_name="VP")
    commune = Organisation.objects.create(parent=unit.organisation, kind="commune", code="02647", name="Xã A", short_name="A")
    user = cast["focal_point"]
    user.organisation = office
    assert add(room, actor_of(room.meeting, user), unit, "Lò Văn Một")
    user.organisation = commune
    assert not actor_of(room.meeting, user).abilities


def test_a_quota_is_never_exceeded_and_the_secretariat_is_bound_by_it_too(room: Room, unit: AskedUnit, focal: Actor) -> None:
    limit(unit, 2)
    first = add(room, focal, unit, "Người Một")
    add(room, focal, unit, "Người Hai")
    for by in (focal, the_secretariat()):
        with pytest.raises(OutOfOrder):
            add(room, by, unit, "Người Ba")
    actions.edit_registration(room.meeting, by=focal, registration=first, version=1, line=Line(name="Người Một Sửa"))
    actions.remove_registration(room.meeting, by=focal, registration=first, version=2)
    add(room, focal, unit, "Người Ba")
    assert fold_differences(room.meeting) == []


def test_a_group_has_its_own_places(room: Room, unit: AskedUnit, focal: Actor) -> None:
    group = add_group(room.meeting, by=the_secretariat(), name="Chính thức")
    places = {group: 1}
    actions.edit_unit(room.meeting, by=the_secretariat(), unit=unit, quota=5, places=places, bridge_point=None, deadline=None)
    add(room, focal, unit, "Người Một", group=group)
    with pytest.raises(OutOfOrder):
        add(room, focal, unit, "Người Hai", group=group)
    other = add(room, focal, unit, "Người Hai")
    with pytest.raises(OutOfOrder):
        actions.edit_registration(room.meeting, by=focal, registration=other, version=1, line=Line(name="Người Hai", group=group))


def test_a_stale_form_is_refused_with_a_sentence(room: Room, unit: AskedUnit, focal: Actor, clients: Clients) -> None:
    made = add(room, focal, unit, "Lò Văn Một")
    body = {"registration": made, "version": made.version, "name": "Lò Văn Hai", "position": "Trưởng phòng"}
    assert knock(clients["focal_point"], room.meeting, "registration.edit", **body).status_code == 200
    answer = knock(clients["focal_point"], room.meeting, "registration.edit", **body | {"name": "Lò Văn Ba"})
    assert answer.status_code == 409
    assert focal.name in answer.json()["reason"]
    made.refresh_from_db()
    assert (made.name, made.version) == ("Lò Văn Hai", 2)
    assert knock(clients["focal_point"], room.meeting, "registration.remove", registration=made, version=1).status_code == 409


def test_after_the_deadline_only_the_secretariat_changes_a_list_until_it_grants_a_wish(
    room: Room, unit: AskedUnit, focal: Actor
) -> None:
    made, by = add(room, focal, unit, "Lò Văn Một"), the_secretariat()
    ask_for(room.meeting, deadline=soon(-1))
    for act in (
        lambda: add(room, focal, unit, "Muộn"),
        lambda: actions.edit_registration(room.meeting, by=focal, registration=made, version=1, line=Line(name="Muộn")),
        lambda: actions.remove_registration(room.meeting, by=focal, registration=made, version=1),
        lambda: actions.send_registrations(room.meeting, by=focal, unit=unit),
        lambda: actions.complete_unit(room.meeting, by=focal, unit=unit),
    ):
        with pytest.raises(OutOfOrder):
            act()
    assert add(room, by, unit, "Do Văn phòng nhập")
    actions.request_change(room.meeting, by=focal, unit=unit, wish="Đồng chí A đi công tác.")
    actions.decline_change(room.meeting, by=by, unit=unit, answer="Danh sách đã in.")
    with pytest.raises(OutOfOrder):
        actions.grant_change(room.meeting, by=by, unit=unit, until=soon())
    actions.request_change(room.meeting, by=focal, unit=unit, wish="Xin bổ sung một người.")
    actions.grant_change(room.meeting, by=by, unit=unit, until=soon())
    assert add(room, focal, unit, "Kịp")
    told = json.dumps(list(room.meeting.journal.entries.values_list("payload", flat=True)), ensure_ascii=False)
    assert "công tác" not in told
    assert "đã in" not in told
    assert fold_differences(room.meeting) == []


def test_a_list_is_sent_as_one_and_declared_complete(room: Room, unit: AskedUnit, focal: Actor) -> None:
    add(room, focal, unit, "Người Một")
    add(room, focal, unit, "Người Hai")
    assert actions.send_registrations(room.meeting, by=focal, unit=unit) == 2
    with pytest.raises(OutOfOrder):
        actions.send_registrations(room.meeting, by=focal, unit=unit)
    add(room, focal, unit, "Người Ba")
    actions.complete_unit(room.meeting, by=focal, unit=unit)
    unit.refresh_from_db()
    assert (unit.answer, unit.stage, set(unit.registrations.values_list("state", flat=True))) == ("complete", "sent", {"sent"})
    with pytest.raises(OutOfOrder):
        add(room, focal, unit, "Người Bốn")
    actions.resume_unit(room.meeting, by=focal, unit=unit)
    assert add(room, focal, unit, "Người Bốn")
    assert fold_differences(room.meeting) == []


def test_who_sends_nobody_has_nobody_on_the_list(room: Room, unit: AskedUnit, focal: Actor) -> None:
    made = add(room, focal, unit, "Người Một")
    with pytest.raises(OutOfOrder):
        actions.complete_unit(room.meeting, by=focal, unit=unit, nobody=True)
    actions.remove_registration(room.meeting, by=focal, registration=made, version=1)
    actions.complete_unit(room.meeting, by=focal, unit=unit, nobody=True)
    unit.refresh_from_db()
    assert unit.stage == "nobody"


def test_the_same_name_twice_is_asked_about_whatever_way_it_was_typed(
    room: Room, unit: AskedUnit, focal: Actor, clients: Clients
) -> None:
    add(room, focal, unit, "Hoàng Thị Thuỷ")
    body = {"unit": unit, "name": "  Hoa\u0300ng\u00a0Thị Thủy "}  # NFD, a space that does not break, the other spelling
    answer = knock(clients["focal_point"], room.meeting, "registration.add", **body)
    assert answer.status_code == 409
    assert "Hoàng Thị Thuỷ" in answer.json()["reason"]
    assert knock(clients["focal_point"], room.meeting, "registration.add", **body | {"is_another": "on"}).status_code == 200
    assert unit.registrations.latest("pk").name == "Hoàng Thị Thủy"


def test_a_person_is_registered_once_in_the_whole_meeting(room: Room, unit: AskedUnit, focal: Actor) -> None:
    person = Person.objects.create(full_name="Lò Văn Một")
    add(room, focal, unit, "Lò Văn Một", person=person)
    other = make_asked_unit(room.meeting, "Cà Mau")
    with pytest.raises(OutOfOrder):
        add(room, the_secretariat(), other, "Lò Văn Một", person=person)
    seated = make_participant(room.meeting, "Đã Có Mặt")
    with pytest.raises(OutOfOrder):
        add(room, the_secretariat(), other, "Đã Có Mặt", person=seated.person)


def test_only_what_is_asked_is_kept_of_a_person(room: Room, unit: AskedUnit, clients: Clients) -> None:
    body = {"unit": unit, "phone": "0912345678", "email": "a@example.vn", "needs": "xe lăn"}
    assert knock(clients["focal_point"], room.meeting, "registration.add", name="Người Một", **body).status_code == 200
    assert list(unit.registrations.values_list("phone", "email", "needs")) == [("", "", "")]
    ask_for(room.meeting, asks_phone=True)
    assert knock(clients["focal_point"], room.meeting, "registration.add", name="Người Hai", **body).status_code == 200
    assert list(unit.registrations.filter(name="Người Hai").values_list("phone", "email", "needs")) == [("0912345678", "", "")]
    assert "0912345678" not in json.dumps(list(room.meeting.journal.entries.values_list("payload", flat=True)))


def test_a_unit_s_people_sit_in_its_own_halls_or_the_central_one(room: Room, unit: AskedUnit, clients: Clients) -> None:
    def at(site: object) -> int:
        return knock(
            clients["focal_point"], room.meeting, "registration.add", unit=unit, name=f"Ở {site}", bridge_point=site
        ).status_code

    assert [at(room.sites[0]), at(room.lao_cai), at(room.sites[2])] == [200, 200, 400]


def test_only_one_s_own_people_are_excused_or_replaced(room: Room, unit: AskedUnit, clients: Clients) -> None:
    def excuse(whom: Participant, reason: str = "Đi công tác") -> int:
        body = {"unit": unit, "kind_of_line": "excuse", "concerns": whom, "reason": reason}
        return knock(clients["focal_point"], room.meeting, "registration.add", **body).status_code

    assert excuse(room.people["ca_mau"]) == 400
    assert excuse(room.people["delegate"], "") == 400
    assert excuse(room.people["delegate"]) == 200
    assert excuse(room.people["delegate"]) == 409
    payload = room.meeting.journal.entries.get(kind="registration.added").payload
    assert (payload["what"], payload["name"]) == ("excuse", "Giàng A Đại")
    assert "công tác" not in json.dumps(payload, ensure_ascii=False)


@pytest.mark.parametrize("text", ["\0", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "a" * 5000, "🌾", "' OR 1=1 --", " "])
def test_whatever_is_typed_is_kept_as_text_or_refused(text: str, room: Room, unit: AskedUnit, clients: Clients) -> None:
    fields = {
        "name": text,
        "position": text,
        "unit_name": text,
        "bridge_point": text,
        "group": text,
        "mode": text,
        "person": text,
    }
    answer = knock(clients["focal_point"], room.meeting, "registration.add", unit=unit, **fields)
    assert answer.status_code == 400
    answer = knock(clients["focal_point"], room.meeting, "registration.add", unit=unit, name="Tên", position=text)
    assert answer.status_code in (200, 400)
    page = clients["focal_point"].get(f"/m/{room.meeting.slug}/registration/{unit.pk}/")
    assert b"<script>alert" not in page.content
