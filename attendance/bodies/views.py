"""The pages of bodies: all with their rule and how they stand; one with its members."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from attendance.bodies import queries
from attendance.bodies.forms import AddBody, AddBodyMembers, EditBody
from attendance.bodies.models import Body
from attendance.presence.models import THERE
from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.queries import page_actor

PAGE_SIZE = 100


def _frame(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    may_prepare = actor.may(Ability.PREPARE) and meeting.state != Meeting.State.ADJOURNED
    return desk_context(meeting, actor, "attendance:participants") | {
        "tabs": tabs_of("delegates", meeting, actor, "attendance:bodies"),
        "may_prepare": may_prepare,
    }


@require_safe
def bodies(request: HttpRequest, slug: str) -> HttpResponse:
    """List the bodies: their rule, how many are there, and whether that is enough."""
    meeting, actor = page_actor(request, slug, Ability.SEE_PEOPLE)
    context = _frame(meeting, actor)
    context["bodies"] = queries.quorums_of(meeting)
    if context["may_prepare"]:
        context["form"] = AddBody(meeting=meeting, by=actor)
    return render(request, "attendance/bodies/bodies.html", context)


@require_safe
def body(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one body: its rule, its members (those missing first), and forms that change them."""
    meeting, actor = page_actor(request, slug, Ability.SEE_PEOPLE)
    row: Body = get_object_or_404(meeting.bodies, pk=pk)
    page = Paginator(queries.members_of(row), PAGE_SIZE).get_page(request.GET.get("page", "1"))
    context = _frame(meeting, actor) | {
        "body": next(one for one in queries.quorums_of(meeting) if one.body == row.pk),
        "page": page,
        "rows": [_member(one, counts_substitutes=row.counts_substitutes) for one in page],
        "back": reverse("attendance:bodies", args=[slug]),
    }
    if context["may_prepare"]:
        part = f"{row.numerator}/{row.denominator}"
        initial = {name: getattr(row, name) for name in ("name", "measure", "least", "counts_substitutes")}
        context["form"] = EditBody(meeting=meeting, by=actor, initial=initial | {"body": row.pk, "part": part}, auto_id="edit-%s")
        context["choosing"] = AddBodyMembers(meeting=meeting, by=actor, initial={"body": row.pk}, auto_id="more-%s")
    return render(request, "attendance/bodies/body.html", context)


def _member(one: Participant, *, counts_substitutes: bool) -> dict[str, Any]:
    """Return a member with the state that the body counts: their own, or that somebody stands in."""
    substitute: Participant | None = getattr(one, "substitute", None)
    own = _state(one)
    counts = counts_substitutes and not one.has_another  # type: ignore[attr-defined]
    stands_in = counts and own not in THERE and substitute is not None and _state(substitute) in THERE
    excused = one.is_excused and not own
    return {
        "participant": one,
        "state": "substituted" if stands_in else "excused" if excused else own,
        "substitute": substitute.name if substitute and stands_in else "",
    }


def _state(one: Participant) -> str:
    presence = getattr(one, "presence", None)
    return presence.state if presence else ""
