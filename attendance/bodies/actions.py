"""Adding, editing and removing bodies and their members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from attendance.bodies import facts
from attendance.bodies.models import Body
from attendance.bodies.queries import Members
from attendance.bodies.quorum import Rule
from attendance.bodies.watching import note_crossings
from meetings import hooks
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over
from people.spelling import alike

BODY_LIMIT = 20


def add_body(meeting: Meeting, *, by: Actor, name: str, rule: Rule, members: Sequence[Participant] = ()) -> Body:
    """Add a body after the last one, with its first members. Its name is given once in a meeting."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        _refuse_known_name(meeting, name)
        if meeting.bodies.count() >= BODY_LIMIT:
            raise OutOfOrder(_("A meeting has at most %(limit)d bodies.") % {"limit": BODY_LIMIT})
        body = write_body(change, name=name, rule=rule, members=_under_lock(meeting, members))
        note_crossings(change)
        return body


def write_body(change: Transition, *, name: str, rule: Rule, members: Iterable[Participant]) -> Body:
    """Write a new body and its members, and record it, within a change that has seen to what cannot be."""
    number = (change.meeting.bodies.aggregate(last=Max("number"))["last"] or 0) + 1
    body = Body.objects.create(meeting=change.meeting, number=number, name=name, **_columns(rule))
    named = _enter(body, members)
    change.record(facts.BodyAdded(body=body.pk, number=number, name=name, **_columns(rule), members=named))
    return body


def edit_body(meeting: Meeting, *, by: Actor, body: Body, name: str, rule: Rule) -> None:
    """Give a body another name or another rule."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = change.fresh(body)
        _refuse_known_name(meeting, name, but=row)
        row.name = name
        for column, value in _columns(rule).items():
            setattr(row, column, value)
        row.save(update_fields=["name", *_columns(rule)])
        change.record(facts.BodyEdited(body=row.pk, number=row.number, name=name, **_columns(rule)))
        note_crossings(change)


def remove_body(meeting: Meeting, *, by: Actor, body: Body) -> None:
    """Take a body out; its members stay on the list of the meeting."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = change.fresh(body)
        if sentences := [str(one) for question in hooks.objections_to_removing_body for one in question(row.pk)]:
            raise OutOfOrder(" ".join(sentences))
        change.record(facts.BodyRemoved(body=row.pk, name=row.name))
        row.delete()


def add_body_members(meeting: Meeting, *, by: Actor, body: Body, participants: Sequence[Participant]) -> int:
    """Make participants members of a body and return how many were not; raise OutOfOrder when all were."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = change.fresh(body)
        known = set(row.members.values_list("pk", flat=True))
        new = [one for one in _under_lock(meeting, participants) if one.pk not in known]
        if not new:
            raise OutOfOrder(_("They are members of %(name)s already.") % {"name": row.name})
        change.record(facts.BodyMembersAdded(body=row.pk, name=row.name, members=_enter(row, new)))
        note_crossings(change)
        return len(new)


def remove_body_members(meeting: Meeting, *, by: Actor, body: Body, participants: Sequence[Participant]) -> int:
    """Take members out of a body and return how many they were; raise OutOfOrder when none was a member."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = change.fresh(body)
        gone = list(row.members.filter(pk__in=[one.pk for one in participants]))
        if not gone:
            raise OutOfOrder(_("They are no members of %(name)s.") % {"name": row.name})
        Members.objects.filter(body=row, participant__in=gone).delete()
        change.record(facts.BodyMembersRemoved(body=row.pk, name=row.name, members=_named(gone)))
        note_crossings(change)
        return len(gone)


def _columns(rule: Rule) -> dict[str, Any]:
    return {
        "measure": rule.measure, "numerator": rule.numerator, "denominator": rule.denominator, "least": rule.least,
        "counts_substitutes": rule.counts_substitutes,
    }  # fmt: skip


def _enter(body: Body, people: Iterable[Participant]) -> list[dict[str, object]]:
    rows = list(people)
    Members.objects.bulk_create([Members(body=body, participant=one) for one in rows], batch_size=500)
    return _named(rows)


def _named(people: Iterable[Participant]) -> list[dict[str, object]]:
    return [{"id": one.pk, "name": one.name} for one in people]


def _under_lock(meeting: Meeting, chosen: Sequence[Participant]) -> list[Participant]:
    return list(meeting.participants.filter(pk__in=[one.pk for one in chosen]).order_by("bridge_point__number", "pk"))


def _refuse_known_name(meeting: Meeting, name: str, but: Body | None = None) -> None:
    others = meeting.bodies.exclude(pk=but.pk) if but else meeting.bodies.all()
    if alike(name) in map(alike, others.values_list("name", flat=True)):
        raise OutOfOrder(_("Another body has this name: %(name)s.") % {"name": name})
