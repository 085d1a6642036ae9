"""Running the programme: open, close, defer; a stale command is refused with a sentence and changes nothing."""

from __future__ import annotations

import pytest

from agenda import actions
from agenda.models import AgendaItem
from meetings import actions as meetings
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting
from tests.cast import Room
from tests.make import ask_for_floor, give_floor, open_the_item, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db


def states(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("position").values_list("state", flat=True))


@pytest.fixture
def meeting(room: Room) -> Meeting:
    """The room in session."""
    return open_the_meeting(room.meeting)


def test_next_closes_the_open_item_and_opens_another_in_one_step(room: Room, meeting: Meeting) -> None:
    open_the_item(room.items[0])
    actions.open_item(meeting, by=the_secretariat(), item=room.items[1], closing=room.items[0])
    assert states(meeting) == ["closed", "open", "planned", "planned"]
    kinds = list(meeting.journal.entries.order_by("-number").values_list("kind", flat=True)[:2])
    assert kinds == ["item.opened", "item.closed"]


def test_what_the_actor_saw_open_must_still_be_open(room: Room, meeting: Meeting) -> None:
    by = the_secretariat()
    with pytest.raises(OutOfOrder):
        actions.open_item(meeting, by=by, item=room.items[1], closing=room.items[0])
    open_the_item(room.items[0])
    with pytest.raises(OutOfOrder, match="1"):
        actions.open_item(meeting, by=by, item=room.items[1])
    with pytest.raises(OutOfOrder):
        actions.open_item(meeting, by=by, item=room.items[1], closing=room.items[2])
    with pytest.raises(OutOfOrder):
        actions.open_item(meeting, by=by, item=room.items[0], closing=room.items[0])
    assert states(meeting) == ["open", "planned", "planned", "planned"]


def test_an_item_that_has_ended_is_not_opened_again(room: Room, meeting: Meeting) -> None:
    by = the_secretariat()
    open_the_item(room.items[0])
    actions.close_item(meeting, by=by, item=room.items[0])
    for do in (actions.open_item, actions.close_item, actions.defer_item):
        with pytest.raises(OutOfOrder):
            do(meeting, by=by, item=room.items[0])


def test_a_deferred_item_is_opened_later(room: Room, meeting: Meeting) -> None:
    actions.defer_item(meeting, by=the_secretariat(), item=room.items[0])
    with pytest.raises(OutOfOrder):
        actions.defer_item(meeting, by=the_secretariat(), item=room.items[0])
    open_the_item(room.items[0])
    assert states(meeting)[0] == "open"
    assert fold_differences(meeting) == []


def test_nothing_of_the_programme_runs_in_a_meeting_that_does_not(room: Room) -> None:
    by, meeting = the_secretariat(), room.meeting
    with pytest.raises(OutOfOrder):
        actions.open_item(meeting, by=by, item=room.items[0])
    open_the_meeting(meeting)
    open_the_item(room.items[0])
    meetings.suspend_meeting(meeting, by=by)
    for do in (actions.close_item, actions.open_item):
        with pytest.raises(OutOfOrder):
            do(meeting, by=by, item=room.items[0])
    meetings.resume_meeting(meeting, by=by)
    actions.close_item(meeting, by=by, item=room.items[0])
    meetings.adjourn_meeting(meeting, by=by)
    with pytest.raises(OutOfOrder):
        actions.defer_item(meeting, by=by, item=room.items[1])


def test_closing_an_item_ends_the_speech_and_lapses_the_rest(room: Room, meeting: Meeting) -> None:
    open_the_item(room.items[0])
    speech = give_floor(ask_for_floor(room.people["delegate"]))
    waiting = ask_for_floor(room.people["ca_mau"])
    actions.close_item(meeting, by=the_secretariat(), item=room.items[0])
    speech.refresh_from_db()
    waiting.refresh_from_db()
    assert (speech.state, waiting.state) == ("done", "lapsed")
    assert speech.ended_at is not None
    kinds = list(meeting.journal.entries.order_by("-number").values_list("kind", flat=True)[:2])
    assert kinds == ["item.closed", "floor.yielded"]
    assert fold_differences(meeting) == []


def test_an_item_removed_by_somebody_else_is_not_opened(room: Room, meeting: Meeting) -> None:
    stale = AgendaItem.objects.get(pk=room.items[3].pk)
    actions.remove_item(meeting, by=the_secretariat(), item=room.items[3])
    with pytest.raises(OutOfOrder):
        actions.open_item(meeting, by=the_secretariat(), item=stale)
