"""Building the programme: add, edit, move, retime and remove items; undo the last of these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time

from django.utils.translation import gettext_lazy as _

from agenda import facts, tree, undoing
from agenda.models import ITEM_LIMIT, AgendaItem, ProgrammeStep
from agenda.ordering import Programme, fact_of, not_begun, not_ended, row_of
from agenda.pasting import Line
from meetings.errors import Changed, OutOfOrder
from meetings.journal import transition
from meetings.models import Meeting, Participant, Sitting
from meetings.procedure import Ability, Actor


def add_item(
    meeting: Meeting,
    *,
    by: Actor,
    title: str,
    kind: str = AgendaItem.Kind.OTHER,
    presenter: str = "",
    people: Iterable[Participant] = (),
    minutes: int = 10,
    speech_minutes: int | None = None,
    begins_at: time | None = None,
    note: str = "",
    parent: AgendaItem | None = None,
    before: AgendaItem | None = None,
    sitting: Sitting | None = None,
) -> AgendaItem:
    """Add an item at the end of the programme, of a sitting, under `parent`, or before another item. Whole minutes."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        programme = Programme(change)
        _refuse_too_many(len(programme.rows) + 1)
        item = AgendaItem(
            meeting=meeting, title=title, kind=kind, presenter=presenter, minutes=minutes, speech_minutes=speech_minutes,
            begins_at=begins_at, note=note,
        )  # fmt: skip
        programme.append([item], _place(programme, parent, before, sitting))
        programme.write()
        item.people.set(_named(people, presenter))
        change.record(facts.ItemAdded(**fact_of(item)))
        programme.remember()
        return item


def add_items(
    meeting: Meeting,
    *,
    by: Actor,
    lines: Sequence[Line],
    parent: AgendaItem | None = None,
    before: AgendaItem | None = None,
    sitting: Sitting | None = None,
) -> list[AgendaItem]:
    """Add many items at once, in their order; one indented more than the line before it stands under that."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        programme = Programme(change)
        _refuse_too_many(len(programme.rows) + len(lines))
        place = _place(programme, parent, before, sitting)
        above: list[AgendaItem] = []
        made = []
        for line in lines:
            item = AgendaItem(
                meeting=meeting, title=line.title, kind=line.kind, presenter=line.presenter, minutes=line.minutes,
                begins_at=line.begins_at,
            )  # fmt: skip
            del above[line.depth :]
            under = above[-1] if above and above[-1].kind != AgendaItem.Kind.BREAK else None
            programme.append([item], tree.Place(under.pk, None, None) if under else place)
            above.append(item)
            made.append(item)
        programme.write()
        in_order = sorted(made, key=lambda item: item.position)
        change.record(facts.ItemsAdded(items=[fact_of(item) for item in in_order]))
        programme.remember()
        return made


def edit_item(
    meeting: Meeting,
    *,
    by: Actor,
    item: AgendaItem,
    title: str,
    kind: str,
    presenter: str,
    minutes: int,
    people: Iterable[Participant] = (),
    speech_minutes: int | None = None,
    begins_at: time | None = None,
    note: str = "",
    version: int | None = None,
) -> AgendaItem:
    """Change the data of an item that has not ended. `version`: the one the actor read; another one is refused."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        programme = Programme(change)
        row = programme.row(item)
        not_ended(row)
        if version is not None and version != row.version:
            raise Changed(
                _("Somebody has just changed this item. It says now: “%(title)s”, %(presenter)s, %(minutes)d minutes.")
                % {"title": row.title, "presenter": row.presenter or "–", "minutes": row.minutes},
                version=row.version,
            )
        if kind == AgendaItem.Kind.BREAK and row.pk in tree.headings(programme.nodes):
            raise OutOfOrder(_("Nothing can stand under a break."))
        row.title, row.kind, row.presenter, row.note = title, kind, presenter, note
        row.minutes, row.speech_minutes, row.begins_at, row.version = minutes, speech_minutes, begins_at, row.version + 1
        row.save(update_fields=["title", "kind", "presenter", "note", "minutes", "speech_minutes", "begins_at", "version"])
        row.people.set(_named([*row.people.all(), *people], presenter))
        programme.nodes = tree.nodes_of([programme.rows[node.id] for node in programme.nodes])
        programme.write()
        change.record(facts.ItemEdited(**fact_of(row)))
        programme.remember()
        return row


