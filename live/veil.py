"""What those who are out of a closed item see of a room: the same state without it. Pure.

A room is shown to those who are in as it is; to those who are out of some items (`hidden`, by their keys) through this veil,
whatever the screen: sockets, first load and HTTP twin alike (decision 26).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.utils import translation
from django.utils.translation import gettext as _

from agenda.running.closed import NOBODY, Shut, Standing, hidden_from
from agenda.speakers.actions import PREPARE_WORDS, REMIND_WORDS
from control.models import Display, SiteCommand
from live.conclusions import ConclusionsState
from live.hand import Hand, SiteCommandState
from live.items import ItemState
from live.papers import PapersState
from live.polls import PollsState
from live.state import RoomState
from live.tickets import Ticket

Hidden = tuple[int, ...]
#: From when until when hidden items were dealt with; nothing: they still are.
Held = Sequence[tuple[datetime, datetime | None]]
PREPARES, REMINDS = PREPARE_WORDS.partition(",")[0], REMIND_WORDS.partition(":")[0]


def hidden_of(ticket: Ticket, shut: Collection[Shut]) -> Hidden:
    """Return the items that are hidden from who looks with a ticket; nobody looks at a display."""
    if not shut:
        return ()
    if ticket.display is not None:
        return hidden_from(NOBODY, shut)
    return hidden_from(Standing(ticket.leads, ticket.role, ticket.seat, ticket.participant), shut)


def veiled(state: RoomState, hidden: Hidden, screen: str, language: str) -> RoomState:
    """Return the state as those see it on a screen who are out of some items; the state itself where they are out of none."""
    if not hidden:
        return state
    out = frozenset(hidden)
    is_out = any(one.is_open and one.item in out for one in state.shut)
    held = [(one.opened_at, one.closed_at) for one in state.items if one.id in out and one.opened_at]
    with translation.override(language):
        words = _("Closed item")
        items = tuple(_item(one, words) if one.id in out else one for one in state.items)
        released = tuple(_item(one, words) if one.id in out else one for one in state.released)
    return replace(
        state,
        items=items,
        released=released,
        speeches=tuple(one for one in state.speeches if one.item_id not in out),
        papers=_papers(state.papers, out),
        polls=_polls(state.polls, out, held, is_out),
        conclusions=ConclusionsState(stamp=state.conclusions.stamp) if is_out else state.conclusions,
        hand=_wall_hand(state.hand) if is_out and screen == "display" else _hand(state.hand, held),
    )


def _item(item: ItemState, words: str) -> ItemState:
    """Return an item of which nothing is left but its place in the programme."""
    return ItemState(
        id=item.id, no=item.no, label=item.no or words, title=words, kind="other", presenter="", minutes=item.minutes,
        speech_minutes=None, state=item.state, opened_at=item.opened_at, closed_at=item.closed_at,
        running_since=item.running_since, part=item.part, sitting=item.sitting, planned_from=item.planned_from,
        planned_until=item.planned_until, is_fixed=item.is_fixed, ahead=item.ahead, with_item=item.with_item, in_camera=True,
        is_hidden=True,
    )  # fmt: skip


def _papers(papers: PapersState, out: Collection[int]) -> PapersState:
    """Take away the papers of what is hidden. The stamp differs from that of those who are in: their pages look again."""
    open_ones = tuple(token for token, item in zip(papers.open, papers.items, strict=True) if item not in out)
    stamp = sha256(f"{papers.stamp} {sorted(out)}".encode()).hexdigest()[:16]
    items = tuple(item for item in papers.items if item not in out)
    return PapersState(open=open_ones, stamp=stamp, holds=papers.holds, items=items)


def _polls(polls: PollsState, out: Collection[int], held: Held, is_out: bool) -> PollsState:
    """While somebody is out no vote is shown to them; else none of an item that is hidden, or put to the vote meanwhile.

    The same as voting/polls/queries.py: hidden_polls.
    """
    if is_out:
        return PollsState()
    now, declared = (
        None if one is None or one.item_id in out or _was_meanwhile(one.opened_at, held) else one
        for one in (polls.now, polls.declared)
    )
    return PollsState(
        now=now,
        declared=declared,
        drafts=tuple(one for one in polls.drafts if one.item_id not in out),
    )


def _hand(hand: Hand, held: Held) -> Hand:
    """Let bridge points be called, but not be told who speaks: the commands the list of speakers wrote meanwhile name nobody.

    A part of all consoles holds the commands to all bridge points, whomever each of them shows.
    """
    if not any(_names_speakers(one, held) for one in hand.site_commands):
        return hand
    commands = tuple(replace(one, text=_nameless(one)) if _names_speakers(one, held) else one for one in hand.site_commands)
    return replace(hand, site_commands=commands)


def _names_speakers(one: SiteCommandState, held: Held) -> bool:
    return (one.kind == SiteCommand.Kind.PREPARE or one.text.startswith(REMINDS)) and _was_meanwhile(one.at, held)


def _was_meanwhile(at: datetime, held: Held) -> bool:
    """Tell whether something happened while a hidden item was dealt with."""
    return any(begun <= at and (ended is None or at <= ended) for begun, ended in held)


def _nameless(one: SiteCommandState) -> str:
    return f"{REMINDS if one.text.startswith(REMINDS) else PREPARES}."


def _wall_hand(hand: Hand) -> Hand:
    """Let every display follow the meeting: whatever it was told to show, it says that the item is a closed one."""
    auto = Display.Mode.AUTO
    return replace(hand, displays=tuple(replace(one, mode=auto, announcement_id=None) for one in hand.displays), announcements=())
