"""Displays steered from the control room: who shows what in few bytes, each mode as it is rendered, what a first load shows."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from control.actions import publish_announcement, steer_displays, withdraw_announcement
from control.models import Display
from control.tokens import token_of
from live.hand import AnnouncementState, DisplayState, Hand
from live.rendering import render_parts
from live.screens import SCREENS
from live.state import RoomState
from live.templatetags.walls import fit
from live.walls import Content, content_of, pack, steering, walls_of
from tests.cast import Room
from tests.live.test_screens import at, item, room, site, speech
from tests.make import (
    ask_for_floor,
    give_floor,
    make_announcement,
    make_display,
    open_the_item,
    open_the_meeting,
    the_secretariat,
)

Mode = Display.Mode
MANY = 3_321
FRAME_SHARE = 16 * 1024  # characters that the steering of all displays may take


def display(no: int, mode: str = "auto", announcement: int | None = None) -> DisplayState:
    return DisplayState(id=no, name=f"Màn {no}", bridge_point_id=None, mode=mode, announcement_id=announcement)


def announcement(no: int, text: str = "Nghỉ giải lao 10 phút") -> AnnouncementState:
    return AnnouncementState(id=no, text=text, at=at(0), by="Thư ký", site_ids=())


def unpack(gaps: str) -> list[int]:
    keys, key = [], 0
    for gap in gaps.split():
        key += int(gap, 36)
        keys.append(key)
    return keys


def showing(state: RoomState, *displays: DisplayState, said: tuple[AnnouncementState, ...] = ()) -> RoomState:
    return replace(state, hand=Hand(displays=displays, announcements=said))


def parts_of(state: RoomState) -> dict[str, str]:
    return render_parts("display", "vi", state, {})


# The steering


def test_what_most_show_is_said_once_and_the_others_by_what_they_show() -> None:
    told = steering([display(1), display(2, "item"), display(3), display(4, "item"), display(9, "announcement", 7)])
    assert told.default == Content("auto")
    assert [(one.content, unpack(one.displays)) for one in told.exceptions] == [
        (Content("announcement", 7), [9]),
        (Content("item"), [2, 4]),
    ]


def test_when_two_are_equally_many_the_displays_that_follow_the_meeting_are_the_rule() -> None:
    assert steering([display(1, "blank"), display(2)]).default == Content("auto")
    assert steering([]).default == Content("auto")


def test_an_announcement_that_is_none_is_no_content() -> None:
    assert content_of(display(1, "announcement")) == Content("auto")


def test_keys_come_back_as_they_were() -> None:
    for keys in ([], [1], [812, 813, 840], [36**5, 36**5 + 1], list(range(5, 900, 3))):
        assert unpack(pack(keys)) == keys
    assert pack([812, 813, 840]) == "mk 1 r"
    assert pack([840, 812]) == "mk s"


@pytest.mark.parametrize("apart", [1, 7, 3_000])
def test_all_displays_of_the_largest_meeting_fit_into_a_small_frame(apart: int) -> None:
    modes = [mode for mode in Mode.values if mode != Mode.ANNOUNCEMENT]
    contents = [*((mode, None) for mode in modes), *((Mode.ANNOUNCEMENT.value, no) for no in range(1, 13))]
    keys = random.Random(3321).sample(range(1, MANY * apart + 1), MANY)
    displays = [display(key, *contents[n % len(contents)]) for n, key in enumerate(keys)]
    steer = parts_of(showing(room(), *displays))["steer"]
    assert len(steer) <= FRAME_SHARE
    told = walls_of(Hand(displays=tuple(displays))).steer
    found = {key: one.content for one in told.exceptions for key in unpack(one.displays)}
    assert all(found.get(one.id, told.default) == content_of(one) for one in displays)


# Each mode, rendered

SPEAKING = room(
    item(1, 10, "closed", opened=0, closed=5), item(2, 30, "open", opened=5), sites=(site(1, 3), site(2, 1)),
    speeches=(speech(1, "speaking", site=2, given=8, item_id=2),), now=9,
)  # fmt: skip
TALL = "Đề nghị các điểm cầu giữ trật tự"


@pytest.mark.parametrize(
    ("mode", "says", "not_this"),
    [
        ("item", ["Nội dung 2", "data-seconds=\"1800\""], "Người 1"),
        ("speaker", ["Người 1", "Lào Cai", "data-seconds=\"300\""], "Nội dung 2"),
        ("count", ["Đ1", "3<span class=\"of\">/3", "Đ2", "1<span class=\"of\">/3"], "Nội dung 2"),
        ("welcome", ["VP", "Hội nghị", "HN", "ngày 26 tháng 11 năm 2025"], "Nội dung 2"),
    ],
)  # fmt: skip
def test_a_mode_says_its_own_and_nothing_else(mode: str, says: list[str], not_this: str) -> None:
    parts = parts_of(showing(SPEAKING, display(1, mode), display(2)))
    for words in says:
        assert words in parts[mode].replace("\xa0", " "), words
    assert not_this not in parts[mode].replace("\xa0", " ")
    assert len(re.findall("<h1", parts[mode])) == 1


def test_a_part_is_empty_while_no_display_shows_it() -> None:
    parts = parts_of(showing(SPEAKING, display(1), said=(announcement(3),)))
    assert {name for name, html in parts.items() if html} == {"wall", "steer"}


def test_every_mode_has_its_part() -> None:
    assert set(Mode.values) - {"auto", "blank"} == set(SCREENS["display"].parts) - {"wall", "steer"}


@pytest.mark.parametrize("state", ["suspended", "adjourned", "planned"])
def test_what_has_nothing_to_show_is_empty(state: str) -> None:
    quiet = room(item(1, 10, "open", opened=0), state=state, suspended=3 if state == "suspended" else None)
    parts = parts_of(showing(quiet, display(1, "item"), display(2, "speaker")))
    assert (parts["item"], parts["speaker"]) == ("", "")
    assert parts["wall"]


def test_only_announcements_on_some_display_are_carried() -> None:
    state = showing(room(), display(1, "announcement", 5), said=(announcement(5, TALL), announcement(6, "Chỉ cho điểm cầu")))
    part = parts_of(state)["announcement"].replace("\xa0", " ")
    assert re.findall(r'data-announcement="(\d+)"', part) == ["5"]
    assert TALL in part
    assert "Chỉ cho điểm cầu" not in part


def test_head_counts_stand_by_bridge_point_while_they_can_be_read() -> None:
    few, many = (room(sites=tuple(site(n) for n in range(1, count + 1))) for count in (40, 41))
    assert parts_of(showing(few, display(1, "count")))["count"].count("<li>") == 40
    part = parts_of(showing(many, display(1, "count")))["count"]
    assert "<li>" not in part
    assert "41" in part


def test_thousands_are_counted_by_province() -> None:
    provinces = tuple(site(n, 1) for n in range(1, 36))
    communes = tuple(replace(site(n, 2), parent_id=n % 35 + 1) for n in range(36, 1086))
    part = parts_of(showing(room(sites=provinces + communes), display(1, "count")))["count"]
    assert part.count("<li>") == 35
    assert '61<span class="of">/93' in part  # a province's own 1 of 3 and 30 communes with 2 of 3 each


def test_a_longer_text_stands_smaller() -> None:
    steps = [int(fit("x" * length)[-1]) for length in range(1, 501)]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (1, 7)
    assert fit("X" * 500) == "fit-8"


# What a display shows at first


@pytest.mark.parametrize(
    ("told", "parts", "shows"),
    [
        (display(1), {}, "auto"),
        (display(1, "blank"), {}, "blank"),
        (display(1, "item"), {"item": "<p>"}, "item"),
        (display(1, "speaker"), {"speaker": ""}, "auto"),
        (display(1, "announcement", 5), {}, "announcement"),
        (display(1, "announcement", 6), {}, "auto"),
        (display(2, "item"), {"item": "<p>"}, "item"),
    ],
)
def test_what_has_nothing_to_show_follows_the_meeting(told: DisplayState, parts: dict[str, str], shows: str) -> None:
    walls = walls_of(Hand(displays=(told,), announcements=(announcement(5),)))
    first = walls.first_content(1, parts)
    assert first["shows"] == shows
    assert (first["said"] is not None) == (shows == "announcement")


def show(of: Room, mode: str, **kw: Any) -> Display:
    made = make_display(of.meeting, f"Màn {mode}")
    if mode != Mode.AUTO:
        steer_displays(of.meeting, by=the_secretariat(), mode=mode, displays=[made], **kw)
    return made


def shown_by(one: Display) -> str:
    """What a display's page shows without scripts."""
    found = re.search(rf'<main [^>]*data-display="{one.pk}" data-shows="(\w+)"', page_of(one))
    assert found
    return found[1]


