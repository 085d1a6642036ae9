"""`manage.py play`: the whole conference on the database alone, and when it refuses or is interrupted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from agenda.models import AgendaItem, FloorRequest
from attendance.counting import totals
from control.models import Receipt
from demo.concluding import CONCLUDED
from demo.fixture import SLUG
from demo.playing import Player
from demo.script import SPEAKING_SITES
from live.hand import read_hand
from meetings import clock
from meetings.actions import open_meeting, set_clock
from meetings.models import Meeting
from meetings.queries import actor_for
from minutes.models import Conclusion
from people.models import User
from voting.figures import result_now
from voting.models import Poll

Manage = Callable[..., str]
FAST = ("--speed", "1000000")


def secretary_sets(meeting: Meeting, clock_at: str) -> None:
    """Set the demonstration's clock forward to a time of its day."""
    hour, minute = map(int, clock_at.split(":"))
    base = timezone.localtime(clock.now(meeting)).replace(hour=hour, minute=minute, second=0)
    set_clock(meeting, by=actor_for(User.objects.get(username="secretary"), meeting), rate=1.0, base=base)


@pytest.mark.postgres
def test_a_played_conference_is_complete_and_its_journal_whole(meeting: Meeting, manage: Manage) -> None:
    told = manage("play", SLUG, *FAST)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.clock_rate) == (Meeting.State.ADJOURNED, 1.0)
    assert manage("check_journal", SLUG).startswith("ok ")
    assert re.search(r"11:57:0\d  chair +meeting\.adjourn$", told, re.M)
    assert meeting.recesses.get().ended_at is not None
    every_item_has_run_at_its_time(meeting)
    eight_have_spoken(meeting)
    the_hand_has_done_its_work(meeting)
    it_has_concluded(meeting)
    the_provinces_have_voted(meeting)
    the_last_words_are_left_for_those_who_look(meeting)
    counts = totals(meeting)
    assert (counts.present + counts.absent, counts.absent) == (counts.expected, 5)


def every_item_has_run_at_its_time(meeting: Meeting) -> None:
    """Facts bear the times of the script, however fast it is played."""
    items = list(meeting.items.order_by("position"))
    assert {item.state for item in items} == {AgendaItem.State.CLOSED}
    assert all(item.opened_at and item.closed_at and item.opened_at < item.closed_at for item in items)
    assert f"{timezone.localtime(meeting.opened_at):%Y-%m-%d %H:%M}" == "2025-11-26 08:30"
    assert [f"{timezone.localtime(item.opened_at):%H:%M}" for item in items][::9] == ["08:30", "11:44"]


def eight_have_spoken(meeting: Meeting) -> None:
    """The eight bridge points, and the delegate has withdrawn."""
    spoken = meeting.floor_requests.filter(state=FloorRequest.State.DONE).order_by("given_at")
    assert [s.bridge_point.organisation.code for s in spoken if s.bridge_point and s.bridge_point.organisation] == list(
        SPEAKING_SITES
    )
    assert meeting.floor_requests.exclude(state=FloorRequest.State.DONE).get().state == FloorRequest.State.WITHDRAWN


def it_has_concluded(meeting: Meeting) -> None:
    """Two conclusions were worded before everybody's eyes and adopted; the first as it was reworded there."""
    adopted = list(meeting.conclusions.order_by("number"))
    assert [(one.number, one.state, one.version, one.text) for one in adopted] == [
        (n, Conclusion.State.ADOPTED, 1 + bool(told.reworded[0]), told.reworded[1] or told.text)
        for n, told in enumerate(CONCLUDED, 1)
    ]


def the_provinces_have_voted(meeting: Meeting) -> None:
    """On devices in three bridge points, by hands in all others; five are away and one has not voted."""
    poll = meeting.polls.get()
    told = result_now(poll)
    assert (poll.state, poll.hall_tallies.filter(state="accepted").count()) == (Poll.State.DECLARED, 31)
    assert (told.entitled, told.present, told.cast, told.by_device, told.by_hall) == (309, 304, 303, 26, 277)
    assert ([line.votes for line in told.lines], told.needed, told.is_carried) == ([297, 2, 4], 153, True)


def the_hand_has_done_its_work(meeting: Meeting) -> None:
    """Two site commands to all and eight to the next speaker, what was written, and Cà Mau's outage, once."""
    receipts = Receipt.objects.filter(site_command__meeting=meeting)
    assert (receipts.count(), receipts.filter(acknowledged_at=None).count()) == (35 + 35 + 8, 2)
    assert set(receipts.filter(acknowledged_at=None).values_list("bridge_point__organisation__code", flat=True)) == {"86", "12"}
    assert (meeting.messages.count(), meeting.messages.values("bridge_point", "line").distinct().count()) == (17, 7)
    assert set(meeting.displays.values_list("mode", flat=True)) == {"auto"}
    outage = meeting.outages.select_related("bridge_point__organisation").get()
    assert outage.bridge_point.organisation.code == "96"
    assert outage.ended_at is not None
    assert timedelta(seconds=385) <= outage.ended_at - outage.began_at < timedelta(seconds=400)


