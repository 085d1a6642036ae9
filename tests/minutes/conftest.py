"""A meeting that has been held, for the tests that print and look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agenda.actions import close_item, yield_floor
from meetings import actions as meetings
from printing.press import PRESS
from tests.cast import Room
from tests.make import ask_for_floor, give_floor, mark_present, open_the_item, open_the_meeting, the_secretariat


@pytest.fixture
def over(room: Room) -> Room:
    """The room's meeting, opened, held and adjourned."""
    mark_present(room.people["delegate"], room.people["ha_tinh"])
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    wish = give_floor(ask_for_floor(room.people["delegate"]))
    yield_floor(room.meeting, by=the_secretariat(), request=wish)
    close_item(room.meeting, by=the_secretariat(), item=room.items[0])
    meetings.adjourn_meeting(room.meeting, by=the_secretariat())
    return room


@pytest.fixture(scope="session", autouse=True)
def the_press_ends_with_the_tests() -> Iterator[None]:
    """End the children of the press."""
    yield
    PRESS.close()
