"""Counting a hall: entered by its operator, accepted or returned by the chair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from voting.halls import facts
from voting.halls.limits import Room, room_at
from voting.halls.models import HallTally
from voting.polls.models import Poll
from voting.polls.queries import refuse_who_is_out

State = HallTally.State


def enter_hall_tally(
    meeting: Meeting, *, by: Actor, poll: Poll, bridge_point: BridgePoint, votes: Mapping[int, int], voters: int,
    invalid: int = 0, why: str = "", version: int = 0,
) -> HallTally:  # fmt: skip
    """Enter, or correct, how many in a hall voted for what; the last count stands, and waits to be accepted.

    `version`: of the count the actor corrects, 0 where there was none. Raises NotAllowed for another's bridge point; OutOfOrder
    when the poll is not under way, more voted than can be there, or somebody else has entered a count meanwhile.
    """
    with transition(meeting, by=by, ability=Ability.COUNT_HALL) as change:
        site: BridgePoint = change.fresh(bridge_point)
        if not by.may_look_after(Ability.COUNT_HALL, site.pk):
            raise NotAllowed(_("You count the people of your own bridge point only."))
        row = _countable(change, poll)
        refuse_who_is_out(row, by)
        before = row.hall_tallies.filter(bridge_point=site).first()
        if (before.version if before else 0) != version:
            raise OutOfOrder(_("Somebody else has entered a count for this hall in the meantime. Look at it first."))
        _refuse_more_than_fit(room_at(row, site), voters)
        tally, _made = HallTally.objects.update_or_create(
            poll=row, bridge_point=site,
            defaults={
                "votes": {str(position): n for position, n in votes.items()}, "voters": voters, "invalid": invalid,
                "state": State.ENTERED, "version": version + 1, "entered_at": change.now, "entered_by": by.name, "why": why,
            },
        )  # fmt: skip
        change.record(
            facts.HallTallyEntered(
                poll=row.pk, poll_number=row.number, bridge_point=site.pk, bridge_point_name=site.name, version=tally.version,
                votes=[list(pair) for pair in sorted(votes.items())], voters=voters, invalid=invalid, why=why,
            )
        )  # fmt: skip
        return tally


def accept_hall_tally(meeting: Meeting, *, by: Actor, tally: HallTally, version: int) -> None:
    """Accept a count as the actor has read it; from now on it is part of the result."""
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        row = _seen(change, tally, version)
        if row.state == State.ACCEPTED:
            raise OutOfOrder(_("This count has been accepted already."))
        _refuse_more_than_fit(room_at(row.poll, row.bridge_point), row.voters)
        row.state = State.ACCEPTED
        row.save(update_fields=["state"])
        change.record(facts.HallTallyAccepted(**_of(row)))


def return_hall_tally(meeting: Meeting, *, by: Actor, tally: HallTally, version: int, why: str) -> None:
    """Have a hall counted again; until then it does not count."""
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        row = _seen(change, tally, version)
        if row.state == State.RETURNED:
            raise OutOfOrder(_("This count has been returned already."))
        row.state, row.why = State.RETURNED, why
        row.save(update_fields=["state", "why"])
        change.record(facts.HallTallyReturned(**_of(row), why=why))


def _of(row: HallTally) -> dict[str, Any]:
    return {
        "poll": row.poll_id, "poll_number": row.poll.number, "bridge_point": row.bridge_point_id,
        "bridge_point_name": row.bridge_point.name, "version": row.version,
    }  # fmt: skip


def _countable(change: Transition, poll: Poll) -> Poll:
    row: Poll = change.fresh(poll)
    if row.occasion != Poll.Occasion.ROOM:
        raise OutOfOrder(_("Opinion slips are not counted in halls."))
    if row.state not in (Poll.State.OPEN, Poll.State.CLOSED):
        raise OutOfOrder(_("Poll %(number)d is not under way; its numbers do not change.") % {"number": row.number})
    return row


def _seen(change: Transition, tally: HallTally, version: int) -> HallTally:
    row = HallTally.objects.filter(pk=tally.pk).select_related("poll", "bridge_point").first()
    if row is None:
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    _countable(change, row.poll)
    if row.version != version:
        raise OutOfOrder(_("The count has been corrected since you read it. Look at it again."))
    return row


def _refuse_more_than_fit(room: Room, voters: int) -> None:
    if voters > room.left:
        raise OutOfOrder(room.sentence(voters))
