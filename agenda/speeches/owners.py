"""Whose a speech is: a focal point offers for its own unit, the secretariat for any."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from attendance.models import AskedUnit
from attendance.registration.places import unit_of
from meetings.errors import NotAllowed
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from people.models import User


def own_units(meeting: Meeting, actor: Actor) -> QuerySet[AskedUnit]:
    """Return the units of the meeting that a focal point offers for."""
    user = actor.user
    mine = unit_of(user.organisation_id) if user.office_role == User.OfficeRole.FOCAL_POINT else []
    return meeting.asked_units.filter(is_withdrawn=False, organisation_id__in=mine).select_related("organisation")


def require_own(by: Actor, unit: AskedUnit) -> None:
    """Raise NotAllowed unless the actor is of the secretariat, or the focal point of this very unit."""
    if by.may(Ability.PREPARE):
        return
    if not by.may(Ability.OFFER_SPEECH) or unit.organisation_id not in unit_of(by.user.organisation_id):
        raise NotAllowed(_("You offer the speeches of your own unit only."))
