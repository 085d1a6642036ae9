"""Preparing a poll, opening it, ending it, and declaring what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from agenda.models import AgendaItem
from attendance.ledger.actions import seal_scans_within
from attendance.models import Body
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over
from voting.ballots.actions import seal_ballots_within
from voting.ballots.models import Ballot
from voting.ballots.writing import exclude_writers
from voting.figures import result_now
from voting.halls.limits import counted_too_high
from voting.halls.models import HallTally
from voting.majority import Majority
from voting.polls import facts
from voting.polls.closing import closed
from voting.polls.entitling import entitled_in
from voting.polls.models import Mandate, Poll, PollOption
from voting.slips import letters

POLL_LIMIT = 500
CODES = (PollOption.Code.FOR, PollOption.Code.AGAINST, PollOption.Code.ABSTAIN)


@dataclass(frozen=True)
class Question:
    """What is put to the vote, and by which rules. `options`: (code, words) in their order."""

    question: str
    kind: str
    occasion: str
    is_secret: bool
    rule: Majority
    options: Sequence[tuple[str, str]]
    note: str = ""
    item: AgendaItem | None = None
    body: Body | None = None
    least_choices: int = 1
    most_choices: int = 1
    seats: int | None = None
    proxies_at_most: int = 0
    takes_remarks: bool = False


def add_poll(meeting: Meeting, *, by: Actor, question: Question, again_of: Poll | None = None) -> Poll:
    """Prepare a question; it is numbered after the last one. `again_of`: the declared poll that is put once more."""
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        _refuse_over_unless_slip(meeting, question)
        if meeting.polls.count() >= POLL_LIMIT:
            raise OutOfOrder(_("A meeting has at most %(limit)d polls.") % {"limit": POLL_LIMIT})
        number = (meeting.polls.aggregate(last=Max("number"))["last"] or 0) + 1
        poll = Poll.objects.create(meeting=meeting, number=number, again_of=again_of, **_columns(question))
        _write_options(poll, question.options)
        change.record(facts.PollAdded(poll=poll.pk, number=number, **_told(question)))
        return poll


def edit_poll(meeting: Meeting, *, by: Actor, poll: Poll, question: Question, version: int) -> Poll:
    """Give a prepared question other words, options or rules; `version`: which one the actor has read."""
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        row = _drafted(change, poll)
        _refuse_other_version(row, version)
        for column, value in _columns(question).items():
            setattr(row, column, value)
        row.version += 1
        row.save()
        row.options.all().delete()
        _write_options(row, question.options)
        change.record(facts.PollEdited(poll=row.pk, number=row.number, version=row.version, **_told(question)))
        return row


def remove_poll(meeting: Meeting, *, by: Actor, poll: Poll) -> None:
    """Take out a question that was not put; its number is not given again while a later one stands."""
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        row = _drafted(change, poll)
        change.record(facts.PollRemoved(poll=row.pk, number=row.number, question=row.question))
        row.delete()


def open_poll(
    meeting: Meeting, *, by: Actor, poll: Poll, version: int, minutes: int | None = None, closes_at: datetime | None = None
) -> Poll:
    """Open a prepared poll as the actor has read it: who may vote is frozen now.

    It ends at `closes_at`, or so many minutes from now, or (neither) when somebody ends it.

    Raises OutOfOrder when the meeting is not in session (for a vote in the room), another poll is open in the room, nobody may
    vote, or `closes_at` is missing for slips or has passed.
    """
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        row = _drafted(change, poll)
        _refuse_other_version(row, version)
        closes_at = _until(change, minutes, closes_at)
        _refuse_to_open(change, row, closes_at)
        mandates = _freeze(row, meeting)
        row.state, row.opened_at, row.closes_at = Poll.State.OPEN, change.now, closes_at
        row.entitled, row.breadth = len(mandates), row.options.count()
        row.save(update_fields=["state", "opened_at", "closes_at", "entitled", "breadth"])
        entry = change.record(
            facts.PollOpened(
                poll=row.pk, number=row.number, kind_of_poll=row.kind, occasion=row.occasion, is_secret=row.is_secret,
                question=row.question, item=row.item_id, rule=_rule(row), options=_options_of(row), entitled=row.entitled,
                mandates=[_named(one) for one in mandates], closes_at=closes_at.isoformat() if closes_at else "",
            )
        )  # fmt: skip
        if row.occasion == Poll.Occasion.SLIP:
            letters.ask_to_post(change, row, letter=letters.ASKING, entry=entry.number)
        return row


def extend_poll(
    meeting: Meeting, *, by: Actor, poll: Poll, minutes: int | None = None, closes_at: datetime | None = None
) -> None:
    """Let an open poll end at another moment, or when somebody ends it. What came too late before stays refused."""
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        row, closes_at = _opened(change, poll), _until(change, minutes, closes_at)
        if closes_at is None and row.occasion == Poll.Occasion.SLIP:
            raise OutOfOrder(_("Opinion slips need a deadline."))
        if closes_at is not None and closes_at <= change.now:
            raise OutOfOrder(_("This moment has passed."))
        if closes_at == row.closes_at:
            raise OutOfOrder(_("It ends then already."))
        row.closes_at = closes_at
        row.save(update_fields=["closes_at"])
        until = closes_at.isoformat() if closes_at else ""
        entry = change.record(facts.PollExtended(poll=row.pk, number=row.number, closes_at=until))
        if row.occasion == Poll.Occasion.SLIP:
            letters.ask_to_post(change, row, letter=letters.EXTENDED, entry=entry.number)


def close_poll(meeting: Meeting, *, by: Actor, poll: Poll) -> Poll:
    """End the voting: what has been answered "done" by now counts, nothing that comes later does."""
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        return close_poll_within(change, _opened(change, poll))


def close_poll_within(change: Transition, poll: Poll, *, is_due: bool = False) -> Poll:
    """Close an open poll within another change; `is_due`: because its time is over."""
    seal_scans_within(change)  # who is there now
    exclude_writers(poll)
    poll.state, poll.closed_at = Poll.State.CLOSED, change.now
    poll.save(update_fields=["state", "closed_at"])
    seal_ballots_within(change, poll)
    change.record(closed(poll, is_due=is_due))
    return poll


def declare_poll(meeting: Meeting, *, by: Actor, poll: Poll) -> Poll:
    """Declare the result. From now on nothing about the poll changes; who doubts it puts the question again.

    Raises OutOfOrder while a hall's count waits to be accepted, or people whose hands were counted have voted themselves since.
    """
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        row: Poll = change.fresh(poll)
        _refuse_unless(row, Poll.State.CLOSED)
        waiting = row.hall_tallies.filter(state=HallTally.State.ENTERED).select_related("bridge_point")
        if names := [one.bridge_point.short_name for one in waiting]:
            raise OutOfOrder(_("Accept or return the counts of these halls first: %(names)s.") % {"names": ", ".join(names)})
        if names := counted_too_high(row):
            told = _("Since their hands were counted, people have voted themselves in these halls: %(names)s. Return the counts.")
            raise OutOfOrder(told % {"names": ", ".join(names)})
        result = result_now(row).plain()
        row.state, row.result, row.declared_at = Poll.State.DECLARED, result, change.now
        row.save(update_fields=["state", "result", "declared_at"])
        change.record(
            facts.PollDeclared(
                poll=row.pk, number=row.number, kind_of_poll=row.kind, occasion=row.occasion, is_secret=row.is_secret,
                question=row.question, item=row.item_id, result=result,
            )
        )  # fmt: skip
        return row


def cancel_poll(meeting: Meeting, *, by: Actor, poll: Poll, why: str) -> None:
    """End a poll without a result, before it is declared; why is kept, and what was voted is not told."""
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        row: Poll = change.fresh(poll)
        if row.state == Poll.State.OPEN:
            close_poll_within(change, row)
        _refuse_unless(row, Poll.State.CLOSED)
        row.state, row.why = Poll.State.CANCELLED, why
        row.save(update_fields=["state", "why"])
        change.record(facts.PollCancelled(poll=row.pk, number=row.number, question=row.question, why=why))


def withdraw_mandate(meeting: Meeting, *, by: Actor, poll: Poll, participant: Participant, why: str) -> None:
    """Take somebody's vote in an open poll away; a ballot that was cast stands."""
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        row = _opened(change, poll)
        exclude_writers(row)  # who is voting at this moment has voted
        mandate = row.mandates.filter(participant=participant.pk, withdrawn_at=None).first()
        if mandate is None:
            raise OutOfOrder(_("%(name)s has no vote in this poll.") % {"name": participant.name})
        if Ballot.objects.filter(mandate=mandate).exists():
            raise OutOfOrder(_("%(name)s has voted already; the ballot stands.") % {"name": mandate.name})
        mandate.withdrawn_at, mandate.why = change.now, why
        mandate.save(update_fields=["withdrawn_at", "why"])
        change.record(
            facts.MandateWithdrawn(poll=row.pk, number=row.number, participant=mandate.participant_id, name=mandate.name, why=why)
        )


