"""The desk of papers for who prepares and who approves: all papers by item, one paper with its versions, a new paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from copies.removals import sentence_of as removal
from meetings.deadlines.models import DeadlineKind
from meetings.deadlines.queries import due_at
from meetings.desk import desk_context, tabs_of
from meetings.errors import NotAllowed, OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import actor_or_404, number_in, page_actor
from meetings.unchanged import PageMark
from packets.desk import queries
from packets.desk.actions import add_document
from packets.desk.comparing import Changes, changes
from packets.desk.forms import EditDocument
from packets.desk.standing import LABELS, STEPS
from packets.handouts.rules import NO_FILE, is_secret
from packets.models import Document, PageText, Version
from packets.releasing.seeing import LARGEST, Sight, in_version, sight_of
from packets.uploading import limits, names
from packets.uploading.plain import take_plainly
from packets.uploading.wishes import WishForm

PAGE = "packets:papers"


def _frame(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    return desk_context(meeting, actor, PAGE) | {
        "tabs": tabs_of("papers", meeting, actor, PAGE),
        "prepares": actor.may(Ability.PREPARE),
        "approves": actor.may(Ability.APPROVE_PAPERS),
        "accept": ",".join(f".{ending}" for ending in sorted(names.TAKEN)),
        "largest": limits.LARGEST_FILE // limits.MIB,
    }


def shown(request: HttpRequest, meeting: Meeting, actor: Actor) -> HttpResponse:
    """Show who prepares the meeting every paper, by item, with what is to be done."""
    context = _frame(meeting, actor)
    mark = PageMark(request, meeting, actor, queries.soft_marks(meeting), context["now"].strftime("%Y%m%d%H%M"))
    unchanged = mark.unchanged()
    if unchanged:
        return unchanged
    desk = queries.desk_of(meeting, context["now"])
    steps = [(step, LABELS[step], desk.counts[step]) for step in (*STEPS, "late", "stamps") if desk.counts.get(step)]
    return mark.on(render(request, "packets/desk.html", context | {"desk": desk, "steps": steps}))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a paper with its file, several files at once, or none; without scripts too. A secret one never has a file."""
    meeting, actor = page_actor(request, slug, Ability.PREPARE)
    initial: dict[str, Any] = {name: number_in(request.GET.get(name, "")) for name in ("item", "speech")}
    form = WishForm(request.POST or None, meeting=meeting, by=actor, initial=initial | {"secrecy": Document.Secrecy.NORMAL})
    if request.method == "POST" and form.is_valid():
        refused = _entered(request, meeting, actor, form)
        if refused is None:
            return HttpResponseRedirect(reverse(PAGE, args=[meeting.slug]), status=303)
        form.add_error(None, refused)
    context = _frame(meeting, actor) | {"form": form, "form_most": limits.LARGEST_FORM // limits.MIB}
    return render(request, "packets/desk/new.html", context, status=400 if form.errors else 200)


def _entered(request: HttpRequest, meeting: Meeting, actor: Actor, form: WishForm) -> str | None:
    """Do what the form says, and say it; return a sentence where nothing could be done."""
    data, files = form.cleaned_data, request.FILES.getlist("files")
    document: Document | None = data["document"]
    secret = document.is_placeholder if document else is_secret(data["secrecy"])
    if document and (secret or not files):
        return str(NO_FILE) if secret else _("Choose a file first.")
    if secret or not files:
        if not data["title"]:
            return _("Choose a file, or write the title of a paper that is still to come.")
        about = {name: data[name] for name in ("title", "item", "speech", "secrecy")}
        made = add_document(meeting, by=actor, **about)
        messages.success(request, _("Paper %(number)d has been entered.") % {"number": made.number})
        if files:
            messages.error(request, str(NO_FILE))
        return None
    wishes = form.kept() | ({"title": ""} if len(files) > 1 else {})
    told = [(names.harmless(file.name or ""), take_plainly(meeting, actor, file, wishes)) for file in files]
    refused = [f"{name}: {sentence}" for name, sentence in told if sentence]
    if len(refused) == len(files):
        return " ".join(refused)
    for line in refused:
        messages.error(request, line)
    taken = len(files) - len(refused)
    messages.success(request, ngettext("%(n)d file taken in.", "%(n)d files taken in.", taken) % {"n": taken})
    return None


def _paper(request: HttpRequest, slug: str, number: int) -> tuple[Meeting, Actor, Document, Sight | None]:
    """Return a paper for who prepares, or who may see and approve it; who may not see it gets 404, who only reads it 403.

    The last is how it is seen by who only approves it.
    """
    meeting, actor = actor_or_404(request, slug)
    sight = None
    if not actor.may(Ability.PREPARE):
        sight = sight_of(meeting, actor, number)
        if sight is None:
            raise Http404
        if not actor.may(Ability.APPROVE_PAPERS):
            raise NotAllowed(_("Only who prepares the meeting sees how a paper came about."))
    found = Document.objects.filter(meeting=meeting, number=min(number, LARGEST), is_removed=False)
    row = found.select_related("speech__unit__organisation", "item").first()
    if row is None:
        raise Http404
    return meeting, actor, row, sight


@require_safe
@never_cache
def paper_desk(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one paper: its versions, what was taken out of them, what is different, what comes next."""
    meeting, actor, row, sight = _paper(request, slug, number)
    context = _frame(meeting, actor)
    due = due_at(meeting, DeadlineKind.PAPERS)
    (line,) = queries.lines_of(meeting, [row], due=due, now=context["now"])
    versions = list(row.versions.select_related("unit__organisation").order_by("-number").defer(*queries.HEAVY))
    if sight is not None:  # who only approves
        versions = [version for version in versions if _is_in_sight(version, sight)]
        line = replace(line, version=next(iter(versions), None), job=None, twin=None)
    item = meeting.items.filter(pk=row.item_id or 0).first()
    context |= {
        "line": line,
        "paper": row,
        "item": item,
        "versions": [
            (version, [removal(word) for word in version.removed if removal(word)], _is_readable(version, sight))
            for version in versions
        ],
        "difference": _difference(versions),
        "former": versions[1] if len(versions) > 1 else None,
        "secret": row.is_placeholder,
        # Who only approves does not see a draft: they go on with the list.
        "return_to": "" if context["prepares"] else reverse(PAGE, args=[meeting.slug]),
    }
    if context["prepares"]:
        initial = {"title": row.title, "item": row.item_id, "speech": row.speech_id, "secrecy": row.secrecy}
        context["form"] = EditDocument(meeting=meeting, by=actor, initial=initial, auto_id="paper-%s")
    return render(request, "packets/desk/paper.html", context)


def _is_in_sight(version: Version, sight: Sight) -> bool:
    """A draft is not before who only approves: neither that there is one, nor its words; of released versions the one that is
    open to them, since older ones may have been open to others alone.
    """
    if version.state == Version.State.RELEASED:
        return version == sight.version
    return version.state != Version.State.DRAFT


def _is_readable(version: Version, sight: Sight | None) -> bool:
    """Tell whether a version can be opened in the reader: any before who prepares, what is seen before who approves."""
    return version.is_readable and (sight is None or in_version(sight, version.number) is not None)


def _difference(versions: list[Version]) -> Changes | None:
    """Return what is new in the newest version, when it and the one before can both be read."""
    if len(versions) < 2 or not all(version.is_readable for version in versions[:2]):
        return None
    texts: dict[int, list[str]] = {version.pk: [] for version in versions[:2]}
    for key, text in PageText.objects.filter(version__in=texts).order_by("page").values_list("version_id", "text"):
        texts[key].append(text)
    return changes(texts[versions[1].pk], texts[versions[0].pk])


@require_safe
@never_cache
def original(request: HttpRequest, slug: str, number: int, version: int) -> HttpResponse | FileResponse:
    """Hand out the untouched original, to who prepares alone, as a file that no browser opens by itself."""
    _meeting, actor, row, _sight = _paper(request, slug, number)
    actor.require(Ability.PREPARE)
    found = row.versions.filter(number=min(version, LARGEST)).first()
    if found is None or not found.original.name:
        raise Http404
    try:
        file = found.original.open("rb")
    except FileNotFoundError:
        raise OutOfOrder(_("This file is not on the server any more. Ask the administrator for the backup.")) from None
    response = FileResponse(file, content_type="application/octet-stream")
    response["Content-Length"] = str(found.original_size)
    response["Content-Disposition"] = content_disposition_header(True, names.harmless(found.name)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
