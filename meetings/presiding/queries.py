"""Who presides now, who keeps the minutes, and to whom that can be handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from meetings.models import Meeting, Participant, Presiding, Role
from meetings.procedure import Ability, Actor
from people.models import User
from people.spelling import words

if TYPE_CHECKING:
    from meetings.journal import Transition

ROLES = (Role.CHAIR, Role.SECRETARY)
#: Who can be given the chair, or the minutes.
ELIGIBLE = (Role.CHAIR, Role.SECRETARY, Role.DELEGATE)
SHOWN = 30


def presiding(meeting: Meeting, role: str = Role.CHAIR, using: str = "default") -> Presiding | None:
    """Return who presides now, or keeps the minutes; nothing where that was never said."""
    return meeting.presiding.using(using).filter(role=role, until=None).first()


def presiding_name(meeting: Meeting) -> str | None:
    """Return the name of who presides now."""
    now = presiding(meeting)
    return now.name if now else None


def take_the_chair(change: Transition) -> dict[str, int]:
    """Let the first chair preside and the first secretary keep the minutes, as the meeting is opened."""
    found: dict[str, int] = {}
    for role in ROLES:
        first = change.meeting.participants.filter(role=role, is_excused=False).first()
        if first is not None:
            Presiding.objects.create(meeting=change.meeting, participant=first, role=role, name=first.name, since=change.now)
            found[role.value] = first.pk
    return found


def has_handed_over(meeting: Meeting, actor: Actor, role: str) -> bool:
    """Tell whether an actor had a desk and has handed it over: whoever still has it is not asked about."""
    ability = Ability.SEE_CHAIR_DESK if role == Role.CHAIR else Ability.SEE_CONTROL_ROOM
    if actor.may(ability) or actor.participant is None:
        return False
    return meeting.presiding.filter(role=role, participant=actor.participant, until__isnull=False).exists()


def successors(meeting: Meeting, role: str, typed: str = "") -> QuerySet[Participant]:
    """Return who can be given the chair or the minutes, those of the role first, with `has_account`."""
    found = meeting.participants.filter(role__in=ELIGIBLE, is_excused=False).select_related("bridge_point")
    # Who presides keeps no minutes, and the other way round.
    found = found.exclude(pk__in=meeting.presiding.filter(until=None, participant__isnull=False).values("participant"))
    for word in words(typed)[:6]:
        found = found.filter(folded__contains=word)
    first = Case(When(role=role, then=Value(0)), default=Value(1), output_field=IntegerField())
    accounts = User.objects.filter(person=OuterRef("person"), is_active=True)
    return found.annotate(has_account=Exists(accounts)).order_by(first, "pk")
