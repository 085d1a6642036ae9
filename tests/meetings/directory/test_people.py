"""People and their positions over time: what changes in the directory never changes what meetings said."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from meetings.actions import NewParticipant, add_participants
from meetings.directory import actions
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.journal import office_journal
from meetings.models import JournalEntry
from meetings.procedure import Actor
from people.models import Organisation, Person, Position
from tests.cast import Clients, Room
from tests.make import make_participants, make_user

pytestmark = pytest.mark.django_db


def province(name: str = "Lào Cai") -> Organisation:
    return Organisation.objects.get(kind="province", short_name=name)


def facts() -> list[tuple[str, dict[str, Any]]]:
    entries = JournalEntry.objects.filter(journal_id=office_journal()).order_by("number")
    return list(entries.values_list("kind", "payload"))


def test_a_person_holds_several_positions_over_time(by: Actor) -> None:
    one = actions.add_person(by=by, full_name="Giàng A Đại", title="Phó Bí thư", organisation=province(), since=date(2021, 1, 1))
    actions.add_position(by=by, person=one, organisation=province("Sơn La"), title="Ủy viên", since=date(2023, 5, 1))
    actions.add_position(by=by, person=one, organisation=province(), title="Bí thư", since=date(2025, 7, 1), ends_earlier=True)
    held = {(p.title, p.since, p.until) for p in one.positions.all()}
    assert held == {
        ("Phó Bí thư", date(2021, 1, 1), date(2025, 6, 30)),
        ("Ủy viên", date(2023, 5, 1), None),
        ("Bí thư", date(2025, 7, 1), None),
    }
    assert facts()[-1][1]["ended"] == 1
    with pytest.raises(OutOfOrder, match="first day of the new position"):
        actions.add_position(by=by, person=one, organisation=province(), title="X", ends_earlier=True)


def test_a_new_title_changes_no_past_participant_and_no_paper(by: Actor, room: Room) -> None:
    one = actions.add_person(by=by, full_name="Giàng A Đại", title="Phó Bí thư", organisation=province())
    seat = make_participants(room.meeting, ["Giàng A Đại"], position="Phó Bí thư", organisation=province(), person=one)[0]
    before = list(room.meeting.journal.entries.values_list("hash", flat=True))
    position = one.positions.get()
    actions.edit_position(by=by, position=position, organisation=province("Sơn La"), title="Bí thư", since=None, until=None)
    actions.edit_person(by=by, person=one, full_name="Giàng A Đại Lớn", email="", phone="")
    actions.edit_organisation(
        by=by, organisation=province(), data=actions.NewOrganisation("Tỉnh ủy Lào Cai mới", "Lào Cai", "province", code="15")
    )
    seat.refresh_from_db()
    assert (seat.name, seat.position, seat.unit) == ("Giàng A Đại", "Phó Bí thư", "Tỉnh ủy Lào Cai")
    assert list(room.meeting.journal.entries.values_list("hash", flat=True)) == before
    assert fold_differences(room.meeting) == []


def test_contact_data_stand_in_no_fact_and_no_log(by: Actor, ask: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    contact = {"email": "dai@example.vn", "phone": "0912 345 678"}
    assert ask("person.add", full_name="Giàng A Đại", **contact).status_code == 200
    one = Person.objects.get(full_name="Giàng A Đại")
    assert ask("person.edit", person=one, full_name="Giàng A Đại", email="b@example.vn", phone="0987").status_code == 200
    assert ask("contact.erase", person=one).status_code == 200
    said = json.dumps([payload for _kind, payload in facts()]) + caplog.text
    assert "example" not in said
    assert "0912" not in said
    assert "0987" not in said
    one.refresh_from_db()
    assert (one.email, one.phone) == ("", "")
    assert [kind for kind, _payload in facts()][-3:] == ["person.added", "person.edited", "contact.erased"]
    with pytest.raises(OutOfOrder, match="Không lưu thông tin liên hệ"):
        actions.erase_contact(by=by, person=one)


def test_who_is_there_already_is_not_entered_twice_unawares(by: Actor) -> None:
    actions.add_person(by=by, full_name="Lê Văn An", title="Ủy viên", organisation=province())
    with pytest.raises(OutOfOrder, match="already"):
        actions.add_person(by=by, full_name="lê văn ân".title(), organisation=province())
    with pytest.raises(OutOfOrder, match="already"):
        actions.add_person(by=by, full_name="Lê Văn An")
    actions.add_person(by=by, full_name="Lê Văn An", organisation=province("Sơn La"))
    actions.add_person(by=by, full_name="Lê Văn An", organisation=province(), is_another=True)
    assert Person.objects.filter(full_name="Lê Văn An").count() == 3


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"full_name": ""}, {"full_name"}),
        ({"full_name": "A" * 200}, {"full_name"}),
        ({"full_name": "\0\u200b"}, {"full_name"}),
        ({"full_name": "A", "email": "no mail"}, {"email"}),
        ({"full_name": "A", "phone": "<script>"}, {"phone"}),
        ({"full_name": "A", "title": "Bí thư"}, {"organisation"}),
        ({"full_name": "A", "organisation": "Không có"}, {"organisation"}),
        ({"full_name": "A", "since": "32/13/2025"}, {"since"}),
    ],
)
def test_what_is_typed_badly_is_named_at_its_field(ask: Any, fields: dict[str, str], faults: set[str]) -> None:
    answer = ask("person.add", **fields)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, faults)
    assert not Person.objects.filter(full_name__startswith="A").exists()


def test_a_position_ends_after_it_begins(ask: Any, by: Actor) -> None:
    one = actions.add_person(by=by, full_name="Lê Văn An")
    answer = ask("position.add", person=one, organisation=province(), title="X", since="2025-01-02", until="2025-01-01")
    assert set(answer.json()["errors"]) == {"until"}


def test_a_position_entered_by_mistake_is_taken_out_once(by: Actor) -> None:
    one = actions.add_person(by=by, full_name="Lê Văn An", title="X", organisation=province())
    position = one.positions.get()
    actions.remove_position(by=by, position=position)
    with pytest.raises(OutOfOrder, match="removed by somebody else"):
        actions.remove_position(by=by, position=Position(pk=10**6))
    assert not one.positions.exists()


def test_the_page_shows_and_gives_out_all_that_is_kept(by: Actor, room: Room, clients: Clients) -> None:
    one = actions.add_person(
        by=by, full_name="Giàng A Đại", title="Phó Bí thư", organisation=province(), email="dai@example.vn", phone="0912"
    )
    add_participants(
        room.meeting, by=by, participants=[NewParticipant(name="Giàng A Đại", person=one, bridge_point=room.lao_cai)]
    )
    room.meeting.bridge_points.filter(pk=room.lao_cai.pk).update(head=one)
    make_user("dai", name="x")
    from people.models import User

    User.objects.filter(username="dai").update(person=one)
    page = clients["secretariat"].get(f"/directory/people/{one.pk}/").content.decode()
    for what in ("dai@example.vn", "0912", "Phó Bí thư", room.meeting.title, room.lao_cai.name, ">dai<"):
        assert what in page.replace("\xa0", " "), what
    answer = clients["secretariat"].get(f"/directory/people/{one.pk}/data/")
    kept = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="giang-a-dai.json"'
    assert (kept["email"], kept["phone"], kept["positions"][0]["title"]) == ("dai@example.vn", "0912", "Phó Bí thư")
    assert kept["meetings"][0]["bridge_point"] == room.lao_cai.name
    assert kept["heads"] == [{"meeting": room.meeting.title, "bridge_point": room.lao_cai.name}]
    assert kept["account"]["user_name"] == "dai"
    assert "password" not in answer.content.decode()


@pytest.mark.parametrize("many", [3, 60])
def test_lists_of_people_ask_the_same_of_few_and_many(many: int, clients: Clients, django_assert_num_queries: Any) -> None:
    people = Person.objects.bulk_create(Person(full_name=f"Đại biểu {n:03}") for n in range(many))
    Position.objects.bulk_create(Position(person=p, organisation=province(), title="Ủy viên") for p in people)
    clients["secretariat"].get("/directory/people/")
    for count, url in ((6, "/directory/people/"), (6, "/directory/people/?q=dai"), (9, f"/directory/people/{people[0].pk}/")):
        with django_assert_num_queries(count):
            clients["secretariat"].get(url)
