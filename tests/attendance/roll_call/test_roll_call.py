"""A roll call: who is called, who answers, what is noted, and what becomes of who does not."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from attendance.models import RollCallAnswer
from attendance.roll_call.actions import close_roll_call, mark_roll_call, open_roll_call
from live.reading import read_newest
from live.rendering import render_parts
from meetings.actions import NewBridgePoint, add_bridge_points, adjourn_meeting, remove_bridge_point
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from tests.cast import Room
from tests.knocking import knock
from tests.make import make_meeting, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db


def states(room: Room) -> dict[str, str]:
    rows = RollCallAnswer.objects.filter(roll_call__meeting=room.meeting, roll_call__closed_at=None)
    return dict(rows.values_list("bridge_point__short_name", "state"))


def test_all_under_the_hall_are_called_and_neither_the_hall_nor_those_under_another(room: Room) -> None:
    by = the_secretariat()
    under = [NewBridgePoint(name="Xã Bắc Hà", short_name="Bắc Hà", parent=room.lao_cai)]
    add_bridge_points(room.meeting, by=by, bridge_points=under)
    open_roll_call(room.meeting, by=by)
    assert states(room) == {"Lào Cai": "waiting", "Hà Tĩnh": "waiting", "Cà Mau": "waiting"}
    with pytest.raises(OutOfOrder):
        open_roll_call(room.meeting, by=by)
    with pytest.raises(OutOfOrder):
        remove_bridge_point(room.meeting, by=by, bridge_point=room.sites[3])


def test_without_bridge_points_nobody_can_be_called(db: None) -> None:
    with pytest.raises(OutOfOrder):
        open_roll_call(make_meeting(), by=the_secretariat())


def test_consoles_answer_for_themselves_the_desk_notes_the_rest_and_the_end_says_who_was_silent(
    room: Room, clients: dict[str, Client]
) -> None:
    meeting = room.meeting
    assert knock(clients["operator"], meeting, "roll_call.answer").status_code == 409
    assert knock(clients["chair"], meeting, "roll_call.open").status_code == 200
    assert knock(clients["operator"], meeting, "roll_call.answer", bridge_point=room.sites[2]).status_code == 403
    assert knock(clients["operator"], meeting, "roll_call.answer").status_code == 200
    assert knock(clients["operator"], meeting, "roll_call.answer").status_code == 409
    assert knock(clients["chair"], meeting, "roll_call.mark", bridge_point=room.sites[2], state="silent").status_code == 200
    assert states(room) == {"Lào Cai": "here", "Hà Tĩnh": "silent", "Cà Mau": "waiting"}
    assert knock(clients["other_operator"], meeting, "roll_call.answer").status_code == 200  # late, but there
    assert knock(clients["chair"], meeting, "roll_call.close").status_code == 200
    said = meeting.journal.entries.get(kind="roll_call.closed").payload
    assert (said["called"], said["here"], [one["name"] for one in said["silent"]]) == (3, 2, ["Điểm cầu Cà Mau"])
    assert knock(clients["other_operator"], meeting, "roll_call.answer").status_code == 409
    assert fold_differences(meeting) == []
    shown = read_newest(meeting.pk).roll_call
    assert shown is not None
    assert (len(shown.here), [one.name for one in shown.silent], shown.is_open) == (2, ["Cà Mau"], False)


def test_what_was_noted_wrongly_is_noted_otherwise_until_the_end(room: Room) -> None:
    by = the_secretariat()
    open_roll_call(room.meeting, by=by)
    mark_roll_call(room.meeting, by=by, bridge_point=room.lao_cai, state="here")
    with pytest.raises(OutOfOrder):
        mark_roll_call(room.meeting, by=by, bridge_point=room.lao_cai, state="here")
    mark_roll_call(room.meeting, by=by, bridge_point=room.lao_cai, state="silent")
    assert states(room)["Lào Cai"] == "silent"
    with pytest.raises(OutOfOrder):
        mark_roll_call(room.meeting, by=by, bridge_point=room.sites[0], state="here")  # the hall calls, it is not called
    close_roll_call(room.meeting, by=by)
    with pytest.raises(OutOfOrder):
        close_roll_call(room.meeting, by=by)
    open_roll_call(room.meeting, by=by)
    assert set(states(room).values()) == {"waiting"}
    assert fold_differences(room.meeting) == []


def test_adjourning_ends_a_roll_call_that_was_forgotten(room: Room) -> None:
    open_the_meeting(room.meeting)
    open_roll_call(room.meeting, by=the_secretariat())
    adjourn_meeting(room.meeting, by=the_secretariat())
    assert room.meeting.journal.entries.get(kind="roll_call.closed").payload["here"] == 0
    assert fold_differences(room.meeting) == []


def test_the_same_few_questions_read_a_roll_call_of_three_and_of_thirty(room: Room, django_assert_num_queries: object) -> None:
    from live.roll_call import read_roll_call

    open_roll_call(room.meeting, by=the_secretariat())
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert read_roll_call(room.meeting, "default")
    close_roll_call(room.meeting, by=the_secretariat())
    new = [NewBridgePoint(name=f"Điểm {n}", short_name=f"{n}") for n in range(30)]
    add_bridge_points(room.meeting, by=the_secretariat(), bridge_points=new)
    open_roll_call(room.meeting, by=the_secretariat())
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = read_roll_call(room.meeting, "default")
    assert found is not None
    assert found.total == 33


def shown(room: Room, screen: str) -> str:
    return render_parts(screen, "vi", read_newest(room.meeting.pk), {}, only=["roll_call"])["roll_call"]


def test_the_keys_say_how_many_are_here_and_are_content_only_when_all_are(room: Room) -> None:
    by = the_secretariat()
    open_roll_call(room.meeting, by=by)
    mark_roll_call(room.meeting, by=by, bridge_point=room.lao_cai, state="here")
    mark_roll_call(room.meeting, by=by, bridge_point=room.sites[2], state="silent")
    for screen in ("chair", "control"):
        running = shown(room, screen)
        assert 'data-tone="warn" value="1/3"' in running
        words = " ".join(strip_tags(running).split())
        assert "đã gọi 2/3 · có mặt 1 ·" in words
    close_roll_call(room.meeting, by=by)
    assert 'data-tone="warn" value="1/3"' in shown(room, "control")
    open_roll_call(room.meeting, by=by)
    for site in room.sites[1:]:
        mark_roll_call(room.meeting, by=by, bridge_point=site, state="here")
    close_roll_call(room.meeting, by=by)
    assert 'data-tone="ok" value="3/3"' in shown(room, "chair")


def test_a_console_that_has_answered_says_so_until_the_end(room: Room, clients: dict[str, Client]) -> None:
    open_roll_call(room.meeting, by=the_secretariat())
    assert knock(clients["operator"], room.meeting, "roll_call.answer").status_code == 200
    at = RollCallAnswer.objects.get(roll_call__meeting=room.meeting, bridge_point=room.lao_cai).answered_at
    told = f"Đã trả lời lúc {timezone.localtime(at):%H:%M}"
    html = shown(room, "console")
    answered = html[html.index('class="answered"') :]
    assert f'data-sites="{room.lao_cai.pk}"' in answered
    assert told in answered
    assert told in clients["operator"].get(f"/m/{room.meeting.slug}/console/").content.decode()
    close_roll_call(room.meeting, by=the_secretariat())
    assert told not in shown(room, "console")
