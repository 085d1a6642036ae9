"""A reading of the room is one moment: what is shown under a number holds nothing newer than that number."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from agenda.models import AgendaItem
from live.snapshot import snapshot
from live.state import read_state
from meetings.models import Journal
from tests.cast import Room
from tests.make import mark_present, open_the_item, open_the_meeting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def elsewhere(*works: Callable[[], object]) -> None:
    """Do something in another thread and connection, and wait until it is committed."""

    def run() -> None:
        for work in works:
            work()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()


def test_what_is_committed_meanwhile_is_not_seen(room: Room) -> None:
    open_the_meeting(room.meeting)
    with snapshot() as using:
        head = Journal.objects.using(using).get(meeting=room.meeting).head
        elsewhere(lambda: open_the_item(room.items[0]), lambda: mark_present(room.people["delegate"]))
        state = read_state(room.meeting.pk, using)
    assert state.number == head
    assert {item.state for item in state.items} == {"planned"}
    assert state.people.present == 0
    with snapshot() as using:
        later = read_state(room.meeting.pk, using)
    assert (later.number, later.items[0].state, later.people.present) == (head + 2, "open", 1)


def test_reading_keeps_nobody_from_writing(room: Room) -> None:
    with snapshot() as using:
        assert AgendaItem.objects.using(using).filter(meeting=room.meeting).count() == 4
        elsewhere(lambda: open_the_meeting(room.meeting))
    room.meeting.refresh_from_db()
    assert room.meeting.state == "open"
