"""What the pages of polls show: rows of the list, the words of a poll for its form, turnout, ballots, people."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from attendance.counting import HeadCount, counts_by_bridge_point
from attendance.models import THERE
from meetings.models import Meeting
from meetings.procedure import Actor
from voting.ballots.models import Ballot
from voting.figures import SiteTurnout, turnout_of
from voting.halls.models import HallTally
from voting.polls.entitling import entitled_in
from voting.polls.forms import MAJORITIES
from voting.polls.models import Mandate, Poll, PollOption
from voting.polls.queries import votes_to_cast
from voting.result import read

#: The order of the list: what is under way first.
_ORDER = (Poll.State.OPEN, Poll.State.CLOSED, Poll.State.DRAFT, Poll.State.DECLARED, Poll.State.CANCELLED)


def rows_of(meeting: Meeting, *, with_drafts: bool, hidden: Q | None = None) -> list[dict[str, Any]]:
    """Return the polls with their result, those under way first, the newest first among those that are over.

    `hidden`: these are left out (of a closed item the reader is out of).
    """
    polls = meeting.polls.select_related("item").order_by("-number")
    if hidden is not None:
        polls = polls.exclude(pk__in=meeting.polls.filter(hidden).values("pk"))
    if not with_drafts:
        polls = polls.exclude(state=Poll.State.DRAFT)
    found = sorted(polls, key=lambda one: _ORDER.index(Poll.State(one.state)))
    under_way = [one.pk for one in found if one.state in (Poll.State.OPEN, Poll.State.CLOSED)]
    cast = Counter(dict(_cast(under_way))) if under_way else Counter[int]()
    return [{"poll": one, "cast": cast[one.pk], "result": read(one.result) if one.result else None} for one in found]


def _cast(polls: list[int]) -> list[tuple[int, int]]:
    return list(Ballot.objects.filter(poll__in=polls).order_by().values_list("poll").annotate(n=Count("pk")))


def words_of(poll: Poll) -> dict[str, Any]:
    """Return what the form of a poll is filled in with."""
    options = list(poll.options.order_by("position"))
    part = (poll.numerator, poll.denominator, poll.is_strict)
    named = next((name for name, one in MAJORITIES.items() if one == part), "own")
    simple = (
        "question",
        "note",
        "item",
        "occasion",
        "kind",
        "is_secret",
        "body",
        "base",
        "least_choices",
        "most_choices",
        "seats",
    )
    return {
        **{name: getattr(poll, name) for name in (*simple, "proxies_at_most", "takes_remarks")},
        **{f"words_{one.code}": one.text for one in options if one.code},
        "options": "\n".join(one.text for one in options if not one.code),
        "majority": named,
        "part": "" if named != "own" else f"{poll.numerator}/{poll.denominator}",
        "is_strict": named == "own" and poll.is_strict,
    }


def would_vote(poll: Poll) -> dict[str, int]:
    """Return how many could vote if the poll were opened now, and who of them is there."""
    found = entitled_in(poll, poll.meeting)
    there = [one for one in found if (seen := getattr(one.voter, "presence", None)) is not None and seen.state in THERE]
    return {"would_vote": len(found), "would_be_there": len(there)}


def turnout_for_staff(poll: Poll) -> dict[str, Any]:
    """Return the turnout by bridge point, the least first, with the count of each hall beside its head count."""
    sites = turnout_of(poll)
    tallies = {one.bridge_point_id: one for one in poll.hall_tallies.select_related("bridge_point")}
    by_hand = sum(one.voters for one in tallies.values() if one.state == HallTally.State.ACCEPTED)
    heads = counts_by_bridge_point(poll.meeting)
    options = list(poll.options.order_by("position"))
    return {
        "cast": sum(one.cast for one in sites) + by_hand,
        "entitled": sum(one.entitled for one in sites),
        "sites": [
            {"turnout": one, "tally": tallies.get(one.site or 0), "heads": _heads(heads.get(one.site))}
            for one in sorted(sites, key=_share)
        ],
        "tallies": [
            {
                "tally": one,
                "votes": [(option.text, one.votes.get(str(option.position), 0)) for option in options],
                "heads": _heads(heads.get(one.bridge_point_id)),
            }
            for one in tallies.values()
        ],
        "withdrawn": list(Mandate.objects.filter(poll=poll).exclude(withdrawn_at=None).order_by("pk")),
    }


def _share(one: SiteTurnout) -> tuple[float, str]:
    return (one.cast / one.entitled if one.entitled else 1.0, one.name)


def _heads(count: HeadCount | None) -> int:
    return count.present - count.online if count else 0


def ballots_of(poll: Poll, actor: Actor) -> list[dict[str, Any]]:
    """Return the ballots a reader may cast, or has: with a key for a form without scripts, and of a named one what was chosen."""
    votes = votes_to_cast(poll, actor) if poll.state != Poll.State.DRAFT else []
    cast: dict[int, Ballot] = {}
    if any(vote["done"] for vote in votes):
        rows = Ballot.objects.filter(poll=poll, mandate__participant__in=[vote["participant"] for vote in votes])
        cast = {one.mandate.participant_id: one for one in rows.select_related("mandate")}
    words = {one.position: one.text for one in PollOption.objects.filter(poll=poll)} if cast else {}
    return [vote | {"key": str(uuid.uuid4())} | _told(cast.get(vote["participant"]), words) for vote in votes]


def _told(ballot: Ballot | None, words: dict[int, str]) -> dict[str, Any]:
    if ballot is None:
        return {"chosen": [], "at": None}
    return {"chosen": [words.get(one, "") for one in ballot.choices or ()], "at": ballot.at}


def person(one: Mandate, words: dict[int, str]) -> dict[str, Any]:
    """Return a line of a list of people: whose vote it is, who casts it, whether they are there, and what was voted."""
    ballot = getattr(one, "ballot", None) if "ballot" in one._state.fields_cache else None
    presence = getattr(one.voter, "presence", None) if "voter" in one._state.fields_cache else None
    return {
        "mandate": one,
        "is_there": presence is not None and presence.state in THERE,
        "chosen": [words.get(position, "") for position in (ballot.choices or ())] if ballot else [],
        "at": timezone.localtime(ballot.at) if ballot and ballot.at else None,
        "remark": ballot.remark if ballot else "",
    }
