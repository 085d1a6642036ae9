"""Picked speeches in the programme: each under the item of its call, once, in the order picked, as it stands now.

Every change of the tree is told by the programme's own facts, one step after another, so that its fold follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from agenda import facts
from agenda.models import ITEM_LIMIT, AgendaItem, ProgrammeStep, Speech, SpeechCall
from agenda.ordering import Programme, fact_of, not_begun
from agenda.speeches.rules import entry_of, steps
from agenda.tree import Place
from meetings.errors import OutOfOrder
from meetings.journal import Transition

PLANNED = AgendaItem.State.PLANNED


def take_off(change: Transition, speech: Speech) -> None:
    """Take a speech out of the programme, if it stands there; one that has begun stays, and the change is refused."""
    item, speech.item_id = speech.item_id, None
    if item is None or not change.meeting.items.filter(pk=item).exists():
        return
    programme = Programme(change)
    gone = programme.block(item)
    for one in gone:
        not_begun(one)
    row = programme.rows[item]
    fact = facts.ItemRemoved(item=row.pk, position=row.position, title=row.title, items=[one.pk for one in gone])
    programme.take_out(gone)
    programme.write()
    change.record(fact)
    _forget_step(change)


def bring_up_to_date(change: Transition, call: SpeechCall, picked: Sequence[Speech]) -> bool:
    """Let the picked speeches stand under their item; tell whether anything had to change. What has begun stays as it is."""
    programme, before = Programme(change), len(change.entries)
    above = programme.rows.get(call.item_id or 0)
    if above is None:
        raise OutOfOrder(_("The item of these speeches is no longer in the programme. Choose another one."))
    _edit(programme, [one for one in picked if one.item_id in programme.rows])
    _add(programme, above, [one for one in picked if one.item_id not in programme.rows])
    _order(programme, above, [one.item_id for one in picked if one.item_id])
    if len(change.entries) == before:
        return False
    _forget_step(change)
    return True


def _edit(programme: Programme, speeches: Sequence[Speech]) -> None:
    for speech in speeches:
        row, entry = programme.rows[speech.item_id or 0], entry_of(speech)
        if row.state != PLANNED or (row.title, row.presenter, row.minutes) == (entry.title, entry.presenter, entry.minutes):
            continue
        row.title, row.presenter, row.minutes, row.version = entry.title, entry.presenter, entry.minutes, row.version + 1
        row.save(update_fields=["title", "presenter", "minutes", "version"])
        row.people.set([speech.speaker] if speech.speaker else [])
        programme.change.record(facts.ItemEdited(**fact_of(row)))


def _add(programme: Programme, above: AgendaItem, speeches: Sequence[Speech]) -> None:
    if not speeches:
        return
    if len(programme.rows) + len(speeches) > ITEM_LIMIT:
        raise OutOfOrder(_("A programme holds at most %(limit)d items.") % {"limit": ITEM_LIMIT})
    made = []
    for speech in speeches:
        entry = entry_of(speech)
        item = AgendaItem(
            meeting=programme.meeting, title=entry.title, kind=AgendaItem.Kind.SPEECHES, presenter=entry.presenter,
            minutes=entry.minutes, speech_minutes=entry.minutes,
        )  # fmt: skip
        programme.append([item], Place(above.pk, None, None))
        item.people.set([speech.speaker] if speech.speaker else [])
        speech.item_id = item.pk
        speech.save(update_fields=["item"])
        made.append(item)
    programme.write()
    programme.change.record(facts.ItemsAdded(items=[fact_of(item) for item in made]))


def _order(programme: Programme, above: AgendaItem, wanted: Sequence[int]) -> None:
    """Move what stands elsewhere under the item, then what stands out of order; those that have begun stay where they are."""
    movable = [pk for pk in wanted if programme.rows[pk].state == PLANNED]
    for pk in movable:
        if programme.rows[pk].parent_id != above.pk:
            _move(programme, pk, Place(above.pk, None, None))
    have = [node.id for node in programme.nodes if node.id in movable]
    for pk, following in steps(have, movable):
        _move(programme, pk, Place(above.pk, following, None))


def _move(programme: Programme, pk: int, place: Place) -> None:
    old, row = programme.position(pk), programme.rows[pk]
    programme.place(pk, place)
    programme.write()
    programme.change.record(
        facts.ItemMoved(
            item=pk, title=row.title, old_position=old, position=row.position, parent=row.parent_id, sitting=row.sitting_id
        )
    )


def _forget_step(change: Transition) -> None:
    """What was built before can no longer be undone: a speech would be left behind, or stand there twice."""
    ProgrammeStep.objects.filter(meeting=change.meeting).delete()
