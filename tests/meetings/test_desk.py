"""The frame of the workspace: no link that its reader may not follow, no page that has no sense."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting
from tests.cast import Cast, Room
from tests.make import make_bridge_points, make_meeting

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, meeting: Meeting) -> str:
    return client.get(reverse(name, args=[meeting.slug])).text


def test_the_chair_sees_the_work_without_links_to_pages_of_the_secretariat(client: Client, room: Room, cast: Cast) -> None:
    forbidden = [f'href="{reverse(name, args=[room.meeting.slug])}"' for name in ("meetings:edit", "issuing:invitations")]
    client.force_login(cast["secretary"])
    assert all(link in page(client, "meetings:overview", room.meeting) for link in forbidden)
    client.force_login(cast["chair"])
    assert not any(link in page(client, "meetings:overview", room.meeting) for link in forbidden)


def test_a_template_leads_to_no_page_that_needs_a_day(client: Client, cast: Cast) -> None:
    client.force_login(cast["secretariat"])
    template = make_meeting(title="Mẫu", kind=Meeting.Kind.TEMPLATE)
    make_bridge_points(template, central="Trung tâm")
    assert reverse("issuing:invitations", args=[template.slug]) not in page(client, "attendance:participants", template)
    assert reverse("meetings:meeting_calendar", args=[template.slug]) not in page(client, "agenda:programme", template)
    assert "/console/" not in page(client, "meetings:bridge_points", template)
