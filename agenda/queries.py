"""What the pages of the programme read."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Subquery

from agenda.models import AgendaItem, ProgrammeStep, SeenRelease
from agenda.snapshots import Snapshot, snapshot
from meetings.models import Meeting, Participant
from meetings.procedure import Actor
from people.spelling import words

SUGGESTED = 8


def items_with_step(meeting: Meeting) -> tuple[list[AgendaItem], int]:
    """Return the items in their order, and the entry of the last change that can be undone (0: none), in one question."""
    last = ProgrammeStep.objects.filter(meeting=meeting.pk).values("number")[:1]
    items: list[Any] = list(meeting.items.order_by("position").annotate(step=Subquery(last)))
    if items:
        return items, items[0].step or 0
    return [], ProgrammeStep.objects.filter(meeting=meeting).values_list("number", flat=True).first() or 0


def seen_number(meeting: Meeting, actor: Actor) -> int:
    """Return up to which release the reader has seen the programme; 0 when none."""
    found = meeting.seen_releases.filter(account=actor.user.pk).values_list("number", flat=True).first()
    return found or 0


def note_seen(meeting: Meeting, actor: Actor, number: int) -> None:
    """Remember up to which release the reader has seen the programme; it never goes back."""
    mark, made = SeenRelease.objects.get_or_create(meeting=meeting, account=actor.user, defaults={"number": number})
    if not made and mark.number < number:
        SeenRelease.objects.filter(pk=mark.pk, number__lt=number).update(number=number)


def draft_snapshot(meeting: Meeting, items: list[AgendaItem] | None = None, sittings: list[Any] | None = None) -> Snapshot:
    """Return the programme as it stands now."""
    items = list(meeting.items.order_by("position")) if items is None else items
    sittings = list(meeting.sittings.order_by("number")) if sittings is None else sittings
    return snapshot(items, sittings, title=meeting.title, place=meeting.place)


def possible_presenters(meeting: Meeting, typed: str) -> QuerySet[Participant]:
    """Return participants whose name, position or unit has all the words typed."""
    found = meeting.participants.all()
    for word in words(typed)[:6]:
        found = found.filter(folded__contains=word)
    return found.order_by("name", "pk")[:SUGGESTED]
