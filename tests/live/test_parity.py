"""Live, catching up and first load are one: the same parts on three ways, for every screen, in both languages."""

from __future__ import annotations

import html
import json
import random
import re
from contextlib import AsyncExitStack
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.http import HttpResponse
from django.test import Client

from control.tokens import token_of
from live.hub import hub
from live.outages import OutageKeeper
from live.screens import SCREENS
from meetings.models import Journal
from meetings.procedure import Ability
from tests.cast import Cast, Room
from tests.live.line import Line, line_to
from tests.make import actor_of, ask_for_floor, give_floor, make_display, mark_present, open_the_item, open_the_meeting
from tests.sizes import HISTORIES_SHOWN
from tests.stories import attendance_steps, counting_steps, voting_steps
from tests.stories.test_histories import HAND, NAMES, Step, take
from tests.stories.test_histories import WHO as STEPPERS

pytestmark = pytest.mark.django_db(transaction=True)

# What a page without scripts sends too, and a page with scripts makes itself.
OF_ONE_PAGE = re.compile(r'<input type="hidden" name="(?:csrfmiddlewaretoken|command_id|next)" value="[^"]*">')
NEEDING = re.compile(r'<(form|details|section|div|span|a|button)\b[^>]*\bdata-needs="(\w+)"[^>]*>.*?</\1>', re.S)
BOX_NEEDING = re.compile(r'<input\b[^>]*\bdata-needs="(\w+)"[^>]*>')


@pytest.fixture
def running(room: Room) -> Room:
    """The room in the middle of a speech, two more waiting."""
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    open_the_item(room.items[1], closing=room.items[0])
    mark_present(room.people["delegate"], room.people["ha_tinh"])
    give_floor(ask_for_floor(room.people["delegate"]))
    ask_for_floor(room.people["ca_mau"])
    ask_for_floor(room.people["ha_tinh"])
    return room


def address(room: Room, screen: str) -> str:
    own = "console/" + str(room.lao_cai.pk) if screen == "console" else screen
    return f"/d/{token_of(room.meeting.displays.get())}/" if screen == "display" else f"/m/{room.meeting.slug}/{own}/"


def twin_address(room: Room, screen: str) -> str:
    if screen == "display":
        return f"/d/{token_of(room.meeting.displays.get())}/live/"
    return f"/m/{room.meeting.slug}/live/?screen={screen}"


def plain(text: str, may: set[str]) -> str:
    """Return a part without what belongs to one page, and without what its reader may not do."""
    text = OF_ONE_PAGE.sub("", text)
    text = NEEDING.sub(lambda m: m.group() if m.group(2) in may else "", text)
    text = BOX_NEEDING.sub(lambda m: m.group() if m.group(1) in may else "", text)
    return re.sub(r"\s+", " ", text).strip()


def first_load(page: HttpResponse, names: tuple[str, ...]) -> dict[str, str]:
    found = page.context["parts"]
    body = page.content.decode()
    for name in names:
        assert found[name] in body, f"{name} does not stand in the page as it was rendered"
    return dict(found)


def over_the_socket(room: Room, screen: str, language: str) -> dict[str, Any]:
    async def ask() -> dict[str, Any]:
        async with line_to(room.meeting, screen, language=language, bridge_point=room.lao_cai.pk) as line:
            return await line.hello()

    return async_to_sync(ask)()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("who", ["secretary", "chair", "operator", "delegate", "observer", "display"])
def test_three_ways_bring_the_same_parts(who: str, language: str, running: Room, cast: Cast, clients: dict[str, Client]) -> None:
    make_display(running.meeting)
    client = Client() if who == "display" else clients[who]
    client.cookies["django_language"] = language
    may = set() if who == "display" else {a.value for a in actor_of(running.meeting, cast[who]).abilities}
    compared = 0
    for screen, kind in SCREENS.items():
        page = client.get(address(running, screen))
        twin = client.get(twin_address(running, screen) + ("&" if "?" in twin_address(running, screen) else "?") + "after=0")
        if page.status_code != 200 or (screen == "display" and who != "display"):
            continue
        socket = over_the_socket(running, screen, language)
        frame = json.loads(twin.content)
        assert (frame["n"], frame["epoch"]) == (socket["n"], socket["epoch"])
        loaded = {name: plain(text, may) for name, text in first_load(page, kind.parts).items()}
        polled = {name: plain(part["html"], may) for name, part in frame["parts"].items()}
        pushed = {name: plain(part["html"], may) for name, part in socket["parts"].items()}
        if screen in ("control", "console"):  # the link of the line just opened is soft
            for parts in (loaded, polled, pushed):
                parts.pop("board", None)
        assert polled == pushed, screen
        assert loaded == polled, screen
        compared += 1
    assert compared == {"secretary": 4, "chair": 3, "operator": 2, "delegate": 1, "observer": 1, "display": 1}[who]


