"""What is worked out when a poll is closed: who was there, the box in another order, and what the journal is told."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from attendance.models import THERE
from voting.ballots.chain import box_hash
from voting.ballots.models import BallotSeal
from voting.ballots.shuffling import shuffle_box
from voting.figures import SiteTurnout, turnout_of, votes_of
from voting.polls import facts
from voting.polls.models import Mandate, Poll


def closed(poll: Poll, *, is_due: bool) -> facts.PollClosed:
    """Keep who was there, write the box of a secret poll anew, and return what is to be recorded.

    For a poll that has just been closed: its ledger is sealed, nobody writes any more.
    """
    _keep_presence(poll)
    box = box_hash(shuffle_box(poll)) if poll.is_secret else ""
    turnout = turnout_of(poll)
    return facts.PollClosed(
        poll=poll.pk, number=poll.number, question=poll.question, entitled=sum(one.entitled for one in turnout),
        present=sum(one.present for one in turnout), cast=sum(one.cast for one in turnout),
        votes=[list(pair) for pair in sorted(votes_of(poll).items())], sites=[_site(one) for one in turnout],
        ballots=_last_hash(poll), box=box, is_due=is_due,
    )  # fmt: skip


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
