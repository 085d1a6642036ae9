"""The judge can say no: each figure rises when what it counts has happened, also through a line that alters what it carries."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from tests.chaos.judge import Command, Figures, OrderWatch, SilenceWatch, differing, judge_commands, percentile
from tests.chaos.lines import DOWN, UP, Line
from tests.chaos.stations import Account, Station

DONE, REFUSED = (200, '{"number": 2, "state": "done"}'), (409, '{"reason": "Không.", "state": "refused"}')
MARK = Command(id="a", name="presence.mark", answers=(DONE, DONE))
JOURNAL = [(1, "meeting.created"), (2, "presence.marked")]
KEPT = {"a": DONE}


# Commands


def test_a_command_done_once_is_neither_lost_nor_doubled() -> None:
    assert judge_commands([MARK], JOURNAL, KEPT, 1) == ([], [])


def test_what_the_service_records_by_itself_is_nobodys_command() -> None:
    assert judge_commands([MARK], [*JOURNAL, (3, "outages.begun")], KEPT, 1) == ([], [])


def test_a_command_may_record_what_comes_along_with_it() -> None:
    given = Command(id="a", name="floor.give", answers=((200, '{"number": 3}'),))
    journal = [(2, "floor.yielded"), (3, "floor.given")]
    assert judge_commands([given], journal, {"a": (200, '{"number": 3}')}, 1) == ([], [])


@pytest.mark.parametrize(
    ("commands", "journal", "kept"),
    [
        ([MARK], JOURNAL[:1], KEPT),
        ([MARK], [JOURNAL[0], (2, "message.sent")], KEPT),
        ([MARK], JOURNAL, {}),
        ([MARK], JOURNAL, {"a": REFUSED}),
        ([Command(id="a", name="presence.mark", answers=())], JOURNAL[:1], {}),
    ],
    ids=["not in the journal", "another entry there", "answer not kept", "another answer kept", "never answered"],
)
def test_a_lost_command_is_seen(
    commands: list[Command], journal: list[tuple[int, str]], kept: dict[str, tuple[int, str]]
) -> None:
    assert judge_commands(commands, journal, kept, 1)[0]


@pytest.mark.parametrize(
    ("commands", "journal"),
    [
        ([MARK], [(1, "meeting.created"), (2, "presence.marked"), (3, "presence.marked")]),
        (
            [Command(id="a", name="presence.mark", answers=((200, '{"number": 3}'),))],
            [(2, "presence.marked"), (3, "presence.marked")],
        ),
        ([Command(id="a", name="presence.mark", answers=(DONE, (200, '{"number": 3}')))], JOURNAL),
        ([MARK, Command(id="b", name="presence.mark", answers=(DONE,))], JOURNAL),
    ],
    ids=["an entry nobody asked for", "two entries in one", "two answers to one", "one answer to two"],
)
def test_a_doubled_command_is_seen(commands: list[Command], journal: list[tuple[int, str]]) -> None:
    assert judge_commands(commands, journal, {"a": (200, '{"number": 3}'), "b": DONE}, 1)[1]


# Frames


def frame(n: int, epoch: str = "e", **parts: int) -> dict[str, Any]:
    return {
        "t": "parts",
        "epoch": epoch,
        "n": n,
        "parts": {name: {"n": at, "html": f"{name} {at}"} for name, at in parts.items()},
    }


@pytest.mark.parametrize(
    ("frames", "faults"),
    [
        ([frame(1, now=1), frame(3, now=3, queue=2)], 0),
        ([frame(3, now=3), frame(3, now=3)], 0),
        ([frame(9, now=9), frame(2, epoch="another", now=2)], 0),
        ([frame(3, now=3), frame(2, queue=2)], 1),
        ([frame(3, now=3), frame(4, now=2)], 1),
        ([frame(3, now=4)], 1),
    ],
    ids=["in order", "said again", "another epoch", "number back", "part back", "part of the future"],
)
def test_what_goes_back_is_seen(frames: list[dict[str, Any]], faults: int) -> None:
    order = OrderWatch()
    assert sum(bool(order.take(one)) for one in frames) == faults


def test_silence_is_told_once_and_only_of_who_does_not_know() -> None:
    def told(**how: bool) -> int:
        watch = SilenceWatch()
        state = {"knows": False, "good": True} | how
        return sum(watch.look(moment / 4, number=1, newest=2, **state) for moment in range(20))

    assert (told(), told(knows=True), told(good=False)) == (1, 0, 0)


def test_who_follows_late_but_follows_is_not_silent() -> None:
    watch = SilenceWatch()
    assert not any(watch.look(moment, number=moment - 1, newest=moment, knows=False, good=True) for moment in range(9))


def test_a_part_that_differs_or_is_missing_is_seen() -> None:
    assert differing({"now": "a", "queue": "b"}, {"now": "a", "queue": "c", "bar": ""}) == ["bar", "queue"]


def test_the_last_line_holds_every_figure() -> None:
    good = Figures(deliveries=7, repairs=[0.5] * 99 + [3.0])
    assert good.line() == "deliveries=7 lost=0 reordered=0 doubled=0 silent=0 repair_p99_s=0.50"
    bad = [Figures(**{kind: ["a case"]}) for kind in ("lost", "reordered", "doubled", "silent")] + [Figures(repairs=[2.1])]
    assert [good.is_good, *(one.is_good for one in bad)] == [True] + [False] * 5
    assert percentile([], 99) == 0


def test_a_starved_machine_excuses_slowness_and_nothing_else() -> None:
    assert Figures(repairs=[2.1], ran=5, waited=6).is_good
    assert not Figures(repairs=[2.1], ran=5, waited=4).is_good
    assert not Figures(lost=["a case"], ran=5, waited=6).is_good


# The whole way: a service of five lines behind a line that alters what it carries


def altered_word(data: bytes) -> bytes:
    return data.replace(b"now 2", b"now 9")


def number_back(data: bytes) -> bytes:
    return data.replace(b'"n":3', b'"n":1')


async def _five_lines(socket: ServerConnection) -> None:
    await socket.recv()
    for n in (1, 2, 3):
        await socket.send(json.dumps(frame(n, **{"now" if n < 3 else "queue": n}), separators=(",", ":")))
        await asyncio.sleep(0.05)
    await socket.wait_closed()


@asynccontextmanager
async def station_behind(alter: Callable[[bytes], bytes] | None) -> AsyncIterator[Station]:
    async with serve(_five_lines, "127.0.0.1", 0, compression=None) as service:
        line = Line(service.sockets[0].getsockname()[1], alter=alter)
        await line.open()
        station = Station("one", Account(line.url), "m", "display", line, Figures())
        station.ticket_at = float("inf")  # no ticket is needed here
        station.start()
        yield station
        await station.stop()
        line.close()


async def until(true: Callable[[], bool], patience: float = 5) -> bool:
    async with asyncio.timeout(patience):
        while not true():
            await asyncio.sleep(0.01)
    return True


@pytest.mark.parametrize(("alter", "lost", "reordered"), [(None, [], 0), (altered_word, ["now"], 0), (number_back, [], 1)])
async def test_a_fault_on_the_line_becomes_a_figure(
    alter: Callable[[bytes], bytes] | None, lost: list[str], reordered: int
) -> None:
    async with station_behind(alter) as station:
        await until(lambda: station.figures.deliveries == 3)
        assert differing(station.shown, {"now": "now 2", "queue": "queue 3"}) == lost
        assert len(station.figures.reordered) == reordered


async def test_a_frozen_line_says_nothing_and_is_repaired_when_it_thaws() -> None:
    async with station_behind(None) as station:
        assert station.line is not None
        await until(lambda: station.n == 1)
        station.line.freeze(UP, DOWN)
        await asyncio.sleep(0.4)
        assert (station.n, station.is_listening) == (1, True)
        station.line.heal()
        station.await_repair(3, "frozen")
        await until(lambda: station.is_repaired)
        assert len(station.figures.repairs) == 1


async def test_a_line_that_is_cut_is_noticed_at_once() -> None:
    for reset in (True, False):
        async with station_behind(None) as station:
            assert station.line is not None
            await until(lambda: station.n == 3)
            assert station.ends == 0
            station.line.cut(reset=reset)
            await until(lambda: station.ends >= 1)  # it may have come back already
            assert re.fullmatch("queue 3", station.shown["queue"])
