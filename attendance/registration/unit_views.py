"""The pages of one unit: its list, as its focal point and the secretariat see it, and the form of one line."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from attendance.registration import queries, rules
from attendance.registration.forms import (
    AddRegistration,
    AddRegistrations,
    DeclineChange,
    EditRegistration,
    EditUnit,
    GrantChange,
    RefuseRegistrations,
    RequestChange,
)
from attendance.registration.models import AskedUnit, Registration
from attendance.registration.places import own_units, require_unit, terms_of
from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import account, number_in, page_actor

Kind, State = Registration.Kind, Registration.State


@require_safe
def my_unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead a focal point to the own unit's list, the secretariat to the board."""
    meeting, actor = page_actor(request, slug, Ability.REGISTER_PEOPLE)
    if actor.may(Ability.PREPARE):
        return redirect("attendance:registration", slug)
    own = own_units(meeting, account(request)).first()
    if own is None:
        raise Http404
    return redirect("attendance:unit", slug, own.pk)


@require_safe
@never_cache
def unit(request: HttpRequest, slug: str, unit: int) -> HttpResponse:
    """Show a unit's list: what is asked, the places that are left, until when, and its people."""
    meeting, actor, row = _unit(request, slug, unit)
    secretariat = actor.may(Ability.PREPARE)
    if not secretariat:
        # soft, as what has been seen is: no fact, and it never goes back
        AskedUnit.objects.filter(pk=row.pk, opened_at=None).update(opened_at=timezone.now())
    lines = list(queries.lines_of(row))
    context = _frame(meeting, actor, row) | {
        "lines": lines,
        "drafts": sum(line.state == State.DRAFT for line in lines),
        "waiting": sum(line.state == State.SENT for line in lines),
        "refused": sum(line.state == State.REFUSED for line in lines),
        "coming": sum(line.kind != Kind.EXCUSE for line in lines),
        "here": list(queries.people_on_the_list(row).exclude(registration__unit=row)),
        "about": {line.concerns_id for line in lines if line.state in (State.DRAFT, State.SENT)},
    }
    if secretariat:
        context |= _of_the_secretariat(meeting, actor, row)
    elif context["is_over"]:
        context["request_change"] = RequestChange(meeting=meeting, by=actor, auto_id="wish-%s")
    return render(request, "attendance/registration/unit.html", context)


@require_safe
@never_cache
def new_line(request: HttpRequest, slug: str, unit: int) -> HttpResponse:
    """Show the form that puts somebody on a unit's list; for who will come, people of the unit to pick from beside it."""
    meeting, actor, row = _unit(request, slug, unit)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else Kind.ATTEND
    concerned = _row(queries.people_on_the_list(row), request.GET.get("concerns", ""))
    if kind != Kind.ATTEND and (concerned is None or concerned.is_excused):
        return redirect("attendance:unit", slug, row.pk)
    person = _row(queries.people_of(row), request.GET.get("person", ""))
    initial = {"unit": row, "kind_of_line": kind, "unit_name": row.organisation.name, "bridge_point": row.bridge_point_id}
    if person:
        position, organisation = queries.office_in(row, person)
        initial |= {
            "person": person,
            "name": person.full_name,
            "position": position,
        }
        initial |= {"phone": person.phone, "email": person.email} if queries.is_of(row, person) else {}
        initial |= {"unit_name": organisation.name} if organisation else {}
    if concerned:
        initial |= {"concerns": concerned, "bridge_point": concerned.bridge_point_id, "mode": concerned.mode}
        initial |= {"group": concerned.group_id}
    sought = request.GET.get("q", "").replace("\0", "")[:120]
    form = AddRegistration(meeting=meeting, by=actor, unit=row, kind=kind, initial=initial)
    context = _frame(meeting, actor, row) | {
        "form": form,
        "kind": kind,
        "concerned": concerned,
        "person": person,
        "sought": sought,
    }
    if kind == Kind.ATTEND and person is None:
        site = {"unit": row, "bridge_point": row.bridge_point_id}
        context["many"] = AddRegistrations(meeting=meeting, by=actor, unit=row, initial=site, auto_id="many-%s")
    if kind != Kind.EXCUSE and person is None:
        context["people"] = queries.pick_people(row, sought)
    return render(request, "attendance/registration/line.html", context)


