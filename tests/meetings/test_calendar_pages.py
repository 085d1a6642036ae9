"""The pages of calendars: one's own address, shown and renewed; a meeting's, for who prepares it."""

from __future__ import annotations

import pytest

from meetings.calendar.addresses import whole
from meetings.calendar.models import CalendarAddress
from meetings.models import JournalEntry
from tests.cast import Cast, Clients, Room
from tests.knocking import knock

pytestmark = pytest.mark.django_db


def test_one_makes_and_renews_the_address_of_the_own_calendar(cast: Cast, clients: Clients) -> None:
    client = clients["delegate"]
    assert "webcal://" not in client.get("/calendar/").content.decode()
    assert not CalendarAddress.objects.exists()  # looking makes nothing
    assert client.post("/calendar/renew/").status_code == 303
    first = whole(CalendarAddress.objects.get(account=cast["delegate"]))
    page = client.get("/calendar/").content.decode()
    assert first in page
    assert "<svg" in page
    assert "địa chỉ cũ sẽ" not in page  # there is none
    client.post("/calendar/renew/")
    page = client.get("/calendar/").content.decode()
    assert first not in page
    assert "địa chỉ cũ sẽ" in page
    facts = JournalEntry.objects.filter(kind="own_calendar.renewed")
    assert [one.payload["renewal"] for one in facts] == [1, 2]
    assert first.rpartition("/")[2] not in str(list(facts.values()))
    assert whole(CalendarAddress.objects.get()) not in clients["guest"].get("/calendar/").content.decode()


def test_the_address_of_a_meeting_s_calendar_is_made_by_who_prepares_it(room: Room, clients: Clients) -> None:
    url = f"/m/{room.meeting.slug}/calendar/"
    assert "webcal://" not in clients["secretary"].get(url).content.decode()
    assert knock(clients["secretary"], room.meeting, "calendar.renew").status_code == 200
    assert whole(CalendarAddress.objects.get(meeting=room.meeting)) in clients["secretary"].get(url).content.decode()


def test_a_participant_takes_the_meeting_home_as_a_file(room: Room, clients: Clients) -> None:
    answer = clients["delegate"].get(f"/m/{room.meeting.slug}/calendar.ics")
    assert answer["Content-Disposition"] == f'attachment; filename="{room.meeting.slug}.ics"'
    assert "Lào Cai" in answer.content.decode().replace("\r\n ", "")
