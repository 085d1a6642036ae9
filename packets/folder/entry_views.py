"""Entering afterwards what was written on paper: the roll of the hall, looked at first, and what has commands of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from attendance.models import HallCount
from attendance.presence.rows import standings_of
from attendance.presence.standing import Standing
from control.incidents.models import Incident
from meetings.desk import desk_context
from meetings.errors import NotAllowed
from meetings.importing.models import ImportRun
from meetings.models import COUNTED_ROLES, BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import account, page_actor
from packets.folder import checking, entering
from packets.folder.checking import known_words
from packets.folder.forms import DayForm, SheetForm
from packets.folder.views import site_of
from people.models import User
from people.spelling import words
from sheets import Unreadable

ON_A_PAGE = 300
SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def folder_entry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the forms as they are on paper; what is typed or uploaded is kept and shown beside what is known before it counts."""
    meeting, actor = page_actor(request, slug, Ability.SEE_CONSOLE, named=True)
    site = site_of(meeting, actor, pk)
    by, may_mark = account(request), actor.may_mark_presence_at(site.pk)
    sheet = SheetForm(meeting=meeting, auto_id="sheet-%s")
    waiting = entering.waiting(meeting, site, by) if may_mark else None
    day = DayForm(meeting=meeting, auto_id="typed-%s", initial={"day": waiting.table["day"]} if waiting else None)
    if request.method == "POST":
        if not may_mark:
            raise NotAllowed(_("You mark the people of your own bridge point only."))
        if "drop" in request.POST:
            entering.drop(meeting, site, by)
            return redirect("packets:folder_entry", slug, site.pk)
        if "upload" in request.POST:
            sheet = SheetForm(request.POST, request.FILES, meeting=meeting, auto_id="sheet-%s")
            run = _uploaded(sheet, meeting, site, by)
        else:
            day = DayForm(request.POST, meeting=meeting, auto_id="typed-%s")
            run = _typed(request, day, meeting, site, by)
        if run is not None:
            return redirect("packets:folder_check", slug, site.pk, run.pk)
    context = _frame(meeting, actor, site) | {"may_mark": may_mark, "sheet": sheet, "day": day}
    context |= _hall(request, site, waiting) if may_mark else {}
    context |= _other_forms(site, actor)
    return render(request, "packets/folder/entry.html", context, status=400 if sheet.errors or day.errors else 200)


@require_safe
@never_cache
def folder_check(request: HttpRequest, slug: str, pk: int, run: UUID) -> HttpResponse:
    """Show each line of a roll beside what is known, and what entering it would do."""
    meeting, actor = page_actor(request, slug, Ability.SEE_CONSOLE, named=True)
    site = site_of(meeting, actor, pk)
    if not actor.may_mark_presence_at(site.pk):
        raise NotAllowed(_("You mark the people of your own bridge point only."))
    found = ImportRun.objects.filter(pk=run, kind=entering.KIND, meeting=meeting).first()
    if found is None or found.table.get("site") != site.pk:
        raise Http404
    if found.state == ImportRun.State.APPLIED:
        return render(
            request, "packets/folder/entered.html", _frame(meeting, actor, site) | {"run": found, "counts": found.counts}
        )
    checked = checking.check(found, site)
    wanted = request.GET.get("verdict", "")
    shown = [row for row in checked.rows if row.does == wanted] if wanted in checking.VERDICTS else checked.rows
    order = {verdict: n for n, verdict in enumerate(checking.VERDICTS)}
    context = _frame(meeting, actor, site) | {
        "run": found,
        "checked": checked,
        "counts": _counts(checked.counts, wanted),
        "page": Paginator(sorted(shown, key=lambda row: order[row.does]), SHOWN).get_page(request.GET.get("page")),
        "query": {"verdict": wanted},
        "kept": f"verdict={wanted}" if wanted else "",
        "errors": checked.counts[checking.ERROR],
        "differences": checked.counts[checking.KEPT],
        "is_own": found.uploaded_by_id == actor.user.pk,
    }
    return render(request, "packets/folder/check.html", context)


def _frame(meeting: Meeting, actor: Actor, site: BridgePoint) -> dict[str, Any]:
    of_all = actor.may(Ability.SEE_ANY_CONSOLE)
    return desk_context(meeting, actor, "meetings:bridge_points" if of_all else "live:console") | {
        "site": site,
        "folders": reverse("packets:folders", args=[meeting.slug]),
        "entry": reverse("packets:folder_entry", args=[meeting.slug, site.pk]),
    }