@require_safe
@never_cache
def line(request: HttpRequest, slug: str, line: int) -> HttpResponse:
    """Show one line of a list for change."""
    meeting, actor = page_actor(request, slug, Ability.REGISTER_PEOPLE)
    found = meeting.registrations.select_related("unit__organisation", "concerns", "person")
    row = get_object_or_404(found, pk=line)
    require_unit(actor, row.unit)
    if row.state == State.APPROVED:
        return redirect("attendance:unit", slug, row.unit_id)
    names = ("name", "position", "unit_name", "phone", "email", "needs", "bridge_point", "mode", "group", "reason")
    initial = {name: getattr(row, name) for name in (*names, "person", "concerns", "version")} | {"registration": row}
    form = EditRegistration(meeting=meeting, by=actor, unit=row.unit, kind=row.kind, initial=initial)
    context = _frame(meeting, actor, row.unit) | {"form": form, "line": row, "kind": row.kind, "concerned": row.concerns}
    return render(request, "attendance/registration/line.html", context)


def _unit(request: HttpRequest, slug: str, pk: int) -> tuple[Meeting, Actor, AskedUnit]:
    meeting, actor = page_actor(request, slug, Ability.REGISTER_PEOPLE)
    row = get_object_or_404(meeting.asked_units.select_related("organisation", "bridge_point"), pk=pk)
    require_unit(actor, row)
    return meeting, actor, row


def _frame(meeting: Meeting, actor: Actor, row: AskedUnit) -> dict[str, Any]:
    """Return what all pages of a unit show: which, how far, until when, its places, and whether its list may be changed now."""
    secretariat = actor.may(Ability.PREPARE)
    frame = desk_context(meeting, actor, "attendance:participants" if secretariat else "attendance:my_unit")
    terms = terms_of(meeting)
    until = row.until(terms)
    is_over = rules.is_over(until, frame["now"])
    closed = meeting.state == Meeting.State.ADJOURNED or row.is_withdrawn
    return frame | {
        "unit": row,
        "terms": terms,
        "until": until,
        "is_over": is_over,
        "is_late": rules.is_late(row.stage, until, frame["now"]),
        "tone": rules.TONES[AskedUnit.Stage(row.stage)],
        "places": queries.places_of(row),
        "secretariat": secretariat,
        "is_open": not closed and (secretariat or not is_over),
        "may_change": not closed and (secretariat or not is_over) and not row.answer,
        "tabs": tabs_of("delegates", meeting, actor, "attendance:registration"),
    }


def _of_the_secretariat(meeting: Meeting, actor: Actor, row: AskedUnit) -> dict[str, Any]:
    quotas = {f"places_{q.group_id}": q.places for q in row.group_quotas.all()}
    initial = {"unit": row, "quota": row.quota, "bridge_point": row.bridge_point_id, "deadline": row.deadline} | quotas
    return {
        "edit_unit": EditUnit(meeting=meeting, by=actor, initial=initial, auto_id="unit-%s"),
        "grant": GrantChange(meeting=meeting, by=actor, initial={"unit": row}, auto_id="grant-%s"),
        "decline": DeclineChange(meeting=meeting, by=actor, initial={"unit": row}, auto_id="decline-%s"),
        "refuse": RefuseRegistrations(meeting=meeting, by=actor, auto_id="refuse-%s"),
    }


def _row(rows: Any, text: str) -> Any:
    pk = number_in(text)
    return rows.filter(pk=pk).first() if pk is not None else None
