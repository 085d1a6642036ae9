"""The room: what a change sends to which screen, what is soft, whose rights end, and who harms nobody."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any, TypeVar

import pytest
from channels.db import database_sync_to_async

from agenda import actions as agenda
from attendance.presence.actions import mark_presence
from control.actions import revoke_display
from live import hub as hubs
from live import sockets
from live.hub import hub
from live.screens import SCREENS
from meetings import actions, announcing
from meetings.accounts.actions import close_account
from meetings.models import Journal, Meeting
from meetings.queries import office_actor
from people.models import User
from tests.cast import Room
from tests.live.line import Closed, Line, line_to
from tests.make import (
    make_display,
    make_items,
    make_participants,
    make_user,
    mark_present,
    open_the_item,
    open_the_meeting,
    the_secretariat,
)

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")
LARGEST_FRAME = 768 * 1024  # bytes, at the limit of 500 items: a server refuses what is larger than 1 MiB


async def do(work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Do something to the database from a test that runs on the event loop."""
    return await database_sync_to_async(work)(*args, **kwargs)


async def mark(room: Room, name: str, state: str = "present") -> None:
    await do(mark_present, room.people[name], state=state)


async def journal(room: Room) -> Journal:
    return await do(Journal.objects.get, pk=room.meeting.journal_id)


# On a change


@pytest.mark.postgres
async def test_changes_arrive_in_order_and_end_at_the_truth(room: Room) -> None:
    async with line_to(room.meeting) as line:
        numbers = [(await line.hello())["n"]]
        for turn in range(10):
            await mark(room, "delegate", ("present", "absent")[turn % 2])
        await mark(room, "chair")  # unlike all before: a burst that ends where it began needs no frame
        while numbers[-1] < (await journal(room)).head:
            numbers.append((await line.hear("parts"))["n"])
    assert numbers == sorted(set(numbers))


async def test_a_change_arrives_within_a_second_even_if_its_hint_is_lost(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "get_channel_layer", lambda: None)
    async with line_to(room.meeting) as line:
        await line.hello()
        began = time.monotonic()
        await mark(room, "delegate")
        await line.hear("parts")
        assert time.monotonic() - began < 2


async def test_screens_that_see_no_difference_are_sent_nothing(room: Room) -> None:
    async with line_to(room.meeting) as control, line_to(room.meeting, "display") as wall:
        await control.hello()
        await wall.hello()
        await mark(room, "delegate")
        await control.hear("parts")
        assert await wall.silent("parts")


async def test_each_language_gets_its_own_words(room: Room) -> None:
    async with line_to(room.meeting, language="vi") as vi, line_to(room.meeting, language="en") as en:
        one, other = await vi.hello(), await en.hello()
    assert one["parts"] != other["parts"]
    assert "bridge points connected" in other["parts"]["board"]["html"]


async def test_only_the_console_concerned_is_told_to_fetch_its_hall(room: Room) -> None:
    lines = {
        "own": line_to(room.meeting, "console", bridge_point=room.lao_cai.pk),
        "other": line_to(room.meeting, "console", bridge_point=room.sites[2].pk),
        "control": line_to(room.meeting),
    }
    async with lines["own"], lines["other"], lines["control"]:
        for line in lines.values():
            await line.hello()
        await mark(room, "delegate")
        assert (await lines["own"].hear("poke"))["what"] == ["hall"]
        assert await lines["other"].silent("poke", during=0.3)
        assert await lines["control"].silent("poke", during=0.1)


async def test_the_console_of_who_takes_part_through_another_bridge_point_is_told_too(room: Room) -> None:
    own, other = room.lao_cai, room.sites[2]
    await mark(room, "delegate")
    async with line_to(room.meeting, "console", bridge_point=own.pk) as line:
        await line.hello()
        by, moved = await do(the_secretariat), [room.people["delegate"]]
        await do(mark_presence, room.meeting, by=by, participants=moved, state="present", bridge_point=other)
        assert (await line.hear("poke"))["what"] == ["hall"]


async def test_a_change_of_the_list_concerns_every_console_and_no_other_screen(room: Room) -> None:
    async with (
        line_to(room.meeting, "console", bridge_point=room.lao_cai.pk) as console,
        line_to(room.meeting, "display") as wall,
    ):
        await console.hello()
        await wall.hello()
        await do(make_participants, room.meeting, ["Người mới"], site=room.lao_cai)
        assert (await console.hear("poke"))["what"] == ["hall"]
        assert await wall.silent("poke", during=0.3)


async def test_a_set_clock_is_told_at_once(room: Room) -> None:
    await do(Meeting.objects.filter(pk=room.meeting.pk).update, kind="rehearsal")
    async with line_to(room.meeting) as line:
        await line.hello()
        await line.hear("beat")
        await do(actions.set_clock, room.meeting, by=await do(the_secretariat), rate=60)
        assert (await line.hear("beat", within=2))["clock"]["rate"] == 60


