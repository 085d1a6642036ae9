"""What stands on the screens: pure functions of a room's state, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from attendance.counting import HeadCount
from live.board import board
from live.links import Link
from live.screens import context_of, course, forecast, timer_of
from live.state import ClockState, ItemState, MeetingState, RoomState, SiteState, SpeechState

START = datetime(2025, 11, 26, 8, 30, tzinfo=timezone.get_default_timezone())


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def item(
    no: int, minutes: int = 10, state: str = "planned", opened: float | None = None, closed: float | None = None
) -> ItemState:
    return ItemState(
        id=no, no=str(no), title=f"Nội dung {no}", kind="report", presenter="", minutes=minutes, speech_minutes=5, state=state,
        opened_at=None if opened is None else at(opened), closed_at=None if closed is None else at(closed),
        running_since=None if opened is None else at(opened),
    )  # fmt: skip


def speech(no: int, state: str = "waiting", site: int = 1, given: float | None = None, item_id: int = 1) -> SpeechState:
    moment = None if given is None else at(given)
    return SpeechState(
        id=no, item_id=item_id, participant_id=no, bridge_point_id=site, name=f"Người {no}", office="", bridge_point="Lào Cai",
        state=state, given_at=moment, ended_at=None, running_since=moment, limit_minutes=5,
    )  # fmt: skip


def site(no: int, present: int = 0) -> SiteState:
    return SiteState(
        id=no, no=no, name=f"Điểm {no}", short_name=f"Đ{no}", is_central=no == 1, count=HeadCount(expected=3, present=present)
    )


def room(
    *items: ItemState,
    state: str = "open",
    now: float = 0,
    speeches: tuple[SpeechState, ...] = (),
    sites: tuple[SiteState, ...] = (),
    suspended: float | None = None,
    starts: datetime | None = START,
    adjourned: float | None = None,
    opened: float = 0,
) -> RoomState:
    meeting = MeetingState(
        id=1, slug="h", title="Hội nghị", organiser="VP", place="HN", state=state, is_demonstration=False, starts_at=starts,
        ends_at=at(180), opened_at=None if state == "planned" else at(opened),
        adjourned_at=None if adjourned is None else at(adjourned), suspended_at=None if suspended is None else at(suspended),
    )  # fmt: skip
    return RoomState(
        number=1, epoch="e", at=at(now), clock=ClockState(now=at(now), real=START, rate=1.0), meeting=meeting, items=items,
        speeches=speeches, sites=sites, people=HeadCount(expected=9, present=4),
    )  # fmt: skip


# The timer


def test_without_an_open_item_nothing_runs() -> None:
    assert timer_of(room(item(1)), None, None) is None


def test_the_timer_is_that_of_the_item_and_during_a_speech_of_the_speech() -> None:
    running, speaking = item(1, 20, "open", opened=3), speech(1, "speaking", given=8)
    by_item = timer_of(room(running), running, None)
    by_speech = timer_of(room(running), running, speaking)
    assert by_item is not None
    assert by_speech is not None
    assert (by_item.since, by_item.planned_seconds) == (at(3), 1200)
    assert (by_speech.since, by_speech.planned_seconds) == (at(8), 300)


def test_a_speech_without_a_limit_counts_its_own_time_against_nothing() -> None:
    running, speaking = item(1, 20, "open", opened=3), replace(speech(1, "speaking", given=8), limit_minutes=None)
    timer = timer_of(room(running), running, speaking)
    assert timer is not None
    assert (timer.since, timer.planned_seconds) == (at(8), 0)


def test_a_trial_on_another_day_is_measured_from_its_opening() -> None:
    running = item(1, 20, "open", opened=-3 * 1440)
    state = room(running, now=-3 * 1440, opened=-3 * 1440)
    assert forecast(state).delay_minutes == 0


def test_in_a_recess_the_timer_is_that_of_the_recess() -> None:
    running, speaking = item(1, 20, "open", opened=3), speech(1, "speaking", given=8)
    timer = timer_of(room(running, state="suspended", suspended=9), running, speaking)
    assert timer is not None
    assert (timer.since, timer.planned_seconds) == (at(9), 0)


# The forecast


@pytest.mark.parametrize(
    ("state", "end", "delay"),
    [
        (room(item(1, 30), item(2, 60), state="planned", now=-60), 90, 0),
        (room(item(1, 30), item(2, 60), state="planned", now=200), 200, 0),
        (room(item(1, 30), item(2, 60), now=0), 90, 0),
        (room(item(1, 30, "open", opened=20), item(2, 60), now=20), 110, 20),
        (room(item(1, 30, "open", opened=0), item(2, 60), now=45), 105, 15),
        (room(item(1, 30, "closed", opened=0, closed=10), item(2, 60), now=10), 70, -20),
        (room(item(1, 30, "deferred"), item(2, 60), now=0), 60, -30),
        (room(item(1, 30, "closed", opened=0, closed=30), state="adjourned", adjourned=42, now=42), 42, 12),
    ],
)  # fmt: skip
def test_what_is_left_is_laid_behind_what_has_happened(state: RoomState, end: float, delay: int) -> None:
    told = forecast(state)
    assert (told.end, told.delay_minutes) == (at(end), delay)


def test_without_a_start_or_a_programme_nothing_is_foretold() -> None:
    assert forecast(room(starts=None)).end is None
    assert forecast(room()).end is None


# The course


def test_the_course_fills_its_strip_and_marks_what_goes_over() -> None:
    told = course(room(item(1, 30, "closed", opened=0, closed=60), item(2, 60, "open", opened=60), item(3, 30), now=60))
    assert told is not None
    assert [b.no for b in told.planned] == [b.no for b in told.actual] == ["1", "2", "3"]
    assert (told.starts_at, told.ends_at) == (at(0), at(150))
    assert (told.over_x, told.over_width) == (80.0, 20.0)
    assert [b.state for b in told.actual] == ["closed", "open", "planned"]
    assert told.actual[-1].x + told.actual[-1].width == pytest.approx(100, abs=0.2)


def test_a_meeting_that_opens_early_begins_its_course_early() -> None:
    told = course(room(item(1, 30, "open", opened=-20), now=-20))
    assert told is not None
    assert told.starts_at == at(-20)


@pytest.mark.parametrize(("days", "most"), [(0, 12), (1, 12), (3, 0), (400, 0)])
def test_hours_are_named_while_they_say_something(days: int, most: int) -> None:
    told = course(room(item(1, 120, "open", opened=days * 1440), now=days * 1440))
    assert told is not None
    assert len(told.ticks) <= most
    assert all(0 <= place <= 88 for _moment, place in told.ticks)


def test_without_a_start_there_is_no_course() -> None:
    assert course(room(item(1), starts=None)) is None
    assert course(room()) is None


# The board


def link(minutes: float, connected: bool = True) -> Link:
    return Link(connected=connected, since=at(minutes))


def test_who_is_lost_longest_stands_first_and_who_speaks_before_the_calm() -> None:
    state = room(item(1, 10, "open", opened=0), sites=tuple(site(n) for n in range(1, 6)))
    links = {1: link(0), 2: link(7, connected=False), 3: link(4, connected=False), 5: link(1)}
    told = board(state, links, speech(1, "speaking", site=5, given=2))
    assert [t.id for t in told.troubles] == [3, 2]
    assert [(t.id, t.state) for t in told.tiles] == [(5, "live"), (1, "ok"), (4, "idle")]
    assert (told.connected, told.total, told.present, told.expected) == (2, 5, 4, 9)


def test_before_the_opening_nobody_is_lost() -> None:
    told = board(room(state="planned", sites=(site(1),)), {1: link(0, connected=False)}, None)
    assert (told.troubles, told.tiles[0].state) == ([], "idle")


def test_a_speaker_whose_line_broke_is_lost() -> None:
    told = board(room(sites=(site(1),)), {1: link(3, connected=False)}, speech(1, "speaking", site=1, given=1))
    assert [(t.state, t.since) for t in told.troubles] == [("bad", at(3))]


# The whole


def test_the_queue_keeps_its_order_and_the_turn_counts_the_item_s_speeches() -> None:
    speeches = (
        speech(1, "done", given=1), speech(2, "done", item_id=9), speech(3, "speaking", given=5), speech(5), speech(4),
    )  # fmt: skip
    context = context_of("control", room(item(1, 10, "open", opened=0), item(2), speeches=speeches), {})
    assert [s.id for s in context["queue"]] == [5, 4]
    assert [s.id for s in context["spoken"]] == [1]
    assert (context["turn"], context["floor"].id, context["item"].id, context["next_item"].id) == (2, 3, 1, 2)


def test_a_deferred_item_is_not_the_next_one() -> None:
    context = context_of("chair", room(item(1, 10, "deferred"), item(2)), {})
    assert context["next_item"].id == 2
    assert context["item"] is None
