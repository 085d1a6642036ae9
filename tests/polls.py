"""Polls as tests make them: through the same actions as the buttons; ballots as a browser sends them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from itertools import count
from typing import Any

from meetings.models import Meeting, Participant
from meetings.procedure import Actor
from meetings.queries import actor_for
from people.models import User
from tests.make import the_secretariat
from voting.ballots.casting import Sent, cast_ballot
from voting.majority import Majority
from voting.polls import actions
from voting.polls.actions import CODES, Question
from voting.polls.models import Poll

FOR, AGAINST, ABSTAIN = 1, 2, 3
WORDS = ("Tán thành", "Không tán thành", "Không biểu quyết")
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_numbers = count(1)


def make_key() -> uuid.UUID:
    """Return the key of a ballot that nobody has used before."""
    return uuid.UUID(int=2**64 + next(_numbers))


def receipt(number: int) -> str:
    """Return the receipt code of a number: 20 characters."""
    text = ""
    for _place in range(20):
        number, digit = divmod(number, 32)
        text = _ALPHABET[digit] + text
    return text


def question(text: str = "Đồng chí có tán thành dự thảo Báo cáo không?", *, options: Sequence[str] = (), **kw: Any) -> Question:
    """Return a question: a motion, or a choice among `options`."""
    data: dict[str, Any] = {
        "kind": Poll.Kind.CHOICE if options else Poll.Kind.MOTION, "occasion": Poll.Occasion.ROOM, "is_secret": False,
        "rule": Majority(), "options": [("", one) for one in options] or list(zip(CODES, WORDS, strict=True)),
    }  # fmt: skip
    return Question(question=text, **data | kw)


def make_poll(meeting: Meeting, text: str = "Đồng chí có tán thành dự thảo Báo cáo không?", **kw: Any) -> Poll:
    """Return a prepared poll."""
    return actions.add_poll(meeting, by=the_secretariat(), question=question(text, **kw))


def open_poll(poll: Poll, **kw: Any) -> Poll:
    """Open a poll and return it."""
    return actions.open_poll(poll.meeting, by=the_secretariat(), poll=poll, version=poll.version, **kw)


def make_open_poll(meeting: Meeting, **kw: Any) -> Poll:
    """Return an open poll."""
    return open_poll(make_poll(meeting, **kw))


def close_poll(poll: Poll) -> Poll:
    """Close a poll and return it."""
    return actions.close_poll(poll.meeting, by=the_secretariat(), poll=poll)


def declare_poll(poll: Poll) -> Poll:
    """Declare the result of a closed poll and return it."""
    return actions.declare_poll(poll.meeting, by=the_secretariat(), poll=poll)


def voter_of(participant: Participant) -> Actor:
    """Return a participant as who votes: with the account, or with one that stands for it."""
    user = getattr(participant.person, "user", None) or User(username=f"p{participant.pk}", person=participant.person)
    return actor_for(user, participant.meeting)


def cast(poll: Poll, voter: Participant, *choices: int, whose: Participant | None = None, **kw: Any) -> bool:
    """Cast a participant's ballot, or that of `whose` vote it is; a secret one gets a receipt of its own."""
    kw.setdefault("key", make_key())
    if poll.is_secret:
        kw.setdefault("code", receipt(next(_numbers)))
    fresh = Poll.objects.get(pk=poll.pk)
    sent = Sent(choices=choices, participant=whose.pk if whose else None, **kw)
    return cast_ballot(fresh.meeting, fresh, by=voter_of(voter), sent=sent)