async def test_the_heart_beats(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "BEAT_EVERY", 0.05)
    async with line_to(room.meeting) as line:
        frame = await line.hello()
        assert [(await line.hear("beat"))["n"] for _ in range(4)] == [frame["n"]] * 4


# Links: soft


async def test_who_only_looks_at_a_console_does_not_connect_its_bridge_point(room: Room) -> None:
    async with line_to(room.meeting, "console", bridge_point=room.lao_cai.pk, connects=False) as looking:
        await looking.hello()
        assert hub.links_of(room.meeting.pk) == {}


async def test_the_board_tells_when_a_console_comes_and_goes(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "SOFT_EVERY", 0.05)
    await do(open_the_meeting, room.meeting)
    async with line_to(room.meeting) as control, line_to(room.meeting, "console", bridge_point=room.lao_cai.pk) as console:
        await control.hello()
        nobody = await control.hear("soft")
        await console.hello()
        here = await control.hear("soft")
        async with line_to(room.meeting, "console", bridge_point=room.lao_cai.pk) as second:
            await second.hello()
            await second.hang_up()
        assert await control.silent("soft", during=0.3)
        await console.hang_up()
        gone = await control.hear("soft")
    tiles = [frame["parts"]["board"]["html"] for frame in (nobody, here, gone)]
    assert len(set(tiles)) == 3
    assert [f'class="tile trouble bad" id="tile-{room.lao_cai.pk}"' in html for html in tiles] == [False, False, True]
    assert "parts" not in {frame["t"] for frame in (nobody, here, gone)}


async def test_links_are_told_to_who_comes_later(room: Room) -> None:
    async with line_to(room.meeting, "console", bridge_point=room.lao_cai.pk) as console:
        await console.hello()
        async with line_to(room.meeting) as control:
            await control.hello((await journal(room)).head, str((await journal(room)).epoch))
            assert "1" in (await control.hear("soft"))["parts"]["board"]["html"]


# Rights


async def test_a_ticket_does_not_outlive_its_right(room: Room) -> None:
    gone, by = room.people["observer"], await do(the_secretariat)
    display = await do(make_display, room.meeting)
    stays = room.people["delegate"]
    lines = {
        "person": line_to(room.meeting, "delegate", account=gone.person.user.pk, participant=gone.pk),
        "display": line_to(room.meeting, "display", display=display.pk),
        "account": line_to(room.meeting, "control", account=by.user.pk),
        "elsewhere": line_to(room.meeting, "console", account=stays.person.user.pk, participant=stays.pk),
    }
    await do(actions.remove_participant, room.meeting, by=by, participant=gone)
    await do(revoke_display, room.meeting, by=by, display=display)
    await User.objects.filter(pk=by.user.pk).aupdate(is_active=False)
    for line in lines.values():
        async with line:
            await line.say({"t": "hello", "epoch": "", "after": 0, "client": "c"})
            with pytest.raises(Closed) as found:
                await line.hear()
            assert found.value.code == 4003


