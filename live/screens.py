"""What is on each screen: pure functions from the state of a room (and its links) to the context of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.functional import SimpleLazyObject

from agenda.running.expected import Expected, in_turn
from attendance.readiness.board import NONE, totals_of
from live.board import Links, board, next_site
from live.course import course, expected, forecast
from live.hand import AnnouncementState
from live.speakers import speaking
from live.state import ItemState, RoomState, SpeechState
from live.voting import has_moved, votes_in, walls_in

Context = dict[str, Any]
UPCOMING_SHOWN = 30
EXPECTED_SHOWN = 60
SITES_SHOWN = 40


@dataclass(frozen=True)
class Screen:
    """A kind of screen: its parts in order, and those that also change with the links."""

    parts: tuple[str, ...]
    soft: tuple[str, ...] = ()


SCREENS: dict[str, Screen] = {
    "control": Screen(
        parts=(
            *("bar", "now", "board", "queue", "course", "orders", "announcements", "messages", "displays", "outages"),
            *("conclusion", "roll_call", "doors", "incidents", "readiness", "poll"),
        ),
        soft=("board", "orders", "messages", "doors"),
    ),
    "chair": Screen(
        parts=(
            *("bar", "now", "queue", "announcements", "people", "thumb", "messages", "papers", "conclusions", "roll_call"),
            *("poll", "ballot"),
        ),
        soft=("messages",),
    ),
    "delegate": Screen(parts=("now", "announcements", "queue", "programme", "papers", "poll", "ballot")),
    "console": Screen(parts=("now", "orders", "roll_call", "announcements", "queue", "programme", "people", "papers", "poll")),
    "reader": Screen(parts=("papers",)),
    "conclusions": Screen(parts=("conclusions",)),
    "display": Screen(parts=("wall", "item", "speaker", "count", "announcement", "conclusion", "poll", "welcome", "steer")),
}


# Screens of those who see the programme as it was released, until the meeting begins.
OUTSIDE = frozenset({"delegate", "console", "display"})
# Parts that show nothing but the hand, the meeting itself and the names of its bridge points.
OF_THE_HAND = frozenset({"orders", "announcements", "messages", "displays", "outages", "incidents", "announcement", "steer"})
# Parts that show nothing but the programme, the list of speakers and the meeting itself, where the hand tells displays to.
OF_THE_COURSE = frozenset({"now", "queue", "programme", "thumb", "wall", "item", "speaker", "welcome"})
# Parts that show nothing but conclusions, and what the hand and the meeting let be done with them.
OF_CONCLUSIONS = frozenset({"conclusion", "conclusions"})
# Parts that show votes.
OF_VOTES = frozenset({"poll", "ballot"})


def parts_to_render(screen: str, before: RoomState | None, state: RoomState) -> tuple[str, ...]:
    """Return the parts of a screen that may have changed between two states (tests/live/test_parity.py holds it to that)."""
    parts = SCREENS[screen].parts
    if before is None or before.shut != state.shut:
        return parts
    if before and before.papers is state.papers:
        parts = tuple(part for part in parts if part != "papers")
    if before and before.devices is state.devices and before.names is state.names:
        parts = tuple(part for part in parts if part != "doors")
    if before and before.roll_call is state.roll_call and before.meeting is state.meeting:
        parts = tuple(part for part in parts if part != "roll_call")
    if before and before.readiness is state.readiness and before.names is state.names and before.meeting is state.meeting:
        parts = tuple(part for part in parts if part != "readiness")
    if before is None or before.hand is not state.hand or before.meeting is not state.meeting:
        return parts
    if not has_moved(before, state):
        parts = tuple(part for part in parts if part not in OF_VOTES)
    if before.conclusions is state.conclusions:
        parts = tuple(part for part in parts if part not in OF_CONCLUSIONS)
    if before.names is state.names:
        parts = tuple(part for part in parts if part not in OF_THE_HAND)
    if before.items is state.items and before.speeches is state.speeches and before.released is state.released:
        parts = tuple(part for part in parts if part not in OF_THE_COURSE)
    return parts


def context_of(screen: str, state: RoomState, links: Links) -> Context:
    """Return all that the parts of a screen may show; what is costly is worked out only when a part asks."""
    items = state.released if screen in OUTSIDE and state.meeting.state == "planned" else state.items
    item = next((i for i in items if i.state == "open"), None)
    floor = next((s for s in state.speeches if s.state == "speaking"), None)
    return {
        "screen": screen,
        "meeting": state.meeting,
        "at": state.at,
        "item": item,
        "next_item": next(iter(in_turn(items)), None),
        "items": items,
        "total": sum(1 for i in items if i.no),
        "floor": floor,
        "queue": [s for s in state.speeches if s.state == "waiting"],
        "next_site": next_site(state),
        "spoken": [s for s in state.speeches if s.state == "done" and item and s.item_id == item.id],
        "turn": _turn(state.speeches, item),
        "speaking": SimpleLazyObject(lambda: speaking(state.speeches, item)),
        "upcoming": SimpleLazyObject(lambda: _upcoming(items)),
        "people": state.people,
        "sites": state.sites,
        "bodies": state.bodies,
        "roll_call": state.roll_call,
        "conflicts": state.conflicts,
        "devices": state.devices,
        "troubled_devices": [(one, state.names.get(one.site_id, "")) for one in state.devices.troubled],
        "below": SimpleLazyObject(lambda: _below(state)),
        "thinnest": SimpleLazyObject(lambda: _thinnest(state)),
        "timer": timer_of(state, item, floor),
        "forecast": SimpleLazyObject(lambda: forecast(state)),
        "course": SimpleLazyObject(lambda: course(state)),
        "expected": SimpleLazyObject(lambda: _expected(state)),
        "board": SimpleLazyObject(lambda: board(state, links, floor)),
        "hand": state.hand,
        "displays": SimpleLazyObject(lambda: _displays(state)),
        "announcements": state.hand.announcements,
        "site_commands": state.hand.site_commands,
        "threads": state.hand.threads,
        "chair_threads": [thread for thread in state.hand.threads if thread.line == "chair"],
        "outages": state.hand.outages,
        "incidents": state.hand.incidents,
        "readiness": SimpleLazyObject(lambda: totals_of(state.readiness.get(site.id, NONE) for site in state.sites)),
        "papers": state.papers,
        "walls": SimpleLazyObject(lambda: walls_in(state)),
        "conclusions": state.conclusions,
        **votes_in(state),
    }


def _expected(state: RoomState) -> dict[int, Expected]:
    """Return when the next items are expected: a long programme tells it of those that are near, so that no part is long."""
    if state.meeting.state not in ("open", "suspended"):
        return {}
    return dict(islice(expected(state).items.items(), EXPECTED_SHOWN))


def _below(state: RoomState) -> int:
    """Return how many bridge points stand under another one, which answers for them in a roll call."""
    called = state.roll_call.total if state.roll_call else 0
    return sum(1 for site in state.sites if not site.is_central) - called if called else 0


def _turn(speeches: tuple[SpeechState, ...], item: ItemState | None) -> int:
    """Return which speech of the open item this is, from 1; 0 when none has been held."""
    return sum(1 for s in speeches if item and s.item_id == item.id and s.state in ("speaking", "done"))


@dataclass(frozen=True)
class Some:
    """The first of many, and how many more there are."""

    rows: list[Any]
    more: int


def _upcoming(items: Sequence[ItemState]) -> Some:
    """Return what is still to come: the next items, so that the longest programme makes no long part."""
    rest = [*in_turn(items), *(item for item in items if item.state in ("deferred", "skipped"))]
    return Some(rest[:UPCOMING_SHOWN], max(0, len(rest) - UPCOMING_SHOWN))


def _thinnest(state: RoomState) -> Some:
    """Return the bridge points where most people are missing, those first that miss the largest share."""
    expecting = [site for site in state.sites if site.count.expected]
    worst = sorted(expecting, key=lambda site: (site.count.present / site.count.expected, site.no))
    return Some(worst[:SITES_SHOWN], max(0, len(worst) - SITES_SHOWN))


@dataclass(frozen=True)
class ShownDisplay:
    """A public display, the bridge point it stands in, and what it shows."""

    id: int
    name: str
    site_id: int | None
    site: str
    mode: str
    announcement: AnnouncementState | None


def _displays(state: RoomState) -> list[ShownDisplay]:
    names = state.names
    announced = {one.id: one for one in state.hand.announcements}
    return [
        ShownDisplay(
            id=d.id, name=d.name, site_id=d.bridge_point_id, site=names.get(d.bridge_point_id or 0, ""), mode=d.mode,
            announcement=announced.get(d.announcement_id or 0),
        )
        for d in state.hand.displays
    ]  # fmt: skip


# --- the timer


@dataclass(frozen=True)
class Timer:
    """What runs: since when (recesses taken out), and for how long it is planned (0: no limit)."""

    since: datetime
    planned_seconds: int


def timer_of(state: RoomState, item: ItemState | None, floor: SpeechState | None) -> Timer | None:
    """Return the timer of the recess, else of the running speech, else of the open item, else nothing."""
    if state.meeting.suspended_at:
        return Timer(since=state.meeting.suspended_at, planned_seconds=0)
    if floor and floor.running_since:
        return Timer(since=floor.running_since, planned_seconds=(floor.limit_minutes or 0) * 60)
    if item and item.running_since:
        return Timer(since=item.running_since, planned_seconds=item.minutes * 60)
    return None
