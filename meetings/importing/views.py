"""The pages of importing: the upload with its template, and what an uploaded list would change."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings import queries
from meetings.desk import TABS, desk_context, tabs_of
from meetings.importing import kinds, runs
from meetings.importing.forms import UploadForm
from meetings.importing.kinds import Kind
from meetings.importing.models import ImportRun
from meetings.importing.template import template_of
from meetings.models import Meeting
from meetings.procedure import Actor
from sheets import TYPES, Unreadable

ROWS_ON_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, kind: str, slug: str | None = None) -> HttpResponse:
    """Take a file and lead to what it would change; a file that is not read is refused with a sentence."""
    known, meeting, actor = _arrive(request, kind, slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = runs.start(known, meeting, by=actor.user, name=file.name, data=file.read())
        except Unreadable as refused:
            form.add_error("file", refused.sentence)
        else:
            return redirect(_address("import_run", kind, meeting, run))
    context = _frame(known, meeting, actor) | {
        "form": form,
        "runs": [(run, _address("import_run", kind, meeting, run)) for run in runs.recent(known, meeting, by=actor.user)],
        "columns": known.columns,
        "template": _address("import_template", kind, meeting),
    }
    return render(request, "importing/upload.html", context, status=400 if form.errors else 200)


@require_safe
def template(request: HttpRequest, kind: str, slug: str | None = None) -> HttpResponse:
    """Hand out an empty list to fill in: headings, examples, and the values that are allowed."""
    known, meeting, _actor = _arrive(request, kind, slug)
    answer = HttpResponse(template_of(known, meeting), content_type=TYPES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{known.name}.xlsx"'
    return answer


@require_safe
def preview(request: HttpRequest, kind: str, run: Any, slug: str | None = None) -> HttpResponse:
    """Show what an uploaded list would do, row by row; `verdict` in the address shows only those rows."""
    known, meeting, actor = _arrive(request, kind, slug)
    found = get_object_or_404(ImportRun, pk=run, kind=kind, meeting=meeting)
    if found.state == ImportRun.State.APPLIED:
        context = _frame(known, meeting, actor) | {"run": found, "counts": _counts(found.counts, "")}
        return render(request, "importing/applied.html", context)
    judged = runs.look(found, known)
    wanted = request.GET.get("verdict", "")
    shown = [row for row in judged.rows if row["verdict"] == wanted] if wanted in runs.VERDICTS else judged.rows
    context = _frame(known, meeting, actor) | {
        "run": found,
        "judged": judged,
        "counts": _counts(judged.counts, wanted),
        "page": Paginator(shown, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "query": {"verdict": wanted},
        "total": len(judged.rows),
        "errors": judged.counts["error"],
        "address": _address("import_run", kind, meeting, found),
    }
    return render(request, "importing/preview.html", context)


def _arrive(request: HttpRequest, name: str, slug: str | None) -> tuple[Kind, Meeting | None, Actor]:
    """Return the kind, the meeting and who asks; a stranger learns nothing, who may not is refused."""
    kind = kinds.find(name, of_meeting=slug is not None)
    if slug is None:
        actor = queries.office_actor(queries.account(request))
        if kind is None:
            raise Http404
        actor.require(kind.ability)
        return kind, None, actor
    meeting, actor = queries.actor_or_404(request, slug)
    if kind is None:
        raise Http404
    actor.require(kind.ability)
    return kind, meeting, actor


def _frame(kind: Kind, meeting: Meeting | None, actor: Actor) -> dict[str, Any]:
    context: dict[str, Any] = {"kind": kind, "upload": _address("import", kind.name, meeting)}
    if meeting is None:
        return context | {"back": reverse(kind.back), "abilities": {one.value for one in actor.abilities}}
    tabs = tabs_of(kind.part, meeting, actor, kind.tab) if kind.part in TABS else []
    frame = desk_context(meeting, actor, kind.back)
    return frame | context | {"back": reverse(kind.back, args=[meeting.slug]), "tabs": tabs, "may_prepare": _may(meeting)}


def _may(meeting: Meeting) -> bool:
    return meeting.state != Meeting.State.ADJOURNED


def _address(page: str, kind: str, meeting: Meeting | None, run: ImportRun | None = None) -> str:
    words: dict[str, Any] = {"kind": kind} | ({"slug": meeting.slug} if meeting else {}) | ({"run": run.pk} if run else {})
    return reverse(f"meetings:{'' if meeting else 'office_'}{page}", kwargs=words)


def _counts(counts: dict[str, int], wanted: str) -> list[dict[str, Any]]:
    """Return the verdicts with their words and counts, in the order in which they matter."""
    words = {
        "error": (_("Errors"), "bad"), "warning": (_("To look at"), "warn"), "new": (_("New"), "ok"),
        "changed": (_("Changed"), "changed"), "same": (_("As before"), ""),
    }  # fmt: skip
    return [
        {"verdict": verdict, "label": label, "tone": tone, "count": counts.get(verdict, 0), "current": verdict == wanted}
        for verdict, (label, tone) in words.items()
    ]
