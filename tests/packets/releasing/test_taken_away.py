"""Rights that end, end at once: on the line of the open reader, at its link, on the way of a download, when it asks again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.http import HttpResponseBase

from agenda import actions as agenda
from meetings import actions
from meetings.accounts.actions import close_account
from packets.desk.actions import remove_document, return_version
from packets.models import Document, Opening, Version
from packets.releasing.actions import recall_document
from packets.releasing.queries import short
from packets.tracing import judging
from packets.tracing.openings import open_copy
from tests.cast import Cast, Clients, Room
from tests.live.line import Closed, Line, line_to
from tests.make import actor_of, make_participant, make_user, open_the_meeting, the_secretariat
from tests.packets.releasing.ways import ONE, Copy
from tests.papers import make_document, make_paper, make_release, make_version

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 2.0  # seconds
do: Any = database_sync_to_async
Taking = Callable[[Room, Cast, Document], object]

TAKING: dict[str, Taking] = {
    "recalled": lambda room, cast, paper: recall_document(room.meeting, by=the_secretariat(), documents=[paper]),
    "excused": lambda room, cast, paper: actions.excuse_participants(
        room.meeting, by=the_secretariat(), participants=[room.people["delegate"]]
    ),
    "removed from the list": lambda room, cast, paper: actions.remove_participant(
        room.meeting, by=the_secretariat(), participant=room.people["delegate"]
    ),
    "account closed": lambda room, cast, paper: close_account(
        by=actor_of(room.meeting, make_user("quan-tri-2", office_role="administrator")), account=cast["delegate"]
    ),
}
# What the open reader hears: its release is gone from those in force, look again how you stand, or the line is closed.
HEARS = {"recalled": "parts", "excused": "poke", "removed from the list": "4003", "account closed": "4003"}


def opened(room: Room, cast: Cast) -> tuple[Document, Copy, str, dict[str, Opening]]:
    """Return a paper that everybody reads, the delegate's copy of it, the token, and copies on their way to be kept."""
    paper = make_paper(room.meeting)
    paper.releases.update(may_download=True, may_print=True)
    actor, version = actor_of(room.meeting, cast["delegate"]), paper.versions.get()
    ways = {way: open_copy(room.meeting, actor, version=version, way=way) for way in ("screen", "download", "print")}
    return paper, Copy(paper.number, 1, ways["screen"].code), short(paper.releases.get().token), ways


def answers(room: Room, clients: Clients, copy: Copy) -> dict[str, bool]:
    """Say on which ways the paper is there."""

    def is_there(answer: HttpResponseBase) -> bool:
        if answer.streaming:
            list(answer.streaming_content)  # type: ignore[attr-defined]
        return answer.status_code in (200, 204, 206)

    names = ("page", "file", "standing", "download", "progress", "bookmarks")
    return {name: is_there(ONE[name].go(clients["delegate"], room.meeting, copy)) for name in names}


async def heard(line: Line, token: str) -> str:
    """Wait for what tells an open reader that its paper may be gone; return what it was."""
    while True:
        try:
            frame = await line.hear()
        except Closed as closed:
            return str(closed.code)
        if frame["t"] == "poke" and "standing" in frame["what"]:
            return "poke"
        if frame["t"] == "parts" and "papers" in frame["parts"] and token not in frame["parts"]["papers"]["html"]:
            return "parts"


@pytest.mark.parametrize("how", TAKING)
async def test_what_is_taken_away_is_gone_within_two_seconds(how: str, room: Room, cast: Cast, clients: Clients) -> None:
    paper, copy, token, ways = await do(opened)(room, cast)
    assert set((await do(answers)(room, clients, copy)).values()) == {True}
    seat = room.people["delegate"].pk
    async with (
        line_to(room.meeting, "reader", account=cast["delegate"].pk, participant=seat) as line,
        line_to(room.meeting, "reader", account=cast["guest"].pk, participant=room.people["guest"].pk) as other,
    ):
        first = await line.hello()
        await other.hello()
        assert token in first["parts"]["papers"]["html"]
        at = time.monotonic()
        await do(TAKING[how])(room, cast, paper)
        async with asyncio.timeout(SOON):
            assert await heard(line, token) == HEARS[how]
        under_way = {way: await do(judging.is_still_open)(opening, cast["delegate"].pk) for way, opening in ways.items()}
        assert set(under_way.values()) == {False}, "what is on its way breaks off at the next look, each second"
        assert time.monotonic() - at < SOON
        if how in ("excused", "account closed"):
            assert await other.silent("poke", during=0.3), "nobody else is asked to look"
    assert set((await do(answers)(room, clients, copy)).values()) == {False}


@pytest.mark.parametrize("who", ["chair", "focal_point", "focal point with a seat"])
@pytest.mark.parametrize("how", ["returned", "removed"])
async def test_who_reads_what_is_not_released_is_asked_to_look_again_and_nobody_else(
    how: str, who: str, room: Room, cast: Cast
) -> None:
    def begin() -> tuple[Version, int, int | None]:
        version = make_version(make_document(room.meeting), state="checked", unit=room.meeting.asked_units.get())
        if who == "focal point with a seat":
            return version, cast["focal_point"].pk, make_participant(room.meeting, "Lò Thị Đầu", user=cast["focal_point"]).pk
        return version, cast[who].pk, room.people[who].pk if who in room.people else None

    version, account, seat = await do(begin)()
    async with (
        line_to(room.meeting, "reader", account=account, participant=seat) as line,
        line_to(room.meeting, "reader", account=cast["guest"].pk, participant=room.people["guest"].pk) as other,
    ):
        await line.hello()
        await other.hello()
        if how == "returned":
            await do(return_version)(room.meeting, by=await do(the_secretariat)(), version=version, why="Sai số liệu")
        else:
            await do(remove_document)(room.meeting, by=await do(the_secretariat)(), document=version.document, edition=1)
        async with asyncio.timeout(SOON):
            assert await heard(line, "") == "poke"
        assert await other.silent("poke", during=0.3)


async def test_what_is_held_comes_with_its_item_and_says_no_title(room: Room, cast: Cast) -> None:
    def begin() -> tuple[Document, str]:
        open_the_meeting(room.meeting)
        paper = make_paper(room.meeting, "zzgiukin", item=room.items[1])
        paper.releases.all().delete()
        return paper, short(make_release(paper, holds_for_item=True).token)

    paper, token = await do(begin)()
    async with line_to(room.meeting, "reader", account=cast["delegate"].pk, participant=room.people["delegate"].pk) as line:
        first = await line.hello()
        assert token not in str(first)
        await do(agenda.open_item)(room.meeting, by=await do(the_secretariat)(), item=room.items[1])
        frame = await line.hear("parts")
        assert token in frame["parts"]["papers"]["html"]
        assert paper.title not in str(first) + str(frame)


def test_who_prepares_keeps_the_paper_that_others_lose(room: Room, cast: Cast, clients: Clients) -> None:
    paper, copy, _token, _ways = opened(room, cast)
    TAKING["recalled"](room, cast, paper)
    assert ONE["standing"].go(clients["secretary"], room.meeting, copy).status_code == 200
