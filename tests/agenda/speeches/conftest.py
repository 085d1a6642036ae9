"""What tests of registered speeches stand on: the unit of the focal point, both who speak for it, and a registration."""

from __future__ import annotations

import pytest

from agenda.models import Speech, SpeechCall
from attendance.models import AskedUnit
from meetings.procedure import Actor
from tests.cast import Cast, Room
from tests.make import actor_of, make_asked_unit, make_speech, make_speech_call


@pytest.fixture
def unit(room: Room, cast: Cast) -> AskedUnit:
    """Lào Cai as it is asked, through its own bridge point."""
    found = room.meeting.asked_units.select_related("organisation").get()
    found.bridge_point = room.lao_cai
    found.save(update_fields=["bridge_point"])
    return found


@pytest.fixture
def focal(room: Room, cast: Cast, unit: AskedUnit) -> Actor:
    """The focal point of Lào Cai."""
    return actor_of(room.meeting, cast["focal_point"])


@pytest.fixture
def call(room: Room, unit: AskedUnit) -> SpeechCall:
    """Speeches are registered for an item: one for each unit, eight minutes, no deadline."""
    return make_speech_call(room.meeting)


@pytest.fixture
def three(room: Room, unit: AskedUnit, call: SpeechCall) -> list[Speech]:
    """Three picked speeches: of Lào Cai, Hà Tĩnh and Cà Mau, in this order."""
    units = [unit, make_asked_unit(room.meeting, "Hà Tĩnh"), make_asked_unit(room.meeting, "Cà Mau")]
    return [make_speech(one, f"Bài {n}", call=call, picked=True) for n, one in enumerate(units, start=1)]