async def test_a_closed_account_is_noticed_though_the_hint_is_lost(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    administrator = await do(make_user, "quan-tri", office_role=User.OfficeRole.ADMINISTRATOR)
    who = room.people["delegate"]
    async with line_to(room.meeting, "delegate", account=who.person.user.pk, participant=who.pk) as line:
        await line.hello()
        await asyncio.sleep(2 * hubs.LOOK_EVERY)
        monkeypatch.setattr(announcing, "_send", lambda hint: None)
        await do(close_account, by=office_actor(administrator), account=who.person.user)
        assert await line.end(within=2) == 4003


@pytest.mark.postgres
async def test_who_is_taken_off_the_list_is_closed_and_nobody_else(room: Room) -> None:
    gone, stays = room.people["unplaced"], room.people["delegate"]
    async with (
        line_to(room.meeting, "delegate", participant=gone.pk) as one,
        line_to(room.meeting, "delegate", participant=stays.pk) as two,
    ):
        await one.hello()
        await two.hello()
        began = time.monotonic()
        await do(actions.remove_participant, room.meeting, by=await do(the_secretariat), participant=gone)
        assert await one.end(within=3) == 4003
        assert time.monotonic() - began < 2
        assert await two.silent("close", during=0.2)


async def test_whose_role_changes_is_closed_and_comes_back_with_the_new_one(room: Room) -> None:
    person = room.people["operator"]
    async with line_to(room.meeting, "console", participant=person.pk, bridge_point=room.lao_cai.pk) as line:
        await line.hello()
        await do(
            actions.edit_participant, room.meeting, by=await do(the_secretariat), participant=person, name=person.name,
            position="", unit="", role="observer", bridge_point=room.lao_cai,
        )  # fmt: skip
        assert await line.end(within=3) == 4003


async def test_a_revoked_display_is_closed(room: Room) -> None:
    display = await do(make_display, room.meeting)
    other = await do(make_display, room.meeting, "Khác")
    async with (
        line_to(room.meeting, "display", display=display.pk) as wall,
        line_to(room.meeting, "display", display=other.pk) as stays,
    ):
        await wall.hello()
        await stays.hello()
        await do(revoke_display, room.meeting, by=await do(the_secretariat), display=display)
        assert await wall.end(within=3) == 4003
        assert await stays.silent("close", during=0.2)


# Who harms nobody


async def test_who_floods_is_closed(room: Room) -> None:
    async with line_to(room.meeting) as line:
        await line.hello()
        for _ in range(60):
            await line.say({"t": "here"})
        assert await line.end() == 4029


async def test_one_account_opens_no_thousand_sockets(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "SOCKETS_OF_ONE", 3)
    who = room.people["delegate"]

    def line() -> Line:
        return line_to(room.meeting, "delegate", account=who.person.user.pk, participant=who.pk)

    async with AsyncExitStack() as open_lines:
        lines = [await open_lines.enter_async_context(line()) for _ in range(3)]
        async with line() as one_too_many:
            assert await one_too_many.end() == 4029
        await lines[0].hang_up()
        async with line() as again, line_to(room.meeting, "display") as wall:
            assert (await again.hello())["t"] == (await wall.hello())["t"] == "parts"


async def test_who_floods_before_hello_is_closed(room: Room) -> None:
    async with line_to(room.meeting) as line:
        for _ in range(60):
            await line.say("x")
        assert await line.end() == 4029


async def test_who_acknowledges_nothing_is_closed_and_who_does_is_not(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    async with line_to(room.meeting) as deaf, line_to(room.meeting) as good:
        size = len(str(await deaf.hello()))
        await good.hello()
        monkeypatch.setattr(sockets, "UNACKNOWLEDGED_LIMIT", size * 3)
        for turn in range(20):
            await mark(room, "delegate", ("present", "absent")[turn % 2])
            await good.say({"t": "got", "n": (await good.hear("parts"))["n"]})
        assert await deaf.end() == 4008
        await mark(room, "ca_mau")
        assert (await good.hear("parts"))["n"] == (await journal(room)).head


async def test_a_page_that_answers_soft_frames_is_kept(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "SOFT_EVERY", 0.02)
    async with line_to(room.meeting) as control:
        number = (await control.hello())["n"]
        await control.say({"t": "got", "n": number})
        monkeypatch.setattr(sockets, "UNACKNOWLEDGED_LIMIT", 4 * len(str(await control.hear("soft"))))
        for _ in range(12):
            async with line_to(room.meeting, "console", bridge_point=room.lao_cai.pk) as console:
                await console.hello()
                await control.hear("soft")
                await control.say({"t": "got", "n": number})
            await control.hear("soft")
            await control.say({"t": "got", "n": number})


@pytest.mark.parametrize("screen", sorted(SCREENS))
async def test_the_largest_programme_fits_a_frame(screen: str, room: Room) -> None:
    await do(make_items, room.meeting, 496, "Báo cáo kết quả thực hiện nhiệm vụ năm 2025 và phương hướng nhiệm vụ năm 2026 số")
    await do(open_the_meeting, room.meeting)
    await do(open_the_item, room.items[0])
    async with line_to(room.meeting, screen, bridge_point=room.lao_cai.pk) as line:
        await line.say({"t": "hello"})
        assert len((await line.outbox.get())["text"].encode()) <= LARGEST_FRAME


async def test_everybody_is_told_when_to_come_back_before_the_service_stops(room: Room) -> None:
    async with line_to(room.meeting) as line:
        await line.hello()
        await hub.close_all()
        assert 0 < (await line.hear("bye"))["in"] <= 3000
        assert await line.end() == 1012


async def test_a_screen_that_has_gone_is_forgotten(room: Room) -> None:
    async with line_to(room.meeting) as line:
        await line.hello()
        assert not hub.rooms[room.meeting.pk].is_empty
    await asyncio.sleep(0)
    assert hub.rooms[room.meeting.pk].is_empty


@pytest.mark.postgres
async def test_next_shows_on_every_screen_within_a_second(room: Room) -> None:
    await do(open_the_meeting, room.meeting)
    async with AsyncExitStack() as open_lines:
        shown = SCREENS.keys() - {"reader", "conclusions"}  # the pages of a paper and of the conclusions show no items
        lines = [await open_lines.enter_async_context(line_to(room.meeting, s, bridge_point=room.lao_cai.pk)) for s in shown]
        for line in lines:
            await line.hello()
        began = time.monotonic()
        await do(agenda.open_item, room.meeting, by=await do(the_secretariat), item=room.items[0])
        number = (await journal(room)).head
        for line in lines:
            while (frame := await line.hear("parts", within=3))["n"] < number:
                pass
            assert any("Khai mạc" in part["html"] for part in frame["parts"].values()), line.screen
        assert time.monotonic() - began < 2
