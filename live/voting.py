"""What the screens show of votes beside the votes themselves: on which displays, under which item. Pure."""

from __future__ import annotations

from typing import Any

from live.polls import stands
from live.state import ItemState, RoomState
from live.walls import JUST_DECLARED, UNDER_WAY, Walls, walls_of


def voting_of(state: RoomState) -> str:
    """Tell whether a vote is under way (`now`), or its result is still what the meeting is at (`lately`).

    A result is until the next item, speech or recess.
    """
    told = state.polls.declared
    if state.polls.now is not None:
        return UNDER_WAY if state.meeting.state in ("open", "suspended") else ""
    if told is None or state.meeting.state != "open":
        return ""
    later = [i.opened_at for i in state.items if i.opened_at] + [s.given_at for s in state.speeches if s.given_at]
    return JUST_DECLARED if stands(told, later) else ""


def walls_in(state: RoomState) -> Walls:
    """Return which display shows what."""
    return walls_of(state.hand, is_concluding=state.conclusions.shown is not None, voting=voting_of(state))


def votes_in(state: RoomState) -> dict[str, Any]:
    """Return what the parts show of votes."""
    return {
        "poll": state.polls.now,
        "declared": state.polls.declared,
        "poll_item": _item(state),
        "is_voting": voting_of(state),
        "drafts": state.polls.drafts,
        "heads": _heads(state),
    }


def _heads(state: RoomState) -> dict[int, int]:
    """Return how many are counted in each hall that has told its votes."""
    told = {one.site_id for one in state.polls.now.tallies} if state.polls.now else set()
    return {one.id: one.count.present - one.count.online for one in state.sites if one.id in told} if told else {}


def _item(state: RoomState) -> ItemState | None:
    poll = state.polls.now or state.polls.declared
    return next((item for item in state.items if poll is not None and item.id == poll.item_id), None)


def has_moved(before: RoomState, state: RoomState) -> bool:
    """Tell whether a vote, or what stands beside it, may have moved: its item, who speaks since, the heads of the halls."""
    if before.polls is not state.polls:
        return True
    course = before.items is state.items and before.speeches is state.speeches
    return bool(state.polls) and not (course and (before.sites is state.sites or state.polls.now is None))
