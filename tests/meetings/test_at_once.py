"""Many at once: no number is lost or given twice, one "next" wins, one command id takes effect once."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client

from agenda import actions as agenda
from agenda.models import AgendaItem
from attendance.presence.actions import mark_presence
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.journal import first_fault, lock
from meetings.models import Meeting, Reply, Role
from tests.at_once import together
from tests.cast import Cast, Room, furnish
from tests.knocking import knock
from tests.make import make_command_id, make_participants, open_the_item, open_the_meeting, the_secretariat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_eight_threads_of_fifty_actions_leave_no_gap(room: Room) -> None:
    meeting, by = room.meeting, the_secretariat()
    people = make_participants(meeting, [f"Đại biểu {n}" for n in range(8)])
    before = meeting.journal.entries.count()

    def mark(n: int) -> int:
        own = type(meeting).objects.get(pk=meeting.pk)
        for turn in range(50):
            mark_presence(own, by=by, participants=[people[n]], state=("present", "absent")[turn % 2])
        return 50

    assert together(*(lambda n=n: mark(n) for n in range(8))) == [50] * 8
    meeting.journal.refresh_from_db()
    assert list(meeting.journal.entries.values_list("number", flat=True)) == list(range(1, before + 400 + 1))
    assert meeting.journal.head == before + 400
    assert first_fault(meeting.journal) is None
    assert fold_differences(meeting) == []


def test_when_two_press_next_one_item_opens_and_the_other_is_told_why(room: Room, clients: dict[str, Client]) -> None:
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    answers: list[HttpResponse] = together(
        *(
            lambda client=clients[name]: knock(client, room.meeting, "item.open", item=room.items[1], closing=room.items[0])
            for name in ("chair", "secretary")
        )
    )
    assert sorted(a.status_code for a in answers) == [200, 409]
    assert next(a for a in answers if a.status_code == 409).json()["reason"]
    assert list(room.meeting.items.filter(state="open")) == [room.items[1]]
    assert fold_differences(room.meeting) == []


def test_when_two_open_different_items_one_of_them_opens(room: Room) -> None:
    open_the_meeting(room.meeting)
    by = the_secretariat()
    results = together(*(lambda item=item: agenda.open_item(room.meeting, by=by, item=item) for item in room.items[:2]))
    assert [type(r) for r in results if r is not None] == [OutOfOrder]
    assert AgendaItem.objects.filter(meeting=room.meeting, state="open").count() == 1


def test_one_command_sent_six_times_at_once_takes_effect_once(room: Room, clients: dict[str, Client]) -> None:
    command_id, cookies = make_command_id(), clients["secretary"].cookies

    def send() -> HttpResponse:
        client = Client()
        client.cookies = cookies
        return knock(client, room.meeting, "item.add", command_id=command_id, title="Một lần", kind="report", minutes=5)

    answers = together(*[send] * 6)
    assert {(a.status_code, a.content) for a in answers} == {(200, answers[0].content)}
    assert room.meeting.items.filter(title="Một lần").count() == 1
    assert Reply.objects.count() == 1


def test_a_right_taken_away_while_the_command_waits_is_gone(room: Room, clients: dict[str, Client]) -> None:
    seat, answers = room.people["secretary"], []

    def send() -> None:
        answers.append(knock(clients["secretary"], room.meeting, "item.add", title="Quá muộn", kind="report", minutes=5))
        connections.close_all()

    thread = threading.Thread(target=send)
    with transaction.atomic():
        lock(room.meeting.journal_id)
        thread.start()
        time.sleep(0.5)  # the command has found out who asks and waits for the journal
        type(seat).objects.filter(pk=seat.pk).update(role=Role.OBSERVER)
    thread.join(30)
    assert answers[0].status_code == 403
    assert not room.meeting.items.filter(title="Quá muộn").exists()


def test_one_id_sent_to_two_meetings_at_once_is_done_in_one(room: Room, cast: Cast) -> None:
    other, command_id = furnish(suffix="-2"), make_command_id()
    signed_in = Client()
    signed_in.force_login(cast["administrator"])

    def send(meeting: Meeting) -> HttpResponse:
        client = Client()
        client.cookies = signed_in.cookies
        return knock(client, meeting, "item.add", command_id=command_id, title="Một nơi", kind="report", minutes=5)

    answers = together(*(lambda m=m: send(m) for m in (room.meeting, other.meeting)))
    assert sorted(a.status_code for a in answers) == [200, 409]
    assert AgendaItem.objects.filter(title="Một nơi").count() == 1
