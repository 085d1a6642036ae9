"""The office's pages of layouts: all profiles, one with its numbers, one component to be set, a specimen as PDF."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from issuing.views import file_of
from meetings.errors import OutOfOrder
from meetings.procedure import Ability, Actor
from meetings.queries import account, office_actor
from minutes.papers.layouts import queries, specimen
from minutes.papers.layouts.forms import SetLayout, read
from minutes.papers.layouts.labels import KNOWN
from minutes.papers.layouts.rows import Part, components, grouped, misfits
from minutes.papers.layouts.telling import told
from printing.adjusting import fitting, number, numbers
from printing.errors import PrintingError
from printing.profiles import PROFILES, Profile, adjusted
from printing.rules import Evidence


def _keeper(request: HttpRequest) -> Actor:
    actor = office_actor(account(request))
    actor.require(Ability.KEEP_LAYOUTS)
    return actor


def _profile(code: str) -> Profile:
    if code not in PROFILES:
        raise Http404
    return PROFILES[code]


def _context(actor: Actor) -> dict[str, Any]:
    return {"abilities": {ability.value for ability in actor.abilities}, "today": timezone.localdate()}


@require_safe
def layouts(request: HttpRequest) -> HttpResponse:
    """List the profiles: whose papers, from when until when, how much of each is known second-hand or set by the office."""
    actor, counts = _keeper(request), queries.counted()
    rows = [{"profile": one, "set": counts.get(code, 0), **_known(one)} for code, one in PROFILES.items()]
    return render(request, "minutes/layouts/layouts.html", {"rows": rows, **_context(actor)})


def _known(profile: Profile) -> dict[str, Any]:
    fields = {one.field: one.evidence for one in numbers(profile)}
    found = list(fields.values())
    today = timezone.localdate()
    return {
        "total": len(found),
        "second_hand": found.count(Evidence.SECOND_HAND),
        "ours": found.count(Evidence.OURS),
        "in_force": profile.since <= today and (profile.until is None or today <= profile.until),
    }


@require_safe
def layout(request: HttpRequest, code: str) -> HttpResponse:
    """Show one profile: each component with its number, how it is known, and what the office has set."""
    actor, profile = _keeper(request), _profile(code)
    show, held = request.GET.get("show", ""), queries.set_rows(code)
    known = components(profile, held)
    context = {
        "profile": profile,
        "groups": list(grouped(known, show)),
        "show": show,
        "counts": {
            "all": len(known),
            "set": sum(one.is_set for one in known.values()),
            "second_hand": sum(one.evidence is Evidence.SECOND_HAND for one in known.values()),
            "ours": sum(one.evidence is Evidence.OURS for one in known.values()),
        },
        "misfits": misfits(profile, held),
    }
    return render(request, "minutes/layouts/layout.html", context | _known(profile) | _context(actor))


@require_safe
def component(request: HttpRequest, code: str, field: str) -> HttpResponse:
    """Show one component of a profile, each of its numbers with a form."""
    actor, profile = _keeper(request), _profile(code)
    one = components(profile, queries.set_rows(code)).get(field)
    if one is None:
        raise Http404
    context = {
        "profile": profile,
        "component": one,
        "parts": [
            {"part": part, "form": _form(part, code, actor, "set"), "trial": _form(part, code, actor, "try")}
            for part in one.parts
        ],
        "known": KNOWN[one.evidence],
    }
    return render(request, "minutes/layouts/component.html", context | _context(actor))


def _form(part: Part, code: str, actor: Actor, what: str) -> SetLayout:
    """Return the form of one number, with what is printed now in it; `what` it is for stands in the fields' ids."""
    typed = part.now if isinstance(part.now, str) else told(part.now)
    initial = {"profile": code, "number": part.number.name, "was": told(part.now), "value": typed}
    initial["source"] = part.setting.source if part.setting else ""
    return SetLayout(by=actor, initial=initial, auto_id=f"{what}-{part.number.part or 'only'}-%s")


@require_safe
@never_cache
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """Print the specimen by the office's settings; `number` and `value` try one number before it is set."""
    _keeper(request)
    profile = _profile(code)
    settings = queries.settings_of(code)
    try:
        if name := request.GET.get("number", ""):
            settings.pop(name, None)
            settings = {**fitting(profile, settings), name: read(number(profile, name), request.GET.get("value", "")[:40])}
            tried = adjusted(profile, settings)
        else:
            tried = adjusted(profile, fitting(profile, settings))
        return file_of(specimen.printed(tried), "application/pdf", f"{code}.pdf", shown=True)
    except PrintingError as error:
        raise OutOfOrder(str(error)) from error
