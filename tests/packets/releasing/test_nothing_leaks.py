"""What is not released stands nowhere: words marked in titles, texts and file names, sought on all pages of each role."""

from __future__ import annotations

import json

import pytest
from asgiref.sync import async_to_sync
from django.urls import reverse

from live.screens import SCREENS
from meetings.procedure import Ability
from tests.cast import Cast, Clients, Room
from tests.live.line import line_to
from tests.make import actor_of, make_display, open_the_item, open_the_meeting
from tests.packets.releasing.ways import MANY
from tests.papers import make_document, make_release, make_version, recall

pytestmark = pytest.mark.django_db(transaction=True)
MARK = "zzmatkhongducro"
WHO = ("chair", "guest", "observer", "delegate", "operator", "technician", "other_operator", "focal_point", "clerk", "stranger")
PAGES = ("meetings:index", "people:me", "jobs:jobs", "packets:own_reading")
OF_MEETING = (
    "meetings:overview", "agenda:programme", "agenda:releases", "agenda:speeches", "live:control", "live:chair", "live:delegate",
    "live:console", "minutes:minutes", "meetings:journal", "attendance:participants", "packets:papers", "packets:mine",
    "packets:packet", "packets:own_record", "packets:board", "packets:hand_outs", "packets:trace", "packets:board_people",
)  # fmt: skip


@pytest.fixture
def secrets(room: Room) -> Room:
    """Papers that nobody but who prepares may see, and one that everybody reads, so that there is something to show."""
    for state in ("draft", "returned", "recalled", "held", "removed", "waiting"):
        paper = make_document(room.meeting, f"{MARK} {state}", item=room.items[2])
        version = make_version(paper, texts=[f"{MARK} noidung {state}"], state="draft", name=f"{MARK}.pdf", note=MARK)
        if state in ("recalled", "held", "removed"):
            release = make_release(paper, holds_for_item=state == "held")
            recall(release) if state == "recalled" else None
        if state == "removed":
            paper.is_removed = True
            paper.save()
        if state == "waiting":
            version.copy = "waiting"
            version.save()
    make_release(make_document(room.meeting, "Ai cũng đọc được", item=room.items[0]))
    make_display(room.meeting)
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    return room


def test_no_page_shows_what_is_not_released(secrets: Room, clients: Clients) -> None:
    meeting, found = secrets.meeting, []
    addresses = [reverse(name) for name in PAGES]
    addresses += [reverse(name, args=[meeting.slug]) for name in OF_MEETING]
    addresses += [f"/m/{meeting.slug}/live/?screen={screen}" for screen in SCREENS if screen != "display"]
    for who in WHO:
        for address in addresses:
            answer = clients[who].get(address)
            assert answer.status_code < 500, address
            if MARK in answer.content.decode(errors="replace"):
                found.append((who, address))
        for way, go in MANY.items():
            if f"{MARK} " in go(clients[who], meeting).content.decode():  # type: ignore[attr-defined]
                found.append((who, way))
        sought = clients[who].get(f"/m/{meeting.slug}/papers/find/?q={MARK}")
        if sought.status_code == 200 and sought.context["found"].papers:
            found.append((who, "search"))
    assert found == []


def test_no_frame_shows_any_title(secrets: Room, cast: Cast) -> None:
    async def frames() -> str:
        told = ""
        for screen in SCREENS:
            async with line_to(secrets.meeting, screen, bridge_point=secrets.lao_cai.pk) as line:
                told += json.dumps(await line.hello(), ensure_ascii=False)
        return told

    told = async_to_sync(frames)()
    assert "data-papers" in told
    assert MARK not in told
    assert "Ai cũng đọc được" not in told


def test_who_sees_the_journal_prepares_the_meeting(room: Room, cast: Cast) -> None:
    """Facts hold titles of papers: nobody reads the journal who may not see all papers."""
    for who, user in cast.items():
        actor = actor_of(room.meeting, user)
        assert actor.may(Ability.PREPARE) or not actor.may(Ability.SEE_JOURNAL), who
