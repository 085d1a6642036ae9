"""Reading from an earlier state: what the entries since cannot have touched is carried over, and nothing is missed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from live.hand import Hand
from live.reading import read_newest
from live.state import ALL, RoomState, touched_by
from meetings.fact_kinds import kinds
from tests.cast import Room, cast_of, furnish
from tests.make import mark_present, open_the_item, open_the_meeting
from tests.sizes import HISTORIES_READ_ON
from tests.stories import voting_steps
from tests.stories.test_histories import HAND, NAMES, Step, steps, take


def without_clock(state: RoomState) -> RoomState:
    return replace(state, clock=None)  # type: ignore[arg-type]


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=HISTORIES_READ_ON, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(history=st.lists(steps([*NAMES, *HAND, *voting_steps.STEPS]), min_size=25, max_size=50), every=st.integers(1, 4))
def test_reading_on_from_any_number_is_reading_anew(history: list[Step], every: int) -> None:
    with transaction.atomic():
        room = furnish()
        users = cast_of(room)
        state, first = read_newest(room.meeting.pk), read_newest(room.meeting.pk)
        for turn, step in enumerate([("open", "chair", 0, 0), ("open item", "chair", 0, 2), *history]):
            take(room, step, users)
            if turn % every == 0:
                state = read_newest(room.meeting.pk, state)
                assert without_clock(state) == without_clock(read_newest(room.meeting.pk)), step
        assert without_clock(read_newest(room.meeting.pk, first)) == without_clock(read_newest(room.meeting.pk))
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_is_not_touched_is_the_same_object(room: Room) -> None:
    open_the_meeting(room.meeting)
    before = read_newest(room.meeting.pk)
    open_the_item(room.items[0])
    after = read_newest(room.meeting.pk, before)
    assert (after.number, after.items[0].state) == (before.number + 1, "open")
    assert after.sites is before.sites
    assert after.hand is before.hand
    mark_present(room.people["delegate"])
    assert read_newest(room.meeting.pk, after).items is after.items


def test_a_kind_nobody_has_thought_of_may_have_touched_everything() -> None:
    assert touched_by(["item.opened"]) < ALL
    assert touched_by(["item.opened", "something.new"]) == ALL


def test_every_kind_of_fact_is_known_or_touches_everything() -> None:
    for kind in kinds():
        assert touched_by([kind]) <= ALL


def test_a_state_without_a_hand_holds_nothing() -> None:
    assert Hand() == Hand(outages_total=0)
