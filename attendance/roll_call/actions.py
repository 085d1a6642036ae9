"""Calling the roll of the bridge points: opened, answered at consoles, marked by hand, closed."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from attendance.roll_call import facts
from attendance.roll_call.models import RollCall, RollCallAnswer
from attendance.roll_call.queries import called_points
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over

State = RollCallAnswer.State


def open_roll_call(meeting: Meeting, *, by: Actor) -> RollCall:
    """Call all bridge points under the hall; those under another one are called by it, not here.

    Raises OutOfOrder when a roll call is under way, when there is nobody to call, or when the meeting is over.
    """
    with transition(meeting, by=by, ability=Ability.CALL_ROLL) as change:
        refuse_when_over(meeting)
        if meeting.roll_calls.filter(closed_at=None).exists():
            raise OutOfOrder(_("A roll call is under way already."))
        points = called_points(meeting)
        if not points:
            raise OutOfOrder(_("The meeting has no bridge points to call yet."))
        number = (meeting.roll_calls.aggregate(last=Max("number"))["last"] or 0) + 1
        made = RollCall.objects.create(meeting=meeting, number=number, opened_at=change.now, opened_by=by.name)
        RollCallAnswer.objects.bulk_create(RollCallAnswer(roll_call=made, bridge_point=one) for one in points)
        named = [{"id": one.pk, "name": one.name} for one in points]
        change.record(facts.RollCallOpened(roll_call=made.pk, number=number, bridge_points=named))
        return made


def answer_roll_call(meeting: Meeting, *, by: Actor, bridge_point: BridgePoint) -> RollCallAnswer:
    """Answer "here" for one's own bridge point, also when it was noted as not answering before.

    Raises NotAllowed for another's, and OutOfOrder when none is under way or it has answered.
    """
    with transition(meeting, by=by, ability=Ability.ACKNOWLEDGE) as change:
        if bridge_point.pk != by.bridge_point_id:
            raise NotAllowed(_("You answer for your own bridge point only."))
        answer = _awaited(change, bridge_point)
        if answer.state == State.HERE:
            raise OutOfOrder(_("%(name)s has answered already.") % {"name": answer.bridge_point.short_name})
        _note(change, answer, State.HERE, by_console=True)
        change.record(
            facts.RollCallAnswered(
                roll_call=answer.roll_call_id,
                number=answer.roll_call.number,
                bridge_point=answer.bridge_point_id,
                bridge_point_name=answer.bridge_point.name,
            )
        )
        return answer


def mark_roll_call(meeting: Meeting, *, by: Actor, bridge_point: BridgePoint, state: str) -> RollCallAnswer:
    """Note by hand that a bridge point is here, or does not answer; until the end it can be noted otherwise."""
    with transition(meeting, by=by, ability=Ability.CALL_ROLL) as change:
        answer = _awaited(change, bridge_point)
        if answer.state == state:
            raise OutOfOrder(_("%(name)s is noted so already.") % {"name": answer.bridge_point.short_name})
        _note(change, answer, state, by_console=False)
        change.record(
            facts.RollCallMarked(
                roll_call=answer.roll_call_id,
                number=answer.roll_call.number,
                bridge_point=answer.bridge_point_id,
                bridge_point_name=answer.bridge_point.name,
                state=state,
            )
        )
        return answer


def close_roll_call(meeting: Meeting, *, by: Actor) -> None:
    """End the roll call: who has not answered does not answer. A forgotten point is called in a new one."""
    with transition(meeting, by=by, ability=Ability.CALL_ROLL) as change:
        row = _under_way(change)
        _end(change, row)


def close_open_roll_call(change: Transition) -> None:
    """End the roll call that is under way, if any, within the change that adjourns the meeting."""
    row = change.meeting.roll_calls.filter(closed_at=None).first()
    if row:
        _end(change, row)


def _end(change: Transition, row: RollCall) -> None:
    row.answers.filter(state=State.WAITING).update(state=State.SILENT)
    row.closed_at = change.now
    row.save(update_fields=["closed_at"])
    answers = list(row.answers.select_related("bridge_point"))
    silent = [{"id": a.bridge_point_id, "name": a.bridge_point.name} for a in answers if a.state == State.SILENT]
    change.record(
        facts.RollCallClosed(
            roll_call=row.pk, number=row.number, called=len(answers), here=len(answers) - len(silent), silent=silent
        )
    )


def _under_way(change: Transition) -> RollCall:
    row = change.meeting.roll_calls.filter(closed_at=None).first()
    if row is None:
        raise OutOfOrder(_("No roll call is under way."))
    return row


def _awaited(change: Transition, bridge_point: BridgePoint) -> RollCallAnswer:
    answers = _under_way(change).answers.select_related("roll_call", "bridge_point")
    answer = answers.filter(bridge_point=bridge_point).first()
    if answer is None:
        raise OutOfOrder(_("This bridge point is not called in this roll call."))
    return answer


def _note(change: Transition, answer: RollCallAnswer, state: str, *, by_console: bool) -> None:
    answer.state, answer.by_console = state, by_console
    answer.answered_at, answer.answered_by = change.now, change.by.name
    answer.save(update_fields=["state", "by_console", "answered_at", "answered_by"])