def the_last_words_are_left_for_those_who_look(meeting: Meeting) -> None:
    """Who answers has read."""
    unread = {(t.name, t.line): (t.unread_here, t.unread_there) for t in read_hand(meeting, "default").threads}
    assert unread.pop(("Quảng Ninh", "chair")) == (0, 1)
    assert len(unread) == 6
    assert set(unread.values()) == {(1, 0)}


def test_only_a_meeting_in_preparation_is_played(meeting: Meeting, manage: Manage) -> None:
    open_meeting(meeting, by=actor_for(User.objects.get(username="chair"), meeting))
    with pytest.raises(CommandError, match="demo --reset") as refusal:
        manage("play", SLUG)
    assert refusal.value.returncode == 1


def test_play_with_reset_loads_and_plays_at_once_and_says_where_the_display_is(
    meeting: Meeting, manage: Manage, client: Client, settings: Settings
) -> None:
    open_meeting(meeting, by=actor_for(User.objects.get(username="chair"), meeting))
    first, _rest = manage("play", SLUG, *FAST, "--reset").split("\n", 1)
    address = re.search(rf"{re.escape(settings.PUBLIC_URL)}(/d/\S+/)", first)
    assert address, first
    assert client.get(address[1]).status_code == 200
    assert Meeting.objects.get(slug=SLUG).state == Meeting.State.ADJOURNED


@pytest.mark.parametrize("slug", [SLUG, "another"])
def test_what_is_not_there_is_not_played(db: None, manage: Manage, slug: str) -> None:
    with pytest.raises(CommandError, match=r"manage\.py demo"):
        manage("play", slug)


@pytest.mark.parametrize("speed", ["0", "-1", "fast", "nan", "1000001"])
def test_a_speed_that_is_none_is_refused(db: None, manage: Manage, speed: str) -> None:
    with pytest.raises(CommandError):
        manage("play", SLUG, f"--speed={speed}")


def test_a_late_start_moves_all_times_and_keeps_the_gaps(meeting: Meeting, manage: Manage) -> None:
    secretary_sets(meeting, "10:00")
    told = manage("play", SLUG, *FAST)
    meeting.refresh_from_db()
    assert meeting.opened_at is not None
    assert meeting.adjourned_at is not None
    assert f"{timezone.localtime(meeting.opened_at):%H:%M}" == "10:57"
    assert timedelta(hours=3, minutes=26) < meeting.adjourned_at - meeting.opened_at < timedelta(hours=3, minutes=28)
    assert "--reset" in told.splitlines()[1]


def test_a_start_in_the_midst_of_the_arrivals_keeps_the_planned_times(meeting: Meeting) -> None:
    secretary_sets(meeting, "07:55")
    Player(meeting, speed=1_000_000, tell=lambda now, move, refusal: None).play(until=timedelta(hours=8, minutes=31))
    meeting.refresh_from_db()
    assert f"{timezone.localtime(meeting.opened_at):%H:%M}" == "08:30"


def test_whoever_presses_a_button_first_is_not_disturbed(meeting: Meeting, manage: Manage) -> None:
    """Somebody has opened the conference's first item by hand while it is played: the play says so and goes on."""
    chair = actor_for(User.objects.get(username="chair"), meeting)
    told: list[str] = []

    def by_hand(now: object, move: object, refusal: str) -> None:
        if refusal:
            told.append(refusal)
        if meeting.state == Meeting.State.PLANNED and len(told) == 0:
            told.append("opened by hand")
            open_meeting(meeting, by=chair)

    assert Player(meeting, speed=1_000_000, tell=by_hand).play()
    assert len(told) == 2
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.ADJOURNED


def test_an_interruption_leaves_the_clock_at_its_ordinary_rate(meeting: Meeting) -> None:
    def interrupt(now: object, move: object, refusal: str) -> None:
        assert meeting.clock_rate == 600.0
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Player(meeting, speed=600.0, tell=interrupt).play()
    meeting.refresh_from_db()
    assert meeting.clock_rate == 1.0
    assert meeting.state == Meeting.State.PLANNED


def test_a_demonstration_removed_meanwhile_ends_the_play(
    meeting: Meeting, manage: Manage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from demo import loading
    from demo.management.commands.play import Command

    monkeypatch.setattr(Command, "_tell", lambda self, now, move, refusal: loading.ensure(reset=True))
    with pytest.raises(CommandError) as ended:
        manage("play", SLUG, *FAST)
    assert ended.value.returncode == 1
