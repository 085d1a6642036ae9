"""Casting a ballot: who may, whether it is in order, and what the voter is told. The same ballot sent twice counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings import clock
from meetings.errors import NotAllowed, OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Actor
from people.models import User
from voting.ballots.models import Ballot
from voting.ballots.prepared import Prepared
from voting.ballots.sealer import SEALER
from voting.ballots.writing import CodeTaken, New, write_ballot
from voting.majority import fault
from voting.polls.models import Mandate, Poll
from voting.polls.queries import refuse_who_is_out


class TakeAnotherCode(OutOfOrder):
    """The receipt code is taken: the browser makes a new one."""


@dataclass(frozen=True)
class Sent:
    """A ballot as the browser sends it. `mandate`: whose vote, by participant (nothing: one's own); `code`: of a secret one."""

    key: UUID
    choices: tuple[int, ...]
    participant: int | None = None
    code: str = ""
    remark: str = ""


def _votes_in(slug: str, number: int, person: int) -> QuerySet[Mandate]:
    found = Mandate.objects.filter(poll__meeting__slug=slug, poll__number=number, voter__person=person)
    return found.select_related("poll__meeting", "voter").order_by("pk")


_read_votes = Prepared(_votes_in)


def votes_of(user: User, slug: str, number: int) -> list[Mandate]:
    """Return the votes an account may cast in a poll, with the poll and its meeting, in one query: thousands ask at once."""
    if user.person_id is None:
        return []
    return _read_votes(slug, number, user.person_id)


def cast_ballot(meeting: Meeting, poll: Poll, *, by: Actor, sent: Sent, votes: Sequence[Mandate] | None = None) -> bool:
    """Write a ballot and return whether it is new: False when the very same one was taken before.

    `votes`: those the voter may cast in this poll, if they have been read.

    Raises NotAllowed to who has no vote in the poll, OutOfOrder when it comes too late, the mandate has voted or been withdrawn,
    or the choices are not what the poll asks for, NotWritten when the database could not take it. What was answered is durable
    and counts, whatever happens a moment later.
    """
    mandate = _mandate(_votes(poll, by) if votes is None else votes, by, sent.participant)
    refuse_who_is_out(poll, by)
    _refuse_wrong(poll, sent)
    now = clock.now(meeting)
    if poll.state == Poll.State.OPEN and (poll.closes_at is None or now <= poll.closes_at):
        new = New(
            poll=poll.pk, mandate=mandate.pk, key=sent.key, is_secret=poll.is_secret, choices=sent.choices,
            remark=sent.remark if poll.takes_remarks else "", code=sent.code, at=now,
        )  # fmt: skip
        try:
            written = write_ballot(new)
        except CodeTaken as taken:
            raise TakeAnotherCode(_("This receipt code is taken. Press once more: a new one is made.")) from taken
        if written:
            SEALER.touch(poll.pk)
            return True
    return _why_not(poll, mandate, sent)


def _votes(poll: Poll, by: Actor) -> list[Mandate]:
    return list(Mandate.objects.filter(poll=poll, voter=by.participant)) if by.participant else []


def _mandate(votes: Sequence[Mandate], by: Actor, participant: int | None) -> Mandate:
    """Return the vote that is to be cast: that of who is named, else the voter's own, else the only one cast for another."""
    whose = participant or (by.participant.pk if by.participant else None)
    found = next((one for one in votes if one.participant_id == whose), None)
    if found is None and participant is None and len(votes) == 1:
        found = votes[0]
    if found is None:
        raise NotAllowed(_("You have no vote in this poll."))
    return found


_FAULTS = {
    "few": _("Choose at least %(least)d."),
    "many": _("Choose at most %(most)d."),
    "twice": _("The same was chosen twice."),
    "unknown": _("This cannot be chosen in this poll."),
}


def _refuse_wrong(poll: Poll, sent: Sent) -> None:
    wrong = fault(sent.choices, poll.breadth, poll.least_choices, poll.most_choices)
    if wrong and poll.state != Poll.State.DRAFT:
        raise OutOfOrder(_FAULTS[wrong] % {"least": poll.least_choices, "most": poll.most_choices})
    if poll.is_secret and not sent.code:
        raise OutOfOrder(_("A secret ballot needs its receipt code. Reload the page and vote again."))


def _why_not(poll: Poll, mandate: Mandate, sent: Sent) -> bool:
    """Return False for a ballot that had been taken before; raise OutOfOrder with the reason for all others."""
    earlier = Ballot.objects.filter(mandate=mandate).first()
    if earlier is not None and earlier.key == sent.key:
        return False
    if earlier is not None:
        if earlier.at is not None:
            when = {"name": mandate.name, "time": _hour(earlier)}
            raise OutOfOrder(_("%(name)s has voted already, at %(time)s. The first ballot counts.") % when)
        raise OutOfOrder(_("%(name)s has voted already. The first ballot counts.") % {"name": mandate.name})
    poll.refresh_from_db(fields=["state", "closes_at"])
    mandate.refresh_from_db(fields=["withdrawn_at"])
    if poll.state == Poll.State.DRAFT:
        raise OutOfOrder(_("Poll %(number)d has not been opened yet.") % {"number": poll.number})
    if mandate.withdrawn_at is not None and poll.state == Poll.State.OPEN:
        raise OutOfOrder(_("The vote of %(name)s in this poll has been withdrawn.") % {"name": mandate.name})
    raise OutOfOrder(_("The voting has ended; this ballot came too late and does not count."))


def _hour(ballot: Ballot) -> str:
    assert ballot.at is not None
    return f"{timezone.localtime(ballot.at):%H:%M:%S}"
