"""The page on which a unit hands in the paper of its speech, and where its files go. To every other unit it is not there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda.models import Speech
from agenda.speeches.owners import own_units
from meetings.desk import desk_context, tabs_of
from meetings.errors import NotAllowed, Refusal
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import page_actor
from packets.handing_in import queries, rules
from packets.handing_in.forms import DeclineHandIn, GrantHandIn, PaperForm, RequestHandIn
from packets.models import Document
from packets.uploading import limits, names
from packets.uploading.plain import take_plainly
from packets.uploading.views import begun

SPEECHES = "agenda:speeches"
LARGEST = 2**62


def _speech(request: HttpRequest, slug: str, pk: int) -> tuple[Meeting, Actor, Speech]:
    """Return a speech before the secretariat and before its own unit; to everybody else there is none."""
    meeting, actor = page_actor(request, slug, Ability.OFFER_SPEECH)
    found = meeting.speeches.select_related("call__item", "unit__organisation", "hand_in").filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise Http404
    if not actor.may(Ability.PREPARE) and not own_units(meeting, actor).filter(pk=found.unit_id).exists():
        raise Http404
    return meeting, actor, found


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def speech_paper(request: HttpRequest, slug: str, speech: int) -> HttpResponse:
    """Show how far the paper of a speech is, and take the next version of it in; without scripts too."""
    meeting, actor, row = _speech(request, slug, speech)
    context = _of(meeting, actor, row)
    if request.method != "POST":
        return render(request, "packets/handing_in/paper.html", context)
    if context["prepares"]:
        raise NotAllowed(rules.AT_THE_DESK)
    form = PaperForm(request.POST, meeting=meeting, by=actor, speech=row)
    refused = _taken(request, meeting, actor, form)
    if refused:
        context |= {"refused": refused, "form": form}
        return render(request, "packets/handing_in/paper.html", context, status=400)
    messages.success(request, _("Your paper is here; its reading copy is being made."))
    return HttpResponseRedirect(reverse("packets:speech_paper", args=[slug, row.pk]), status=303)


def _taken(request: HttpRequest, meeting: Meeting, actor: Actor, form: PaperForm) -> str:
    """Take the file of a plain form in; return what is said against it, if anything."""
    files = request.FILES.getlist("files")
    if not form.is_valid():
        return " ".join(str(error) for errors in form.errors.values() for error in errors)
    if len(files) != 1:
        return _("Choose one file.")
    try:
        form.require_fit(files[0].size or 0)
    except Refusal as refusal:
        return refusal.reason
    return take_plainly(meeting, actor, files[0], form.kept())


def _of(meeting: Meeting, actor: Actor, row: Speech) -> dict[str, Any]:
    context = desk_context(meeting, actor, "agenda:programme")
    paper = queries.papers_of(meeting, [row.pk], context["now"])[row.pk]
    initial = {"secrecy": paper.document.secrecy if paper.document else Document.Secrecy.NORMAL}
    bound: dict[str, Any] = {"meeting": meeting, "by": actor}
    return context | {
        "tabs": tabs_of("programme", meeting, actor, SPEECHES),
        "prepares": actor.may(Ability.PREPARE),
        "speech": row,
        "paper": paper,
        "form": PaperForm(**bound, speech=row, initial=initial),
        "request_form": RequestHandIn(**bound, auto_id="ask-%s"),
        "grant": GrantHandIn(**bound, auto_id="grant-%s"),
        "decline": DeclineHandIn(**bound, auto_id="decline-%s"),
        "upload_to": reverse("packets:speech_uploads", args=[meeting.slug, row.pk]),
        "accept": ",".join(f".{ending}" for ending in sorted(names.TAKEN)),
        "largest": limits.LARGEST_FILE // limits.MIB,
        "form_most": limits.LARGEST_FORM // limits.MIB,
    }


@require_http_methods(["OPTIONS", "POST"])
def speech_uploads(request: HttpRequest, slug: str, speech: int) -> HttpResponse:
    """Begin to send the paper of a speech; it goes on as any other upload does."""
    meeting, actor, row = _speech(request, slug, speech)
    return begun(request, meeting, actor, lambda told: PaperForm(told, meeting=meeting, by=actor, speech=row))
