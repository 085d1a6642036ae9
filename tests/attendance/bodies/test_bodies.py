"""Bodies: members by groups, roles and names; quorum from the tables; its loss is recorded by what causes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from attendance.bodies.actions import add_body_members, edit_body
from attendance.bodies.models import Body
from attendance.bodies.queries import quorums_of
from attendance.bodies.quorum import NUMBER, Rule
from attendance.presence.actions import mark_presence
from meetings.actions import remove_participants
from meetings.hooks import fold_differences
from meetings.models import Participant
from tests.cast import Room
from tests.counting_doors import make_body
from tests.knocking import knock
from tests.make import (
    make_group,
    make_participant,
    make_participants,
    mark_present,
    open_the_meeting,
    the_secretariat,
)

pytestmark = pytest.mark.django_db


def told(room: Room) -> list[tuple[str, int, int]]:
    rows = room.meeting.journal.entries.filter(kind__startswith="quorum.").order_by("number")
    return [(one.kind, one.payload["present"], one.payload["needed"]) for one in rows]


def test_members_are_all_of_groups_and_roles_and_single_people_once(room: Room, clients: dict[str, Client]) -> None:
    group = make_group(room.meeting)
    Participant.objects.filter(pk__in=[room.people["guest"].pk, room.people["delegate"].pk]).update(group=group)
    sent: dict[str, Any] = {"name": "Đoàn Chủ tịch", "measure": "at_least", "part": "2/3"}
    sent |= {"groups": [group], "roles": ["chair"], "participants": [room.people["guest"], room.people["ca_mau"]]}
    assert knock(clients["secretary"], room.meeting, "body.add", **sent).status_code == 200
    body = Body.objects.get()
    assert set(body.members.all()) == {room.people[name] for name in ("guest", "delegate", "chair", "ca_mau")}
    assert (body.measure, body.numerator, body.denominator, body.counts_substitutes) == ("at_least", 2, 3, False)
    assert not [line for line in fold_differences(room.meeting) if line.startswith("bodies")]
    again = knock(clients["secretary"], room.meeting, "body_members.add", body=body, groups=[group])
    assert again.status_code == 409
    assert knock(clients["secretary"], room.meeting, "body_members.add", body=body).status_code == 400
    assert knock(clients["secretary"], room.meeting, "body.add", **sent | {"name": "đoàn chủ tịch"}).status_code == 409


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"measure": "at_least", "part": ""}, "part"), ({"measure": "at_least", "part": "3/2"}, "part"),
        ({"measure": "at_least", "part": "0/3"}, "part"), ({"measure": "more_than", "part": "1/1"}, "part"),
        ({"measure": "at_least", "part": "1/0"}, "part"), ({"measure": "number"}, "least"),
        ({"measure": "number", "least": "0"}, "least"), ({"measure": "most"}, "measure"),
    ],
)  # fmt: skip
def test_a_rule_that_means_nothing_is_refused_at_its_field(
    sent: dict[str, str], field: str, room: Room, clients: dict[str, Client]
) -> None:
    answer = knock(clients["secretary"], room.meeting, "body.add", name="B", **sent)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {field})


def test_the_tables_count_members_and_those_who_stand_in_for_them(room: Room) -> None:
    people = room.people
    body = make_body(room.meeting, "B", *(people[name] for name in ("delegate", "lao_cai_2", "ha_tinh", "ca_mau")))
    stands_in = make_participant(room.meeting, "Trương Văn Thay", site=room.sites[3], substitute_for=people["ca_mau"])
    mark_present(people["delegate"], stands_in, people["guest"])
    mark_presence(room.meeting, by=the_secretariat(), participants=[people["ha_tinh"]], state="online")
    (found,) = quorums_of(room.meeting)
    assert (found.entitled, found.present, found.substitutes, found.needed, found.is_met) == (4, 3, 1, 3, True)
    add_body_members(room.meeting, by=the_secretariat(), body=body, participants=[stands_in])
    (found,) = quorums_of(room.meeting)
    assert (found.entitled, found.present, found.substitutes) == (5, 3, 0)  # a member counts for himself alone
    Body.objects.update(counts_substitutes=False)
    assert quorums_of(room.meeting)[0].present == 3


def test_a_substitute_counts_for_one_member_who_is_missing_and_for_nobody_else(room: Room) -> None:
    people = room.people
    make_body(room.meeting, "B", people["delegate"], people["ca_mau"])
    for replaced in ("ca_mau", "ha_tinh"):  # the second is no member
        stands_in = make_participant(room.meeting, f"Thay {replaced}", site=room.sites[3], substitute_for=people[replaced])
        mark_present(stands_in)
    assert (quorums_of(room.meeting)[0].present, quorums_of(room.meeting)[0].substitutes) == (1, 1)
    mark_present(people["ca_mau"])  # both came
    assert (quorums_of(room.meeting)[0].present, quorums_of(room.meeting)[0].substitutes) == (1, 0)


def test_the_page_says_of_nobody_that_a_member_stands_in_for_them(room: Room, clients: dict[str, Client]) -> None:
    body = make_body(room.meeting, "B", room.people["delegate"], room.people["ca_mau"])
    stands_in = make_participant(room.meeting, "Trương Văn Thay", site=room.sites[3], substitute_for=room.people["ca_mau"])
    mark_present(stands_in)
    address = f"/m/{room.meeting.slug}/bodies/{body.pk}/"
    assert "Trương Văn Thay dự thay" in (page := clients["secretary"].get(address).content.decode()), page
    add_body_members(room.meeting, by=the_secretariat(), body=body, participants=[stands_in])
    assert quorums_of(room.meeting)[0].substitutes == 0
    assert "Trương Văn Thay dự thay" not in clients["secretary"].get(address).content.decode()


def test_losing_and_reaching_the_quorum_is_recorded_while_the_meeting_runs_alone(room: Room) -> None:
    by, people = the_secretariat(), room.people
    members = [people[name] for name in ("delegate", "lao_cai_2", "ha_tinh")]
    body = make_body(room.meeting, "B", *members)
    mark_present(*members[:2])
    mark_presence(room.meeting, by=by, participants=members[:1], state="absent")
    mark_present(members[0])
    assert told(room) == []  # before the opening people come and go
    open_the_meeting(room.meeting)
    mark_presence(room.meeting, by=by, participants=members[:1], state="left")
    mark_present(members[2])
    assert told(room) == [("quorum.lost", 1, 2), ("quorum.reached", 2, 2)]
    edit_body(room.meeting, by=by, body=body, name="B", rule=Rule(NUMBER, least=3))
    assert told(room)[2:] == [("quorum.lost", 2, 3)]
    entries = list(room.meeting.journal.entries.order_by("number").values_list("kind", flat=True))
    assert entries[-2:] == ["body.edited", "quorum.lost"]
    assert fold_differences(room.meeting) == []


def test_who_is_taken_off_the_list_is_no_member(room: Room) -> None:
    make_body(room.meeting, "B", room.people["delegate"], room.people["ca_mau"])
    remove_participants(room.meeting, by=the_secretariat(), participants=[room.people["ca_mau"]])
    assert quorums_of(room.meeting)[0].entitled == 1
    assert fold_differences(room.meeting) == []


def test_the_pages_say_how_a_body_stands_and_who_is_missing(room: Room, clients: dict[str, Client]) -> None:
    body = make_body(room.meeting, "Ban Chấp hành", room.people["delegate"], room.people["lao_cai_2"])
    mark_present(room.people["delegate"])
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/bodies/").content.decode()
    assert "Ban Chấp hành" in page
    one = clients["chair"].get(f"/m/{room.meeting.slug}/bodies/{body.pk}/").content.decode()
    assert one.index("Vàng Seo Hai") < one.index("Giàng A Đại"), "who is missing stands first"
    assert "data-command" not in one
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/bodies/999999/").status_code == 404


def test_the_page_says_that_a_quorum_can_never_be_reached(room: Room, clients: dict[str, Client]) -> None:
    people = room.people
    body = make_body(room.meeting, "Ban Chấp hành", people["delegate"], people["lao_cai_2"])
    address = f"/m/{room.meeting.slug}/bodies/{body.pk}/"
    warning = "không bao giờ đủ"
    for least, warned in ((2, False), (3, True), (500, True)):
        edit_body(room.meeting, by=the_secretariat(), body=body, name="Ban Chấp hành", rule=Rule(NUMBER, least=least))
        assert (warning in clients["secretary"].get(address).content.decode()) == warned
    remove_participants(room.meeting, by=the_secretariat(), participants=[people["delegate"], people["lao_cai_2"]])
    assert warning not in clients["secretary"].get(address).content.decode(), "it has no members yet"


@pytest.mark.parametrize("many", [1, 30])
def test_the_pages_ask_as_much_for_one_as_for_thirty(many: int, room: Room, clients: dict[str, Client]) -> None:
    people = make_participants(room.meeting, [f"Đại biểu {n}" for n in range(many)], site=room.lao_cai)
    body = make_body(room.meeting, "Ban 0", *people)
    for n in range(1, min(many, 20)):
        make_body(room.meeting, f"Ban {n}", *people)
    for address, questions in (("", 9), (f"{body.pk}/", 12)):
        clients["secretary"].get(f"/m/{room.meeting.slug}/bodies/{address}")
        with CaptureQueriesContext(connection) as asked:
            clients["secretary"].get(f"/m/{room.meeting.slug}/bodies/{address}")
        assert len(asked) == questions
