"""Votes as the screens know them: the one under way in the room, and the last one whose result was declared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count

from live.walls import pack
from meetings.models import Meeting
from voting.figures import choices_of, result_now, rule_of
from voting.majority import Majority
from voting.models import HallTally, Mandate, Poll
from voting.result import Choice, Line, Result, read

LINES_SHOWN = 10  # of a choice, on a wall
DRAFTS_SHOWN = 8
State = Poll.State


@dataclass(frozen=True)
class TallyState:
    """The count of a hall. `votes`: of each option its words and how many."""

    id: int
    site_id: int
    name: str
    state: str
    version: int
    voters: int
    invalid: int
    votes: tuple[tuple[str, int], ...]
    entered_by: str

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be accepted or returned."""
        return self.state == HallTally.State.ENTERED


@dataclass(frozen=True)
class PollState:
    """A vote in the room that has been opened.

    `entitled`: who may vote, without those whose vote was withdrawn; `by_device`: how many have voted themselves. `voters` and
    `holders`: who casts the own vote, and who casts that of others, packed as a display's list is (walls.py). `result`: as it
    would be declared once it is closed, as it was once it is declared.
    """

    id: int
    number: int
    question: str
    note: str
    item_id: int | None
    kind: str
    is_secret: bool
    state: str
    rule: Majority
    least: int
    most: int
    takes_remarks: bool
    opened_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    declared_at: datetime | None
    entitled: int
    by_device: int = 0
    options: tuple[Choice, ...] = ()
    tallies: tuple[TallyState, ...] = ()
    voters: str = ""
    holders: str = ""
    result: Result | None = None

    @property
    def cast(self) -> int:
        """How many votes have come in: by devices, and from the halls whose count was accepted."""
        return self.by_device + sum(one.voters for one in self.tallies if one.state == HallTally.State.ACCEPTED)

    @property
    def waiting(self) -> list[TallyState]:
        """The counts of halls that are still to be accepted or returned."""
        return [one for one in self.tallies if one.is_waiting]

    @property
    def returned(self) -> list[TallyState]:
        """The halls that count again."""
        return [one for one in self.tallies if one.state == HallTally.State.RETURNED]

    @cached_property
    def rows(self) -> list[Line]:
        """The lines of the result as a wall has room for: all, or those chosen and tied first, then the most votes."""
        if self.result is None:
            return []
        lines = sorted(self.result.lines, key=lambda one: (not one.is_chosen, not one.is_tied, -one.votes, one.position))
        return list(lines[:LINES_SHOWN])

    @property
    def more(self) -> int:
        """How many lines a wall has no room for."""
        return max(0, len(self.result.lines) - LINES_SHOWN) if self.result else 0


@dataclass(frozen=True)
class DraftState:
    """A vote that is prepared for the room."""

    id: int
    number: int
    question: str
    version: int
    item_id: int | None


@dataclass(frozen=True)
class PollsState:
    """`now`: the vote that is open, else the newest one that waits to be declared; `declared`: the last one declared.

    `drafts`: the first of those that are prepared.
    """

    now: PollState | None = None
    declared: PollState | None = None
    drafts: tuple[DraftState, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.now is not None or self.declared is not None or bool(self.drafts)


def read_polls(meeting: Meeting, using: str, before: PollsState | None = None) -> PollsState:
    """Read them with one short question where there is none; the very same value if nothing has changed.

    What never changes of a vote under way (its options, while nobody's vote is withdrawn its voters) is taken from `before`.
    """
    every = Poll.objects.using(using).filter(meeting=meeting, occasion=Poll.Occasion.ROOM)
    rows = list(every.filter(state__in=_ASKED_OF).values_list(*_ASKED).order_by("pk"))
    if not rows:
        return before if before is not None and not before else PollsState()
    running = max(
        (row for row in rows if row[1] in (State.OPEN, State.CLOSED)),
        key=lambda row: (row[1] == State.OPEN, row[2]),
        default=(None,),
    )
    told = max((row for row in rows if row[1] == State.DECLARED), key=lambda row: row[3], default=(None,))
    found = {poll.pk: poll for poll in every.filter(pk__in=[key for key in (running[0], told[0]) if key is not None])}
    now = _running(found[running[0]], using, before.now if before else None) if running[0] is not None else None
    drafts = tuple(DraftState(row[0], *row[4:]) for row in rows if row[1] == State.DRAFT)[:DRAFTS_SHOWN]
    state = PollsState(now, _declared(found[told[0]]) if told[0] is not None else None, drafts)
    return before if before is not None and state == before else state


_ASKED = ("pk", "state", "opened_at", "declared_at", "number", "question", "version", "item_id")
_ASKED_OF = (State.DRAFT, State.OPEN, State.CLOSED, State.DECLARED)


def _running(poll: Poll, using: str, before: PollState | None) -> PollState:
    known = before if before is not None and before.id == poll.pk else None
    holding = Mandate.objects.using(using).filter(poll=poll, withdrawn_at=None)
    sums = holding.aggregate(entitled=Count("pk"), cast=Count("ballot"))
    options = known.options if known else tuple(choices_of(poll, using))
    if known is None or known.entitled != sums["entitled"]:
        pairs = list(holding.order_by().values_list("voter_id", "participant_id"))
        voters = pack({voter for voter, of in pairs if voter == of})
        holders = pack({voter for voter, of in pairs if voter != of})
    else:
        voters, holders = known.voters, known.holders
    return PollState(
        **_words(poll), entitled=sums["entitled"], by_device=sums["cast"], options=options, voters=voters, holders=holders,
        tallies=_tallies(poll, options, using), result=result_now(poll, using) if poll.state == State.CLOSED else None,
    )  # fmt: skip


def _declared(poll: Poll) -> PollState:
    assert poll.result is not None
    result = read(poll.result)
    options = tuple(Choice(line.position, line.code, line.text) for line in result.lines)
    return PollState(**_words(poll), entitled=result.entitled, by_device=result.by_device, options=options, result=result)


def _words(poll: Poll) -> dict[str, Any]:
    return {
        "id": poll.pk, "number": poll.number, "question": poll.question, "note": poll.note, "item_id": poll.item_id,
        "kind": poll.kind, "is_secret": poll.is_secret, "state": poll.state, "rule": rule_of(poll), "least": poll.least_choices,
        "most": poll.most_choices, "takes_remarks": poll.takes_remarks, "opened_at": poll.opened_at,
        "closes_at": poll.closes_at, "closed_at": poll.closed_at, "declared_at": poll.declared_at,
    }  # fmt: skip


def _tallies(poll: Poll, options: tuple[Choice, ...], using: str) -> tuple[TallyState, ...]:
    rows = HallTally.objects.using(using).filter(poll=poll).select_related("bridge_point").order_by("bridge_point__number")
    return tuple(
        TallyState(
            id=one.pk, site_id=one.bridge_point_id, name=one.bridge_point.short_name, state=one.state, version=one.version,
            voters=one.voters, invalid=one.invalid, entered_by=one.entered_by,
            votes=tuple((option.text, one.votes.get(str(option.position), 0)) for option in options),
        )
        for one in rows
    )  # fmt: skip


def stands(poll: PollState, since: list[datetime]) -> bool:
    """Tell whether a declared result is still what the meeting is at: nothing of `since` has happened after it."""
    return poll.declared_at is not None and all(at <= poll.declared_at for at in since)
