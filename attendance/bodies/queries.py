"""The bodies of a meeting as they stand, read in three queries at most; their members."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from attendance.bodies.models import Body
from attendance.bodies.quorum import Quorum, Rule
from attendance.presence.models import THERE
from meetings.models import Meeting, Participant

Members = Body.members.through


def rule_of(body: Body) -> Rule:
    """Return the rule of a body."""
    return Rule(body.measure, body.numerator, body.denominator, body.least, body.counts_substitutes)


def quorums_of(meeting: Meeting, *, using: str = "default") -> tuple[Quorum, ...]:
    """Return the bodies with how many of them are there, in order."""
    is_there = Q(members__presence__state__in=THERE)
    found = (
        Body.objects.using(using)
        .filter(meeting=meeting)
        .annotate(entitled=Count("members"), there=Count("members", filter=is_there))
        .order_by("number")
    )
    bodies = list(found)
    stood_in = _stood_in(meeting, using) if any(body.counts_substitutes and body.there < body.entitled for body in bodies) else {}
    return tuple(_quorum(body, stood_in.get(body.pk, 0)) for body in bodies)


def _quorum(body: Body, stood_in: int) -> Quorum:
    by_others = stood_in if body.counts_substitutes else 0
    return Quorum(
        body.pk, body.number, body.name, rule_of(body),
        entitled=body.entitled, present=body.there + by_others, substitutes=by_others,  # type: ignore[attr-defined]
    )  # fmt: skip


def _stood_in(meeting: Meeting, using: str) -> dict[int, int]:
    """Return for how many members of each body who are not there somebody stands in who is, and is no member himself.

    Substitutes are few: they are read first, and the bodies of those concerned by their keys.
    """
    there = Participant.objects.using(using).filter(meeting=meeting, substitute_for__isnull=False, presence__state__in=THERE)
    rows = there.order_by().values_list("pk", "substitute_for_id", "substitute_for__presence__state")
    missing = {replaced: pk for pk, replaced, state in rows if state not in THERE}
    if not missing:
        return {}
    concerned = Members.objects.using(using).filter(body__meeting=meeting, participant__in=[*missing, *missing.values()])
    members = set(concerned.values_list("body_id", "participant_id"))
    stood_in = (body for body, pk in members if pk in missing and (body, missing[pk]) not in members)
    return dict(Counter(stood_in))


def members_of(body: Body) -> QuerySet[Participant]:
    """Return the members of a body with their presence and substitutes, those missing first, then as the list has them.

    `has_another`: their substitute is a member too, and counts for himself alone.
    """
    found = body.members.select_related("bridge_point", "group", "presence", "substitute__presence")
    is_here = Q(presence__state__in=THERE)
    has_another = Exists(Members.objects.filter(body=body, participant__substitute_for=OuterRef("pk")))
    return found.annotate(is_here=is_here, has_another=has_another).order_by("is_here", "bridge_point__number", F("folded"), "pk")
