"""Ending a poll within a change: nobody writes any more, the ledger is sealed, who was there is kept, the box is shuffled."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from attendance.ledger.actions import seal_scans_within
from attendance.models import THERE
from meetings.journal import Transition
from voting.ballots.chain import box_hash
from voting.ballots.models import BallotSeal
from voting.ballots.sealing import seal_next
from voting.ballots.shuffling import shuffle_box
from voting.ballots.writing import exclude_writers
from voting.figures import SiteTurnout, turnout_of, votes_of
from voting.polls import facts
from voting.polls.models import Mandate, Poll


def close_within(change: Transition, poll: Poll, *, is_due: bool = False) -> Poll:
    """Close an open poll; `is_due`: because its time is over."""
    seal_scans_within(change)  # who is there now
    exclude_writers(poll)
    poll.state, poll.closed_at = Poll.State.CLOSED, change.now
    poll.save(update_fields=["state", "closed_at"])
    seal_next(change, poll)
    _keep_presence(poll)
    box = box_hash(shuffle_box(poll)) if poll.is_secret else ""
    turnout = turnout_of(poll)
    change.record(
        facts.PollClosed(
            poll=poll.pk, number=poll.number, question=poll.question, entitled=sum(one.entitled for one in turnout),
            present=sum(one.present for one in turnout), cast=sum(one.cast for one in turnout),
            votes=[list(pair) for pair in sorted(votes_of(poll).items())], sites=[_site(one) for one in turnout],
            ballots=_last_hash(poll), box=box, is_due=is_due,
        )
    )  # fmt: skip
    return poll


def _keep_presence(poll: Poll) -> None:
    """Note of each mandate whether its voter was there, and where: who voted was. A constant number of statements."""
    every = Mandate.objects.filter(poll=poll)
    every.update(was_present=False)
    every.filter(Q(voter__presence__state__in=THERE) | Q(ballot__isnull=False)).update(was_present=True)
    elsewhere = every.filter(voter__presence__state__in=THERE, voter__presence__bridge_point__isnull=False)
    moved = list(elsewhere.exclude(bridge_point=F("voter__presence__bridge_point")).select_related("voter__presence"))
    for row in moved:
        row.bridge_point_id = row.voter.presence.bridge_point_id
    Mandate.objects.bulk_update(moved, ["bridge_point"], batch_size=500)


def _site(one: SiteTurnout) -> dict[str, Any]:
    return {"id": one.site, "name": one.name, "entitled": one.entitled, "present": one.present, "cast": one.cast}


def _last_hash(poll: Poll) -> str:
    return BallotSeal.objects.filter(poll=poll).order_by("-number").values_list("hash", flat=True).first() or ""