def test_the_twin_says_nothing_anew_to_who_has_the_head(running: Room, clients: dict[str, Client]) -> None:
    base = f"/m/{running.meeting.slug}/live/?screen=control"
    first = clients["chair"].get(base).json()
    assert set(first) == {"t", "epoch", "n", "at", "parts", "clock"}
    again = clients["chair"].get(f"{base}&after={first['n']}&epoch={first['epoch']}").json()
    assert (again["n"], again["parts"]) == (first["n"], {})
    assert len(clients["chair"].get(f"{base}&after={first['n']}&epoch=x").json()["parts"]) == len(SCREENS["control"].parts)


@pytest.mark.parametrize("who", ["observer", "guest", "delegate", "operator", "technician", "chair", "secretary"])
def test_a_screen_offers_only_what_its_reader_may_do(who: str, running: Room, cast: Cast, clients: dict[str, Client]) -> None:
    may = {a.value for a in actor_of(running.meeting, cast[who]).abilities}
    for screen in ("control", "chair", "delegate", "console"):
        page = clients[who].get(address(running, screen))
        offered = set(re.findall(r'data-needs="(\w+)"', page.content.decode())) if page.status_code == 200 else set()
        assert offered <= may, screen


def test_what_a_part_needs_is_an_ability(running: Room) -> None:
    for screen in SCREENS:
        parts = over_the_socket(running, screen, "vi")["parts"]
        needed = set(re.findall(r'data-needs="(\w+)"', json.dumps(parts).replace('\\"', '"')))
        assert needed <= {a.value for a in Ability}


def test_a_display_bears_no_form_and_no_token(running: Room) -> None:
    display = make_display(running.meeting)
    body = Client().get(f"/d/{token_of(display)}/").content.decode()
    assert "data-command" not in body
    assert 'method="post"' not in body
    assert "csrf" not in body
    assert html.escape(running.meeting.title) in body


def test_the_hall_is_the_same_on_the_page_and_as_a_fragment(running: Room, clients: dict[str, Client]) -> None:
    page = clients["operator"].get(f"/m/{running.meeting.slug}/console/").content.decode()
    hall = clients["operator"].get(f"/m/{running.meeting.slug}/console/{running.lao_cai.pk}/hall/").content.decode()
    for name in ("Giàng A Đại", "Vàng Seo Hai"):
        assert (name.replace(" ", "\xa0") in page, name.replace(" ", "\xa0") in hall) == (True, True)
    for name in ("Lâm Út Tư", "Phan Đình Ba"):
        assert name.replace(" ", "\xa0") not in hall


# After histories nobody would write down: whoever has followed, whoever comes back at any number, who loads anew, who polls

MOVING = {"board"}  # its links are soft
EVERY = [(screen, language) for screen in SCREENS for language in ("vi", "en")]
# Not what closes the screens or ends it all: then there is nothing to compare any more; nor ballots, which the service seals
# at a time of its own.
LIVELY = [
    name
    for name in (*NAMES, *HAND, *voting_steps.STEPS)
    if name not in ("adjourn", "suspend", "open display", "revoke display", "remove site", "remove person", "vote")
]
WHO = {"control": "secretary", "chair": "chair", "delegate": "observer", "console": "secretary", "display": "anonymous"}
WHO |= {"reader": "observer", "conclusions": "chair"}


BEGUN: list[Step] = [
    ("open", "chair", 0, 0), ("open item", "chair", 1, 2), ("ask", "secretary", 1, 1), ("ask", "secretary", 2, 1),
    ("give", "chair", 1, 2), ("announce", "secretary", 2, 1), *[("steer", "secretary", 0, mode) for mode in (*range(1, 8), 0)],
    ("write", "secretary", 0, 1), ("command", "secretary", 2, 0), ("mark", "secretary", 1, 4), ("outages", "secretary", 1, 1),
    ("add paper", "secretary", 1, 1), ("release paper", "secretary", 0, 4), ("recall paper", "secretary", 0, 0),
    ("release paper", "secretary", 0, 5), ("propose conclusion", "secretary", 1, 2), ("propose conclusion", "secretary", 2, 3),
    ("show conclusion", "chair", 0, 0), ("change conclusion", "secretary", 0, 5), ("adopt conclusion", "chair", 0, 0),
    ("hide conclusion", "chair", 0, 0), *counting_steps.BEGUN, *voting_steps.BEGUN, *attendance_steps.BEGUN,
]  # fmt: skip


def history(seed: int, length: int = 45) -> list[Step]:
    """Return a meeting in session in which everything has been used once, then anything."""
    rng = random.Random(seed)
    return BEGUN + [(rng.choice(LIVELY), rng.choice(STEPPERS), rng.randrange(1000), rng.randrange(1000)) for _ in range(length)]