def _uploaded(form: SheetForm, meeting: Meeting, site: BridgePoint, by: User) -> ImportRun | None:
    """Keep an uploaded workbook; a file that is not read is refused with a sentence at the field."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        return entering.keep_uploaded(
            meeting, site, by=by, day=form.cleaned_data["day"], name=file.name, data=file.read()
        )  # fmt: skip
    except Unreadable as refused:
        form.add_error("file", refused.sentence)
        return None


def _typed(request: HttpRequest, form: DayForm, meeting: Meeting, site: BridgePoint, by: User) -> ImportRun | None:
    """Keep what was typed in the lines that were shown; of others nothing is changed."""
    if not form.is_valid():
        return None
    shown = set(request.POST.getlist("shown"))
    people = meeting.participants.filter(bridge_point=site, role__in=COUNTED_ROLES).values_list("pk", flat=True)
    lines = {
        pk: {
            "arrived": _written(request, f"a-{pk}"),
            "departed": _written(request, f"d-{pk}"),
            "absent": f"v-{pk}" in request.POST,
        }
        for pk in people
        if str(pk) in shown
    }
    run = entering.keep_typed(meeting, site, by=by, day=form.cleaned_data["day"], lines=lines)
    if not run.table["rows"]:
        run.delete()
        form.add_error(None, _("Nothing has been typed yet: write when somebody came or left, or tick who was absent."))
        return None
    return run


def _written(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "").strip()[: entering.LONGEST]


def _hall(request: HttpRequest, site: BridgePoint, run: ImportRun | None) -> dict[str, Any]:
    """Return the lines of the roll with what has been typed already, and what is known."""
    people = site.participants.filter(role__in=COUNTED_ROLES).order_by("is_excused", "pk")
    sought = request.GET.get("q", "").replace("\0", "")[:200]
    for word in words(sought):
        people = people.filter(folded__contains=word)
    page = Paginator(people, ON_A_PAGE).get_page(request.GET.get("page"))
    known = standings_of(site.meeting, [one.pk for one in page])
    typed = entering.typed_of(run)
    rows = [_line(one, known.get(one.pk, Standing()), typed.get(one.pk), site, request) for one in page]
    return {"page": page, "rows": rows, "waiting": run, "query": {"q": sought}, "kept": f"q={sought}" if sought else ""}


def _line(one: Any, known: Standing, typed: entering.Row | None, site: BridgePoint, request: HttpRequest) -> dict[str, Any]:
    """Return a line of the roll; what was sent and not kept stands in its fields again."""
    line = {"participant": one, "known": known_words(known, site.pk), "state": known.state} | {
        key: typed[key] if typed else "" for key in ("arrived", "departed", "absent")
    }
    if request.method == "POST" and str(one.pk) in request.POST.getlist("shown"):
        line |= {"arrived": _written(request, f"a-{one.pk}"), "departed": _written(request, f"d-{one.pk}")}
        line["absent"] = f"v-{one.pk}" in request.POST
    return line


def _other_forms(site: BridgePoint, actor: Actor) -> dict[str, Any]:
    """Return what the other forms of the paper need: head counts, incidents, and the technical line."""
    centre, there = actor.sides_of_line("technical", site.pk)
    return {
        "hall_count": HallCount.objects.filter(bridge_point=site).first(),
        "incidents": list(Incident.objects.filter(bridge_point=site).order_by("-pk")[:10]),
        "kinds": Incident.Kind.choices,
        "may_write": centre or there,
        "may_report": actor.may_look_after(Ability.REPORT_INCIDENTS, site.pk),
    }


def _counts(counts: dict[str, int], wanted: str) -> list[dict[str, Any]]:
    """Return the verdicts with their words and counts, in the order in which they matter."""
    said = {
        checking.ERROR: (_("Errors"), "bad"), checking.KEPT: (_("Different, kept"), "warn"), checking.NEW: (_("New"), "ok"),
        checking.CHANGED: (_("Changed"), "changed"), checking.SAME: (_("As before"), ""),
    }  # fmt: skip
    return [
        {"verdict": verdict, "label": label, "tone": tone, "count": counts.get(verdict, 0), "current": verdict == wanted}
        for verdict, (label, tone) in said.items()
    ]
