"""Sealing a poll's ledger: one entry of the journal vouches for the ballots since the last seal."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from voting.ballots import facts
from voting.ballots.chain import seal_hash
from voting.ballots.models import Ballot, BallotSeal
from voting.ballots.writing import exclude_writers
from voting.polls.models import Poll


def seal_next(poll: Poll) -> facts.BallotsSealed | None:
    """Write the seal of what a poll's ledger holds beyond the last one, and return what is to be recorded.

    Writers are shut out while it is done: a seal never passes over a ballot that has its number and is not yet committed.
    """
    exclude_writers(poll)
    before = BallotSeal.objects.filter(poll=poll).order_by("-number").first()
    rows = list(Ballot.objects.filter(poll=poll, pk__gt=before.last if before else 0).order_by("pk"))
    if not rows:
        return None
    seal = BallotSeal.objects.create(
        poll=poll, number=before.number + 1 if before else 1, first=rows[0].pk, last=rows[-1].pk, count=len(rows),
        hash=seal_hash(before.hash if before else "", rows),
    )  # fmt: skip
    return facts.BallotsSealed(
        poll=poll.pk, seal=seal.number, first=seal.first, last=seal.last, count=seal.count, hash=seal.hash,
        cast=Ballot.objects.filter(poll=poll).count(),
    )  # fmt: skip


def unsealed() -> QuerySet[Poll]:
    """Return the polls whose ledger holds ballots beyond its last seal."""
    sealed = BallotSeal.objects.filter(poll=OuterRef("poll")).order_by("-number").values("last")[:1]
    beyond = Ballot.objects.filter(poll=OuterRef("pk"), pk__gt=Coalesce(Subquery(sealed), 0))
    return Poll.objects.filter(Exists(beyond))
