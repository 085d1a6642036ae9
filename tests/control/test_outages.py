"""Outages: begun and ended while the meeting runs, with their durations; none outlives it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from control.actions import begin_outages, end_outages
from control.models import Outage
from meetings import actions, clock
from meetings.errors import NotAllowed
from meetings.hooks import fold_differences
from meetings.models import Meeting
from meetings.procedure import the_system
from tests.cast import Room, furnish
from tests.make import START, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db


@pytest.fixture
def rehearsal() -> Room:
    """A rehearsal in session since 8:30, whose clock shows 9:00."""
    room = furnish(kind=Meeting.Kind.REHEARSAL, clock_base=START)
    open_the_meeting(room.meeting)
    set_clock(room, minutes=30)
    return room


def set_clock(room: Room, minutes: int) -> None:
    """Let the clock stand at so many minutes after the beginning."""
    actions.set_clock(room.meeting, by=the_secretariat(), rate=0.01, base=START + timedelta(minutes=minutes))


def lose(room: Room, *sites: int, at: datetime) -> int:
    return begin_outages(room.meeting, by=the_system(), lost=[(room.sites[n].pk, at) for n in sites])


def bring_back(room: Room, *sites: int) -> int:
    return end_outages(room.meeting, by=the_system(), returned=[room.sites[n].pk for n in sites])


def test_an_outage_has_a_beginning_an_end_and_a_duration(rehearsal: Room) -> None:
    at = START + timedelta(minutes=20)
    assert lose(rehearsal, 1, 2, at=at) == 2
    begun = rehearsal.meeting.journal.entries.last()
    assert begun is not None
    assert (begun.kind, begun.actor, begun.account) == ("outages.begun", "Điểm Cầu", None)
    assert [(row["name"], row["began_at"]) for row in begun.payload["outages"]] == [
        ("Điểm cầu Lào Cai", at.isoformat()), ("Điểm cầu Hà Tĩnh", at.isoformat()),
    ]  # fmt: skip
    set_clock(rehearsal, minutes=35)
    assert bring_back(rehearsal, 1, 3) == 1
    ended = rehearsal.meeting.journal.entries.last()
    assert ended is not None
    (row,) = ended.payload["outages"]
    assert (row["bridge_point"], row["seconds"]) == (rehearsal.lao_cai.pk, 15 * 60)
    assert datetime.fromisoformat(row["ended_at"]) == Outage.objects.get(bridge_point=rehearsal.lao_cai).ended_at
    assert Outage.objects.filter(ended_at=None).count() == 1
    assert fold_differences(rehearsal.meeting) == []


def test_nothing_is_noted_twice(rehearsal: Room) -> None:
    at = START + timedelta(minutes=20)
    assert lose(rehearsal, 1, at=at) == 1
    entries = rehearsal.meeting.journal.entries.count()
    assert (lose(rehearsal, 1, at=at), bring_back(rehearsal, 2)) == (0, 0)
    assert begin_outages(rehearsal.meeting, by=the_system(), lost=[(10**9, at), (-1, at)]) == 0
    assert (begin_outages(rehearsal.meeting, by=the_system(), lost=[]), bring_back(rehearsal)) == (0, 0)
    assert rehearsal.meeting.journal.entries.count() == entries


def test_bridge_points_of_another_meeting_are_passed_over(rehearsal: Room) -> None:
    other = furnish(suffix="-2")
    open_the_meeting(other.meeting)
    at = clock.now(other.meeting)
    assert begin_outages(other.meeting, by=the_system(), lost=[(rehearsal.lao_cai.pk, at)]) == 0
    lose(rehearsal, 1, at=START)
    assert end_outages(other.meeting, by=the_system(), returned=[rehearsal.lao_cai.pk]) == 0
    assert Outage.objects.get().ended_at is None


def test_an_outage_lies_within_the_meeting_and_behind_the_one_before(rehearsal: Room) -> None:
    opened, now = rehearsal.meeting.opened_at, clock.now(rehearsal.meeting)
    lose(rehearsal, 1, at=START - timedelta(hours=1))
    lose(rehearsal, 2, at=START + timedelta(hours=9))
    first, future = Outage.objects.order_by("pk")
    assert first.began_at == opened
    assert now <= future.began_at < now + timedelta(minutes=1)
    bring_back(rehearsal, 1)
    first.refresh_from_db()
    lose(rehearsal, 1, at=START)
    assert Outage.objects.get(bridge_point=rehearsal.lao_cai, ended_at=None).began_at == first.ended_at
    assert fold_differences(rehearsal.meeting) == []


def test_outside_the_meeting_nothing_is_noted(room: Room) -> None:
    entries = room.meeting.journal.entries.count()
    assert lose(room, 1, at=timezone.now()) == 0
    assert room.meeting.journal.entries.count() == entries
    open_the_meeting(room.meeting)
    actions.suspend_meeting(room.meeting, by=the_secretariat())
    assert lose(room, 1, at=timezone.now()) == 1, "in a recess it is"
    actions.resume_meeting(room.meeting, by=the_secretariat())
    actions.adjourn_meeting(room.meeting, by=the_secretariat())
    assert lose(room, 2, at=timezone.now()) == 0
    assert fold_differences(room.meeting) == []


def test_outages_end_with_the_meeting(rehearsal: Room) -> None:
    lose(rehearsal, 1, 2, at=START + timedelta(minutes=20))
    set_clock(rehearsal, minutes=60)
    actions.adjourn_meeting(rehearsal.meeting, by=the_secretariat())
    rehearsal.meeting.refresh_from_db()
    assert set(Outage.objects.values_list("ended_at", flat=True)) == {rehearsal.meeting.adjourned_at}
    ended, adjourned = rehearsal.meeting.journal.entries.order_by("-number")[:2][::-1]
    assert (ended.kind, adjourned.kind) == ("outages.ended", "meeting.adjourned")
    assert {row["seconds"] for row in ended.payload["outages"]} == {40 * 60}
    assert fold_differences(rehearsal.meeting) == []


def test_an_outage_never_ends_before_it_begins(rehearsal: Room) -> None:
    lose(rehearsal, 1, at=START + timedelta(minutes=20))
    Outage.objects.update(began_at=START + timedelta(hours=3))  # as when the machine's clock was put back since
    assert bring_back(rehearsal, 1) == 1
    assert Outage.objects.get().ended_at == START + timedelta(hours=3)
    ended = rehearsal.meeting.journal.entries.last()
    assert ended is not None
    assert ended.payload["outages"][0]["seconds"] == 0


def test_only_the_service_itself_keeps_outages(room: Room) -> None:
    open_the_meeting(room.meeting)
    with pytest.raises(NotAllowed):
        begin_outages(room.meeting, by=the_secretariat(), lost=[(room.lao_cai.pk, timezone.now())])
    with pytest.raises(NotAllowed):
        end_outages(room.meeting, by=the_secretariat(), returned=[room.lao_cai.pk])


def test_a_bridge_point_is_out_once_at_a_time(rehearsal: Room) -> None:
    lose(rehearsal, 1, at=START)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outage.objects.create(meeting=rehearsal.meeting, bridge_point=rehearsal.lao_cai, began_at=START)
