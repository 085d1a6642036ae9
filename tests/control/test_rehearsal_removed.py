"""A rehearsal with everything in the secretariat's hand goes as a whole."""

from __future__ import annotations

import pytest

from control.actions import begin_outages
from control.models import Announcement, Display, Message, Outage, ReadMark, Receipt, SiteCommand
from control.receipts import mark_read
from meetings.models import Meeting
from meetings.procedure import the_system
from tests.cast import furnish
from tests.make import START, make_announcement, make_display, make_message, make_site_command, open_the_meeting

pytestmark = pytest.mark.django_db


def test_a_rehearsal_with_everything_in_hand_is_removed() -> None:
    room = furnish(kind=Meeting.Kind.REHEARSAL)
    make_display(room.meeting, site=room.lao_cai)
    make_announcement(room.meeting, sites=[room.lao_cai], show=True)
    make_site_command(room.meeting)
    mark_read(room.lao_cai.pk, "technical", True, make_message(room.lao_cai).pk)
    begin_outages(open_the_meeting(room.meeting), by=the_system(), lost=[(room.lao_cai.pk, START)])
    rows = (Announcement, Display, Message, Outage, ReadMark, Receipt, SiteCommand)
    assert all(model._default_manager.exists() for model in rows)
    journal = room.meeting.journal
    room.meeting.delete()
    journal.delete()
    assert not any(model._default_manager.exists() for model in rows)