# --- what they have in common


def _until(change: Transition, minutes: int | None, closes_at: datetime | None) -> datetime | None:
    return change.now + timedelta(minutes=minutes) if minutes else closes_at


def _columns(question: Question) -> dict[str, Any]:
    is_motion = question.kind == Poll.Kind.MOTION
    return {
        "item": question.item, "kind": question.kind, "occasion": question.occasion, "is_secret": question.is_secret,
        "question": question.question, "note": question.note, "body": question.body, "base": question.rule.base,
        "numerator": question.rule.numerator, "denominator": question.rule.denominator, "is_strict": question.rule.is_strict,
        "least_choices": 1 if is_motion else question.least_choices, "most_choices": 1 if is_motion else question.most_choices,
        "seats": None if is_motion else question.seats, "proxies_at_most": question.proxies_at_most,
        "takes_remarks": question.takes_remarks,
    }  # fmt: skip


def _told(question: Question) -> dict[str, Any]:
    rule = question.rule
    return {
        "kind_of_poll": question.kind, "occasion": question.occasion, "is_secret": question.is_secret,
        "question": question.question, "item": question.item.pk if question.item else None,
        "body": question.body.pk if question.body else None,
        "rule": {
            "base": rule.base, "numerator": rule.numerator, "denominator": rule.denominator, "is_strict": rule.is_strict
        },
        "options": [list(map(str, one)) for one in question.options],
    }  # fmt: skip


