"""The socket: who is let in, what is sent after hello and on a change, who is closed and why."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from channels.db import database_sync_to_async

from live import consumers, tickets
from live.screens import SCREENS
from live.tickets import Ticket, seal
from meetings.models import Journal
from tests.cast import Room
from tests.live.line import Line, line_to
from tests.make import (
    mark_present,
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


# Who is let in


@pytest.mark.parametrize("text", ["", "x", "a:b:c", "null", "\x00", "ế" * 100])
async def test_a_bad_ticket_is_closed(text: str, room: Room) -> None:
    async with Line(room.meeting.slug, text) as line:
        assert line.first["type"] == "websocket.accept"
        assert await line.end() == 4001


async def test_a_ticket_of_another_meeting_is_closed(room: Room) -> None:
    ticket = seal(Ticket(meeting=room.meeting.pk, slug="another", screen="control", language="vi"))
    async with Line(room.meeting.slug, ticket) as line:
        assert await line.end() == 4001


async def test_an_old_ticket_is_closed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "MAX_AGE", -1)
    async with line_to(room.meeting) as line:
        assert await line.end() == 4001


async def test_an_altered_ticket_is_closed(room: Room) -> None:
    good = seal(Ticket(meeting=room.meeting.pk, slug=room.meeting.slug, screen="delegate", language="vi"))
    async with Line(room.meeting.slug, ("A" if good[0] != "A" else "B") + good[1:]) as line:
        assert await line.end() == 4001


@pytest.mark.parametrize("origin", ["https://example.com", "http://localhost.example.com", "null", "", None])
async def test_a_page_of_another_site_is_not_let_in(origin: str | None, room: Room) -> None:
    async with Line(room.meeting.slug, "", origin=origin) as line:
        assert line.first["type"] == "websocket.close"


async def test_who_does_not_say_hello_is_closed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "HELLO_WITHIN", 0.05)
    async with line_to(room.meeting) as line:
        assert await line.end() == 4009


# After hello


@pytest.mark.parametrize("screen", sorted(SCREENS))
async def test_a_first_hello_gets_every_part(screen: str, room: Room) -> None:
    async with line_to(room.meeting, screen, bridge_point=room.lao_cai.pk) as line:
        frame = await line.hello()
        beat = await line.hear("beat")
    assert list(frame["parts"]) == list(SCREENS[screen].parts)
    assert (frame["n"], beat["n"]) == ((await journal(room)).head, frame["n"])
    assert frame["epoch"] == str((await journal(room)).epoch)
    assert set(beat["clock"]) == {"now", "rate", "real"}


async def test_a_hello_from_the_head_gets_nothing_anew(room: Room) -> None:
    epoch = str((await journal(room)).epoch)
    async with line_to(room.meeting) as line:
        first = await line.hello()
    async with line_to(room.meeting) as line:
        assert (await line.hello(first["n"], epoch))["parts"] == {}


@pytest.mark.parametrize(("after", "epoch"), [(0, None), (10**9, None), (5, "another"), (5, "")])
async def test_a_hello_that_cannot_be_trusted_gets_every_part(after: int, epoch: str | None, room: Room) -> None:
    async with line_to(room.meeting) as line:
        frame = await line.hello(after, str((await journal(room)).epoch) if epoch is None else epoch)
    assert list(frame["parts"]) == list(SCREENS["control"].parts)


async def test_who_was_away_gets_what_has_changed_since(room: Room) -> None:
    async with line_to(room.meeting) as present, line_to(room.meeting) as leaving:
        before = await present.hello()
        await leaving.hello()
        await leaving.hang_up()
        await mark(room, "delegate")
        changed = await present.hear("parts")
        async with line_to(room.meeting) as back:
            resumed = await back.hello(before["n"], before["epoch"])
    assert resumed["parts"] == changed["parts"]
    assert "board" in changed["parts"]
    assert "queue" not in changed["parts"]


async def test_two_who_come_at_once_both_get_every_part(room: Room) -> None:
    async with line_to(room.meeting, "display") as other, line_to(room.meeting) as one, line_to(room.meeting) as two:
        await other.hello()
        frames = await asyncio.gather(one.hello(), two.hello())
    assert [list(frame["parts"]) for frame in frames] == [list(SCREENS["control"].parts)] * 2


async def test_a_second_hello_asks_again(room: Room) -> None:
    async with line_to(room.meeting) as line:
        first = await line.hello()
        assert (await line.hello())["parts"] == first["parts"]


@pytest.mark.parametrize(
    "frame",
    [
        "", "x", "[]", "1", '"hello"', "{}", '{"t":1}', '{"t":"got"}', '{"t":"go","n":[]}', '{"t":"hello"' + " " * 5000 + "}",
        "[" * 3000, '{"t":"got","n":-5}', '{"t":"here","x":{}}', "\x00",
    ],
)  # fmt: skip
async def test_a_frame_that_says_nothing_is_passed_over(frame: str, room: Room) -> None:
    async with line_to(room.meeting) as line:
        await line.say(frame)
        assert (await line.hello())["parts"]
        await line.say(frame)
        await mark(room, "delegate")
        assert (await line.hear("parts"))["n"] == (await journal(room)).head


@pytest.mark.parametrize("after", ["5", None, 1.5, True, -1, [], 10**40])
async def test_a_strange_number_counts_as_none(after: object, room: Room) -> None:
    async with line_to(room.meeting) as line:
        await line.say({"t": "hello", "after": after, "epoch": str((await journal(room)).epoch)})
        assert len((await line.hear("parts"))["parts"]) == len(SCREENS["control"].parts)


async def test_who_comes_to_a_service_that_stops_is_told_to_come_back(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("live.consumers.is_closing", lambda: True)
    async with line_to(room.meeting) as line:
        assert 500 <= (await line.hear("bye"))["in"] <= 3000
        assert await line.end() == 1012
