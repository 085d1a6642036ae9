"""What is counted of a poll, read from its rows: while it is open, after its closing, and as it was declared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from attendance.models import THERE
from voting.ballots.models import Ballot, SecretBallot
from voting.halls.models import HallTally
from voting.majority import Majority
from voting.polls.models import Mandate, Poll, PollOption
from voting.result import Choice, Figures, Hall, Result, read, result_of


@dataclass(frozen=True)
class SiteTurnout:
    """A bridge point in a poll: how many mandates are there, of them present, and how many have voted themselves."""

    site: int | None
    name: str
    entitled: int
    present: int
    cast: int


def rule_of(poll: Poll) -> Majority:
    """Return the majority a poll asks for."""
    return Majority(poll.base, poll.numerator, poll.denominator, poll.is_strict)


def choices_of(poll: Poll, using: str = "default") -> list[Choice]:
    """Return the options of a poll in their order."""
    rows = PollOption.objects.using(using).filter(poll=poll).order_by("position")
    return [Choice(one.position, one.code, one.text) for one in rows]


def turnout_of(poll: Poll, using: str = "default") -> list[SiteTurnout]:
    """Return the turnout by bridge point, in one query: as it stands now, and from the closing on as it was then."""
    rows = (
        Mandate.objects.using(using)
        .filter(poll=poll, withdrawn_at=None)
        .order_by()
        .values_list(
            "bridge_point_id", "bridge_point__short_name", "bridge_point__number", "was_present", "voter__presence__state",
            "ballot__pk",
        )
    )  # fmt: skip
    sums: dict[tuple[int, int | None, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for site, name, number, was_present, state, ballot in rows:
        row = sums[number or 0, site, name or ""]
        row[0] += 1
        row[1] += bool(was_present if was_present is not None else state in THERE or ballot)
        row[2] += ballot is not None
    return [SiteTurnout(site, name, *row) for (_number, site, name), row in sorted(sums.items(), key=lambda one: one[0][0])]


def votes_of(poll: Poll, using: str = "default") -> Counter[int]:
    """Return how many of those who voted themselves chose each option, by its position."""
    box = SecretBallot.objects.using(using).filter(poll=poll) if poll.is_secret else Ballot.objects.using(using).filter(poll=poll)
    votes: Counter[int] = Counter()
    for choices in box.order_by().values_list("choices", flat=True):
        votes.update(choices)
    return votes


def halls_of(poll: Poll, using: str = "default") -> list[Hall]:
    """Return the counts of the halls."""
    rows = HallTally.objects.using(using).filter(poll=poll).select_related("bridge_point").order_by("bridge_point__number")
    return [
        Hall(
            site=one.bridge_point_id, name=one.bridge_point.short_name, votes={int(p): n for p, n in one.votes.items()},
            voters=one.voters, invalid=one.invalid, is_accepted=one.state == HallTally.State.ACCEPTED,
        )
        for one in rows
    ]  # fmt: skip


def present_at(turnout: Iterable[SiteTurnout], voters: Mapping[int, int]) -> int:
    """Return how many of the entitled were there: by name, or seen to vote (`voters`: by hand, of each hall), at each place."""
    return sum(min(one.entitled, max(one.present, one.cast + voters.get(one.site or 0, 0))) for one in turnout)


def result_now(poll: Poll, using: str = "default") -> Result:
    """Return the result of a poll that has been closed: as it was declared, or as it would be declared now.

    The one function that desk, consoles, displays, minutes and papers ask.
    """
    if poll.result is not None:
        return read(poll.result)
    turnout, halls = turnout_of(poll, using), halls_of(poll, using)
    voters = {hall.site: hall.voters for hall in halls if hall.is_accepted}
    figures = Figures(
        entitled=sum(one.entitled for one in turnout), present=present_at(turnout, voters),
        by_device=sum(one.cast for one in turnout), devices=votes_of(poll, using), halls=halls,
        withdrawn=poll.entitled - sum(one.entitled for one in turnout),
    )  # fmt: skip
    return result_of(rule_of(poll), choices_of(poll, using), figures, poll.seats)