def _rule(poll: Poll) -> dict[str, Any]:
    return {"base": poll.base, "numerator": poll.numerator, "denominator": poll.denominator, "is_strict": poll.is_strict}


def _write_options(poll: Poll, options: Sequence[tuple[str, str]]) -> None:
    rows = (PollOption(poll=poll, position=n, code=code, text=text) for n, (code, text) in enumerate(options, start=1))
    PollOption.objects.bulk_create(rows)


def _options_of(poll: Poll) -> list[list[str]]:
    return [[one.code, one.text] for one in poll.options.order_by("position")]


def _freeze(poll: Poll, meeting: Meeting) -> list[Mandate]:
    sites = set(BridgePoint.objects.filter(meeting=meeting).values_list("pk", flat=True))
    mandates = Mandate.objects.bulk_create(
        (
            Mandate(
                poll=poll, participant=one.participant, voter=one.voter, name=one.participant.name,
                office=one.participant.office, voter_name="" if one.voter == one.participant else one.voter.name,
                bridge_point_id=one.site if one.site in sites else None,
            )
            for one in entitled_in(poll, meeting)
        ),
        batch_size=500,
    )  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # it would plan by what it last knew, and read thousands of mandates for each ballot
            cursor.execute(f"ANALYZE {connection.ops.quote_name(Mandate._meta.db_table)}")
    return mandates


def _named(mandate: Mandate) -> dict[str, Any]:
    told: dict[str, Any] = {"id": mandate.participant_id, "name": mandate.name}
    if mandate.voter_name:
        told |= {"voter": mandate.voter_id, "voter_name": mandate.voter_name}
    return told


def _refuse_over_unless_slip(meeting: Meeting, question: Question) -> None:
    if question.occasion != Poll.Occasion.SLIP:
        refuse_when_over(meeting)


def _refuse_to_open(change: Transition, row: Poll, closes_at: datetime | None) -> None:
    meeting = change.meeting
    if row.occasion == Poll.Occasion.SLIP:
        if closes_at is None:
            raise OutOfOrder(_("Opinion slips need a deadline."))
    elif meeting.state != Meeting.State.OPEN:
        raise OutOfOrder(_("The meeting is not in session."))
    elif other := meeting.polls.filter(state=Poll.State.OPEN, occasion=Poll.Occasion.ROOM).first():
        raise OutOfOrder(_("Poll %(number)d is open. End it first.") % {"number": other.number})
    if closes_at is not None and closes_at <= change.now:
        raise OutOfOrder(_("This moment has passed."))
    if not entitled_in(row, meeting):
        raise OutOfOrder(_("Nobody may vote in this poll: the body has no members, or the meeting no delegates."))


def _drafted(change: Transition, poll: Poll) -> Poll:
    row: Poll = change.fresh(poll)
    _refuse_unless(row, Poll.State.DRAFT)
    return row


def _opened(change: Transition, poll: Poll) -> Poll:
    row: Poll = change.fresh(poll)
    _refuse_unless(row, Poll.State.OPEN)
    return row


_SENTENCES = {
    Poll.State.DRAFT: _("Poll %(number)d has not been opened yet."),
    Poll.State.OPEN: _("Poll %(number)d is open."),
    Poll.State.CLOSED: _("Poll %(number)d has been closed already."),
    Poll.State.DECLARED: _("The result of poll %(number)d has been declared; nothing about it changes any more."),
    Poll.State.CANCELLED: _("Poll %(number)d was cancelled."),
}


def _refuse_unless(row: Poll, state: Poll.State) -> None:
    if row.state != state:
        raise OutOfOrder(_SENTENCES[Poll.State(row.state)] % {"number": row.number})


def _refuse_other_version(row: Poll, version: int) -> None:
    if row.version != version:
        raise OutOfOrder(_("Somebody else has changed this poll in the meantime. Read it again."))
