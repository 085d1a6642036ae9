"""Who hands in, and for what: the unit of the cast's focal point, its speech, and the focal point of another unit."""

from __future__ import annotations

import pytest
from django.test import Client

from agenda.models import Speech
from attendance.models import AskedUnit
from tests.cast import Clients, Room
from tests.make import make_asked_unit, make_speech, make_user


@pytest.fixture
def unit(room: Room, clients: Clients) -> AskedUnit:
    """Lào Cai, for which the focal point of the cast speaks."""
    found = room.meeting.asked_units.select_related("organisation")
    return found.get(organisation=clients.cast["focal_point"].organisation)


@pytest.fixture
def speech(unit: AskedUnit) -> Speech:
    return make_speech(unit, "Số hóa tài liệu lưu trữ")


@pytest.fixture
def focal(clients: Clients) -> Client:
    clients["focal_point"].cookies["django_language"] = "en"
    return clients["focal_point"]


@pytest.fixture
def others(room: Room, clients: Clients) -> Client:
    """The focal point of Cà Mau, a unit that is asked too."""
    ca_mau = make_asked_unit(room.meeting, "Cà Mau").organisation
    clients.cast["others"] = make_user("focal-96", office_role="focal_point", organisation=ca_mau)
    return clients["others"]
