"""Incidents at bridge points: reported by one side, confirmed by the other, over when both or the control room say so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from control.actions import begin_outages
from control.incidents.actions import close_incident, confirm_incident, end_incident, open_incident
from control.incidents.models import Incident
from live.board import board, tiles_of
from live.incidents import read_incidents
from live.rendering import render_parts
from live.state import read_state
from meetings import clock
from meetings.actions import adjourn_meeting
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import JournalEntry
from meetings.procedure import the_system
from tests.cast import Cast, Clients, Room
from tests.checking_doors import crew_of, make_incident
from tests.knocking import knock
from tests.make import actor_of, open_the_meeting, the_secretariat

SECOND = timedelta(seconds=1)


def recorded(room: Room) -> list[str]:
    entries = JournalEntry.objects.filter(journal=room.meeting.journal_id, kind__startswith="incident.")
    return [kind.partition(".")[2] for kind in entries.order_by("number").values_list("kind", flat=True)]


def ago(room: Room, seconds: int) -> datetime:
    return clock.now(room.meeting) - timedelta(seconds=seconds)


def test_both_sides_say_when_it_began_and_when_it_ended_and_then_it_is_over(room: Room) -> None:
    began, seen, over, over_here = (ago(room, seconds) for seconds in (300, 280, 60, 40))
    incident = open_incident(room.meeting, by=crew_of(room), bridge_point=room.lao_cai, kind="no_sound", began_at=began)
    confirm_incident(room.meeting, by=the_secretariat(), incident=incident, began_at=seen)
    end_incident(room.meeting, by=crew_of(room, "technician"), incident=incident, ended_at=over)
    assert Incident.objects.get().closed_at is None
    end_incident(room.meeting, by=the_secretariat(), incident=incident, ended_at=over_here)
    row = Incident.objects.get()
    times = (row.site_began_at, row.centre_began_at, row.site_ended_at, row.centre_ended_at)
    assert (*times, row.closed_by) == (began, seen, over, over_here, "Văn phòng")
    assert recorded(room) == ["opened", "confirmed", "ended", "ended", "closed"]
    assert fold_differences(room.meeting) == []


def test_the_second_report_of_the_same_kind_confirms_the_first(room: Room) -> None:
    first = make_incident(room.lao_cai, by=crew_of(room))
    second = make_incident(room.lao_cai)
    other = make_incident(room.lao_cai, "no_picture")
    assert (second.pk, recorded(room)) == (first.pk, ["opened", "confirmed", "opened"])
    assert (Incident.objects.count(), other.opened_by_site) == (2, False)
    with pytest.raises(OutOfOrder):
        make_incident(room.lao_cai, by=crew_of(room, "technician"))
    assert fold_differences(room.meeting) == []


def test_the_control_room_closes_it_and_says_the_end_where_nobody_has(room: Room) -> None:
    incident = make_incident(room.lao_cai, by=crew_of(room))
    with pytest.raises(NotAllowed):
        close_incident(room.meeting, by=crew_of(room), incident=incident)
    close_incident(room.meeting, by=the_secretariat(), incident=incident)
    row = Incident.objects.get()
    assert (row.site_ended_at, row.centre_ended_at) == (None, row.closed_at)
    for action in (close_incident, end_incident, confirm_incident):
        with pytest.raises(OutOfOrder):
            action(room.meeting, by=the_secretariat(), incident=incident)
    assert make_incident(room.lao_cai).pk != incident.pk  # the same again is another one
    assert fold_differences(room.meeting) == []


def test_tidying_up_later_does_not_move_the_end_that_the_bridge_point_has_said(room: Room) -> None:
    incident = make_incident(room.lao_cai, by=crew_of(room), began_at=ago(room, 600))
    end_incident(room.meeting, by=crew_of(room), incident=incident, ended_at=ago(room, 500))
    close_incident(room.meeting, by=the_secretariat(), incident=incident)
    assert Incident.objects.get().centre_ended_at is None


def test_nobody_reports_at_another_bridge_point_and_the_chair_reports_none(room: Room, cast: Cast) -> None:
    for by in (crew_of(room), actor_of(room.meeting, cast["chair"])):
        with pytest.raises(NotAllowed):
            open_incident(room.meeting, by=by, bridge_point=room.sites[2], kind="other")


@pytest.mark.parametrize(
    ("began", "refused"),
    [({"minutes": -5}, False), ({"minutes": 1}, False), ({"minutes": 5}, True), ({"days": -2}, True), ({"days": -9999}, True)],
)
def test_a_moment_is_neither_to_come_nor_long_past(room: Room, began: dict[str, int], refused: bool) -> None:
    at = clock.now(room.meeting) + timedelta(**began)
    if refused:
        with pytest.raises(OutOfOrder):
            make_incident(room.lao_cai, began_at=at)
    else:
        assert make_incident(room.lao_cai, began_at=at).centre_began_at <= clock.now(room.meeting)


def test_it_cannot_end_before_it_began(room: Room) -> None:
    incident = make_incident(room.lao_cai, by=crew_of(room), began_at=ago(room, 60))
    with pytest.raises(OutOfOrder):
        end_incident(room.meeting, by=crew_of(room), incident=incident, ended_at=ago(room, 90))


def test_a_report_says_the_moment_of_the_press_or_a_time_of_day(room: Room, clients: Clients) -> None:
    now = timezone.localtime(clock.now(room.meeting)).replace(microsecond=0)
    for kind, text in (("no_sound", (now - 90 * SECOND).isoformat()), ("no_picture", f"{now - 90 * SECOND:%H:%M:%S}")):
        answer = knock(clients["operator"], room.meeting, "incident.open", kind=kind, began_at=text)
        assert answer.status_code == 200, answer.content.decode()
    assert [row.site_began_at for row in Incident.objects.all()] == [now - 90 * SECOND] * 2
    for text in ("khoảng 9 giờ", "2025-11-26T09:25", "9" * 60, "25:00", "0001-01-01T00:00:00+14:00"):
        answer = knock(clients["operator"], room.meeting, "incident.open", kind="other", began_at=text)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["began_at"]), text


def test_an_open_incident_makes_its_tile_the_worst(room: Room) -> None:
    make_incident(room.sites[2], "no_picture")
    state = read_state(room.meeting.pk, "default")
    shown = board(state, {}, None)
    assert [(tile.id, tile.state, str(tile.word)) for tile in shown.troubles] == [(room.sites[2].pk, "bad", "No picture")]
    close_incident(room.meeting, by=the_secretariat(), incident=Incident.objects.get())
    assert {tile.state for tile in tiles_of(read_state(room.meeting.pk, "default"), {}, None, state.sites)} == {"idle"}


def test_a_lost_connection_leads_to_the_outage_of_that_time(room: Room) -> None:
    open_the_meeting(room.meeting)
    lost = clock.now(room.meeting)
    begin_outages(room.meeting, by=the_system(), lost=[(site.pk, lost) for site in room.sites[1:3]])
    make_incident(room.lao_cai, "lost")
    make_incident(room.sites[2], "no_sound")
    make_incident(room.sites[3], "lost")
    rows: dict[int, Any] = {row.site_id: row.outage for row in read_incidents(room.meeting, "default").rows}
    began = room.meeting.outages.get(bridge_point=room.lao_cai).began_at
    assert rows == {room.lao_cai.pk: (began, None), room.sites[2].pk: None, room.sites[3].pk: None}


def test_what_is_open_when_the_meeting_ends_is_closed_afterwards(room: Room) -> None:
    open_the_meeting(room.meeting)
    incident = make_incident(room.lao_cai)
    adjourn_meeting(room.meeting, by=the_secretariat())
    assert Incident.objects.get().closed_at is None
    close_incident(room.meeting, by=the_secretariat(), incident=incident)
    assert fold_differences(room.meeting) == []


def test_what_is_over_at_the_bridge_point_waits_in_amber_for_the_control_room(room: Room) -> None:
    incident = make_incident(room.lao_cai, by=crew_of(room))
    end_incident(room.meeting, by=crew_of(room), incident=incident)
    state = read_state(room.meeting.pk, "default")
    (tile,) = board(state, {}, None).troubles
    assert (tile.state, tile.since) == ("warn", Incident.objects.get().site_ended_at)
    html = render_parts("control", "vi", state, {}, only=["board", "incidents"])
    for part in html.values():
        assert "Điểm cầu báo đã hết, chờ trung tâm" in part
        assert "run-timer" not in part
    make_incident(room.lao_cai, "no_picture")  # another one is not over
    assert [one.state for one in board(read_state(room.meeting.pk, "default"), {}, None).troubles] == ["bad"]


def test_the_key_and_the_panel_say_one_number_and_a_lost_line_that_is_reported_counts_once(room: Room) -> None:
    open_the_meeting(room.meeting)
    lost = clock.now(room.meeting)
    begin_outages(room.meeting, by=the_system(), lost=[(site.pk, lost) for site in room.sites[1:3]])
    make_incident(room.lao_cai, "lost")
    make_incident(room.lao_cai, "no_sound")
    html = render_parts("control", "vi", read_state(room.meeting.pk, "default"), {}, only=["incidents", "outages"])
    assert 'data-figure="outages" data-tone="bad"' in html["incidents"]
    assert 'value="3"' in html["incidents"]
    assert "3 sự cố đang diễn ra" in html["incidents"]
    assert "trong đó 1 điểm cầu mất kết nối, chưa có ai báo" in html["incidents"]
    assert "data-figure" not in html["outages"]
