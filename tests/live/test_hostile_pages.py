"""Pages that say more than they may, or the same without end; and what must not be lost when the database is away."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from control.models import Line, ReadMark, Receipt
from live import receiving
from live import room as rooms
from tests.cast import Room
from tests.live.line import line_to
from tests.live.test_lines import console_of, do, until
from tests.live.test_lines import quick as quick
from tests.make import make_message, make_site_command

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writings(monkeypatch: pytest.MonkeyPatch) -> list[receiving.Gathered]:
    """What is written down."""
    written: list[receiving.Gathered] = []

    def note(meeting_id: int, gathered: receiving.Gathered) -> Any:
        written.append(gathered)
        return receiving.write_down(meeting_id, gathered)

    monkeypatch.setattr(rooms, "write_down", note)
    return written


# What is seen


async def test_who_has_no_line_before_the_eyes_moves_nobody(room: Room, quick: None, writings: list[receiving.Gathered]) -> None:
    message = await do(make_message, room.lao_cai, line=Line.TECHNICAL)
    seat = room.people["observer"]
    observer = line_to(room.meeting, "delegate", account=seat.person.user.pk, participant=seat.pk)
    async with observer, line_to(room.meeting, "display", account=None) as display:
        for line in (observer, display):
            await line.hello()
            await line.say({"t": "here", "seen": [f"message:{message.pk}"]})
        await asyncio.sleep(0.3)
    assert writings == []


async def test_what_is_said_again_and_again_moves_the_pages_once(
    room: Room, quick: None, monkeypatch: pytest.MonkeyPatch, writings: list[receiving.Gathered]
) -> None:
    monkeypatch.setattr(rooms, "LINKS_EVERY", 60)
    command = await do(make_site_command, room.meeting)
    message = await do(make_message, room.lao_cai, line=Line.TECHNICAL)
    async with console_of(room) as console:
        await console.hello()
        said = {"t": "here", "seen": [f"message:{message.pk}", f"site_command:{command.pk}"]}
        await console.say(said)
        assert (await console.hear("poke"))["what"] == ["technical"]
        await until(Receipt.objects.filter(seen_at__isnull=False).exists)
        before = len(writings)
        await console.say(said)
        assert await console.silent("poke", during=0.4)
    assert not any(gathered.seen or gathered.delivered for gathered in writings[before:])


def test_one_page_does_not_fill_the_room_of_all() -> None:
    gathered = receiving.Gathered()
    one, other = (line_ticket(account) for account in (1, 2))
    for first in range(0, 40_000, 20):
        gathered.add_messages(one, range(first, first + 20))
    gathered.add_messages(other, [7])
    assert len(gathered.messages[one]) == receiving.A_READER
    assert gathered.messages[other] == {7}


def line_ticket(account: int) -> receiving.Ticket:
    return receiving.Ticket(meeting=1, slug="m", screen="control", language="vi", account=account)


@pytest.mark.postgres
async def test_receipts_outlast_a_database_that_is_away(room: Room, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    command = await do(make_site_command, room.meeting)
    message = await do(make_message, room.lao_cai, line=Line.TECHNICAL)
    away = [True]

    def fall_over(meeting_id: int, gathered: receiving.Gathered) -> Any:
        if away:
            raise OSError("no database")
        return receiving.write_down(meeting_id, gathered)

    monkeypatch.setattr(rooms, "write_down", fall_over)
    async with console_of(room) as console:
        number = (await console.hello())["n"]
        await console.say({"t": "got", "n": number})
        await console.say({"t": "here", "seen": [f"message:{message.pk}", f"site_command:{command.pk}"]})
        await asyncio.sleep(0.3)
        away.clear()
        await until(Receipt.objects.filter(bridge_point=room.lao_cai, delivered_at__isnull=False, seen_at__isnull=False).exists)
        await until(ReadMark.objects.filter(at_site=True, up_to=message.pk).exists)
