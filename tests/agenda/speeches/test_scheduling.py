"""Picked speeches in the programme: once, in their order, brought up to date, taken out again; the tree's rules hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agenda import actions as programme
from agenda.models import AgendaItem, ProgrammeStep, Speech, SpeechCall
from agenda.speeches import actions, rules
from agenda.speeches.queries import is_scheduled, picked_of
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from tests.cast import Room
from tests.make import make_item, open_the_item, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_journal_says_what_the_tables_say(room: Room) -> Iterator[None]:
    yield
    assert fold_differences(room.meeting) == []


def under(call: SpeechCall) -> list[str]:
    """Return what stands under the item: number and title without the prefix."""
    rows = AgendaItem.objects.filter(parent=call.item_id).order_by("position")
    return [f"{row.number} {row.title.removeprefix(rules.PREFIX)}" for row in rows]


def schedule(call: SpeechCall) -> None:
    actions.schedule_speeches(call.meeting, by=the_secretariat(), call=call)


def test_the_picked_speeches_become_items_with_their_speakers(room: Room, call: SpeechCall, three: list[Speech]) -> None:
    actions.edit_speech(
        room.meeting, by=the_secretariat(), speech=three[0], version=2, title="Bài 1", minutes=6, speaker=room.people["delegate"]
    )
    schedule(call)
    assert under(call) == ["5.1 Bài 1", "5.2 Bài 2", "5.3 Bài 3"]
    first, second, _third = AgendaItem.objects.filter(parent=call.item_id).order_by("position")
    assert (first.title, first.presenter, first.minutes) == ("Tham luận: Bài 1", "Giàng A Đại, Phó Bí thư, Lào Cai", 6)
    assert list(first.people.all()) == [room.people["delegate"]]
    assert (second.presenter, second.kind) == ("Tỉnh ủy Hà Tĩnh", "speeches")
    assert is_scheduled(call, picked_of(call))


def test_scheduling_again_brings_up_to_date_and_doubles_nothing(room: Room, call: SpeechCall, three: list[Speech]) -> None:
    schedule(call)
    with pytest.raises(OutOfOrder):
        schedule(call)
    keys = set(AgendaItem.objects.filter(parent=call.item_id).values_list("pk", flat=True))
    actions.move_speech(room.meeting, by=the_secretariat(), speech=three[2], way="up")
    actions.move_speech(room.meeting, by=the_secretariat(), speech=three[2], way="up")
    actions.edit_speech(room.meeting, by=the_secretariat(), speech=three[1], version=2, title="Bài hai", minutes=5)
    assert not is_scheduled(call, picked_of(call))
    schedule(call)
    assert under(call) == ["5.1 Bài 3", "5.2 Bài 1", "5.3 Bài hai"]
    assert set(AgendaItem.objects.filter(parent=call.item_id).values_list("pk", flat=True)) == keys


def test_what_is_no_longer_picked_leaves_the_programme(room: Room, call: SpeechCall, three: list[Speech]) -> None:
    schedule(call)
    actions.unpick_speech(room.meeting, by=the_secretariat(), speech=three[0])
    assert under(call) == ["5.1 Bài 2", "5.2 Bài 3"]
    actions.return_speech(room.meeting, by=the_secretariat(), speech=three[1], version=2, reason="Trùng")
    actions.withdraw_speech(room.meeting, by=the_secretariat(), speech=three[2], version=2)
    assert under(call) == []
    actions.pick_speech(room.meeting, by=the_secretariat(), speech=three[0], version=3)
    schedule(call)
    assert under(call) == ["5.1 Bài 1"]


def test_an_item_taken_out_by_hand_comes_back_once_even_when_that_is_undone(
    room: Room, call: SpeechCall, three: list[Speech]
) -> None:
    schedule(call)
    by, first = the_secretariat(), AgendaItem.objects.filter(parent=call.item_id).order_by("position")[0]
    programme.remove_item(room.meeting, by=by, item=first)
    assert not is_scheduled(call, picked_of(call))
    programme.undo_programme(room.meeting, by=by, step=ProgrammeStep.objects.get().number)
    assert is_scheduled(call, picked_of(call))
    programme.remove_item(room.meeting, by=by, item=first)
    schedule(call)
    assert under(call) == ["5.1 Bài 1", "5.2 Bài 2", "5.3 Bài 3"]


def test_scheduling_cannot_be_undone_as_a_change_of_the_builder(room: Room, call: SpeechCall, three: list[Speech]) -> None:
    step = ProgrammeStep.objects.get().number
    schedule(call)
    assert not ProgrammeStep.objects.exists()
    with pytest.raises(OutOfOrder):
        programme.undo_programme(room.meeting, by=the_secretariat(), step=step)


def test_own_items_under_the_heading_stay_and_what_was_moved_away_comes_back(
    room: Room, call: SpeechCall, three: list[Speech]
) -> None:
    by, assert_item = the_secretariat(), AgendaItem.objects.get(pk=call.item_id)
    make_item(room.meeting, "Dẫn đề", parent=assert_item)
    schedule(call)
    assert under(call) == ["5.1 Dẫn đề", "5.2 Bài 1", "5.3 Bài 2", "5.4 Bài 3"]
    three[0].refresh_from_db()
    programme.move_item(room.meeting, by=by, item=AgendaItem.objects.get(pk=three[0].item_id), position=1)
    schedule(call)
    assert under(call) == ["5.1 Dẫn đề", "5.2 Bài 1", "5.3 Bài 2", "5.4 Bài 3"]


def test_what_has_begun_is_left_as_it_is(room: Room, call: SpeechCall, three: list[Speech]) -> None:
    schedule(call)
    open_the_meeting(room.meeting)
    first = AgendaItem.objects.filter(parent=call.item_id).order_by("position")[0]
    open_the_item(first)
    with pytest.raises(OutOfOrder):
        actions.unpick_speech(room.meeting, by=the_secretariat(), speech=three[0])
    actions.move_speech(room.meeting, by=the_secretariat(), speech=three[2], way="up")
    schedule(call)
    assert under(call) == ["5.1 Bài 1", "5.2 Bài 3", "5.3 Bài 2"]


def test_an_item_that_is_open_does_not_become_a_heading(room: Room, call: SpeechCall, three: list[Speech]) -> None:
    open_the_meeting(room.meeting)
    item = AgendaItem.objects.get(pk=call.item_id)
    open_the_item(item)
    with pytest.raises(OutOfOrder):
        schedule(call)
    assert under(call) == []


def test_an_item_that_is_gone_is_named_and_another_one_chosen(room: Room, call: SpeechCall, three: list[Speech]) -> None:
    by = the_secretariat()
    programme.remove_item(room.meeting, by=by, item=AgendaItem.objects.get(pk=call.item_id))
    with pytest.raises(OutOfOrder):
        schedule(call)
    other = make_item(room.meeting, "Thảo luận", kind="discussion")
    actions.set_speech_call(room.meeting, by=by, call=call, item=other, deadline=None, minutes=8)
    call.refresh_from_db()
    schedule(call)
    assert len(under(call)) == 3


def test_nothing_picked_is_nothing_to_schedule(call: SpeechCall) -> None:
    with pytest.raises(OutOfOrder):
        schedule(call)


@pytest.mark.parametrize(
    ("have", "wanted"), [([1, 2, 3], [1, 2, 3]), ([1, 2, 3], [3, 1, 2]), ([4, 3, 2, 1], [1, 2, 3, 4]), ([], [])]
)
def test_steps_lead_from_one_order_to_the_other(have: list[int], wanted: list[int]) -> None:
    order = list(have)
    for item, before in rules.steps(have, wanted):
        order.remove(item)
        order.insert(order.index(before), item)
    assert order == wanted
    assert rules.steps(wanted, wanted) == []


def test_the_order_of_the_picked_has_two_ends(room: Room, three: list[Speech]) -> None:
    for speech, way in ((three[0], "up"), (three[2], "down")):
        with pytest.raises(OutOfOrder):
            actions.move_speech(room.meeting, by=the_secretariat(), speech=speech, way=way)
