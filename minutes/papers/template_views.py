"""The office's pages of templates: every kind under every layout, one with its source, what is wrong with it, a specimen."""

from __future__ import annotations

import hashlib
from datetime import datetime, time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.errors import OutOfOrder
from meetings.hashing import canonical
from meetings.procedure import Ability, Actor
from meetings.queries import account, number_in, office_actor
from minutes.models import PaperTemplate
from minutes.papers import queries, setting
from minutes.papers.keeping import kept
from minutes.papers.layouts.queries import settings_of
from minutes.papers.rendering import TRIALS
from minutes.papers.samples import DAY, sample
from minutes.papers.sandbox_words import FILTERS, TAGS
from minutes.papers.vocabulary import LONGEST_TEMPLATE
from printing.adjusting import fitting
from printing.errors import PrintingError
from printing.order import Particulars
from printing.papers import press_html
from printing.profiles import Profile, adjusted


def _keeper(request: HttpRequest) -> Actor:
    actor = office_actor(account(request))
    actor.require(Ability.KEEP_LAYOUTS)
    return actor


def _context(actor: Actor) -> dict[str, Any]:
    return {"abilities": {ability.value for ability in actor.abilities}}


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """List every kind under every layout, and whose template is in use."""
    actor = _keeper(request)
    return render(request, "minutes/papers/templates.html", {"layouts": queries.slots(), **_context(actor)})


@require_safe
@never_cache
def template(request: HttpRequest, kind: str, profile: str) -> HttpResponse:
    """Show one template: its source to change, the words it may use, the office's earlier ones."""
    actor = _keeper(request)
    found, layout = queries.slot_or_404(kind, profile)
    kept = queries.kept_templates(kind, profile)
    current = next((one for one in kept if one.is_current), None)
    chosen = _revision(kept, request.GET.get("revision", "")) or current
    if request.GET.get("revision") == "0":
        chosen = None
    data = sample(kind, layout.body)
    context = {
        "kind": found,
        "profile": layout,
        "kept": kept,
        "current": current,
        "chosen": chosen,
        "source": chosen.source if chosen else setting.system_source(kind, layout.body),
        "fields": queries.fields_of(setting.context_of(data, layout)),
        "filters": FILTERS,
        "tags": TAGS,
        "longest": LONGEST_TEMPLATE,
    }
    return render(request, "minutes/papers/template.html", context | _context(actor))


def _revision(kept: list[PaperTemplate], asked: str) -> PaperTemplate | None:
    number = number_in(asked)
    return next((one for one in kept if one.revision == number), None)


def _chosen(request: HttpRequest, kind: str, profile: str) -> tuple[str, Profile]:
    """Return the source asked for (`revision`; 0: the system's), the office's in use by default."""
    _keeper(request)
    _kind, layout = queries.slot_or_404(kind, profile)
    kept, asked = queries.kept_templates(kind, profile), request.GET.get("revision", "")
    if asked == "0":
        return setting.system_source(kind, layout.body), layout
    row = _revision(kept, asked) if asked else next((one for one in kept if one.is_current), None)
    if asked and row is None:
        raise Http404
    return setting.source_of(kind, layout, row), layout


@require_safe
@never_cache
def template_file(request: HttpRequest, kind: str, profile: str) -> HttpResponse:
    """Give a template's source as a file."""
    source, layout = _chosen(request, kind, profile)
    answer = HttpResponse(source, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}-{layout.code}.jinja"'
    return answer


@require_safe
@never_cache
def template_preview(request: HttpRequest, kind: str, profile: str) -> HttpResponse:
    """Print a made-up paper with a template."""
    source, layout = _chosen(request, kind, profile)
    layout = adjusted(layout, fitting(layout, settings_of(layout.code)))
    data = sample(kind, layout.body)
    about = Particulars(
        title=f"{data['head']['type_name']} {layout.code}", identifier=f"template:{kind}:{layout.code}",
        dated=timezone.make_aware(datetime.combine(DAY, time())),
    )  # fmt: skip
    try:
        is_own = source == setting.system_source(kind, layout.body)
        who: dict[str, Any] = {} if is_own else {"renderer": TRIALS, "lane": account(request).pk}
        page = setting.set_paper(data, layout, source, **who).html
        key = hashlib.sha256(f"{page}{canonical(dict(layout.settings))}{layout.code}".encode()).hexdigest()
        pdf = kept(f"{key}.specimen", lambda: press_html(page, layout, about))
    except PrintingError as error:
        raise OutOfOrder(str(error)) from error
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{kind}-{layout.code}.pdf"'
    return answer
