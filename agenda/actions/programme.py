"""Building the programme: add, edit, move and remove items."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from agenda import facts
from agenda.models import ITEM_LIMIT, AgendaItem
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor


def add_item(
    meeting: Meeting,
    *,
    by: Actor,
    title: str,
    kind: str = AgendaItem.Kind.OTHER,
    presenter: str = "",
    minutes: int = 10,
    speech_minutes: int | None = None,
) -> AgendaItem:
    """Add an item at the end of the programme. Durations are whole minutes."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        _not_over(meeting)
        if meeting.items.count() >= ITEM_LIMIT:
            raise OutOfOrder(_("A programme holds at most %(limit)d items.") % {"limit": ITEM_LIMIT})
        position = (meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1
        item = AgendaItem.objects.create(
            meeting=meeting, sitting=meeting.sittings.first(), position=position, title=title, kind=kind,
            presenter=presenter, minutes=minutes, speech_minutes=speech_minutes,
        )  # fmt: skip
        change.record(_data(facts.ItemAdded, item))
        return item


def edit_item(
    meeting: Meeting,
    *,
    by: Actor,
    item: AgendaItem,
    title: str,
    kind: str,
    presenter: str,
    minutes: int,
    speech_minutes: int | None = None,
) -> None:
    """Change the data of an item that has not ended."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = _not_ended(change, item)
        row.title, row.kind, row.presenter = title, kind, presenter
        row.minutes, row.speech_minutes = minutes, speech_minutes
        row.save(update_fields=["title", "kind", "presenter", "minutes", "speech_minutes"])
        change.record(_data(facts.ItemEdited, row))


def move_item(meeting: Meeting, *, by: Actor, item: AgendaItem, position: int) -> None:
    """Move an item that has not begun; it cannot go before one that has."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = _not_begun(change, item)
        last = meeting.items.count()
        begun = meeting.items.exclude(state=AgendaItem.State.PLANNED).aggregate(last=Max("position"))["last"] or 0
        if not begun < position <= last:
            raise OutOfOrder(_("This item can go to positions %(first)d to %(last)d.") % {"first": begun + 1, "last": last})
        old = row.position
        if position == old:
            raise OutOfOrder(_("The item is at this position already."))
        _shift(meeting, old, position)
        AgendaItem.objects.filter(pk=row.pk).update(position=position)
        change.record(facts.ItemMoved(item=row.pk, title=row.title, old_position=old, position=position))


def remove_item(meeting: Meeting, *, by: Actor, item: AgendaItem) -> None:
    """Take out an item that has not begun."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = _not_begun(change, item)
        change.record(facts.ItemRemoved(item=row.pk, position=row.position, title=row.title))
        old = row.position
        row.delete()
        _shift(meeting, old, meeting.items.count() + 1)


def _shift(meeting: Meeting, old: int, new: int) -> None:
    """Close the gap at `old` and open one at `new`, through positions nobody uses: SQLite checks row by row."""
    step, between = (-1, (old + 1, new)) if new > old else (1, (new, old - 1))
    away = 1_000_000
    rows = meeting.items.filter(position__range=between)
    moved = list(rows.values_list("pk", flat=True))
    AgendaItem.objects.filter(meeting=meeting, position=old).update(position=2 * away)
    AgendaItem.objects.filter(pk__in=moved).update(position=F("position") + away + step)
    AgendaItem.objects.filter(pk__in=moved).update(position=F("position") - away)


DataT = TypeVar("DataT", facts.ItemAdded, facts.ItemEdited)


def _data(kind: type[DataT], item: AgendaItem) -> DataT:
    return kind(
        item=item.pk, position=item.position, kind_of_item=item.kind, title=item.title,
        presenter=item.presenter, minutes=item.minutes,
    )  # fmt: skip


def _not_over(meeting: Meeting) -> None:
    if meeting.state == Meeting.State.ADJOURNED:
        raise OutOfOrder(_("The meeting has been adjourned; nothing can be changed in it any more."))


def _not_begun(change: Transition, item: AgendaItem) -> AgendaItem:
    _not_over(change.meeting)
    row: AgendaItem = change.fresh(item)
    if row.state != AgendaItem.State.PLANNED:
        raise OutOfOrder(_("Item %(number)d has begun or been put off already.") % {"number": row.position})
    return row


def _not_ended(change: Transition, item: AgendaItem) -> AgendaItem:
    _not_over(change.meeting)
    row: AgendaItem = change.fresh(item)
    if row.state == AgendaItem.State.CLOSED:
        raise OutOfOrder(_("Item %(number)d has ended already.") % {"number": row.position})
    return row
