"""Sending never waits: a server that makes one socket wait holds up no other, and nothing overtakes anything."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from live import sockets
from live.sockets import Socket
from live.tickets import Ticket

TICKET = Ticket(meeting=1, slug="x", screen="display", language="vi")


class SlowServer:
    """A server whose send waits until its gate is opened, as uvicorn's does when a client does not read."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.sent: list[dict[str, Any]] = []

    async def send(self, event: dict[str, Any]) -> None:
        await asyncio.sleep(0)
        await self.gate.wait()
        self.sent.append(event)


async def quick(event: dict[str, Any]) -> None:
    """A server that takes everything at once."""


def texts(events: list[dict[str, Any]]) -> list[str]:
    return [event.get("text", str(event.get("code"))) for event in events]


async def test_what_a_slow_server_takes_late_it_takes_in_order() -> None:
    server = SlowServer()
    socket = Socket(server.send, TICKET)
    for n in range(5):
        socket.text(f"frame {n}", n)
    socket.close(1012)
    await asyncio.sleep(0.01)
    assert server.sent == []
    server.gate.set()
    await asyncio.sleep(0.01)
    assert texts(server.sent) == [*(f"frame {n}" for n in range(5)), "1012"]
    socket.text("too late")
    await asyncio.sleep(0.01)
    assert len(server.sent) == 6


async def test_a_quick_server_is_not_made_to_wait_for_the_loop() -> None:
    taken: list[dict[str, Any]] = []

    async def send(event: dict[str, Any]) -> None:
        taken.append(event)

    socket = Socket(send, TICKET)
    socket.text("at once")
    assert texts(taken) == ["at once"]


async def test_a_stuck_socket_is_closed_and_costs_no_more_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "UNACKNOWLEDGED_LIMIT", 100)
    server = SlowServer()
    socket = Socket(server.send, TICKET)
    for _ in range(1000):
        socket.text("x" * 30)
    assert socket.closed
    assert len(socket.waiting or ()) < 6
    server.gate.set()
    await asyncio.sleep(0.01)
    assert texts(server.sent)[-1] == "4008"


@pytest.mark.parametrize("waits", [True, False])
async def test_a_broken_line_harms_only_itself(waits: bool) -> None:
    async def send(event: dict[str, Any]) -> None:
        if waits:
            await asyncio.sleep(0)
        raise ConnectionResetError

    socket, other = Socket(send, TICKET), Socket(quick, TICKET)
    for each in (socket, other):
        each.text("x")
    await asyncio.sleep(0.01)
    assert (socket.closed, other.closed) == (True, False)


async def test_only_the_echo_of_the_last_beat_counts() -> None:
    socket = Socket(quick, TICKET)
    assert socket.round_trip(0) is None
    socket.beat({"type": "websocket.send", "text": "b"}, 17)
    assert socket.round_trip(16) is None
    assert socket.round_trip("17") is None
    assert socket.round_trip(17) is not None
    assert socket.round_trip(17) is None


async def test_what_is_acknowledged_makes_room_and_never_goes_back() -> None:
    socket = Socket(quick, TICKET)
    socket.text("x" * 10, 5)
    socket.text("x" * 10, 7)
    socket.got(6)
    assert (socket.outstanding, socket.seen) == (10, 6)
    socket.got(99)
    socket.got(3)
    assert (socket.outstanding, socket.seen) == (0, 7)


async def test_a_page_that_is_always_a_frame_behind_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "UNACKNOWLEDGED_LIMIT", 100)
    socket = Socket(quick, TICKET)
    for number in range(1, 200):
        socket.text("x" * 20, number)
        socket.got(number - 1)
    assert not socket.closed
    assert socket.outstanding <= 60
