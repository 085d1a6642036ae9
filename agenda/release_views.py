"""The pages of the releases: which there are, what changed between any two, one of them whole, its paper and its table."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agenda import queries as programmes
from agenda.diffing import difference
from agenda.models import ProgrammeRelease
from agenda.papers import print_programme, table_of
from agenda.running.hiding import hidden_in_releases, hide_in
from agenda.showing import shown_snapshot
from agenda.snapshots import Snapshot, digest
from meetings import queries
from meetings.desk import desk_context, tabs_of
from meetings.keeping import kept_with_journal
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import number_in
from meetings.unchanged import PageMark
from sheets import TYPES

DRAFT = "draft"
PAGE = "agenda:releases"


@require_safe
def releases(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every release and what is different between two of them: the last two unless others are chosen."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE)
    mark = PageMark(request, meeting, actor)
    unchanged = mark.unchanged()
    if unchanged:
        return unchanged
    found = list(meeting.releases.all())
    prepares = actor.may(Ability.PREPARE)
    names = [str(one.number) for one in found] + ([DRAFT] if prepares else [])
    older, newer = _chosen(request, names, prepares)
    context = desk_context(meeting, actor, "agenda:programme") | {
        "tabs": tabs_of("programme", meeting, actor, PAGE),
        "releases": found,
        "prepares": prepares,
        "older": older,
        "newer": newer,
    }
    if older and newer:
        compared = _snapshot(meeting, found, older), _snapshot(meeting, found, newer)
        out = hidden_in_releases(meeting, actor, compared)
        context["changed"] = difference(*(hide_in(one, out) for one in compared))
    return mark.on(render(request, "agenda/releases.html", context))


def _chosen(request: HttpRequest, names: list[str], prepares: bool) -> tuple[str, str]:
    """Return the two that are compared; nothing when there is only one."""
    numbers = [name for name in names if name != DRAFT]
    newer = request.GET.get("to", "")
    if newer not in names:
        newer = DRAFT if prepares and numbers else numbers[0] if numbers else ""
    older = request.GET.get("from", "")
    if older not in numbers:
        earlier = [name for name in numbers if newer == DRAFT or int(name) < int(newer or 0)]
        older = earlier[0] if earlier else ""
    return older, newer


def _snapshot(meeting: Meeting, found: list[ProgrammeRelease], name: str) -> Snapshot:
    if name == DRAFT:
        return programmes.draft_snapshot(meeting)
    return next(one.snapshot for one in found if str(one.number) == name)


@require_safe
def release(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one release as it was."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE)
    found = get_object_or_404(ProgrammeRelease, meeting=meeting, number=min(number, 2**31))
    snapshot = hide_in(found.snapshot, hidden_in_releases(meeting, actor, [found.snapshot]))
    context = desk_context(meeting, actor, "agenda:programme") | {
        "tabs": tabs_of("programme", meeting, actor, PAGE),
        "parts": shown_snapshot(snapshot),
        "release": found,
    }
    return render(request, "agenda/programme.html", context)


@require_POST
def seen(request: HttpRequest, slug: str) -> HttpResponse:
    """Remember that the reader has seen the newest changes. Soft, like every read mark: outside the journal."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE)
    number = number_in(request.POST.get("number", ""))
    newest = meeting.releases.values_list("number", flat=True).first()
    if number and newest:
        programmes.note_seen(meeting, actor, min(number, newest))
    return HttpResponseRedirect(reverse("agenda:programme", args=[slug]))


def _asked_for(request: HttpRequest, meeting: Meeting, actor: Actor) -> tuple[Snapshot, ProgrammeRelease | None]:
    """Return the programme a paper or table is wanted of: a release by its number, the newest one, or what stands now."""
    asked = request.GET.get("release", "")
    if asked == DRAFT and actor.may(Ability.PREPARE):
        return programmes.draft_snapshot(meeting), None
    found = meeting.releases.filter(number=number_in(asked) or 0) if asked else meeting.releases.all()
    one = found.first()
    if one is None:
        if asked or not actor.may(Ability.PREPARE):
            raise Http404
        return programmes.draft_snapshot(meeting), None
    return hide_in(one.snapshot, hidden_in_releases(meeting, actor, [one.snapshot])), one


@require_safe
@never_cache
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the programme on paper."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE)
    found, one = _asked_for(request, meeting, actor)
    pdf = kept_with_journal(meeting, ("paper", one and one.number, digest(found)), lambda: print_programme(meeting, found, one))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_name(meeting, one)}.pdf"'
    return response


@require_safe
@never_cache
def table(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Give the programme as a table: .xlsx or .csv."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE)
    if ending not in TYPES:
        raise Http404
    found, one = _asked_for(request, meeting, actor)
    response = HttpResponse(table_of(found, ending), content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{_name(meeting, one)}.{ending}"'
    return response


def _name(meeting: Meeting, one: ProgrammeRelease | None) -> str:
    return f"chuong-trinh-{meeting.slug}-{f'ban-{one.number}' if one else 'du-thao'}"
