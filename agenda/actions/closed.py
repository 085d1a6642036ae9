"""Closed items (họp kín): who is in is said beforehand or while the item is open, with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from agenda import facts
from agenda.models import AgendaItem
from agenda.running.plan import share_closure
from meetings.errors import Changed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over

State = AgendaItem.State
CAN_BE_CLOSED = (State.PLANNED, State.DEFERRED, State.OPEN)


def restrict_item(
    meeting: Meeting,
    *,
    by: Actor,
    item: AgendaItem,
    reason: str,
    sites: Iterable[BridgePoint] = (),
    people: Iterable[Participant] = (),
    has_secret_title: bool = False,
    version: int | None = None,
) -> None:
    """Make an item a closed one, or say anew who is in: `sites` beside the central hall, `people` by name.

    Who is out is out at once where the item is open. `version`: the one the actor read; another one is refused.
    """
    with transition(meeting, by=by, ability=Ability.RUN_PROGRAMME) as change:
        row = _open_or_coming(change, item, version)
        row.in_camera, row.in_camera_reason, row.has_secret_title = True, reason, has_secret_title
        row.version += 1
        row.save(update_fields=["in_camera", "in_camera_reason", "has_secret_title", "version"])
        row.admitted.set(sites)
        row.admitted_people.set(people)
        meeting.has_closed_items = True
        meeting.save(update_fields=["has_closed_items"])
        share_closure(row, row.merged.all())
        change.record(
            facts.ItemRestricted(
                item=row.pk, title=row.title, why=reason, has_secret_title=has_secret_title,
                sites=[{"id": one.pk, "name": one.name} for one in row.admitted.order_by("number")],
                people=[{"id": one.pk, "name": one.name} for one in row.admitted_people.order_by("pk")],
            )
        )  # fmt: skip


def unrestrict_item(meeting: Meeting, *, by: Actor, item: AgendaItem, version: int | None = None) -> None:
    """Let an item be an ordinary one again: everybody is in at once."""
    with transition(meeting, by=by, ability=Ability.RUN_PROGRAMME) as change:
        row = _open_or_coming(change, item, version)
        if not row.in_camera:
            raise OutOfOrder(_("Item %(number)s is not a closed one.") % {"number": row.label})
        for one in [row, *row.merged.all()]:
            one.in_camera, one.in_camera_reason, one.has_secret_title = False, "", False
            one.version += 1
            one.save(update_fields=["in_camera", "in_camera_reason", "has_secret_title", "version"])
            one.admitted.clear()
            one.admitted_people.clear()
        change.record(facts.ItemUnrestricted(item=row.pk, title=row.title))


def _open_or_coming(change: Transition, item: AgendaItem, version: int | None) -> AgendaItem:
    refuse_when_over(change.meeting)
    row: AgendaItem = change.fresh(item)
    if version is not None and version != row.version:
        raise Changed(_("Somebody has just changed this item. Reload the page."), version=row.version)
    if row.state not in CAN_BE_CLOSED:
        raise OutOfOrder(_("Item %(number)s has ended or is not held.") % {"number": row.label})
    if row.children.exists():
        raise OutOfOrder(_("%(title)s is a heading. Choose what stands under it.") % {"title": row.title})
    return row
