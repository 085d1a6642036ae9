"""Two entries of one person become one: everything goes over, nothing is lost, and it can be understood afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from meetings.directory import actions
from meetings.directory.duplicates import doubles_among, find_doubles
from meetings.directory.finding import find_people
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.journal import office_journal
from meetings.models import JournalEntry
from meetings.procedure import Actor
from people.models import Organisation, Person, Position, User
from tests.cast import Clients, Room, furnish
from tests.make import make_participants, make_user

pytestmark = pytest.mark.django_db


def province(name: str = "Lào Cai") -> Organisation:
    return Organisation.objects.get(kind="province", short_name=name)


def person(name: str, *titles: str, unit: str = "Lào Cai", **kw: Any) -> Person:
    one = Person.objects.create(full_name=name, **kw)
    for title in titles:
        Position.objects.create(person=one, organisation=province(unit), title=title)
    return one


def test_everything_of_the_one_goes_over_to_the_other(by: Actor, room: Room) -> None:
    kept = person("Lê Văn An", "Trưởng ban")
    away = person("LÊ VĂN ÂN", "trưởng ban", "Ủy viên", email="an@example.vn", phone="0912")
    seat = make_participants(room.meeting, ["LÊ VĂN ÂN"], person=away)[0]
    room.meeting.bridge_points.filter(pk=room.lao_cai.pk).update(head=away)
    user = User.objects.create_user("an", None, person=away)
    earlier = person("Lê V. An", merged_into=away)
    actions.merge_people(by=by, kept=kept, merged=away)
    for row in (kept, away, seat, user, earlier):
        row.refresh_from_db()
    assert sorted(p.title for p in kept.positions.all()) == ["Trưởng ban", "Ủy viên"], "the same one is not kept twice"
    assert (seat.person, seat.name) == (kept, "LÊ VĂN ÂN"), "the name in the meeting stays"
    assert kept.headed_bridge_points.get() == room.lao_cai
    assert user.person == kept
    assert (kept.email, kept.phone, away.email, away.phone) == ("an@example.vn", "0912", "", "")
    assert away.merged_into == earlier.merged_into == kept
    assert [p.pk for p in find_people("le van an")] == [kept.pk]
    assert fold_differences(room.meeting) == []


def test_the_fact_tells_afterwards_what_was_merged(by: Actor, room: Room, clients: Clients) -> None:
    kept, away = person("Lê Văn An", "Trưởng ban"), person("Lê Văn Ân", "Ủy viên", email="an@example.vn", phone="0912")
    make_participants(room.meeting, ["Lê Văn Ân"], person=away)[0]
    actions.merge_people(by=by, kept=kept, merged=away)
    entry = JournalEntry.objects.get(journal_id=office_journal(), kind="people.merged")
    assert (entry.payload["kept"], entry.payload["merged"], entry.payload["was"]) == (kept.pk, away.pk, "Lê Văn Ân")
    assert entry.payload["positions"] == ["Ủy viên, Tỉnh ủy Lào Cai"]
    assert entry.payload["meetings"] == [room.meeting.title]
    assert "example" not in str(entry.payload)
    assert "0912" not in str(entry.payload)
    moved = clients["secretariat"].get(f"/directory/people/{away.pk}/")
    assert (moved.status_code, moved["Location"]) == (302, f"/directory/people/{kept.pk}/")
    assert "Lê Văn Ân" in clients["secretariat"].get(f"/directory/people/{kept.pk}/").content.decode().replace("\xa0", " ")


def test_two_participations_in_one_meeting_are_refused_with_what_to_do(by: Actor, room: Room, clients: Clients) -> None:
    kept, away = person("Lê Văn An"), person("Lê Văn Ân")
    make_participants(room.meeting, ["Lê Văn An"], person=kept)[0]
    second = make_participants(room.meeting, ["Lê Văn Ân"], person=away)[0]
    with pytest.raises(OutOfOrder, match="Take one Lê Văn Ân off the list"):
        actions.merge_people(by=by, kept=kept, merged=away)
    page = clients["secretariat"].get(f"/directory/merge/?kept={kept.pk}&merged={away.pk}")
    assert len(page.context["objections"]) == 1
    assert b'data-command="people.merge"' not in page.content
    second.delete()
    actions.merge_people(by=by, kept=kept, merged=away)


def test_two_open_accounts_are_refused_and_a_closed_one_goes_the_other_way(by: Actor) -> None:
    own, other = make_user("an", name="Lê Văn An"), make_user("an.2", name="Lê Văn Ân")
    kept, away = own.person, other.person
    assert kept
    assert away
    with pytest.raises(OutOfOrder, match=r"an and an\.2\. Close the one"):
        actions.merge_people(by=by, kept=kept, merged=away)
    User.objects.filter(pk=own.pk).update(is_active=False)
    actions.merge_people(by=by, kept=kept, merged=away)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.person, other.person) == (away, kept)


def test_who_was_merged_is_merged_and_changed_no_more(by: Actor, ask: Any) -> None:
    kept, away, third = person("A"), person("B"), person("C")
    actions.merge_people(by=by, kept=kept, merged=away)
    for first, second in ((third, away), (away, third), (kept, away)):
        with pytest.raises(OutOfOrder, match="has been merged already"):
            actions.merge_people(by=by, kept=first, merged=second)
    with pytest.raises(OutOfOrder, match="same entry twice"):
        actions.merge_people(by=by, kept=kept, merged=kept)
    with pytest.raises(OutOfOrder, match="Change that one"):
        actions.edit_person(by=by, person=away, full_name="X", email="", phone="")
    answer = ask("people.merge", kept=kept, merged=away)
    assert (answer.status_code, answer.json()["state"]) == (409, "refused")
    answer = ask("people.merge", kept=kept, merged=10**18)
    assert set(answer.json()["errors"]) == {"merged"}


def test_a_position_with_other_days_is_kept(by: Actor) -> None:
    kept, away = person("A", "Trưởng ban"), person("B", "Trưởng ban")
    away.positions.update(since=date(2020, 1, 1), until=date(2022, 1, 1))
    actions.merge_people(by=by, kept=kept, merged=away)
    assert kept.positions.count() == 2


def test_doubles_have_a_name_and_a_unit_in_common(by: Actor, room: Room) -> None:
    first, second = person("Lê Văn An", "Trưởng ban"), person("le van an", "Phó ban")
    person("Lê Văn An", "Bí thư", unit="Hà Tĩnh")
    alone = person("Phạm Nhân")
    guest = person("Phạm Nhân")
    make_participants(room.meeting, ["Phạm Nhân"], person=guest, unit="Đài Truyền hình")[0]
    found = find_doubles()
    assert [(d.sure, [p.pk for p in d.people]) for d in found] == [
        (True, [first.pk, second.pk]),
        (False, [alone.pk, guest.pk]),
    ]


def test_units_join_entries_through_a_third() -> None:
    a, b, c = Person(pk=1, full_name="A"), Person(pk=2, full_name="A"), Person(pk=3, full_name="A")
    units = {1: {"x": "X"}, 2: {"y": "Y"}, 3: {"x": "X", "y": "Y"}}
    (one,) = doubles_among([a, b, c], units)
    assert (one.sure, len(one.people), one.units) == (True, 3, ("X", "Y"))
    assert doubles_among([a, b], units) == []


@pytest.mark.parametrize("many", [2, 40])
def test_the_page_of_doubles_asks_the_same_of_few_and_many(many: int, clients: Clients, django_assert_num_queries: Any) -> None:
    for n in range(many):
        person(f"Lê Văn {n}", "Trưởng ban")
        person(f"Lê Văn {n}", "Phó ban")
    clients["secretariat"].get("/directory/duplicates/")
    with django_assert_num_queries(11):
        page = clients["secretariat"].get("/directory/duplicates/")
    assert len(page.context["rows"]) == many


def test_two_rooms_of_one_person_go_over_together(by: Actor, room: Room) -> None:
    other = furnish(suffix="-2")
    kept, away = person("A"), person("B")
    for place in (room, other):
        make_participants(place.meeting, ["B"], person=away)[0]
    actions.merge_people(by=by, kept=kept, merged=away)
    assert kept.participations.count() == 2
    assert fold_differences(room.meeting) == fold_differences(other.meeting) == []
