"""Bridge points and participants: added, edited, removed; what has taken part stays."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings import actions
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import BridgePoint, Meeting, Participant, Role
from tests.cast import Room
from tests.knocking import knock
from tests.make import (
    ask_for_floor,
    make_bridge_points,
    make_meeting,
    make_participant,
    mark_present,
    open_the_item,
    open_the_meeting,
    the_secretariat,
)

pytestmark = pytest.mark.django_db


def test_all_provinces_come_in_one_step(clients: dict[str, Client], room: Room) -> None:
    meeting = make_meeting(title="Toàn quốc")
    answer = knock(clients["secretariat"], meeting, "bridge_points.add", provinces="on")
    assert answer.status_code == 200
    assert meeting.bridge_points.count() == 34
    assert meeting.bridge_points.get(short_name="Lào Cai").name == "Tỉnh ủy Lào Cai"
    again = knock(clients["secretariat"], meeting, "bridge_points.add", provinces="on")
    assert (again.status_code, meeting.bridge_points.count()) == (409, 34)


def test_the_provinces_that_are_missing_are_added() -> None:
    meeting = make_meeting()
    actions.add_bridge_points(meeting, by=the_secretariat(), bridge_points=actions.missing_provinces(meeting)[:4])
    actions.add_bridge_points(meeting, by=the_secretariat(), bridge_points=actions.missing_provinces(meeting))
    assert list(meeting.bridge_points.values_list("number", flat=True)) == list(range(1, 35))


def test_a_name_is_given_to_one_bridge_point_only(room: Room) -> None:
    with pytest.raises(OutOfOrder, match="Lào Cai"):
        make_bridge_points(room.meeting, "Lào Cai")
    with pytest.raises(OutOfOrder):
        make_bridge_points(room.meeting, "Huế", "Huế")
    with pytest.raises(OutOfOrder):
        actions.edit_bridge_point(
            room.meeting, by=the_secretariat(), bridge_point=room.sites[1], name=room.sites[2].name, short_name="", place=""
        )
    assert fold_differences(room.meeting) == []


def test_there_is_one_central_bridge_point(room: Room) -> None:
    with pytest.raises(OutOfOrder):
        make_bridge_points(room.meeting, central="Điểm cầu thứ hai")


def test_a_bridge_point_with_people_is_not_removed(room: Room) -> None:
    with pytest.raises(OutOfOrder, match="4"):
        actions.remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai)


def test_an_empty_bridge_point_is_removed(room: Room) -> None:
    (site,) = make_bridge_points(room.meeting, "Huế")
    actions.remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=site)
    with pytest.raises(OutOfOrder):
        actions.remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=site)
    assert fold_differences(room.meeting) == []


def test_somebody_is_not_put_at_a_bridge_point_that_has_gone(room: Room) -> None:
    (site,) = make_bridge_points(room.meeting, "Huế")
    stale = BridgePoint.objects.get(pk=site.pk)
    actions.remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=site)
    with pytest.raises(OutOfOrder):
        make_participant(room.meeting, "Trễ", site=stale)
    with pytest.raises(OutOfOrder):
        actions.edit_participant(
            room.meeting, by=the_secretariat(), participant=room.people["ca_mau"], name="Lâm Út Tư", position="", unit="",
            role=Role.DELEGATE, bridge_point=stale,
        )  # fmt: skip
    assert fold_differences(room.meeting) == []


def test_a_person_takes_part_once(room: Room) -> None:
    person = room.people["delegate"].person
    new = actions.NewParticipant(name="Giàng A Đại", person=person)
    with pytest.raises(OutOfOrder, match="Giàng A Đại"):
        actions.add_participants(room.meeting, by=the_secretariat(), participants=[new])


def test_an_operator_needs_a_bridge_point(room: Room, clients: dict[str, Client]) -> None:
    for role in ("operator", "technician"):
        answer = knock(clients["secretary"], room.meeting, "participants.add", name="Ai đó", role=role)
        assert (answer.status_code, set(answer.json()["errors"])) == (400, {"bridge_point"})


def test_who_has_been_marked_or_has_asked_for_the_floor_stays(room: Room) -> None:
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    mark_present(room.people["ha_tinh"])
    ask_for_floor(room.people["ca_mau"])
    for name in ("ha_tinh", "ca_mau"):
        with pytest.raises(OutOfOrder, match=room.people[name].name):
            actions.remove_participant(room.meeting, by=the_secretariat(), participant=room.people[name])
    actions.remove_participant(room.meeting, by=the_secretariat(), participant=room.people["unplaced"])
    assert fold_differences(room.meeting) == []


def test_past_facts_keep_the_name_of_their_time(room: Room) -> None:
    mark_present(room.people["ca_mau"])
    actions.edit_participant(
        room.meeting, by=the_secretariat(), participant=room.people["ca_mau"], name="Tên mới", position="", unit="",
        role="delegate", bridge_point=room.sites[3],
    )  # fmt: skip
    marked = room.meeting.journal.entries.get(kind="presence.marked")
    assert marked.payload["participants"][0]["name"] == "Lâm Út Tư"
    assert Participant.objects.get(pk=room.people["ca_mau"].pk).name == "Tên mới"


@pytest.mark.parametrize("what", ["site", "people", "item"])
def test_an_adjourned_meeting_is_left_as_it_is(what: str, room: Room) -> None:
    open_the_meeting(room.meeting)
    actions.adjourn_meeting(room.meeting, by=the_secretariat())
    by: Meeting = room.meeting
    do = {
        "site": lambda: make_bridge_points(by, "Huế"),
        "people": lambda: make_participant(by, "Trễ"),
        "item": lambda: mark_present(room.people["delegate"]),
    }[what]
    with pytest.raises(OutOfOrder):
        do()
