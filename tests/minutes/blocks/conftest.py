"""A meeting in which an item is on, for the tests of its blocks."""

from __future__ import annotations

import pytest

from tests.cast import Room
from tests.make import open_the_item, open_the_meeting


@pytest.fixture
def running(room: Room) -> Room:
    """The room's meeting with its first item open."""
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    return room