def shown(parts: dict[str, Any]) -> dict[str, str]:
    return {name: part["html"] for name, part in parts.items() if name not in MOVING}


def drained(line: Line) -> list[dict[str, Any]]:
    """Return the frames that have come."""
    frames = []
    while not line.outbox.empty():
        frames.append(json.loads(line.outbox.get_nowait()["text"]))
    return frames


class Follower:
    """Somebody who has looked from the beginning: what was shown at each number."""

    def __init__(self, line: Line, first: dict[str, Any]) -> None:
        self.line, self.epoch, self.parts = line, first["epoch"], dict(first["parts"])
        self.at = {first["n"]: dict(self.parts)}

    def follow(self, head: int) -> None:
        for frame in drained(self.line):
            if frame["t"] == "parts":
                assert set(frame["parts"]) <= set(SCREENS[self.line.screen].parts)
                assert all(part["n"] == frame["n"] for part in frame["parts"].values()), "an old part came as if it were new"
            self.parts |= frame["parts"] if frame["t"] in ("parts", "soft") else {}
        self.at[head] = dict(self.parts)


async def followed(room: Room, steps: list[Step], users: Cast) -> dict[tuple[str, str], Follower]:
    """Take the steps while every audience looks on, then let everybody come back at each number there was."""
    async with AsyncExitStack() as stack:
        followers = {}
        for screen, language in EVERY:
            line = await stack.enter_async_context(line_to(room.meeting, screen, language=language, bridge_point=room.lao_cai.pk))
            followers[screen, language] = Follower(line, await line.hello())
        for step in steps:
            await sync_to_async(take)(room, step, users)
            head = await Journal.objects.values_list("head", flat=True).aget(meeting=room.meeting)
            await hub.rooms[room.meeting.pk].refresh(head)
            for one in followers.values():
                one.follow(head)
        for (screen, language), one in followers.items():
            for number, then in one.at.items():
                async with line_to(room.meeting, screen, language=language, bridge_point=room.lao_cai.pk) as back:
                    missed = await back.hello(after=number, epoch=one.epoch)
                    assert missed["n"] == head
                    assert shown(then | missed["parts"]) == shown(one.parts), f"{screen} from {number} to {head}"
    return followers


@pytest.fixture
def outages_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the histories begin and end outages: what the room notes by itself comes at a time of its own."""

    async def keep(*_: Any) -> None:
        return None

    monkeypatch.setattr(OutageKeeper, "keep", keep)


@pytest.mark.long
@pytest.mark.usefixtures("outages_by_hand")
@pytest.mark.parametrize("seed", HISTORIES_SHOWN)
def test_after_any_history_every_way_and_every_return_brings_the_same(
    seed: int, room: Room, cast: Cast, clients: dict[str, Client]
) -> None:
    make_display(room.meeting)
    followers = async_to_sync(followed)(room, history(seed), cast)
    for (screen, language), one in followers.items():
        client = clients[WHO[screen]]
        client.cookies["django_language"] = language
        base = twin_address(room, screen) + ("&" if "?" in twin_address(room, screen) else "?")
        for number, then in list(one.at.items())[::7]:
            polled = json.loads(client.get(f"{base}after={number}&epoch={one.epoch}").content)
            assert shown(then | polled["parts"]) == shown(one.parts), f"{screen} by HTTP from {number}"
        if screen in ("reader", "conclusions"):  # its page stands in another room and begins with nothing
            continue
        page = client.get(address(room, screen))
        may = set() if screen == "display" else {a.value for a in actor_of(room.meeting, cast[WHO[screen]]).abilities}
        loaded = first_load(page, SCREENS[screen].parts)
        assert {name: plain(loaded[name], may) for name in shown(one.parts)} == {
            name: plain(text, may) for name, text in shown(one.parts).items()
        }, screen


@pytest.mark.usefixtures("outages_by_hand")
def test_the_histories_move_every_part(room: Room, cast: Cast) -> None:
    make_display(room.meeting)
    still = set()
    for one in async_to_sync(followed)(room, history(1), cast).values():
        kept = {name: {parts[name]["html"] for parts in one.at.values()} for name in SCREENS[one.line.screen].parts}
        still |= {(one.line.screen, name) for name, states in kept.items() if len(states) == 1}
    assert still == set()


async def test_who_has_asked_by_http_meanwhile_is_not_sent_back(running: Room) -> None:
    async with line_to(running.meeting) as line:
        first = await line.hello()
        behind = hub.rooms[running.meeting.pk].state
        await sync_to_async(mark_present)(running.people["lao_cai_2"])
        await hub.rooms[running.meeting.pk].refresh()
        hub.rooms[running.meeting.pk].state = behind
        async with line_to(running.meeting) as back:
            assert (await back.hello(after=first["n"] + 1, epoch=first["epoch"]))["n"] == first["n"] + 1
