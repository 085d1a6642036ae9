"""What one can do about a paper that comes late: its unit asks for leave, the secretariat grants or declines it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from agenda.models import Speech
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over
from packets.handing_in import facts, rules
from packets.handing_in.taking import speech_under_lock
from packets.models import HandIn


def request_hand_in(meeting: Meeting, *, by: Actor, speech: Speech, wish: str) -> None:
    """Ask the secretariat, after the deadline, to let the unit hand in the paper of its speech; why is kept in the row alone."""
    with transition(meeting, by=by, ability=Ability.OFFER_SPEECH) as change:
        refuse_when_over(meeting)
        row = speech_under_lock(change, speech.pk)
        if not rules.stands(row):
            raise OutOfOrder(rules.WITHDRAWN)
        if not rules.is_late(row.call, getattr(row, "hand_in", None), change.now):
            raise OutOfOrder(_("There is still time: hand the paper in."))
        wished = {"meeting": meeting, "wish": wish, "wished_at": change.now, "answer": ""}
        HandIn.objects.update_or_create(speech=row, defaults=wished)
        change.record(facts.HandInRequested(**_named(row)))


def grant_hand_in(meeting: Meeting, *, by: Actor, speech: Speech, until: datetime) -> None:
    """Let a unit that wishes for it hand in the paper of its speech until a moment."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row, leave = _wishing(change, speech)
        if until <= change.now:
            raise OutOfOrder(_("This moment is over already by the meeting's clock. Choose a later one."))
        leave.wish, leave.wished_at, leave.answer, leave.until = "", None, "", until
        leave.save()
        change.record(facts.HandInGranted(**_named(row), until=until.isoformat()))


def decline_hand_in(meeting: Meeting, *, by: Actor, speech: Speech, answer: str) -> None:
    """Tell a unit why its paper is not taken any more."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row, leave = _wishing(change, speech)
        leave.wish, leave.wished_at, leave.answer = "", None, answer
        leave.save()
        change.record(facts.HandInDeclined(**_named(row)))


def _wishing(change: Transition, speech: Speech) -> tuple[Speech, HandIn]:
    refuse_when_over(change.meeting)
    row = speech_under_lock(change, speech.pk)
    leave: HandIn | None = getattr(row, "hand_in", None)
    if leave is None or not leave.wish:
        raise OutOfOrder(_("%(unit)s has no such wish, or somebody has decided already.") % {"unit": row.unit.organisation.name})
    return row, leave


def _named(row: Speech) -> dict[str, Any]:
    return {"speech": row.pk, "unit_name": row.unit.organisation.name, "title": row.title}
