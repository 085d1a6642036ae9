"""The course of a meeting: create, open, suspend, resume, adjourn; what is stale or early is refused with a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agenda import actions as agenda
from meetings import actions, clock
from meetings.errors import NotAllowed, OutOfOrder
from meetings.forms import MeetingForm, SetClock
from meetings.hooks import fold_differences
from meetings.models import Meeting
from meetings.queries import office_actor
from tests.cast import Cast, Room
from tests.make import START, actor_of, make_meeting, make_organisation, open_the_item, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db
STEPS = {
    "open": actions.open_meeting,
    "suspend": actions.suspend_meeting,
    "resume": actions.resume_meeting,
    "adjourn": actions.adjourn_meeting,
}
WAY = {"planned": [], "open": ["open"], "suspended": ["open", "suspend"], "adjourned": ["open", "adjourn"]}
MAY = {"planned": {"open"}, "open": {"suspend", "adjourn"}, "suspended": {"resume"}, "adjourned": set()}


@pytest.mark.parametrize("state", sorted(WAY))
@pytest.mark.parametrize("step", sorted(STEPS))
def test_each_state_allows_its_own_steps_only(state: str, step: str) -> None:
    meeting, by = make_meeting(), the_secretariat()
    for earlier in WAY[state]:
        STEPS[earlier](meeting, by=by)
    assert meeting.state == state
    before = meeting.journal.entries.count()
    if step in MAY[state]:
        STEPS[step](meeting, by=by)
        assert meeting.journal.entries.count() == before + 1
    else:
        with pytest.raises(OutOfOrder, match=r"\w+ \w+"):
            STEPS[step](meeting, by=by)
        assert meeting.journal.entries.count() == before
    assert fold_differences(Meeting.objects.get(pk=meeting.pk)) == []


def test_a_meeting_with_an_open_item_is_not_adjourned(room: Room) -> None:
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    with pytest.raises(OutOfOrder):
        actions.adjourn_meeting(room.meeting, by=the_secretariat())
    agenda.close_item(room.meeting, by=the_secretariat(), item=room.items[0])
    actions.adjourn_meeting(room.meeting, by=the_secretariat())


def test_a_recess_has_a_beginning_and_an_end(room: Room) -> None:
    open_the_meeting(room.meeting)
    for _ in range(2):
        actions.suspend_meeting(room.meeting, by=the_secretariat())
        assert room.meeting.recesses.get(ended_at=None)
        actions.resume_meeting(room.meeting, by=the_secretariat())
    assert [r.ended_at is not None for r in room.meeting.recesses.all()] == [True, True]


def test_a_meeting_that_has_begun_keeps_its_data(room: Room) -> None:
    data = {"title": "Khác", "organiser": make_organisation(), "mode": "online", "place": "Khác", "sittings": [(START, None)]}
    actions.edit_meeting(room.meeting, by=the_secretariat(), **data)
    assert (room.meeting.title, room.meeting.sittings.get().ends_at) == ("Khác", None)
    open_the_meeting(room.meeting)
    with pytest.raises(OutOfOrder):
        actions.edit_meeting(room.meeting, by=the_secretariat(), **data)


def test_facts_name_the_chair_even_when_the_secretary_presses(room: Room, cast: Cast) -> None:
    actions.open_meeting(room.meeting, by=actor_of(room.meeting, cast["secretary"]))
    entry = room.meeting.journal.entries.get(kind="meeting.opened")
    presiding = {"chair": room.people["chair"].pk, "secretary": room.people["secretary"].pk}
    assert (entry.payload, entry.actor) == ({"chair": "Nguyễn Văn Chủ", "presiding": presiding}, "Trần Thị Thư")


def test_who_may_not_create_meetings_does_not(room: Room, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        make_meeting(by=office_actor(cast["secretary"]))
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("title", "slug"), [("Hội nghị", "hoi-nghi"), ("Đại hội Đảng bộ", "dai-hoi-dang-bo"), ("!!!", "hoi-nghi"), ("new", "new-2")]
)
def test_an_address_comes_from_the_title(title: str, slug: str) -> None:
    assert make_meeting(title=title).slug == slug


def test_two_meetings_of_one_title_have_two_addresses() -> None:
    assert [make_meeting(title="Giao ban").slug for _ in range(3)] == ["giao-ban", "giao-ban-2", "giao-ban-3"]


# The clock


def test_a_real_meeting_lives_in_real_time() -> None:
    meeting = make_meeting()
    assert abs(clock.now(meeting) - timezone.now()) < timedelta(seconds=5)
    with pytest.raises(OutOfOrder):
        actions.set_clock(meeting, by=the_secretariat(), rate=60)


def test_a_demonstration_begins_at_its_base_and_runs_at_its_rate() -> None:
    meeting = make_meeting(kind=Meeting.Kind.DEMO, clock_base=START)
    assert meeting.clock_anchor is not None
    assert clock.at(meeting, meeting.clock_anchor) == START
    assert clock.at(meeting, meeting.clock_anchor + timedelta(minutes=3)) == START + timedelta(minutes=3)
    meeting.clock_rate = 60.0
    assert clock.at(meeting, meeting.clock_anchor + timedelta(minutes=3)) == START + timedelta(hours=3)
    assert 0 < clock.real_seconds_until(meeting, clock.now(meeting) + timedelta(minutes=60)) <= 60
    assert clock.real_seconds_until(meeting, START - timedelta(days=1)) == 0


def test_setting_the_rate_does_not_make_the_clock_jump() -> None:
    meeting = make_meeting(kind=Meeting.Kind.DEMO, clock_base=START)
    before = clock.now(meeting)
    actions.set_clock(meeting, by=the_secretariat(), rate=60)
    assert timedelta() <= clock.now(meeting) - before < timedelta(minutes=10)
    assert fold_differences(meeting) == []


def test_the_clock_of_a_demonstration_never_goes_back() -> None:
    meeting = make_meeting(kind=Meeting.Kind.DEMO, clock_base=START)
    actions.set_clock(meeting, by=the_secretariat(), rate=1, base=START + timedelta(hours=1))
    with pytest.raises(OutOfOrder):
        actions.set_clock(meeting, by=the_secretariat(), rate=1, base=START)
    times = list(meeting.journal.entries.values_list("at", flat=True))
    assert times == sorted(times)


def test_facts_carry_the_meeting_s_time_and_the_machine_s() -> None:
    meeting = make_meeting(kind=Meeting.Kind.DEMO, clock_base=START)
    open_the_meeting(meeting)
    entry = meeting.journal.entries.get(kind="meeting.opened")
    assert timedelta() <= entry.at - START < timedelta(minutes=1)
    assert abs(entry.recorded_at - timezone.now()) < timedelta(minutes=1)


def test_a_clock_that_was_sped_up_stands_still_at_the_end_of_time() -> None:
    meeting = make_meeting(kind=Meeting.Kind.DEMO, clock_base=START)
    meeting.clock_rate = 1_000_000.0
    assert meeting.clock_anchor is not None
    assert clock.at(meeting, meeting.clock_anchor + timedelta(days=10)) == clock.LAST
    assert clock.moved(START, timedelta(days=-10), meeting.clock_rate).year == clock.FIRST.year
    assert clock.moved(START, timedelta(seconds=-1), 60.0) == START - timedelta(minutes=1)


@pytest.mark.parametrize("day", ["0001-01-01T00:00", "1600-01-01T08:00", "2300-01-01T08:00", "9999-12-31T23:59"])
def test_a_sitting_or_a_clock_of_another_age_is_refused(day: str) -> None:
    data = {"title": "x", "organiser": make_organisation().pk, "mode": "hybrid", "place": "x", "starts_1": day}
    assert list(MeetingForm(data).errors) == ["starts_1"]
    meeting = make_meeting(kind=Meeting.Kind.DEMO, clock_base=START)
    assert list(SetClock({"rate": "1", "base": day}, meeting=meeting, by=the_secretariat()).errors) == ["base"]
