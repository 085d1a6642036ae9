"""Steps of histories that concern votes: polls, ballots and their seals, halls, proxies."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from meetings import clock
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Actor, the_system
from tests.polls import question, receipt
from voting.ballots.actions import seal_ballots
from voting.ballots.casting import Sent, cast_ballot
from voting.halls import actions as halls
from voting.majority import Majority
from voting.models import HallTally, Mandate
from voting.polls import actions as polls
from voting.polls.actions import Question
from voting.proxies import actions as proxies


def _pick(rows: Any, n: int) -> Any:
    found = list(rows.order_by("pk"))
    return found[n % len(found)] if found else None


def _likely(m: Meeting, state: str, n: int) -> Any:
    return (_pick(m.polls.filter(state=state), n) if n % 5 else None) or _pick(m.polls, n)


def _question(m: Meeting, a: int, b: int) -> Question:
    options = [f"Phương án {n}" for n in range(a % 3 + 2)] if a % 2 else []
    rule = (Majority(), Majority("entitled", 2, 3, False), Majority("cast"))[b % 3]
    return question(
        f"Câu hỏi {a}?", options=options, rule=rule, is_secret=b % 4 == 1, item=_pick(m.items, b) if b % 2 else None,
        occasion="slip" if a % 7 == 3 else "room", proxies_at_most=0 if b % 4 == 1 else a % 3,
        body=_pick(m.bodies, a) if a % 5 == 0 else None,
    )  # fmt: skip


def edit(m: Meeting, by: Actor, a: int, b: int) -> object:
    poll = _likely(m, "draft", a)
    return polls.edit_poll(m, by=by, poll=poll, question=_question(m, b, a), version=poll.version if b % 5 else 1)


def start(m: Meeting, by: Actor, a: int, b: int) -> object:
    poll = _likely(m, "draft", a)
    until = clock.now(m) + timedelta(hours=b % 9) if b % 3 or poll.occasion == "slip" else None
    return polls.open_poll(m, by=by, poll=poll, version=poll.version, closes_at=until)


def extend(m: Meeting, by: Actor, a: int, b: int) -> object:
    until = clock.now(m) + timedelta(minutes=b % 50 - 5) if b % 4 else None
    return polls.extend_poll(m, by=by, poll=_likely(m, "open", a), closes_at=until)  # type: ignore[func-returns-value]


def withdraw(m: Meeting, by: Actor, a: int, b: int) -> object:
    poll = _likely(m, "open", a)
    return polls.withdraw_mandate(  # type: ignore[func-returns-value]
        m, by=by, poll=poll, participant=_pick(m.participants, b), why="Không còn tư cách"
    )


def vote(m: Meeting, by: Actor, a: int, b: int) -> object:
    """Cast somebody's ballot and seal it: a ballot itself stands in no entry."""
    poll = _likely(m, "open", a)
    mandate = _pick(Mandate.objects.filter(poll=poll), b)
    if mandate is None:
        raise OutOfOrder("Nobody votes here.")
    voter = Actor(user=by.user, participant=mandate.voter)
    sent = Sent(uuid.UUID(int=a * 1000 + b + 1), (b % 4 + 1,), mandate.participant_id, receipt(a * 1000 + b))
    if not cast_ballot(m, poll, by=voter, sent=sent):
        raise OutOfOrder("It came before.")
    return seal_ballots(m, by=the_system(), poll=poll)  # unless the service has done so already


def count(m: Meeting, by: Actor, a: int, b: int) -> object:
    poll, site = _likely(m, "open", a), _pick(m.bridge_points, b)
    earlier = poll.hall_tallies.filter(bridge_point=site).first()
    votes = {1: b % 3, 2: a % 2}
    return halls.enter_hall_tally(
        m, by=by, poll=poll, bridge_point=site, votes=votes, voters=sum(votes.values()),
        version=earlier.version if earlier and b % 5 else 0,
    )  # fmt: skip


def _tally(m: Meeting, n: int) -> Any:
    found = _pick(HallTally.objects.filter(poll__meeting=m), n)
    if found is None:
        raise OutOfOrder("No hall has been counted.")
    return found


def accept(m: Meeting, by: Actor, a: int, b: int) -> object:
    tally = _tally(m, a)
    return halls.accept_hall_tally(m, by=by, tally=tally, version=tally.version if b % 5 else 1)  # type: ignore[func-returns-value]


def recount(m: Meeting, by: Actor, a: int, b: int) -> object:
    tally = _tally(m, a)
    return halls.return_hall_tally(m, by=by, tally=tally, version=tally.version, why="Đếm lại")  # type: ignore[func-returns-value]


def give(m: Meeting, by: Actor, a: int, b: int) -> object:
    return proxies.give_proxy(m, by=by, giver=_pick(m.participants, a), holder=_pick(m.participants, b))


STEPS: dict[str, Callable[[Meeting, Actor, Any, Any], object]] = {
    "add poll": lambda m, by, a, b: polls.add_poll(m, by=by, question=_question(m, a, b)),
    "edit poll": edit,
    "remove poll": lambda m, by, a, b: polls.remove_poll(m, by=by, poll=_likely(m, "draft", a)),
    "open poll": start,
    "extend poll": extend,
    "vote": vote,
    "withdraw vote": withdraw,
    "count hands": count,
    "accept hands": accept,
    "recount hands": recount,
    "close poll": lambda m, by, a, b: polls.close_poll(m, by=by, poll=_likely(m, "open", a)),
    "declare poll": lambda m, by, a, b: polls.declare_poll(m, by=by, poll=_likely(m, "closed", a)),
    "cancel poll": lambda m, by, a, b: polls.cancel_poll(m, by=by, poll=_likely(m, "open", a), why="Câu hỏi chưa rõ"),
    "give proxy": give,
    "end proxy": lambda m, by, a, b: proxies.end_proxy(m, by=by, proxy=_pick(m.proxies, a)),
}
NEED_A_ROW = {
    **dict.fromkeys(["edit poll", "remove poll", "open poll", "extend poll", "vote", "withdraw vote"], "polls"),
    **dict.fromkeys(["count hands", "close poll", "declare poll", "cancel poll"], "polls"),
    "give proxy": "participants", "end proxy": "proxies",
}  # fmt: skip
# What is taken once so that every part of the screens has moved; the hall was counted by head before.
BEGUN = [
    ("add poll", "secretary", 2, 2), ("open poll", "secretary", 1, 0),
    ("count hands", "secretary", 1, 6), ("accept hands", "chair", 0, 1), ("close poll", "chair", 1, 0),
    ("declare poll", "chair", 1, 0),
]  # fmt: skip
