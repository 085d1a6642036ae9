"""The lines of the bridge points: round trip, number taken, outages, receipts, newer tickets, consoles without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from control.models import Line, Outage, ReadMark, Receipt
from live import links, outages, sockets
from live.hub import hub
from live.links import Links
from live.tickets import unseal
from meetings import actions, clock
from meetings.models import JournalEntry, Meeting
from tests.cast import Room
from tests.live.line import Line as Wire
from tests.live.line import line_to
from tests.make import make_message, make_site_command, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


async def do(work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Do something to the database from a test that runs on the event loop."""
    return await database_sync_to_async(work)(*args, **kwargs)


async def until(asked: Callable[[], bool], within: float = 4.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(within):
        while not await do(asked):
            await asyncio.sleep(0.02)


def console_of(here: Room, **ticket: Any) -> Wire:
    operator = here.people["operator"]
    own = {"bridge_point": here.lao_cai.pk, "participant": operator.pk, "account": operator.person.user.pk}
    return line_to(here.meeting, "console", **own | ticket)


def link(here: Room) -> links.Link:
    return hub.links_of(here.meeting.pk)[here.lao_cai.pk]


# How well a line is


async def test_the_echo_of_a_beat_tells_the_round_trip(room: Room, quick: None) -> None:
    async with console_of(room) as console, line_to(room.meeting) as control:
        await control.hello()
        number = (await console.hello())["n"]
        beat = await console.hear("beat")
        assert (link(room).round_trip, link(room).number) == (None, None)
        await asyncio.sleep(0.03)
        await console.say({"t": "here", "echo": beat["clock"]["real"]})
        await console.say({"t": "got", "n": number})
        await until(lambda: link(room).round_trip is not None and link(room).number == number)
        first = link(room).round_trip or 0
        assert 30 <= first < 2000
        shown = (await control.hear("soft"))["parts"]["board"]["html"]
        while "ms" not in shown:
            shown = (await control.hear("soft"))["parts"]["board"]["html"]
        await console.say({"t": "here", "echo": beat["clock"]["real"]})  # said twice: no second measure
        await console.say({"t": "here", "echo": 12345})
        await asyncio.sleep(0.1)
        assert link(room).round_trip == first


async def test_a_page_cannot_be_further_than_it_was_sent(room: Room) -> None:
    async with console_of(room) as console:
        number = (await console.hello())["n"]
        await console.say({"t": "got", "n": number + 1000})
        await until(lambda: link(room).number is not None)
        assert link(room).number == number


async def test_who_acknowledges_nothing_for_seconds_is_shown_behind(
    room: Room, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "BEHIND_AFTER", 0.1)
    async with console_of(room) as console:
        number = (await console.hello())["n"]
        await console.say({"t": "got", "n": number})
        await until(lambda: link(room).number == number)
        assert link(room).behind == 0
        await do(open_the_meeting, room.meeting)
        later = (await console.hear("parts"))["n"]
        await until(lambda: link(room).behind == later - number)
        await console.say({"t": "got", "n": later})
        await until(lambda: link(room).behind == 0)


# Outages


@pytest.mark.postgres
async def test_an_outage_is_kept_with_its_beginning_and_end(room: Room, quick: None) -> None:
    await do(open_the_meeting, room.meeting)
    async with line_to(room.meeting) as control:
        await control.hello()
        async with console_of(room) as console:
            await console.hello()
        await until(Outage.objects.filter(ended_at=None).exists)
        async with console_of(room) as console:
            await console.hello()
            await until(Outage.objects.exclude(ended_at=None).exists)
    kinds = [kind async for kind in JournalEntry.objects.order_by("number").values_list("kind", flat=True)]
    assert kinds[-2:] == ["outages.begun", "outages.ended"]
    outage = await Outage.objects.aget()
    assert outage.ended_at is not None
    assert timedelta(seconds=0.15) < outage.ended_at - outage.began_at < timedelta(seconds=4)


async def test_a_page_that_is_loaded_anew_makes_no_outage(room: Room, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outages, "LASTING", 30)
    await do(open_the_meeting, room.meeting)
    for _ in range(3):
        async with console_of(room) as console:
            await console.hello()
        await asyncio.sleep(0.1)
    assert await Outage.objects.acount() == 0


async def test_before_the_meeting_and_after_it_there_are_no_outages(room: Room, quick: None) -> None:
    async with console_of(room) as console:
        await console.hello()
    await asyncio.sleep(0.4)
    assert await Outage.objects.acount() == 0
    await do(open_the_meeting, room.meeting)
    async with line_to(room.meeting) as control:
        await control.hello()
        await until(Outage.objects.filter(ended_at=None).exists)
        outage = await Outage.objects.aget()
        assert outage.began_at >= (await Meeting.objects.aget(pk=room.meeting.pk)).opened_at  # type: ignore[operator]
        await do(actions.adjourn_meeting, room.meeting, by=await do(the_secretariat))
        await until(Outage.objects.exclude(ended_at=None).exists)


async def test_a_service_that_stops_makes_no_outages(room: Room, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    await do(open_the_meeting, room.meeting)
    async with console_of(room) as console, line_to(room.meeting) as control:
        await console.hello()
        await control.hello()
        monkeypatch.setattr(outages, "is_closing", lambda: True)
        await hub.close_all()
    await asyncio.sleep(0.5)
    assert await Outage.objects.acount() == 0


# Receipts


async def test_a_site_command_is_delivered_then_seen(room: Room, quick: None) -> None:
    command = await do(make_site_command, room.meeting)
    receipt = Receipt.objects.filter(bridge_point=room.lao_cai)
    async with console_of(room) as console, line_to(room.meeting) as control:
        await control.hello()
        number = (await console.hello())["n"]
        await asyncio.sleep(0.15)
        assert not await do(receipt.filter(delivered_at__isnull=False).exists)
        await console.say({"t": "got", "n": number})
        await until(receipt.filter(delivered_at__isnull=False, seen_at=None).exists)
        await console.say({"t": "here", "seen": [f"site_command:{command.pk}", "site_command:x", 5, "site_command:999999"]})
        await until(receipt.filter(seen_at__isnull=False, acknowledged_at=None).exists)
    assert await Receipt.objects.filter(delivered_at__isnull=False).acount() == 1


async def test_who_only_looks_in_receives_nothing_for_a_bridge_point(room: Room, quick: None) -> None:
    command = await do(make_site_command, room.meeting)
    async with console_of(room, connects=False) as looking:
        number = (await looking.hello())["n"]
        await looking.say({"t": "got", "n": number})
        await looking.say({"t": "here", "seen": [f"site_command:{command.pk}"]})
        await asyncio.sleep(0.3)
    assert not await do(Receipt.objects.filter(delivered_at__isnull=False).exists)


async def test_a_message_is_read_by_the_side_it_was_written_to(room: Room, quick: None) -> None:
    down = await do(make_message, room.lao_cai, line=Line.TECHNICAL)
    delegate = room.people["delegate"]
    stranger = line_to(room.meeting, "delegate", account=delegate.person.user.pk, participant=delegate.pk)
    async with console_of(room) as console, stranger:
        await console.hello()
        await stranger.hello()
        await stranger.say({"t": "here", "seen": [f"message:{down.pk}"]})
        await asyncio.sleep(0.3)
        assert await ReadMark.objects.acount() == 0
        await console.say({"t": "here", "seen": [f"message:{down.pk}", "message:77777"]})
        await until(ReadMark.objects.filter(at_site=True, line="technical", up_to=down.pk).exists)
        assert (await console.hear("poke"))["what"] == ["technical"]


# Tickets


async def test_a_newer_ticket_comes_before_the_old_one_ends(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    async with console_of(room) as console:
        await console.hello()
        await console.say({"t": "here"})
        assert await console.silent("ticket", during=0.2)
        monkeypatch.setattr("live.room.TICKET_EVERY", 0)
        await console.say({"t": "here"})
        ticket = unseal((await console.hear("ticket"))["ticket"], room.meeting.slug)
    assert ticket is not None
    assert (ticket.screen, ticket.bridge_point, ticket.connects) == ("console", room.lao_cai.pk, True)


# Without a socket


async def test_a_console_without_a_socket_is_connected_as_long_as_it_is_heard_of(
    room: Room, clients: dict[str, Client], quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "LEASE", 0.4)
    command = await do(make_site_command, room.meeting)
    address = f"/m/{room.meeting.slug}/live/here/"
    async with line_to(room.meeting) as control:
        number = (await control.hello())["n"]
        body = {"site": room.lao_cai.pk, "client": "c-1", "got": number, "seen": [f"site_command:{command.pk}"]}
        assert (await do(lambda: clients["operator"].post(address, body))).status_code == 204
        await until(lambda: hub.links_of(room.meeting.pk).get(room.lao_cai.pk) is not None and link(room).connected)
        assert link(room).number == number
        await until(Receipt.objects.filter(bridge_point=room.lao_cai, seen_at__isnull=False).exists)
        await until(lambda: not link(room).connected)


def test_rubbish_over_http_harms_nobody(room: Room, clients: dict[str, Client]) -> None:
    address = f"/m/{room.meeting.slug}/live/here/"
    assert clients["operator"].post(address, {"got": "-1", "seen": ["x"] * 50, "client": "x" * 5000}).status_code == 204
    assert clients["operator"].post(address, {"site": room.sites[2].pk}).status_code == 403
    assert clients["stranger"].post(address, {}).status_code == 404


# The links themselves


def test_the_best_of_several_consoles_speaks_for_its_site(room: Room) -> None:
    now, known = clock.now(room.meeting), Links()
    assert known.join(1, "a", now)
    assert not known.join(1, "b", now)
    known.note(1, "a", number=5, round_trip=300)
    known.note(1, "b", number=7, round_trip=20)
    known.note(1, "c", number=9, round_trip=1)
    known.note(2, "a", number=9)
    assert known.now() == {1: links.Link(connected=True, since=now, round_trip=20, number=7)}
    assert not known.leave(1, "b", now)
    assert known.now()[1].round_trip == 300
    assert known.leave(1, "a", now)
    assert not known.leave(1, "a", now)
    assert not known.now()[1].connected
