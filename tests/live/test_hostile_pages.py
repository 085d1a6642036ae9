"""Pages that say more than they may, or the same without end; and what must not be lost when the database is away."""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.test import Client

from config.asgi import application
from control.models import Line as Wire
from control.models import ReadMark, Receipt
from live import hub as hubs
from live import links, receiving
from live import room as rooms
from live.hub import hub
from live.links import Links
from meetings import actions, clock
from meetings.models import Role
from people.models import EndedSession, User
from tests.cast import Room
from tests.live.line import Line, line_to
from tests.live.test_lines import console_of, do, until
from tests.make import make_message, make_site_command, the_secretariat

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
    message = await do(make_message, room.lao_cai, line=Wire.TECHNICAL)
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
    message = await do(make_message, room.lao_cai, line=Wire.TECHNICAL)
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
    message = await do(make_message, room.lao_cai, line=Wire.TECHNICAL)
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


# Who hears of a line


async def test_a_technician_does_not_hear_that_somebody_writes_to_the_chair(room: Room, clients: dict[str, Client]) -> None:
    async def line_of(name: str) -> Line:
        address = f"/m/{room.meeting.slug}/live/ticket/?screen=console&site={room.lao_cai.pk}"
        ticket: str = (await do(lambda: clients[name].get(address).json()))["ticket"]
        return Line(room.meeting.slug, ticket)

    async with await line_of("technician") as technician, await line_of("operator") as operator:
        for line in (technician, operator):
            await line.hello()
        await do(make_message, room.lao_cai, line=Wire.CHAIR)
        assert (await operator.hear("poke"))["what"] == ["chair"]
        assert await technician.silent("poke", during=0.5)
        await do(make_message, room.lao_cai, line=Wire.TECHNICAL)
        assert (await technician.hear("poke"))["what"] == ["technical"]


# Who speaks for a bridge point


async def test_who_is_no_operator_any_more_does_not_stand_for_the_bridge_point(room: Room) -> None:
    seat, old = room.people["operator"], console_of(room)

    def promote() -> None:
        User.objects.filter(person=seat.person).update(office_role=User.OfficeRole.SECRETARIAT)
        actions.edit_participant(
            room.meeting, by=the_secretariat(), participant=seat, name=seat.name, position="", unit="",
            role=Role.OBSERVER, bridge_point=room.lao_cai,
        )  # fmt: skip

    await do(promote)
    async with old as line:
        await line.say({"t": "hello", "epoch": "", "after": 0, "client": "c"})
        assert await line.end() == 4003
    assert hub.links_of(room.meeting.pk) == {}


@pytest.mark.parametrize(
    ("who", "own", "another"),
    [
        *((who, 403, 403) for who in ("observer", "guest", "delegate", "chair")),
        *((who, 204, 403) for who in ("technician", "operator")),
        *((who, 204, 204) for who in ("secretary", "secretariat")),
        ("stranger", 404, 404),
    ],
)
def test_who_may_say_here_for_a_bridge_point(room: Room, clients: dict[str, Client], who: str, own: int, another: int) -> None:
    address = f"/m/{room.meeting.slug}/live/here/"
    for site, expected in ((room.lao_cai, own), (room.sites[2], another)):
        assert clients[who].post(address, {"site": site.pk, "client": "c", "got": 1}).status_code == expected


async def test_ever_new_names_of_consoles_take_no_room(room: Room, clients: dict[str, Client]) -> None:
    address = f"/m/{room.meeting.slug}/live/here/"
    async with line_to(room.meeting) as control:
        await control.hello()
        for n in range(2 * links.POLLING_LIMIT):
            body = {"site": room.lao_cai.pk, "client": f"c-{n}", "got": 0}
            assert await do(lambda sent=body: clients["operator"].post(address, sent).status_code) == 204
        await asyncio.sleep(0.1)
        known = hub.rooms[room.meeting.pk].links._sites[room.lao_cai.pk]
        assert len(known.consoles) == links.POLLING_LIMIT


def test_the_links_can_be_read_while_consoles_come_and_go(room: Room) -> None:
    now, known, faults = clock.now(room.meeting), Links(), list[Exception]()
    known.join(1, "first", now)
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            try:
                assert all(known.now().values())
            except Exception as fault:
                faults.append(fault)
                return

    reader = threading.Thread(target=read)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    reader.start()
    for n in range(20_000):
        known.join(1, n, now)
        if n > 50:
            known.leave(1, n - 50, now)
    sys.setswitchinterval(before)
    over.set()
    reader.join()
    assert faults == []


# Where no socket passes


async def test_a_bridge_point_is_connected_though_nobody_ever_opened_a_socket(room: Room, clients: dict[str, Client]) -> None:
    page = ApplicationCommunicator(
        application,
        {"type": "http", "method": "GET", "path": "/healthz", "headers": [(b"host", b"localhost")], "query_string": b""},
    )
    await page.send_input({"type": "http.request"})
    assert (await page.receive_output(5))["status"] == 200
    address, body = f"/m/{room.meeting.slug}/live/here/", {"site": room.lao_cai.pk, "client": "c", "got": 1}
    assert await do(lambda: clients["operator"].post(address, body).status_code) == 204
    await until(lambda: room.lao_cai.pk in hub.links_of(room.meeting.pk))


# The works go on


async def test_a_writing_that_waits_for_its_lock_keeps_nobody_out(
    room: Room, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await do(make_message, room.lao_cai, line=Wire.TECHNICAL)
    waits, goes_on = threading.Event(), threading.Event()

    def wait(_meeting_id: int, _gathered: receiving.Gathered) -> Any:
        waits.set()
        goes_on.wait(10)
        return False, []

    monkeypatch.setattr(rooms, "write_down", wait)
    async with console_of(room) as console, line_to(room.meeting) as control:
        await console.hello()
        await console.say({"t": "here", "seen": [f"message:{message.pk}"]})
        while not waits.is_set():
            await asyncio.sleep(0.02)
        try:
            assert await control.hello()
        finally:
            goes_on.set()


async def test_outages_that_cannot_be_recorded_keep_no_receipt_back(
    room: Room, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = await do(make_site_command, room.meeting)

    async def fall(*_args: Any) -> None:
        raise OSError("no database")

    monkeypatch.setattr("live.outages.OutageKeeper.keep", fall)
    async with console_of(room) as console:
        await console.say({"t": "got", "n": (await console.hello())["n"]})
        await until(Receipt.objects.filter(site_command=command, delivered_at__isnull=False).exists)


async def test_a_room_that_cannot_beat_silences_nobody(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "BEAT_EVERY", 0.5)
    async with line_to(room.meeting) as control:
        await control.hello()
        beat = hub.rooms[room.meeting.pk].beat
        faults = iter([OverflowError("the end of time")])

        def fall_once() -> None:
            for fault in faults:
                raise fault
            beat()

        monkeypatch.setattr(hub.rooms[room.meeting.pk], "beat", fall_once)
        await control.hear("beat")  # of the hello
        assert await control.hear("beat")


def test_who_takes_another_seat_of_the_demonstration_is_signed_out_of_the_first(
    room: Room, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO_MODE = True
    monkeypatch.setattr("demo.views.visitors", User.objects.all)
    visitor = Client()
    visitor.force_login(room.people["operator"].person.user)
    first = visitor.session.session_key
    visitor.post("/sign-in/demo/", {"username": room.people["observer"].person.user.username})
    assert visitor.session.session_key != first
    assert EndedSession.objects.filter(account=room.people["operator"].person.user).exists()