def retime_items(meeting: Meeting, *, by: Actor, items: Sequence[AgendaItem], minutes: int) -> None:
    """Give several items the same length; one that has ended is in the way of all."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        programme = Programme(change)
        rows = [programme.row(item) for item in items]
        for row in rows:
            not_ended(row)
            row.minutes, row.version = minutes, row.version + 1
        AgendaItem.objects.bulk_update(rows, ["minutes", "version"], batch_size=100)
        change.record(facts.ItemsRetimed(items=sorted(row.pk for row in rows), minutes=minutes))
        programme.remember()


def move_item(
    meeting: Meeting,
    *,
    by: Actor,
    item: AgendaItem,
    position: int | None = None,
    way: str = "",
    parent: AgendaItem | None = None,
    before: AgendaItem | None = None,
    sitting: Sitting | None = None,
) -> AgendaItem:
    """Move an item that has not begun, with all that is under it; it cannot go before one that has.

    One step (`way`: up, down, in, out), to a `position` of the running order, or under `parent`, `before` another item
    there; without it at the end, of `sitting` when it stands under nothing.
    """
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        programme = Programme(change)
        row = programme.row(item)
        for one in programme.block(row.pk):
            not_begun(one)
        old, old_nodes = programme.position(row.pk), programme.nodes
        programme.place(row.pk, _target(programme, row, position, way, _place(programme, parent, before, sitting)))
        if programme.nodes == old_nodes:
            raise OutOfOrder(_("The item is at this position already."))
        programme.write()
        change.record(
            facts.ItemMoved(
                item=row.pk, title=row.title, old_position=old, position=row.position, parent=row.parent_id,
                sitting=row.sitting_id,
            )
        )  # fmt: skip
        programme.remember()
        return row


def _target(programme: Programme, row: AgendaItem, position: int | None, way: str, place: tree.Place) -> tree.Place:
    if position is not None:
        return programme.at(row.pk, position)
    if not way:
        return place
    found = tree.step(programme.nodes, row.pk, way)
    if found is None:
        raise OutOfOrder(_("The item cannot go any further that way."))
    return found


def remove_item(meeting: Meeting, *, by: Actor, item: AgendaItem) -> None:
    """Take out an item that has not begun, with all that is under it."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        programme = Programme(change)
        row = programme.row(item)
        gone = programme.block(row.pk)
        for one in gone:
            not_begun(one)
        keys = [one.pk for one in gone]
        fact = facts.ItemRemoved(item=row.pk, position=row.position, title=row.title, items=keys)
        programme.take_out(gone)
        programme.write()
        change.record(fact)
        programme.remember()


def undo_programme(meeting: Meeting, *, by: Actor, step: int) -> None:
    """Undo the last change of the programme, entry `step` of the journal; refused when anything has come after it."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        programme = Programme(change)
        kept = ProgrammeStep.objects.filter(meeting=meeting).first()
        if kept is None or kept.number != step or undoing.last_change(meeting) != step:
            raise OutOfOrder(_("This can no longer be undone: the programme has been changed since."))
        undoing.bring_back(meeting, kept.before)
        items = list(meeting.items.order_by("position"))
        change.record(facts.ProgrammeUndone(step=step, items=[row_of(item) for item in items]))
        programme.remember()


def _place(programme: Programme, parent: AgendaItem | None, before: AgendaItem | None, sitting: Sitting | None) -> tree.Place:
    """Return the place these words name, as everything stands under the lock."""
    if before is not None:
        following = programme.row(before)
        return tree.Place(following.parent_id, following.pk, sitting.pk if sitting else following.sitting_id)
    if parent is not None:
        return tree.Place(programme.row(parent).pk, None, None)
    return tree.Place(None, None, sitting.pk if sitting else None)


def _named(people: Iterable[Participant], presenter: str) -> set[Participant]:
    """Return those whose name stands among the presenters: whoever was struck out of the words presents no more."""
    return {person for person in people if person.name in presenter}


def _refuse_too_many(count: int) -> None:
    if count > ITEM_LIMIT:
        raise OutOfOrder(_("A programme holds at most %(limit)d items.") % {"limit": ITEM_LIMIT})