def page_of(one: Display) -> str:
    answer = Client().get(f"/d/{token_of(one)}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_a_first_load_without_scripts_shows_the_right_mode(room: Room) -> None:
    open_the_meeting(room.meeting)
    open_the_item(room.items[1])
    said = make_announcement(room.meeting, "Họp lại lúc 10 giờ")
    for mode in ("auto", "item", "count", "welcome", "blank"):
        assert shown_by(show(room, mode)) == mode
    wall = show(room, "announcement", announcement=said)
    assert shown_by(wall) == "announcement"
    body = page_of(wall)
    assert "Họp lại lúc 10 giờ" in body.partition("<noscript>")[2].partition("</noscript>")[0].replace("\xa0", " ")
    silent = show(room, "speaker")
    assert shown_by(silent) == "auto"
    give_floor(ask_for_floor(room.people["delegate"]))
    assert shown_by(silent) == "speaker"


@pytest.mark.django_db
def test_a_display_follows_the_meeting_when_its_announcement_is_withdrawn(room: Room) -> None:
    said = publish_announcement(room.meeting, by=the_secretariat(), text="Nghỉ", sites=[], show=False)
    wall = show(room, "announcement", announcement=said)
    withdraw_announcement(room.meeting, by=the_secretariat(), announcement=said)
    assert shown_by(wall) == "auto"


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 12])
def test_a_display_costs_the_same_whatever_the_others_show(rows: int, room: Room) -> None:
    wall = make_display(room.meeting)
    for n in range(rows):
        said = make_announcement(room.meeting, f"Thông báo {n}")
        one = make_display(room.meeting, f"Màn {n}")
        steer_displays(room.meeting, by=the_secretariat(), mode="announcement", displays=[one], announcement=said)
    page_of(wall)
    with CaptureQueriesContext(connection) as asked:
        page_of(wall)
    # One for the released programme, while the meeting is in preparation, one for the releases of papers, one for conclusions,
    # one for votes, one for who presides.
    assert len(asked) == 31
