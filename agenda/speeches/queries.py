"""What is read of registered speeches: the board, one unit's offers, who is still behind, what the programme lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from agenda.models import AgendaItem, Speech, SpeechCall
from agenda.speeches import rules
from attendance.models import AskedUnit
from meetings.models import Meeting
from people.spelling import words

State = Speech.State
ORDERS = {
    "unit": ("unit__organisation__code", "unit__organisation__name"),
    "title": ("folded",),
    "changed": ("-changed_at",),
    "rank": (F("rank").asc(nulls_last=True),),
}
UNITS_SHOWN = 40


@dataclass(frozen=True)
class Totals:
    """A call in numbers. `standing`: offers that were not withdrawn; `unnamed`: picked without a speaker; `minutes` picked."""

    standing: int
    offered: int
    picked: int
    returned: int
    units: int
    unnamed: int
    minutes: int


def calls_of(meeting: Meeting) -> list[SpeechCall]:
    """Return the calls with their items in the order of the programme; one whose item is gone (it has none then) last."""
    found = meeting.speech_calls.select_related("item").order_by(F("item__position").asc(nulls_last=True), "pk")
    return list(found)


def speeches_of(call: SpeechCall) -> QuerySet[Speech]:
    """Return the speeches of a call with their units and speakers."""
    return call.speeches.select_related("unit__organisation", "speaker").defer("outline")


def search_speeches(call: SpeechCall, wanted: Mapping[str, str]) -> QuerySet[Speech]:
    """Return speeches by words (q: of title, unit, speaker), by state (all but withdrawn), in an order."""
    found = speeches_of(call)
    for word in words(wanted.get("q", "")):
        found = found.filter(
            Q(folded__contains=word) | Q(unit__organisation__folded__contains=word) | Q(speaker__folded__contains=word)
        )
    state = wanted.get("state", "")
    found = found.filter(state=state) if state in State.values else found.exclude(state=State.WITHDRAWN)
    return found.order_by(*ORDERS.get(wanted.get("order", ""), ORDERS["unit"]), "pk")


def totals(call: SpeechCall) -> Totals:
    """Return a call in numbers."""
    standing = Q(state__in=rules.COUNTED)
    counted: dict[str, Any] = call.speeches.order_by().aggregate(
        standing=Count("pk", filter=standing),
        offered=Count("pk", filter=Q(state=State.OFFERED)),
        picked=Count("pk", filter=Q(state=State.PICKED)),
        returned=Count("pk", filter=Q(state=State.RETURNED)),
        units=Count("unit", filter=standing, distinct=True),
        unnamed=Count("pk", filter=Q(state=State.PICKED, speaker=None)),
        minutes=Sum("minutes", filter=Q(state=State.PICKED)),
    )
    return Totals(**counted | {"minutes": counted["minutes"] or 0})


def picked_of(call: SpeechCall) -> list[Speech]:
    """Return the picked speeches in their order, with what stands in the programme of each."""
    return list(speeches_of(call).select_related("item").filter(state=State.PICKED).order_by("rank", "pk"))


def is_scheduled(call: SpeechCall, picked: Sequence[Speech]) -> bool:
    """Tell whether the programme holds the picked speeches as they are, in their order; what has begun counts as it is."""
    places: list[int] = []
    for speech in picked:
        item, entry = speech.item, rules.entry_of(speech)
        if item is None:
            return False
        if item.state != AgendaItem.State.PLANNED:
            continue
        same = (item.title, item.presenter, item.minutes) == (entry.title, entry.presenter, entry.minutes)
        if not same or item.parent_id != call.item_id:
            return False
        places.append(item.position)
    return places == sorted(places)


def find_units(meeting: Meeting, sought: str) -> list[AskedUnit]:
    """Return units that are asked, by words of their names: some, where there are thousands."""
    found = meeting.asked_units.filter(is_withdrawn=False).select_related("organisation")
    for word in words(sought):
        found = found.filter(organisation__folded__contains=word)
    return list(found.order_by("organisation__code", "organisation__name", "pk")[:UNITS_SHOWN])
