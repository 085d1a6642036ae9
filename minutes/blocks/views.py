"""The blocks of the minutes: what has changed, the form of one, what one is typing, the texts beside each other."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from meetings import clock, queries
from meetings.desk import desk_context, tabs_of
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from minutes.blocks import comparing, copies, editing, history
from minutes.blocks.desk import APPROVED, TOO_EARLY
from minutes.blocks.forms import TypedWords
from minutes.blocks.overlay import current
from minutes.blocks.pages import head_of, page_of, read_page, speakers_like, stamp_of
from minutes.models import Minutes, MinutesBlock

KNOWN_LIMIT = 16_000  # characters of what a page says it has


@require_safe
@never_cache
def since(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what has changed for a page that follows: the order of the blocks, those it has not, who writes where.

    `head`: as it was told before; `stamp`: of what the page shows; `known`: the stamps of its blocks, eight letters each.
    """
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_MINUTES)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    answer: dict[str, Any] = {"writers": copies.writers(minutes, actor.user), "stamp": request.GET.get("stamp", "")}
    answer["head"] = head_of(meeting, minutes, actor)
    if request.GET.get("head") == answer["head"]:
        return JsonResponse(answer)  # nothing has happened: the journal need not be read
    page = read_page(meeting, actor, minutes)
    answer |= {"revision": minutes.revision if minutes else 0, "state": minutes.state if minutes else "draft"}
    newest = stamp_of(page.shown)
    if newest != answer["stamp"]:
        known = request.GET.get("known", "")[:KNOWN_LIMIT]
        has = {known[at : at + 8] for at in range(0, len(known), 8)}
        context = desk_context(meeting, actor, "minutes:minutes") | page_of(meeting, actor, minutes, page)
        answer |= {
            "stamp": newest,
            "blocks": [[one.block.key, one.stamp] for one in page.shown],
            "html": {
                one.block.key: render_to_string("minutes/block.html", context | {"one": one}, request=request)
                for one in page.shown
                if one.stamp not in has
            },
            "running": page.told.running,
            "notes": render_to_string("minutes/notes.html", context, request=request) if context["may_write"] else "",
            "steps": render_to_string("minutes/steps.html", context, request=request),
        }
    return JsonResponse(answer)


@require_safe
@never_cache
def speakers(request: HttpRequest, slug: str) -> HttpResponse:
    """List participants that match what is typed, each with a button that notes what they say."""
    meeting, actor = queries.page_actor(request, slug, Ability.WRITE_MINUTES)
    found = speakers_like(meeting, request.GET.get("q", "")[:100])
    context = desk_context(meeting, actor, "minutes:minutes") | {"people": found, "after": request.GET.get("after", "")[:40]}
    return render(request, "minutes/speakers.html", context)


@require_safe
@never_cache
def block(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the form of one block, or of a new one behind it (`new:` before the key); with `part` as a piece of the page."""
    meeting, actor = queries.page_actor(request, slug, Ability.WRITE_MINUTES)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    form = editing.form_of(meeting, actor, minutes, key)
    if form is None:
        raise Http404
    context = desk_context(meeting, actor, "minutes:minutes") | {"form": form}
    if request.GET.get("part") == "form":
        return render(request, "minutes/edit_block.html", context)
    return render(request, "minutes/edit.html", context | {"tabs": tabs_of("minutes", meeting, actor, "minutes:minutes")})


@sensitive_post_parameters()
@require_POST
@never_cache
def working_copy(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Keep what somebody is typing: soft, for themselves alone, under a count that only grows.

    The answer says what is kept; when that is a newer state from another window, the browser shows it and keeps its own.
    """
    meeting, actor = queries.page_actor(request, slug, Ability.WRITE_MINUTES)
    form = TypedWords(request.POST)
    if not form.is_valid():
        return JsonResponse({"state": "invalid", "errors": form.errors}, status=400)
    minutes = _open_minutes(meeting, key)
    typed, sent = form.cleaned_data, form.cleaned_data["serial"]
    if typed["gone"]:
        copies.discard(minutes, key, actor.user, sent)
        return JsonResponse({"state": "discarded", "serial": sent + 1})
    words = copies.Typed(typed["version"], sent, typed["heading"], typed["body"])
    kept = copies.keep(minutes, key, actor.user, words)
    answer: dict[str, Any] = {"state": "kept", "serial": kept.serial, "writers": copies.writers(minutes, actor.user).get(key, [])}
    if kept.serial > sent:
        answer |= {
            "state": "older",
            "at": f"{timezone.localtime(clock.at(meeting, kept.at)):%H:%M}",
            "body": kept.body,
            "heading": kept.heading,
        }
    return JsonResponse(answer)


def _open_minutes(meeting: Meeting, key: str) -> Minutes:
    """Return the minutes somebody is typing in; raise OutOfOrder when nothing can be written; 404 without such a block."""
    if meeting.opened_at is None:
        raise OutOfOrder(TOO_EARLY)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is not None and minutes.state == Minutes.State.APPROVED:
        raise OutOfOrder(APPROVED)
    known = minutes is not None and minutes.working_copies.filter(key=key).exists()
    if not known and key.removeprefix(copies.NEW) not in {one.key for one in current(meeting, minutes)}:
        raise Http404
    return minutes or Minutes.objects.get_or_create(meeting=meeting, defaults={"drafted_at": clock.now(meeting)})[0]


@sensitive_post_parameters()
@require_POST
@never_cache
def compare(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show what somebody types beside what was saved meanwhile, with the differences, and both in one where that can be."""
    meeting, actor = queries.page_actor(request, slug, Ability.WRITE_MINUTES)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    form = TypedWords({"serial": "0", **request.POST.dict()})
    if not form.is_valid():
        return JsonResponse({"state": "invalid", "errors": form.errors}, status=400)
    conflict = comparing.conflict_of(meeting, minutes, key, form.cleaned_data)
    if conflict is None:
        raise Http404
    context = {"conflict": conflict, "is_own": conflict.block.editor == actor.name}
    return render(request, "minutes/conflict.html", desk_context(meeting, actor, "minutes:minutes") | context)


@require_safe
@never_cache
def revisions(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show every version of a block, and any two of them beside each other."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE_MINUTES)
    row = get_object_or_404(MinutesBlock.objects.select_related("minutes"), minutes__meeting=meeting, key=key)
    context = desk_context(meeting, actor, "minutes:minutes") | _history(meeting, actor, row, request)
    return render(request, "minutes/revisions.html", context | {"tabs": tabs_of("minutes", meeting, actor, "minutes:minutes")})


def _history(meeting: Meeting, actor: Actor, row: MinutesBlock, request: HttpRequest) -> dict[str, Any]:
    wanted = (queries.number_in(request.GET.get("a", "")), queries.number_in(request.GET.get("b", "")))
    is_open = row.minutes.state == Minutes.State.DRAFT
    return {"row": row, "history": history.of(row, *wanted), "may_write": is_open and actor.may(Ability.WRITE_MINUTES)}
