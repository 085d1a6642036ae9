"""A conclusion on the walls: which display shows it and when, every saved change at once, what the chair is given to adopt."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from control.actions import steer_displays
from control.tokens import token_of
from live.conclusions import OPENING, PROPOSED_SHOWN, ConclusionsState, ConclusionState, ProposalState
from live.hand import DisplayState, Hand
from live.hub import hub
from live.rendering import render_parts
from live.screens import SCREENS, parts_to_render
from live.state import CONCLUSIONS, RoomState, read_state, touched_by
from live.walls import walls_of
from meetings import actions as meetings
from minutes.conclusions import actions
from minutes.conclusions.wording import Wording
from tests.cast import Room
from tests.conclusions import TEXT, adopted, make_conclusion, shown
from tests.live.line import line_to
from tests.live.test_screens import item, room
from tests.make import make_display, open_the_meeting, the_secretariat

LONG = "Giao các cơ quan, đơn vị khẩn trương hoàn thiện. " * 81


def conclusion(number: int | None = None, text: str = TEXT) -> ConclusionState:
    return ConclusionState(id=7, number=number, version=3, text=text, who="Văn phòng", along="", due=None, product="")


def with_display(state: RoomState, mode: str, **kw: object) -> RoomState:
    one = DisplayState(id=1, name="Màn", bridge_point_id=None, mode=mode, announcement_id=None)
    return replace(state, hand=Hand(displays=(one,)), conclusions=ConclusionsState(**kw))  # type: ignore[arg-type]


def first(state: RoomState) -> str:
    """What the one display shows at its first load."""
    parts = render_parts("display", "vi", state, {})
    walls = walls_of(state.hand, is_concluding=state.conclusions.shown is not None)
    return str(walls.first_content(1, parts)["shows"])


@pytest.mark.parametrize(
    ("mode", "kw", "shows"),
    [
        ("auto", {}, "auto"),
        ("auto", {"shown": conclusion()}, "conclusion"),
        ("auto", {"newest": conclusion(1)}, "auto"),
        ("item", {"shown": conclusion()}, "item"),
        ("blank", {"shown": conclusion()}, "blank"),
        ("speaker", {"shown": conclusion()}, "conclusion"),  # nobody speaks: it follows the meeting
        ("conclusion", {}, "auto"),
        ("conclusion", {"shown": conclusion()}, "conclusion"),
        ("conclusion", {"newest": conclusion(1)}, "conclusion"),
    ],
)
def test_a_display_that_follows_the_meeting_shows_what_is_being_worded(mode: str, kw: dict[str, object], shows: str) -> None:
    running = room(item(1, 10, "open", opened=0))
    assert first(with_display(running, mode, **kw)) == shows


def test_the_wall_says_the_words_whether_they_are_a_draft_and_the_number() -> None:
    draft = render_parts("display", "vi", with_display(room(), "auto", shown=conclusion(text="<b>Giao</b>\nHai.")), {})
    assert "&lt;b&gt;Giao&lt;/b&gt;\nHai." in draft["conclusion"]
    assert "data-now" in draft["conclusion"]
    done = render_parts("display", "en", with_display(room(), "auto", shown=conclusion(4)), {})
    assert "Conclusion No. 4" in done["conclusion"]
    last = render_parts("display", "en", with_display(room(), "conclusion", newest=conclusion(5)), {})
    assert "Conclusion No. 5" in last["conclusion"]
    assert "data-now" not in last["conclusion"]


def test_the_longest_wording_fits_a_frame_with_all_else() -> None:
    state = with_display(room(), "auto", shown=conclusion(text="&" * 4000), newest=conclusion(1, "&" * 4000))
    assert sum(map(len, render_parts("display", "vi", state, {}).values())) < 64 * 1024


def test_only_an_entry_about_conclusions_makes_them_read_and_shown_again() -> None:
    assert touched_by(["conclusion.changed"]) == {CONCLUSIONS}
    before = with_display(room(), "auto", shown=conclusion())
    after = replace(before, number=2)
    where = {"display": "conclusion", "control": "conclusion", "chair": "conclusions", "conclusions": "conclusions"}
    for screen, part in where.items():
        assert part in SCREENS[screen].parts
        assert part not in parts_to_render(screen, before, after)
        assert part in parts_to_render(screen, before, replace(after, conclusions=ConclusionsState(stamp="x")))


def test_the_chair_adopts_the_version_that_stands_before_the_eyes() -> None:
    waiting = tuple(ProposalState(n, f"Kết luận {n}", "", None) for n in range(3))
    state = with_display(room(), "auto", shown=conclusion(), proposed=waiting, more=2)
    part = render_parts("chair", "vi", state, {})["conclusions"]
    adopting = re.search(r'data-command="conclusion.adopt".*?</form>', part, re.S)
    assert adopting
    assert 'name="version" value="3"' in adopting[0]
    assert part.count('data-command="conclusion.show"') == 3
    done = render_parts("chair", "vi", with_display(room(), "auto", shown=conclusion(1)), {})["conclusions"]
    assert 'data-command="conclusion.adopt"' not in done
    assert render_parts("chair", "vi", with_display(room(), "auto"), {})["conclusions"] == ""


@pytest.mark.django_db
def test_the_state_holds_what_is_shown_whole_and_the_rest_by_its_opening(room: Room) -> None:
    open_the_meeting(room.meeting)
    rows = [make_conclusion(room.meeting, f"{n}. {LONG}"[:4000]) for n in range(PROPOSED_SHOWN + 3)]
    shown(rows[0])
    adopted(rows[1])
    state = read_state(room.meeting.pk, "default").conclusions
    assert state.shown is not None
    assert state.newest is not None
    assert (state.shown.text, state.newest.number) == (rows[0].text, 1)
    assert (len(state.proposed), state.more) == (PROPOSED_SHOWN, 1)
    assert all(len(one.opening) == OPENING for one in state.proposed)


@pytest.mark.django_db
def test_a_wall_without_scripts_shows_it_and_follows_the_meeting_after(room: Room) -> None:
    open_the_meeting(room.meeting)
    display = make_display(room.meeting)

    def shows() -> str:
        body = Client().get(f"/d/{token_of(display)}/").content.decode()
        found = re.search(r'data-shows="(\w+)"', body)
        assert found
        return found[1]

    made = shown(make_conclusion(room.meeting))
    assert shows() == "conclusion"
    actions.hide_conclusion(room.meeting, by=the_secretariat(), conclusion=made)
    assert shows() == "auto"
    adopted(made)
    steer_displays(room.meeting, by=the_secretariat(), mode="conclusion", displays=[display])
    assert shows() == "conclusion"
    meetings.adjourn_meeting(room.meeting, by=the_secretariat())
    assert shows() == "conclusion"  # it was told to: the last one adopted stands


@pytest.mark.django_db(transaction=True)
async def test_every_saved_change_reaches_the_wall_and_the_desk_at_once(room: Room) -> None:
    await sync_to_async(open_the_meeting)(room.meeting)
    await sync_to_async(make_display)(room.meeting)
    made = await sync_to_async(make_conclusion)(room.meeting)
    async with line_to(room.meeting, "display") as wall, line_to(room.meeting, "conclusions") as desk:
        assert TEXT not in str(await wall.hello())
        stamps = [(await desk.hello())["parts"]["conclusions"]["html"]]
        await sync_to_async(shown)(made)
        await hub.rooms[room.meeting.pk].refresh()
        frame = await wall.hear("parts")
        assert TEXT in frame["parts"]["conclusion"]["html"]
        assert set(frame["parts"]) == {"conclusion"}
        stamps.append((await desk.hear("parts"))["parts"]["conclusions"]["html"])
        await sync_to_async(actions.change_conclusion)(
            room.meeting, by=await sync_to_async(the_secretariat)(), conclusion=made, version=1, wording=Wording("Lời mới.")
        )
        await hub.rooms[room.meeting.pk].refresh()
        assert "Lời mới." in (await wall.hear("parts"))["parts"]["conclusion"]["html"]
        stamps.append((await desk.hear("parts"))["parts"]["conclusions"]["html"])
        assert len(set(stamps)) == 3
        assert "Lời" not in "".join(stamps)
