"""The pages of registered speeches: the secretariat's board, a unit's own offers, one speech, and the forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agenda.models import AgendaItem, Speech, SpeechCall
from agenda.running.closed import hidden_for
from agenda.running.hiding import hide_rows
from agenda.speeches import exporting, queries, rules
from agenda.speeches.forms import EditSpeech, OfferSpeech, ReturnSpeech, SetSpeechCall
from agenda.speeches.owners import own_units, require_own
from attendance.models import AskedUnit
from meetings import hooks
from meetings.desk import desk_context, tabs_of
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import number_in, page_actor
from sheets import TYPES

PAGE = "agenda:speeches"
PAGE_SIZE = 100
FILTERS = ("q", "state", "order")
State = Speech.State


def _wanted(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET.get(key, "").replace("\0", "")[:200] for key in FILTERS}


def _chosen(request: HttpRequest, calls: list[SpeechCall]) -> SpeechCall | None:
    """Return the call an address names, else the first."""
    pk = number_in(request.GET.get("call", ""))
    return next((call for call in calls if call.pk == pk), calls[0] if calls else None)


def _frame(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    context = desk_context(meeting, actor, "agenda:programme")
    open_still = meeting.state != Meeting.State.ADJOURNED
    prepares = actor.may(Ability.PREPARE)
    tabs = tabs_of("programme", meeting, actor, PAGE)
    return context | {"tabs": tabs, "prepares": prepares, "may_prepare": prepares and open_still, "is_held": open_still}


@require_safe
@never_cache
def speeches(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the secretariat all offers for an item, a focal point what is asked and its own offers."""
    meeting, actor = page_actor(request, slug, Ability.OFFER_SPEECH)
    context = _frame(meeting, actor)
    calls = queries.calls_of(meeting)
    if not context["prepares"]:
        hide_rows([call.item for call in calls if call.item], hidden_for(meeting, actor))
        return render(request, "agenda/speeches/own.html", context | _own(meeting, actor, calls, context["now"]))
    call, wanted = _chosen(request, calls), _wanted(request)
    context |= {"calls": calls, "call": call, "query": wanted, "states": State.choices}
    if call:
        page = Paginator(queries.search_speeches(call, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
        picked = queries.picked_of(call)
        context |= {
            "item": call.item,
            "is_over": rules.is_over(call, context["now"]),
            "page": page,
            "rows": page.object_list,
            "beside": _beside(meeting, actor, page.object_list),
            "keeps": wanted | {"call": str(call.pk)},
            "totals": queries.totals(call),
            "picked": picked,
            "is_scheduled": queries.is_scheduled(call, picked),
            "send_back": ReturnSpeech(meeting=meeting, by=actor, auto_id="return-%s"),
        }
    return render(request, "agenda/speeches/board.html", context)


def _own(meeting: Meeting, actor: Actor, calls: list[SpeechCall], now: Any) -> dict[str, Any]:
    """Return what is asked of a focal point's units, and what they have offered, call by call."""
    units = list(own_units(meeting, actor))
    mine = list(
        meeting.speeches.filter(unit__in=units).exclude(state=State.WITHDRAWN)
        .select_related("unit__organisation", "speaker").order_by("pk")
    )  # fmt: skip
    beside = _beside(meeting, actor, mine)
    asked = []
    for call in calls:
        offers = [one for one in mine if one.call_id == call.pk]
        is_over = rules.is_over(call, now)
        free = [u for u in units if sum(one.unit_id == u.pk for one in offers) < call.per_unit]
        may_offer = free if not is_over and meeting.state != Meeting.State.ADJOURNED else []
        asked.append({"call": call, "offers": offers, "is_over": is_over, "may_offer": may_offer, "several": len(units) > 1})
    return {"asked": asked, "units": units, "beside": beside}


def _beside(meeting: Meeting, actor: Actor, rows: Iterable[Speech]) -> dict[int, list[hooks.Beside]]:
    """Return what upper rooms show beside speeches, by their keys: their papers."""
    keys = [row.pk for row in rows]
    found: dict[int, list[hooks.Beside]] = {key: [] for key in keys}
    for answers in hooks.beside_speeches if keys else ():
        for key, one in answers(meeting, actor, keys).items():
            found[key].append(one)
    return found


@require_safe
def speech_call(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form that opens the registration of speeches for an item, or changes it."""
    meeting, actor = page_actor(request, slug, Ability.PREPARE)
    pk = number_in(request.GET.get("call", ""))
    call = meeting.speech_calls.select_related("item").filter(pk=pk).first() if pk is not None else None
    initial: dict[str, Any] = {}
    if call:
        names = ("deadline", "minutes", "per_unit", "message")
        initial = {name: getattr(call, name) for name in names} | {"call": call.pk, "item": call.item_id}
    form = SetSpeechCall(meeting=meeting, by=actor, initial=initial)
    field: ModelChoiceField[Any] = form.fields["item"]  # type: ignore[assignment]
    without = field.queryset.filter(speech_call=None) if field.queryset is not None else AgendaItem.objects.none()
    has_items = without.exists()
    if call is None:
        field.queryset = without
        first = without.first()
        form.initial = {"item": first.pk, "minutes": first.speech_minutes or 8} if first else {}
    has_calls = call is not None or meeting.speech_calls.exists()
    context = _frame(meeting, actor) | {"form": form, "call": call, "has_items": has_items, "has_calls": has_calls}
    return render(request, "agenda/speeches/call.html", context)


@require_safe
@never_cache
def new_speech(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form of a new speech; to the secretariat the units to choose from first."""
    meeting, actor = page_actor(request, slug, Ability.OFFER_SPEECH)
    call = _chosen(request, queries.calls_of(meeting))
    if call is None:
        raise Http404
    context = _frame(meeting, actor)
    unit, sought = _unit_meant(request, meeting, actor), request.GET.get("q", "").replace("\0", "")[:120]
    context |= {"call": call, "item": call.item, "unit": unit, "sought": sought}
    if unit is None:
        context["units"] = queries.find_units(meeting, sought)
    else:
        require_own(actor, unit)
        initial = {"call": call, "unit": unit, "minutes": call.minutes}
        context["form"] = OfferSpeech(meeting=meeting, by=actor, unit=unit, limit=call.minutes, initial=initial)
    return render(request, "agenda/speeches/form.html", context)


def _unit_meant(request: HttpRequest, meeting: Meeting, actor: Actor) -> AskedUnit | None:
    """Return the unit an address names, a focal point's own one when it names none; 404 for one that is not asked."""
    if "unit" in request.GET:
        pk = number_in(request.GET["unit"])
        asked = meeting.asked_units.filter(is_withdrawn=False).select_related("organisation")
        return get_object_or_404(asked, pk=pk if pk is not None else 0)
    if actor.may(Ability.PREPARE):
        return None
    own = own_units(meeting, actor).first()
    if own is None:
        raise Http404
    return own


def _speech(request: HttpRequest, slug: str, pk: int) -> tuple[Meeting, Actor, Speech]:
    meeting, actor = page_actor(request, slug, Ability.OFFER_SPEECH)
    found = meeting.speeches.select_related("call__item", "unit__organisation", "speaker", "item")
    row = get_object_or_404(found, pk=min(pk, 2**62))
    require_own(actor, row.unit)
    return meeting, actor, row


def _of_one(meeting: Meeting, actor: Actor, row: Speech) -> dict[str, Any]:
    """Return what the pages of one speech show: it, and what may be done with it now."""
    context = _frame(meeting, actor)
    is_over = rules.is_over(row.call, context["now"])
    standing = row.state != State.WITHDRAWN and context["is_held"]
    return context | {
        "one": row,
        "call": row.call,
        "item": row.call.item,
        "unit": row.unit,
        "tone": rules.TONES[State(row.state)],
        "is_over": is_over,
        "may_edit": standing and (context["prepares"] or not is_over),
        "may_withdraw": standing and (context["prepares"] or (not is_over and row.state != State.PICKED)),
    }


@require_safe
@never_cache
def speech(request: HttpRequest, slug: str, speech: int) -> HttpResponse:
    """Show one speech with its outline, and to the secretariat what it decides."""
    meeting, actor, row = _speech(request, slug, speech)
    context = _of_one(meeting, actor, row) | {"beside": _beside(meeting, actor, [row])}
    if context["may_prepare"]:
        context["send_back"] = ReturnSpeech(meeting=meeting, by=actor, auto_id="return-%s")
    return render(request, "agenda/speeches/speech.html", context)


@require_safe
@never_cache
def edit_speech(request: HttpRequest, slug: str, speech: int) -> HttpResponse:
    """Show one speech for change."""
    meeting, actor, row = _speech(request, slug, speech)
    names = ("title", "outline", "minutes", "version")
    initial = {name: getattr(row, name) for name in names} | {"speech": row.pk, "speaker": row.speaker_id}
    form = EditSpeech(meeting=meeting, by=actor, unit=row.unit, limit=row.call.minutes, initial=initial)
    context = _of_one(meeting, actor, row) | {"form": form}
    context["only_speaker"] = row.state == State.PICKED and not context["prepares"]
    return render(request, "agenda/speeches/form.html", context)


@require_safe
def speeches_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the board as a file, as it is filtered: `csv` or `xlsx`; empty where no speech is registered."""
    meeting, _actor = page_actor(request, slug, Ability.PREPARE)
    if form not in TYPES:
        raise Http404
    call = _chosen(request, queries.calls_of(meeting))
    found = list(queries.search_speeches(call, _wanted(request)).defer(None)) if call else []
    places = {one.pk: at for at, one in enumerate(queries.picked_of(call), start=1)} if call else {}
    return exporting.answer(meeting, found, places, form)
