"""The rows of a programme under the lock: read once, put into an order, written where they have changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agenda import tree, undoing
from agenda.models import AgendaItem
from agenda.tree import Node
from meetings.errors import OutOfOrder
from meetings.journal import Transition
from meetings.rosters import refuse_when_over

_CAN_GO = _("This item can go to positions %(first)d to %(last)d.")
AWAY = 1_000_000  # positions nobody uses: SQLite checks uniqueness row by row


class Programme:
    """All items of a meeting as they stand under the lock, and what they were before the change."""

    def __init__(self, change: Transition) -> None:
        """Read them once."""
        self.change = change
        self.meeting = change.meeting
        refuse_when_over(self.meeting)
        self.rows = {row.pk: row for row in self.meeting.items.order_by("position")}
        self.before = undoing.kept(list(self.rows.values()))
        self.nodes = tree.nodes_of(list(self.rows.values()))
        self.sittings = list(self.meeting.sittings.order_by("number").values_list("pk", flat=True))

    def row(self, item: AgendaItem) -> AgendaItem:
        """Return an item as it stands; raise OutOfOrder when it has gone."""
        found = self.rows.get(item.pk)
        if found is None:
            raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
        return found

    def _state(self, node: Node) -> str:
        return self.rows[node.id].state

    def position(self, item: int) -> int:
        """Return the place of an item in the running order, from 1."""
        return next(at for at, node in enumerate(self.nodes, start=1) if node.id == item)

    def block(self, item: int) -> list[AgendaItem]:
        """Return an item and all that is under it."""
        start, stop = tree.span(self.nodes, item)
        return [self.rows[node.id] for node in self.nodes[start:stop]]

    def place(self, item: int, place: tree.Place) -> None:
        """Put an item, with what is under it, at a place; raise OutOfOrder where it cannot stand."""
        if place.parent is not None and place.parent in self.rows:
            self._may_have_others_under_it(self.rows[place.parent])
        try:
            nodes = tree.placed(
                self.nodes, item, parent=place.parent, before=place.before, sitting=place.sitting, order=self.sittings
            )
        except tree.Misplaced:
            raise OutOfOrder(_("The item cannot stand there.")) from None
        inside = {row.pk for row in self.block(item)}
        rest = [node for node in self.nodes if node.id not in inside]
        first = max((at for at, node in enumerate(rest, start=1) if self._state(node) != "planned"), default=0) + 1
        if next(at for at, node in enumerate(nodes, start=1) if node.id == item) < first:
            raise OutOfOrder(_CAN_GO % {"first": first, "last": len(rest) + 1})
        self.nodes = nodes

    def at(self, item: int, position: int) -> tree.Place:
        """Return the place that begins at a position of the running order; raise OutOfOrder when there is none."""
        inside = {row.pk for row in self.block(item)}
        rest = [node for node in self.nodes if node.id not in inside]
        if not 1 <= position <= len(rest) + 1:
            raise OutOfOrder(_CAN_GO % {"first": 1, "last": len(rest) + 1})
        if position > len(rest):
            return tree.Place(None, None, rest[-1].sitting if rest else self.rows[item].sitting_id)
        following = rest[position - 1]
        return tree.Place(following.parent, following.id, following.sitting)

    def _may_have_others_under_it(self, row: AgendaItem) -> None:
        if row.state != AgendaItem.State.PLANNED:
            raise OutOfOrder(_("Item %(number)s has begun or been put off already.") % {"number": row.label})
        if row.kind == AgendaItem.Kind.BREAK:
            raise OutOfOrder(_("Nothing can stand under a break."))
        if row.in_camera:
            raise OutOfOrder(_("Nothing can stand under a closed item."))

    def append(self, new: Sequence[AgendaItem], place: tree.Place) -> None:
        """Save new rows and put them, one after another, at a place."""
        for row in new:
            row.position = AWAY * 2 + len(self.rows)
            row.save()
            self.rows[row.pk] = row
            node = Node(row.pk, None, place.sitting or self._last_sitting(), row.kind == AgendaItem.Kind.BREAK)
            self.nodes = [*self.nodes, node]
            sitting = place.sitting
            if place.parent is None and place.before is None:
                sitting = sitting or node.sitting
            self.place(row.pk, tree.Place(place.parent, place.before, sitting))

    def _last_sitting(self) -> int | None:
        used = [node.sitting for node in self.nodes if node.sitting is not None]
        return used[-1] if used else self.sittings[0] if self.sittings else None

    def take_out(self, rows: Sequence[AgendaItem]) -> None:
        """Delete rows; the others close up."""
        gone = {row.pk for row in rows}
        AgendaItem.objects.filter(pk__in=gone).delete()
        self.nodes = [node for node in self.nodes if node.id not in gone]
        for pk in gone:
            self.rows.pop(pk)

    def write(self) -> None:
        """Write the order where it has changed: positions, parents, sittings and numbers."""
        numbers, changed, moved = tree.numbers(self.nodes), [], []
        for position, node in enumerate(self.nodes, start=1):
            row, number = self.rows[node.id], numbers[node.id]
            if row.position != position:
                moved.append(row.pk)
            now = (row.position, row.parent_id, row.sitting_id, row.number)
            if now != (position, node.parent, node.sitting, number):
                row.position, row.parent_id, row.sitting_id, row.number = position, node.parent, node.sitting, number
                changed.append(row)
        AgendaItem.objects.filter(pk__in=moved).update(position=F("position") + AWAY)
        AgendaItem.objects.bulk_update(changed, ["position", "parent", "sitting", "number"], batch_size=100)

    def remember(self) -> None:
        """Keep what the programme was, so that the change can be undone."""
        undoing.remember(self.change, self.before)


def fact_of(item: AgendaItem) -> dict[str, Any]:
    """Return an item as facts hold it."""
    return {
        "item": item.pk,
        "position": item.position,
        "kind_of_item": item.kind,
        "title": item.title,
        "presenter": item.presenter,
        "minutes": item.minutes,
        "parent": item.parent_id,
        "sitting": item.sitting_id,
        "begins_at": item.begins_at.isoformat("minutes") if item.begins_at else "",
        "note": item.note,
    }


def row_of(item: AgendaItem) -> dict[str, Any]:
    """Return an item as facts that tell of many hold it: with what makes it a closed one."""
    return fact_of(item) | ({"closed": {"has_secret_title": item.has_secret_title}} if item.in_camera else {})


def not_begun(row: AgendaItem) -> None:
    """Raise OutOfOrder when an item has begun or been put off."""
    if row.state != AgendaItem.State.PLANNED:
        raise OutOfOrder(_("Item %(number)s has begun or been put off already.") % {"number": row.label})


def not_ended(row: AgendaItem) -> None:
    """Raise OutOfOrder when an item has ended."""
    if row.state == AgendaItem.State.CLOSED:
        raise OutOfOrder(_("Item %(number)s has ended already.") % {"number": row.label})
