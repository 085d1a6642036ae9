"""A meeting in preparation with something in every room, ready to be rehearsed."""

from __future__ import annotations

import pytest

from agenda.actions import release_programme
from attendance.scanning.actions import open_door
from meetings import actions
from meetings.models import Participant
from tests.cast import Room
from tests.counting_doors import make_body
from tests.make import make_display, make_group, the_secretariat
from tests.papers import make_paper
from tests.polls import make_poll


@pytest.fixture
def prepared(room: Room) -> Room:
    """Everything that a rehearsal takes along: two of the people stand in or are excused."""
    meeting, by = room.meeting, the_secretariat()
    actions.excuse_participants(meeting, by=by, participants=[room.people["ca_mau"]])
    new = [actions.NewParticipant(name="Hoàng Dự Thay", bridge_point=room.sites[2], substitute_for=room.people["ha_tinh"])]
    actions.add_participants(meeting, by=by, participants=new)
    make_body(meeting, "Ban Chấp hành", room.people["chair"], room.people["delegate"])
    make_group(meeting)
    make_display(meeting, site=room.lao_cai)
    make_paper(meeting, item=room.items[1])
    open_door(meeting, by=by, bridge_point=room.lao_cai)
    make_poll(meeting, item=room.items[2], body=meeting.bodies.get())
    release_programme(meeting, by=by)
    Participant.objects.filter(pk=room.people["delegate"].pk).update(mode=Participant.Mode.ONLINE)
    return room
