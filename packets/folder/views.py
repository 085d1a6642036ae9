"""The pages of emergency folders: which there are and whether they still hold, and the files."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.desk import desk_context, tabs_of
from meetings.errors import NotAllowed, OutOfOrder
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import page_actor
from meetings.widgets import options
from packets.folder import queries
from packets.folder.codes import read_code
from packets.folder.contents import folders_of, numbers_of
from packets.folder.tables import write_folder
from packets.folder.work import AT_ONCE, name_of, print_one
from printing.errors import PrintingError
from printing.folder import FORMS
from sheets import TYPES

PAGE = "packets:folders"
PAGE_SIZE = 100


def site_of(meeting: Meeting, actor: Actor, pk: int) -> BridgePoint:
    """Return a bridge point whose folder an actor may have: it holds telephone numbers."""
    site = meeting.bridge_points.select_related("head", "meeting").filter(pk=pk).first()
    if site is None:
        raise Http404
    if not actor.may_look_after(Ability.SEE_CONSOLE, site.pk):
        raise NotAllowed(_("This is the folder of another bridge point."))
    site.meeting = meeting
    return site


@require_safe
@never_cache
def folders(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the folders one may have, the old ones first; a code from a form leads to where it is entered."""
    meeting, actor = page_actor(request, slug, Ability.SEE_CONSOLE, named=True)
    sites = queries.sites_of(meeting, actor)
    typed = request.GET.get("code", "").replace("\0", "")[:40]
    if typed and (way := _way(meeting, sites, typed)):
        return HttpResponseRedirect(way)
    rows = queries.standings_of(meeting, sites)
    query = {key: request.GET.get(key, "").replace("\0", "")[:200] for key in ("q", "state")}
    page = Paginator(queries.narrowed(rows, query["q"], query["state"]), PAGE_SIZE).get_page(request.GET.get("page"))
    all_of_them = actor.may(Ability.SEE_ANY_CONSOLE)
    states = [(queries.OLD, _("Changed since")), (queries.MISSING, _("Not made yet")), (queries.FRESH, _("Up to date"))]
    context = desk_context(meeting, actor, "meetings:bridge_points" if all_of_them else "live:console") | {
        "tabs": tabs_of("sites", meeting, actor, PAGE) if all_of_them else [],
        "page": page,
        "rows": page.object_list,
        "counts": Counter(row.state for row in rows),
        "total": len(rows),
        "all_of_them": all_of_them,
        "without_site": queries.without_site(meeting) if all_of_them else 0,
        "query": query,
        "kept": urlencode({key: value for key, value in query.items() if value}),
        "state_options": options(states, query["state"]),
        "code": typed,
        "sample": next(iter(FORMS)),
    }
    return render(request, "packets/folder/folders.html", context)


def _way(meeting: Meeting, sites: list[BridgePoint], typed: str) -> str:
    """Return where the form of a code is entered; nothing when there is no such bridge point here."""
    said = read_code(typed)
    if said is None:
        return ""
    numbers = numbers_of(meeting)
    site = next((one for one in sites if numbers[one.pk] == said[0]), None)
    if site is None:
        return ""
    return reverse("packets:folder_entry", args=[meeting.slug, site.pk]) + (f"#{said[1]}" if said[1] else "")


@require_safe
@never_cache
def folder_file(request: HttpRequest, slug: str, pk: int, form: str) -> HttpResponse:
    """Hand out a folder as it is now, as PDF or workbook; looking at it again records nothing."""
    meeting, actor = page_actor(request, slug, Ability.SEE_CONSOLE)
    if form not in ("pdf", "xlsx"):
        raise Http404
    site = site_of(meeting, actor, pk)
    folder = folders_of(meeting, [site])[site.pk]
    if form == "xlsx":
        answer = HttpResponse(write_folder(folder), content_type=TYPES["xlsx"])
        answer["Content-Disposition"] = f'attachment; filename="{name_of(site)}.xlsx"'
        return answer
    if len(folder.people) > AT_ONCE:
        raise OutOfOrder(
            _("This list is long: press “Make the PDF” on the page of folders, and it is printed in the background.")
        )
    try:
        pdf = b"" if request.method == "HEAD" else print_one(meeting, site, folder)
    except PrintingError as error:
        raise OutOfOrder(str(error)) from error
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name_of(site)}.pdf"'
    return answer
