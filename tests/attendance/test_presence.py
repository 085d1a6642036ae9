"""Presence: an operator marks the people of the own bridge point, in one step, counted from people."""

from __future__ import annotations

import pytest
from django.test import Client

from attendance.counting import HeadCount, counts_by_bridge_point, totals
from attendance.models import Presence
from attendance.presence.actions import mark_presence
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from tests.cast import Room
from tests.knocking import knock
from tests.make import make_participants, mark_present, the_secretariat

pytestmark = pytest.mark.django_db


def test_an_operator_marks_the_whole_own_bridge_point_at_once(room: Room, clients: dict[str, Client]) -> None:
    own = [room.people["delegate"], room.people["lao_cai_2"]]
    answer = knock(clients["operator"], room.meeting, "presence.mark", participants=own, state="present")
    assert answer.status_code == 200
    fact = room.meeting.journal.entries.get(kind="presence.marked").payload
    assert (fact["bridge_point_name"], fact["state"], [p["name"] for p in fact["participants"]]) == (
        "Điểm cầu Lào Cai", "present", ["Giàng A Đại", "Vàng Seo Hai"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("operator", ["delegate"], 200), ("operator", ["ha_tinh"], 403), ("operator", ["delegate", "ha_tinh"], 403),
        ("operator", ["unplaced"], 403), ("other_operator", ["delegate"], 403), ("other_operator", ["ha_tinh"], 200),
        ("technician", ["delegate"], 403), ("chair", ["delegate"], 403), ("secretary", ["delegate", "ha_tinh", "unplaced"], 200),
    ],
)  # fmt: skip
def test_everybody_marks_only_whom_they_look_after(
    who: str, whom: list[str], status: int, room: Room, clients: dict[str, Client]
) -> None:
    people = [room.people[name] for name in whom]
    answer = knock(clients[who], room.meeting, "presence.mark", participants=people, state="present")
    assert (answer.status_code, Presence.objects.count()) == (status, len(whom) if status == 200 else 0)
    assert fold_differences(room.meeting) == []


def test_people_of_several_bridge_points_make_a_fact_each(room: Room) -> None:
    mark_present(*(room.people[name] for name in ("delegate", "ha_tinh", "ca_mau", "unplaced")))
    facts = room.meeting.journal.entries.filter(kind="presence.marked")
    assert {f.payload["bridge_point_name"] for f in facts} == {"Điểm cầu Lào Cai", "Điểm cầu Hà Tĩnh", "Điểm cầu Cà Mau", ""}


def test_who_is_marked_so_already_is_left_out(room: Room) -> None:
    mark_present(room.people["delegate"])
    by, both = the_secretariat(), [room.people["delegate"], room.people["lao_cai_2"]]
    assert mark_presence(room.meeting, by=by, participants=both, state="present") == 1
    with pytest.raises(OutOfOrder):
        mark_presence(room.meeting, by=by, participants=both, state="present")
    assert mark_presence(room.meeting, by=by, participants=both, state="absent") == 2
    assert fold_differences(room.meeting) == []


@pytest.mark.parametrize("body", [{"state": "present"}, {"state": "late"}, {"state": ""}])
def test_marking_needs_people_and_a_state(body: dict[str, str], room: Room, clients: dict[str, Client]) -> None:
    answer = knock(clients["operator"], room.meeting, "presence.mark", **body)
    assert answer.status_code == 400
    assert "participants" in answer.json()["errors"]


def test_counts_are_of_people_not_of_staff(room: Room) -> None:
    mark_present(room.people["delegate"], room.people["operator"], room.people["technician"])
    mark_present(room.people["lao_cai_2"], state="absent")
    counts = counts_by_bridge_point(room.meeting)
    assert counts[room.lao_cai.pk] == HeadCount(expected=2, present=1, absent=1)
    assert counts[room.sites[0].pk] == HeadCount(expected=3)
    assert totals(room.meeting) == HeadCount(expected=8, present=1, absent=1)


def test_hundreds_are_marked_in_one_step(room: Room) -> None:
    people = make_participants(room.meeting, [f"Đại biểu {n}" for n in range(400)], site=room.lao_cai)
    assert mark_presence(room.meeting, by=the_secretariat(), participants=people, state="present") == 400
    assert fold_differences(room.meeting) == []


@pytest.mark.parametrize("number", ["9" * 30, "-1", "1.0", "x", "\0", ""])
def test_a_number_that_is_no_participant_is_refused(number: str, room: Room, clients: dict[str, Client]) -> None:
    answer = knock(clients["operator"], room.meeting, "presence.mark", participants=[number], state="present")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"participants"})
