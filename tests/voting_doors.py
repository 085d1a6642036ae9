"""Rows of the table of rights for votes, halls and proxies; good bodies of their commands; polls as pages need them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from attendance.halls.actions import enter_hall_count
from meetings import clock
from meetings.models import Meeting
from tests.cast import Room
from tests.make import open_the_meeting, the_secretariat
from tests.polls import cast, close_poll, declare_poll, make_poll, open_poll
from voting.halls.actions import enter_hall_tally
from voting.halls.models import HallTally
from voting.polls.models import Poll
from voting.proxies.actions import give_proxy

Sent = dict[str, Any]

VOTING_PAGES = """
voting:polls                       in     403    200    200    403    200    200    200    404    404    200    200    403
voting:new_poll                    in     403    403    403    403    403    200    200    404    404    200    200    403
voting:poll                        in     403    200    200    403    200    200    200    404    404    200    200    403
voting:edit_poll                   in     403    403    403    403    403    200    200    404    404    200    200    403
voting:mine                        in     403    200    200    403    403    200    200    404    404    200    200    403
voting:votes_file                  in     403    200    200    403    200    200    200    404    404    200    200    403
voting:cast                        in     405    405    405    405    405    405    405    405    405    405    405    405
voting:proxies                     in     403    403    403    403    403    200    200    404    404    200    200    403
live:tally                         in     403    403    403    200    200    403    200    404    404    200    200    403
live:tally(another)                in     403    403    403    403    403    403    200    404    404    200    200    403
"""

VOTING_COMMANDS = """
poll.add                 in     403    403    403    403    403    200    200    404    404    200    200    403
poll.edit                in     403    403    403    403    403    200    200    404    404    200    200    403
poll.remove              in     403    403    403    403    403    200    200    404    404    200    200    403
poll.open                in     403    403    403    403    403    200    200    404    404    200    200    403
poll.extend              in     403    403    403    403    403    200    200    404    404    200    200    403
poll.close               in     403    403    403    403    403    200    200    404    404    200    200    403
poll.declare             in     403    403    403    403    403    200    200    404    404    200    200    403
poll.cancel              in     403    403    403    403    403    200    200    404    404    200    200    403
mandate.withdraw         in     403    403    403    403    403    200    200    404    404    200    200    403
hall_tally.enter         in     403    403    403    403    200    403    200    404    404    200    200    403
hall_tally.accept        in     403    403    403    403    403    200    200    404    404    200    200    403
hall_tally.return        in     403    403    403    403    403    200    200    404    404    200    200    403
proxy.give               in     403    403    403    403    403    200    200    404    404    200    200    403
proxy.end                in     403    403    403    403    403    200    200    404    404    200    200    403
"""

VOTING_POSTED = {"voting:cast": "a ballot, without the journal's lock: tests/voting/ballots/test_casting.py"}

WORDS = {
    "question": "Đồng chí có tán thành dự thảo Báo cáo không?", "occasion": "room", "kind": "motion", "majority": "half",
    "base": "present", "least_choices": "1", "most_choices": "1",
}  # fmt: skip


def in_session(room: Room) -> Meeting:
    """Return the room's meeting, opened."""
    return open_the_meeting(room.meeting)


def _open(room: Room) -> Poll:
    return open_poll(make_poll(in_session(room)))


def _draft(room: Room, role: str) -> Sent:
    return {"poll": make_poll(room.meeting), "version": "1"}


def _opened(room: Room, role: str) -> Sent:
    return {"poll": _open(room)}


def make_tally(room: Room, poll: Poll | None = None, *, votes: dict[int, int] | None = None) -> HallTally:
    """Return the count of Lào Cai's hall, in which two are counted and may vote: one for, one against."""
    poll = poll or _open(room)
    enter_hall_count(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai, present=2)
    told = votes or {1: 1, 2: 1, 3: 0}
    return enter_hall_tally(
        room.meeting, by=the_secretariat(), poll=poll, bridge_point=room.lao_cai, votes=told, voters=sum(told.values())
    )


def _hall(room: Room, role: str) -> Sent:
    poll = _open(room)
    enter_hall_count(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai, present=2)
    counts = {"votes_1": "1", "votes_2": "1", "votes_3": "0", "version": "0"}
    return {"poll": poll, "bridge_point": room.lao_cai} | counts


def _tally(room: Room, role: str) -> Sent:
    return {"tally": make_tally(room), "version": "1"}


def slips_out(room: Room, **kw: Any) -> Poll:
    """Return opinion slips that are out; the meeting need not be open."""
    poll = make_poll(room.meeting, occasion=Poll.Occasion.SLIP, **kw)
    return open_poll(poll, closes_at=clock.now(room.meeting) + timedelta(days=10))


VOTING: dict[str, Callable[[Room, str], Sent]] = {
    "poll.add": lambda room, role: WORDS,
    "poll.edit": lambda room, role: _draft(room, role) | WORDS,
    "poll.remove": lambda room, role: {"poll": make_poll(room.meeting)},
    "poll.open": lambda room, role: {"poll": make_poll(in_session(room)), "version": "1"},
    "poll.extend": lambda room, role: _opened(room, role) | {"minutes": "10"},
    "poll.close": _opened,
    "poll.declare": lambda room, role: {"poll": close_poll(_open(room))},
    "poll.cancel": lambda room, role: _opened(room, role) | {"why": "Câu hỏi chưa rõ"},
    "mandate.withdraw": lambda room, role: _opened(room, role) | {"participant": room.people["ha_tinh"], "why": "Đã về"},
    "hall_tally.enter": _hall,
    "hall_tally.accept": _tally,
    "hall_tally.return": lambda room, role: _tally(room, role) | {"why": "Chưa khớp"},
    "proxy.give": lambda room, role: {"giver": room.people["ha_tinh"], "holder": room.people["ca_mau"]},
    "proxy.end": lambda room, role: {
        "proxy": give_proxy(room.meeting, by=the_secretariat(), giver=room.people["ha_tinh"], holder=room.people["ca_mau"])
    },
}


def behind_polls(route: str, room: Room) -> dict[str, Any]:
    """Return the poll whose page a route shows: prepared, out as slips, or declared."""
    if not route.startswith("voting:") or "box" in route or "slips" in route:
        return {}
    if route == "voting:edit_poll":
        return {"number": (room.meeting.polls.filter(state="draft").first() or make_poll(room.meeting)).number}
    if route == "voting:votes_file":
        return {"number": (room.meeting.polls.filter(state="declared", is_secret=False).first() or _declared(room)).number} | {
            "ending": "csv"
        }
    return {"number": (room.meeting.polls.filter(state="open").first() or slips_out(room)).number}


def _declared(room: Room) -> Poll:
    poll = slips_out(room)
    cast(poll, room.people["ha_tinh"], 1)
    return declare_poll(close_poll(poll))
