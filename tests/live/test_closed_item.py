"""A closed item: who is out gets nothing of it, on no page and in no frame; at once, and is in again by themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import pytest
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from django.db import transaction

from agenda import actions as agenda
from agenda.speakers.actions import prepare_floor
from control.tokens import token_of
from live.audience import display_viewer, viewer_of
from live.tickets import seal
from meetings.actions import edit_participants
from meetings.models import Role
from packets.folder.contents import programme_of
from tests.cast import Cast, Clients, Room
from tests.live.line import Closed, Line
from tests.make import (
    actor_of,
    ask_for_floor,
    give_floor,
    make_command_id,
    make_display,
    make_participant,
    open_the_item,
    open_the_meeting,
    the_secretariat,
)
from tests.papers import make_document, make_release, make_version
from tests.polls import close_poll, declare_poll, make_key, make_open_poll
from voting.models import Poll

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")
MARK = "zzkinmatkhonglo"
OUT = ("observer", "guest", "delegate", "operator", "technician", "other_operator", "focal_point")
IN = ("chair", "secretary")
OF_MEETING = (
    "", "programme/", "programme/releases/", "programme/releases/1/", "programme/speeches/", "programme/table.csv", "live/",
    "console/", "papers/", "papers/mine/", "papers/packet/", "papers/standings/", "polls/", "journal/", "minutes/", "course/",
    "delegate/", "control/", "chair/",
)  # fmt: skip
SCREENS_OF = {"observer": "delegate", "guest": "delegate", "delegate": "delegate", "operator": "console", "technician": "console",
              "other_operator": "console"}  # fmt: skip


def close_the_doors(room: Room, *, sites: Any = (), people: Any = (), secret: bool = False) -> None:
    agenda.restrict_item(
        room.meeting, by=the_secretariat(), item=room.items[1], reason=f"{MARK} lý do", sites=sites, people=people,
        has_secret_title=secret,
    )  # fmt: skip


@pytest.fixture
def marked(room: Room) -> Room:
    """The second item bears the mark wherever something can be written; the first one is open."""
    agenda.edit_item(
        room.meeting, by=the_secretariat(), item=room.items[1], title=f"{MARK} tiêu đề", kind="report",
        presenter=f"{MARK} người trình bày", minutes=15, note=f"{MARK} ghi chú",
    )  # fmt: skip
    paper = make_document(room.meeting, f"{MARK} tài liệu", item=room.items[1])
    make_version(paper, texts=[f"{MARK} trong tài liệu"])
    make_release(paper)
    make_display(room.meeting)
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    return room


def run_the_item(room: Room) -> None:
    """Open the marked item: somebody speaks under it, the next one is told to prepare, and a vote is open."""
    agenda.open_item(room.meeting, by=the_secretariat(), item=room.items[1], closing=room.items[0])
    give_floor(ask_for_floor(make_participant(room.meeting, f"{MARK} người phát biểu", site=room.sites[0])))
    following = ask_for_floor(make_participant(room.meeting, f"{MARK} người tiếp theo", site=room.sites[0]))
    prepare_floor(room.meeting, by=the_secretariat(), requests=[following])
    make_open_poll(room.meeting, text=f"{MARK} câu hỏi", item=room.items[1], options=[f"{MARK} một", f"{MARK} hai"])


def pages_with_mark(room: Room, clients: Clients, who: str) -> set[str]:
    slug = room.meeting.slug
    found = set()
    for page in OF_MEETING:
        answer = clients[who].get(f"/m/{slug}/{page}")
        assert answer.status_code < 500, page
        if MARK in answer.content.decode(errors="replace"):
            found.add(page)
    for screen in ("delegate", "console", "reader"):
        if MARK in clients[who].get(f"/m/{slug}/live/?screen={screen}").content.decode():
            found.add(f"twin {screen}")
    for site in room.sites:
        if MARK in clients[who].get(f"/m/{slug}/console/{site.pk}/tally/").content.decode():
            found.add("tally")
    sought = clients[who].get(f"/m/{slug}/papers/find/?q={MARK}")
    if sought.status_code == 200 and sought.context["found"].papers:
        found.add("search")
    return found


def test_who_is_out_finds_nothing_of_it_while_it_is_open_and_all_again_after(marked: Room, clients: Clients) -> None:
    close_the_doors(marked)
    run_the_item(marked)
    assert {who: pages_with_mark(marked, clients, who) for who in OUT} == {who: set() for who in OUT}
    token = token_of(marked.meeting.displays.get())
    assert MARK not in clients["anonymous"].get(f"/d/{token}/").content.decode()
    assert "Họp kín" in clients["observer"].get(f"/m/{marked.meeting.slug}/programme/").content.decode()
    assert all("programme/" in pages_with_mark(marked, clients, who) for who in IN)
    agenda.open_item(marked.meeting, by=the_secretariat(), item=marked.items[2], closing=marked.items[1])
    assert all("programme/" in pages_with_mark(marked, clients, who) for who in OUT)


def test_a_secret_title_is_kept_before_and_after_and_in_releases(marked: Room, clients: Clients) -> None:
    close_the_doors(marked, secret=True)
    agenda.release_programme(marked.meeting, by=the_secretariat())
    assert {who: pages_with_mark(marked, clients, who) for who in OUT} == {who: set() for who in OUT}
    agenda.open_item(marked.meeting, by=the_secretariat(), item=marked.items[1], closing=marked.items[0])
    agenda.close_item(marked.meeting, by=the_secretariat(), item=marked.items[1])
    assert {who: pages_with_mark(marked, clients, who) for who in OUT} == {who: set() for who in OUT}
    assert "programme/releases/1/" in pages_with_mark(marked, clients, "chair")
    folder = [line.title for part in programme_of(marked.meeting).parts() for line in part.lines]
    assert ("Họp kín" in folder, MARK in "".join(folder)) == (True, False)


def test_who_is_named_is_in(marked: Room, clients: Clients) -> None:
    close_the_doors(marked, sites=[marked.lao_cai], people=[marked.people["observer"]])
    run_the_item(marked)
    found = {who for who in OUT if "programme/" in pages_with_mark(marked, clients, who)}
    assert found == {"delegate", "operator", "technician", "observer"}


def test_frames_of_who_is_out_hold_nothing_and_come_back_by_themselves(marked: Room, cast: Cast) -> None:
    close_the_doors(marked, sites=[marked.sites[2]])

    async def do(work: Callable[..., T], *args: Any) -> T:
        return await database_sync_to_async(work)(*args)

    def ticket(who: str) -> str:
        meeting, actor = marked.meeting, actor_of(marked.meeting, cast[who])
        site = actor.bridge_point_id if SCREENS_OF.get(who) == "console" else None
        return seal(viewer_of(meeting, actor, SCREENS_OF.get(who, who), "vi", site).ticket)

    async def until(line: Line, wanted: str) -> str:
        """Return all that is heard until some words come."""
        heard = ""
        while wanted not in heard:
            heard += json.dumps(await line.hear(within=2.0), ensure_ascii=False)
        return heard

    async def story() -> None:
        wall = seal(display_viewer(await do(marked.meeting.displays.get), "vi").ticket)
        slug = marked.meeting.slug
        names = {**{who: await do(ticket, who) for who in ("observer", "operator", "other_operator", "chair")}, "display": wall}
        lines = {who: Line(slug, sealed) for who, sealed in names.items()}
        async with lines["observer"], lines["operator"], lines["other_operator"], lines["chair"], lines["display"]:
            for line in lines.values():
                await line.hello()
            await do(run_the_item, marked)
            heard = {who: await until(line, "Họp kín") for who, line in lines.items() if who not in ("chair", "other_operator")}
            assert {who for who, told in heard.items() if MARK in told} == set()
            assert MARK in await until(lines["chair"], MARK)
            assert MARK in await until(lines["other_operator"], MARK)  # their bridge point is named
            late = Line(slug, names["operator"])
            async with late:
                assert MARK not in json.dumps(await late.hello(), ensure_ascii=False)
            await do(lambda: agenda.close_item(marked.meeting, by=the_secretariat(), item=marked.items[1]))
            back = {
                who: await until(line, MARK if who != "display" else "data-steer") for who, line in lines.items() if who in heard
            }
            assert set(back) == set(heard)

    async_to_sync(story)()


def test_whose_place_is_another_one_since_is_sent_nothing_of_what_comes_with_that(marked: Room, cast: Cast) -> None:
    close_the_doors(marked, sites=[marked.lao_cai])

    def move_and_run() -> None:
        with transaction.atomic():  # one reading of the room
            changes = {"bridge_point": marked.sites[2]}
            edit_participants(marked.meeting, by=the_secretariat(), participants=[marked.people["delegate"]], changes=changes)
            run_the_item(marked)

    async def story(ticket: str) -> str:
        heard = ""
        async with Line(marked.meeting.slug, ticket) as line:
            await line.hello()
            await database_sync_to_async(move_and_run)()
            with suppress(Closed):
                while True:
                    heard += json.dumps(await line.hear(within=5.0), ensure_ascii=False)
        return heard

    viewer = viewer_of(marked.meeting, actor_of(marked.meeting, cast["delegate"]), "delegate", "vi", None)
    assert MARK not in async_to_sync(story)(seal(viewer.ticket))


def test_the_doors_close_on_an_item_that_runs(marked: Room, clients: Clients) -> None:
    run_the_item(marked)
    assert "programme/" in pages_with_mark(marked, clients, "observer")
    close_the_doors(marked)
    assert pages_with_mark(marked, clients, "observer") == set()
    agenda.unrestrict_item(marked.meeting, by=the_secretariat(), item=marked.items[1])
    assert "programme/" in pages_with_mark(marked, clients, "observer")


def test_who_is_out_cannot_ask_for_the_floor(marked: Room, clients: Clients) -> None:
    close_the_doors(marked)
    run_the_item(marked)
    answer = clients["delegate"].post(
        f"/m/{marked.meeting.slug}/do/floor.request/", {"command_id": "6f1fb9c2-9a5e-4f0e-8a6d-0a3f6c1b2d3e"},
        headers={"accept": "application/json"},
    )  # fmt: skip
    assert answer.status_code == 409
    assert marked.people["delegate"].role == Role.DELEGATE


def test_who_is_out_neither_sees_nor_takes_part_in_what_is_put_to_the_vote_meanwhile(marked: Room, clients: Clients) -> None:
    close_the_doors(marked)
    agenda.open_item(marked.meeting, by=the_secretariat(), item=marked.items[1], closing=marked.items[0])
    poll = make_open_poll(marked.meeting, text=f"{MARK} không thuộc nội dung nào", options=[f"{MARK} một", f"{MARK} hai"])
    of_poll = f"/m/{marked.meeting.slug}/polls/{poll.number}/"
    assert {who: pages_with_mark(marked, clients, who) for who in OUT} == {who: set() for who in OUT}
    assert [clients["guest"].get(of_poll + page).status_code for page in ("", "mine/")] == [404, 404]
    assert [_votes(clients, who, of_poll) for who in ("guest", "delegate", "chair")] == [404, 404, 200]
    assert _counts(marked, clients, poll) == 409
    agenda.close_item(marked.meeting, by=the_secretariat(), item=marked.items[1])
    assert (_votes(clients, "delegate", of_poll), clients["guest"].get(of_poll).status_code) == (403, 200), "no vote in it"


def test_of_an_item_with_a_secret_title_no_vote_is_told_afterwards_either(marked: Room, clients: Clients) -> None:
    close_the_doors(marked, secret=True)
    agenda.open_item(marked.meeting, by=the_secretariat(), item=marked.items[1], closing=marked.items[0])
    poll = make_open_poll(marked.meeting, text=f"{MARK} không thuộc nội dung nào")
    close_poll(poll)
    declare_poll(poll)
    agenda.close_item(marked.meeting, by=the_secretariat(), item=marked.items[1])
    assert {who: pages_with_mark(marked, clients, who) for who in OUT} == {who: set() for who in OUT}
    assert MARK not in clients["anonymous"].get(f"/d/{token_of(marked.meeting.displays.get())}/").content.decode()
    assert MARK in clients["chair"].get(f"/m/{marked.meeting.slug}/polls/").content.decode()


def _votes(clients: Clients, who: str, of_poll: str) -> int:
    data = {"key": str(make_key()), "choices": ["1"]}
    return clients[who].post(f"{of_poll}ballot/", data, headers={"accept": "application/json"}).status_code


def _counts(room: Room, clients: Clients, poll: Poll) -> int:
    data = {"command_id": make_command_id(), "poll": poll.pk, "version": 0, "votes_1": 0, "votes_2": 0, "voters": 0}
    door = f"/m/{room.meeting.slug}/do/hall_tally.enter/"
    return clients["operator"].post(door, data, headers={"accept": "application/json"}).status_code


def test_who_leads_a_closed_item_is_told_that_it_is_closed(marked: Room, clients: Clients) -> None:
    home, words = f"/m/{marked.meeting.slug}", "<b>Họp kín</b>"
    assert words not in clients["chair"].get(f"{home}/chair/").content.decode()
    close_the_doors(marked)
    agenda.open_item(marked.meeting, by=the_secretariat(), item=marked.items[1], closing=marked.items[0])
    assert words in clients["chair"].get(f"{home}/chair/").content.decode()
    assert words in clients["secretary"].get(f"{home}/control/").content.decode()
