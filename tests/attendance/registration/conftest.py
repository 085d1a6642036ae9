"""What tests of registration stand on: the unit of the focal point, and both who speak for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from attendance.models import AskedUnit
from attendance.registration.actions import edit_unit, set_terms
from meetings.models import Meeting
from meetings.procedure import Actor
from tests.cast import Cast, Room
from tests.make import actor_of, the_secretariat


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


def limit(unit: AskedUnit, quota: int) -> None:
    """Give a unit so many places, as the secretariat does."""
    edit_unit(
        unit.meeting, by=the_secretariat(), unit=unit, quota=quota, places={}, bridge_point=unit.bridge_point, deadline=None
    )


def soon(days: int = 1) -> datetime:
    """Return a moment that is not over."""
    return timezone.now() + timedelta(days=days)


def ask_for(meeting: Meeting, **kw: Any) -> None:
    """Set the terms, with those named."""
    data = {"deadline": None, "message": "", "asks_phone": False, "asks_email": False, "asks_needs": False}
    set_terms(meeting, by=the_secretariat(), **data | kw)
