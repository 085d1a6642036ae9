"""Who comes without registration: on the list and present at once, perhaps in somebody's place; never twice; taken off again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from attendance.counting import counts_by_bridge_point
from attendance.models import Presence, Stay, WalkIn
from meetings import clock
from meetings.hooks import fold_differences
from meetings.models import Participant
from minutes import story
from minutes.attending import counts_of
from minutes.writing import Entry
from people.models import Organisation, Person, Position
from tests.cast import Clients, Room
from tests.knocking import knock
from tests.make import make_group, mark_present, open_the_meeting
from tests.scans import Device, make_badge, make_scanner

pytestmark = pytest.mark.django_db


def add(room: Room, clients: Clients, who: str = "operator", **fields: Any) -> Any:
    body = {"bridge_point": room.lao_cai, "name": "Lò Văn Đột", "position": "Chuyên viên", "unit": "Sở Nội vụ"} | fields
    return knock(clients[who], room.meeting, "walk_in.add", **body)


def test_who_comes_unasked_is_on_the_list_and_present_at_once(room: Room, clients: Clients) -> None:
    assert add(room, clients).status_code == 200
    one = Participant.objects.get(name="Lò Văn Đột")
    assert (one.bridge_point, one.role, one.presence.state, one.walk_in.added_by) == (
        room.lao_cai, "delegate", "present", "Lý Thị Vận",
    )  # fmt: skip
    kinds = list(room.meeting.journal.entries.order_by("-number").values_list("kind", flat=True)[:3])
    assert kinds == ["walk_in.added", "presence.marked", "participants.added"]
    count = counts_by_bridge_point(room.meeting)[room.lao_cai.pk]
    assert (count.expected, count.present) == (3, 1)
    assert fold_differences(room.meeting) == []
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/?state=walk_ins")
    assert [p.name for p in page.context["page"]] == ["Lò Văn Đột"]


def test_a_substitute_who_comes_unasked_excuses_whom_they_stand_in_for(room: Room, clients: Clients) -> None:
    replaced = room.people["lao_cai_2"]
    assert add(room, clients, substitute_for=replaced, mode="online").status_code == 200
    replaced.refresh_from_db()
    one = Participant.objects.get(name="Lò Văn Đột")
    assert (replaced.is_excused, one.substitute_for, one.presence.state) == (True, replaced, "online")
    count = counts_by_bridge_point(room.meeting)[room.lao_cai.pk]
    assert (count.expected, count.present, count.online, count.substitutes, count.excused) == (2, 1, 1, 1, 1)
    assert fold_differences(room.meeting) == []
    assert add(room, clients, name="Người Khác", substitute_for=replaced).status_code == 409


@pytest.mark.parametrize("other", [False, True])
def test_a_substitute_is_of_the_group_of_whom_they_stand_in_for_unless_another_is_said(
    other: bool, room: Room, clients: Clients
) -> None:
    own, another = make_group(room.meeting), make_group(room.meeting, "Khách")
    Participant.objects.filter(pk=room.people["lao_cai_2"].pk).update(group=own)
    said = {"group": another.pk} if other else {}
    assert add(room, clients, substitute_for=room.people["lao_cai_2"], **said).status_code == 200
    assert Participant.objects.get(name="Lò Văn Đột").group == (another if other else own)


def test_nobody_stands_in_for_whom_a_door_has_just_let_in(room: Room, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attendance.ledger.sealer.Sealer.touch", lambda self, meeting: None)  # read, and not sealed yet
    assert Device(make_scanner(room.lao_cai)).scan(make_badge(room.people["lao_cai_2"])) == ("admitted", "")
    assert add(room, clients, substitute_for=room.people["lao_cai_2"]).status_code == 409
    assert not Participant.objects.filter(name="Lò Văn Đột").exists()


@pytest.mark.parametrize(
    ("who", "site", "status"), [("operator", 1, 200), ("operator", 2, 403), ("other_operator", 1, 403), ("secretary", 3, 200)]
)
def test_an_operator_adds_at_the_own_bridge_point_only(who: str, site: int, status: int, room: Room, clients: Clients) -> None:
    assert add(room, clients, who, bridge_point=room.sites[site]).status_code == status
    assert WalkIn.objects.count() == (status == 200)


def test_an_operator_replaces_nobody_of_another_bridge_point(room: Room, clients: Clients) -> None:
    assert add(room, clients, substitute_for=room.people["ha_tinh"]).status_code == 403
    assert not Participant.objects.filter(name="Lò Văn Đột").exists()


def test_nobody_stands_in_for_who_is_there(room: Room, clients: Clients) -> None:
    mark_present(room.people["lao_cai_2"])
    answer = add(room, clients, substitute_for=room.people["lao_cai_2"])
    assert (answer.status_code, "Vàng Seo Hai" in answer.json()["reason"]) == (409, True)


@pytest.mark.parametrize("name", ["Giàng A Đại", "giàng a đại", " Giàng  A   Đại ", "Phan Đình Ba"])
def test_a_name_that_is_on_the_list_is_marked_there_unless_it_is_somebody_else(name: str, room: Room, clients: Clients) -> None:
    answer = add(room, clients, name=name)
    assert answer.status_code == 409
    assert "Điểm cầu" in answer.json()["reason"]
    assert add(room, clients, name=name, is_another="on").status_code == 200


def test_the_same_request_twice_adds_one(room: Room, clients: Clients) -> None:
    same = "00000000-0000-4000-8000-000000000001"
    assert [add(room, clients, command_id=same).status_code for _time in range(2)] == [200, 200]
    assert WalkIn.objects.count() == 1


def test_whom_the_directory_knows_in_this_unit_is_not_entered_again(room: Room, clients: Clients) -> None:
    unit = Organisation.objects.get(kind=Organisation.Kind.PROVINCE, short_name="Lào Cai")
    known = Person.objects.create(full_name="Lò Văn Đột")
    Position.objects.create(person=known, organisation=unit, title="Chuyên viên")
    Person.objects.create(full_name="Lò Văn Đột")  # of no unit: somebody else
    assert add(room, clients, unit=unit.name).status_code == 200
    assert Participant.objects.get(name="Lò Văn Đột").person == known


def test_the_secretariat_picks_from_the_directory_and_an_operator_has_no_such_field(room: Room, clients: Clients) -> None:
    known = Person.objects.create(full_name="Hoàng Thị Quen")
    assert add(room, clients, "operator", name="Một Người", person=known.pk).status_code == 200
    assert Participant.objects.get(name="Một Người").person != known
    assert add(room, clients, "secretary", name="Hoàng Thị Quen", person=known.pk).status_code == 200
    assert Participant.objects.get(name="Hoàng Thị Quen").person == known
    url = f"/m/{room.meeting.slug}/attendance/walk-in/"
    assert "person" not in clients["operator"].get(url).context["form"].fields
    assert "person" in clients["secretary"].get(f"{url}?site={room.lao_cai.pk}").context["form"].fields


def test_what_was_noted_on_paper_keeps_its_time_and_no_time_is_still_to_come(room: Room, clients: Clients) -> None:
    at = clock.now(room.meeting) - timedelta(hours=1)
    assert add(room, clients, at=at.isoformat()).status_code == 200
    assert Stay.objects.get().began_at == at
    later = (clock.now(room.meeting) + timedelta(hours=1)).isoformat()
    assert add(room, clients, name="Mai Sau", at=later).status_code == 409


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, "name"), ({"name": "\u200b \u202e"}, "name"), ({"name": "x" * 121}, "name"), ({"role": "chair"}, "role"),
        ({"role": "operator"}, "role"), ({"bridge_point": "9" * 30}, "bridge_point"), ({"mode": "flying"}, "mode"),
        ({"at": "hôm qua"}, "at"), ({"substitute_for": "9" * 25}, "substitute_for"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(fields: dict[str, str], wrong: str, room: Room, clients: Clients) -> None:
    answer = add(room, clients, **fields)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {wrong})


def test_a_group_of_this_meeting_is_taken(room: Room, clients: Clients) -> None:
    group = make_group(room.meeting)
    assert add(room, clients, group=group, role="guest").status_code == 200
    one = Participant.objects.get(name="Lò Văn Đột")
    assert (one.group, one.role) == (group, "guest")


def test_the_secretariat_takes_a_mistaken_one_off_and_whom_they_replaced_is_expected_again(room: Room, clients: Clients) -> None:
    replaced = room.people["lao_cai_2"]
    add(room, clients, substitute_for=replaced)
    one = Participant.objects.get(name="Lò Văn Đột")
    assert knock(clients["operator"], room.meeting, "walk_in.remove", participant=one).status_code == 403
    assert knock(clients["secretary"], room.meeting, "walk_in.remove", participant=one).status_code == 200
    replaced.refresh_from_db()
    assert (replaced.is_excused, Presence.objects.count(), Participant.objects.filter(pk=one.pk).exists()) == (False, 0, False)
    assert fold_differences(room.meeting) == []
    again = knock(clients["secretary"], room.meeting, "walk_in.remove", participant=room.people["delegate"])
    assert again.status_code == 409


def test_the_page_offers_to_replace_only_who_did_not_come(room: Room, clients: Clients) -> None:
    open_the_meeting(room.meeting)
    mark_present(room.people["delegate"])
    form = clients["operator"].get(f"/m/{room.meeting.slug}/attendance/walk-in/").context["form"]
    assert [one.name for one in form.fields["substitute_for"].queryset] == ["Vàng Seo Hai"]
    secretary = clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/walk-in/")
    assert (secretary.status_code, secretary.context["where"]) == (200, None)


def test_the_minutes_count_who_came_unasked_as_the_screens_do(room: Room, clients: Clients) -> None:
    open_the_meeting(room.meeting)
    add(room, clients, substitute_for=room.people["lao_cai_2"])
    add(room, clients, name="Mai Văn Nhầm", mode="online")
    mistaken = Participant.objects.get(name="Mai Văn Nhầm")
    for _time in ("with the mistaken one", "without"):
        entries = room.meeting.journal.entries.order_by("number").values_list("number", "kind", "payload", "at")
        told = counts_of(story.read(Entry(*entry) for entry in entries))
        shown = counts_by_bridge_point(room.meeting)
        assert told[room.lao_cai.pk] == shown[room.lao_cai.pk]
        assert sum(one.present for one in told.values()) == sum(one.present for one in shown.values())
        knock(clients["secretary"], room.meeting, "walk_in.remove", participant=mistaken)
    assert shown[room.lao_cai.pk].present == 1
