"""Site commands: issued to all or some bridge points, acknowledged by a person at each, withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from control import actions
from control.models import STANDING_LIMIT, Receipt, SiteCommand
from control.queries import acknowledged_by_site
from meetings.actions import NewBridgePoint, add_bridge_points, remove_bridge_point
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import BridgePoint
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import actor_of, make_bridge_points, make_command_id, make_meeting, make_site_command, the_secretariat

pytestmark = pytest.mark.django_db


def acknowledge(site_command: SiteCommand, *sites: BridgePoint) -> None:
    for site in sites:
        actions.acknowledge_site_command(site_command.meeting, by=the_secretariat(), site_command=site_command, bridge_point=site)


def withdraw(site_command: SiteCommand) -> None:
    actions.withdraw_site_command(site_command.meeting, by=the_secretariat(), site_command=site_command)


def test_a_site_command_for_all_waits_for_every_bridge_point(room: Room) -> None:
    made = make_site_command(room.meeting, "Nghỉ 10 phút.", kind="recess")
    assert [receipt.bridge_point for receipt in made.receipts.all()] == room.sites
    entry = room.meeting.journal.entries.last()
    assert entry is not None
    assert entry.payload == {
        "site_command": made.pk, "kind_of_command": "recess", "text": "Nghỉ 10 phút.", "all": True, "count": 4, "sites": [],
    }  # fmt: skip
    assert fold_differences(room.meeting) == []


def test_a_site_command_for_some_waits_for_them(room: Room) -> None:
    made = make_site_command(room.meeting, kind="prepare", sites=[room.lao_cai])
    assert [receipt.bridge_point for receipt in made.receipts.all()] == [room.lao_cai]
    entry = room.meeting.journal.entries.last()
    assert entry is not None
    assert entry.payload["sites"] == [{"id": room.lao_cai.pk, "name": "Điểm cầu Lào Cai"}]
    with pytest.raises(OutOfOrder, match="not for this bridge point"):
        acknowledge(made, room.sites[2])
    assert fold_differences(room.meeting) == []


def test_who_acknowledges_at_the_bridge_point_has_seen_it(room: Room, cast: Cast) -> None:
    made = make_site_command(room.meeting)
    actions.acknowledge_site_command(
        room.meeting, by=actor_of(room.meeting, cast["technician"]), site_command=made, bridge_point=room.lao_cai
    )
    receipt = acknowledged_by_site(room.lao_cai)[made.pk]
    assert receipt.acknowledged_by == "Hoàng Văn Kỹ"
    assert receipt.delivered_at == receipt.seen_at == receipt.acknowledged_at is not None
    assert acknowledged_by_site(room.sites[2]) == {}
    assert fold_differences(room.meeting) == []


def test_the_secretariat_acknowledges_on_behalf_of_who_answered_by_telephone(room: Room) -> None:
    made = make_site_command(room.meeting)
    acknowledge(made, room.lao_cai)
    receipt = made.receipts.get(bridge_point=room.lao_cai)
    assert (receipt.acknowledged_by, receipt.seen_at) == ("Văn phòng", None)
    entry = room.meeting.journal.entries.last()
    assert entry is not None
    assert (entry.payload["on_behalf"], entry.payload["bridge_point_name"]) == (True, "Điểm cầu Lào Cai")


def test_the_second_to_acknowledge_learns_who_did(room: Room, cast: Cast) -> None:
    made = make_site_command(room.meeting)
    operator = actor_of(room.meeting, cast["operator"])
    actions.acknowledge_site_command(room.meeting, by=operator, site_command=made, bridge_point=room.lao_cai)
    with pytest.raises(OutOfOrder, match="Lý Thị Vận"):
        acknowledge(made, room.lao_cai)
    assert made.receipts.exclude(acknowledged_at=None).count() == 1
    assert fold_differences(room.meeting) == []


def test_nobody_acknowledges_for_another_bridge_point(room: Room, cast: Cast) -> None:
    made = make_site_command(room.meeting)
    operator = actor_of(room.meeting, cast["operator"])
    with pytest.raises(NotAllowed, match="own bridge point"):
        actions.acknowledge_site_command(room.meeting, by=operator, site_command=made, bridge_point=room.sites[2])


def test_an_operator_need_not_name_the_own_bridge_point(room: Room, clients: dict[str, Client]) -> None:
    made = make_site_command(room.meeting)
    assert knock(clients["operator"], room.meeting, "site_command.acknowledge", site_command=made).status_code == 200
    assert made.receipts.get(bridge_point=room.lao_cai).acknowledged_by == "Lý Thị Vận"
    answer = knock(clients["secretary"], room.meeting, "site_command.acknowledge", site_command=made)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"bridge_point"})


def test_a_withdrawn_site_command_asks_nobody_any_more(room: Room) -> None:
    made = make_site_command(room.meeting)
    acknowledge(made, room.lao_cai)
    withdraw(made)
    entry = room.meeting.journal.entries.last()
    assert entry is not None
    assert (entry.payload["acknowledged"], entry.payload["count"]) == (1, 4)
    for refused in (lambda: withdraw(made), lambda: acknowledge(made, room.sites[2])):
        with pytest.raises(OutOfOrder, match="withdrawn already"):
            refused()
    assert acknowledged_by_site(room.lao_cai) == {}
    assert fold_differences(room.meeting) == []


def test_the_oldest_site_command_that_all_acknowledged_makes_room(room: Room) -> None:
    made = [make_site_command(room.meeting, f"Hiệu lệnh {n}", sites=[room.lao_cai]) for n in range(STANDING_LIMIT)]
    with pytest.raises(OutOfOrder, match=f"{STANDING_LIMIT} site commands"):
        make_site_command(room.meeting)
    acknowledge(made[5], room.lao_cai)
    make_site_command(room.meeting, "Hiệu lệnh mới")
    standing = room.meeting.site_commands.filter(withdrawn_at=None)
    assert standing.count() == STANDING_LIMIT
    assert made[5] not in standing
    assert fold_differences(room.meeting) == []


def test_a_meeting_without_bridge_points_commands_nobody() -> None:
    with pytest.raises(OutOfOrder, match="no bridge points"):
        make_site_command(make_meeting())


def test_a_bridge_point_that_was_commanded_stays(room: Room) -> None:
    site = make_bridge_points(room.meeting, "Huế")[0]
    withdraw(make_site_command(room.meeting))
    with pytest.raises(OutOfOrder, match="stays in the list"):
        remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=site)
    assert fold_differences(room.meeting) == []


def test_a_bridge_point_added_later_is_not_waited_for(room: Room) -> None:
    made = make_site_command(room.meeting)
    site = make_bridge_points(room.meeting, "Huế")[0]
    assert not made.receipts.filter(bridge_point=site).exists()
    with pytest.raises(OutOfOrder, match="not for this bridge point"):
        acknowledge(made, site)


def test_3321_bridge_points_are_commanded_in_a_few_statements() -> None:
    meeting = make_meeting()
    new = [NewBridgePoint(name=f"Xã {n}", short_name=f"{n}") for n in range(3321)]
    sites = add_bridge_points(meeting, by=the_secretariat(), bridge_points=new)
    by = the_secretariat()
    with CaptureQueriesContext(connection) as queries:
        made = actions.issue_site_command(meeting, by=by, kind="recess", text="Nghỉ 10 phút.")
    inserts = [q for q in queries if "INSERT" in q["sql"] and Receipt._meta.db_table in q["sql"]]
    assert len(queries) - len(inserts) < 15
    assert made.receipts.count() == 3321
    entry = meeting.journal.entries.last()
    assert entry is not None
    assert (entry.payload["count"], entry.payload["sites"], len(str(entry.payload)) < 300) == (3321, [], True)
    with CaptureQueriesContext(connection) as queries:
        actions.acknowledge_site_command(meeting, by=by, site_command=made, bridge_point=sites[3000])
    assert len(queries) < 15
    assert fold_differences(meeting) == []


def test_the_times_are_the_meeting_s(room: Room) -> None:
    made = make_site_command(room.meeting)
    acknowledge(made, room.lao_cai)
    acknowledged = made.receipts.get(bridge_point=room.lao_cai).acknowledged_at
    assert acknowledged is not None
    assert timedelta(0) <= acknowledged - made.issued_at < timedelta(minutes=1)


def test_who_shall_prepare_to_speak_is_named(room: Room, clients: dict[str, Client]) -> None:
    address = f"/m/{room.meeting.slug}/do/site_command.issue/"
    body = {"kind": "prepare", "text": "Chuẩn bị phát biểu.", "command_id": make_command_id()}
    answer = clients["secretary"].post(address, body, headers={"accept": "application/json"})
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"sites"})
    assert not room.meeting.site_commands.exists()
    named = body | {"sites": [room.lao_cai.pk], "command_id": make_command_id()}
    assert clients["secretary"].post(address, named, headers={"accept": "application/json"}).status_code == 200
