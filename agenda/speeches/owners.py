"""Whose a speech is: a focal point offers for its own unit, the secretariat for any."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from attendance.models import AskedUnit
from attendance.registration import places
from meetings.errors import NotAllowed
from meetings.models import Meeting
from meetings.procedure import Ability, Actor


def own_units(meeting: Meeting, actor: Actor) -> QuerySet[AskedUnit]:
    """Return the units of the meeting that a focal point offers for."""
    return places.own_units(meeting, actor.user)


def require_own(by: Actor, unit: AskedUnit) -> None:
    """Raise NotAllowed unless the actor is of the secretariat, or the focal point of this very unit."""
    if by.may(Ability.PREPARE):
        return
    if not by.may(Ability.OFFER_SPEECH) or unit.organisation_id not in places.unit_of(by.user.organisation_id):
        raise NotAllowed(_("You offer the speeches of your own unit only."))
