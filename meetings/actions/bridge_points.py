"""Where a meeting is held: adding, editing, moving and removing bridge points, one or many in a step.

They stand in two levels: a commune's under a province's. The board of the control room groups them so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from meetings import facts, hooks
from meetings.errors import OutOfOrder
from meetings.journal import transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from meetings.rosters import delete, refuse_when_over
from meetings.telling import bridge_point_row
from people.models import Organisation, Person


@dataclass(frozen=True)
class NewBridgePoint:
    """A bridge point to be added."""

    name: str
    short_name: str
    organisation: Organisation | None = None
    place: str = ""
    is_central: bool = False
    parent: BridgePoint | None = None
    kind: str = BridgePoint.Kind.OTHER
    head: Person | None = None
    seats: int | None = None
    equipment: str = ""
    video_address: str = ""


ROWS_IN_A_FACT = 500
#: What can be changed of one bridge point, and of many in one step.
EDITABLE = ("name", "short_name", "place", "kind", "head", "seats", "equipment", "video_address")
EDITABLE_OF_MANY = ("place", "kind", "seats", "equipment")


def add_bridge_points(meeting: Meeting, *, by: Actor, bridge_points: Sequence[NewBridgePoint]) -> list[BridgePoint]:
    """Add bridge points in one step, numbered after the last; names and organisations that have one already are refused."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        if not bridge_points:
            raise OutOfOrder(_("All of these have their bridge point already."))
        _refuse_known_names(meeting, bridge_points)
        _refuse_known_organisations(meeting, bridge_points)
        _refuse_parents(meeting, {b.parent.pk for b in bridge_points if b.parent})
        if any(b.is_central and b.parent for b in bridge_points):
            raise OutOfOrder(_("The central bridge point stands under no other."))
        if meeting.bridge_points.filter(is_central=True).exists() and any(b.is_central for b in bridge_points):
            raise OutOfOrder(_("The meeting already has its central bridge point."))
        number = meeting.bridge_points.aggregate(last=Max("number"))["last"] or 0
        made = BridgePoint.objects.bulk_create(
            BridgePoint(meeting=meeting, number=number + n, **vars(new) | {"kind": _kind_of(new)})
            for n, new in enumerate(bridge_points, start=1)
        )
        rows = [bridge_point_row(b) for b in made]
        for first in range(0, len(rows), ROWS_IN_A_FACT):
            change.record(facts.BridgePointsAdded(bridge_points=rows[first : first + ROWS_IN_A_FACT]))
        return made


def missing_provinces(meeting: Meeting) -> list[NewBridgePoint]:
    """Return a bridge point for each province that has none yet, ready to be added."""
    have = meeting.bridge_points.exclude(organisation=None).values("organisation_id")
    names = set(meeting.bridge_points.values_list("name", flat=True))
    provinces = Organisation.objects.filter(kind=Organisation.Kind.PROVINCE).exclude(pk__in=have).order_by("code")
    return [
        NewBridgePoint(name=p.name, short_name=p.short_name, organisation=p, place=p.short_name, kind=BridgePoint.Kind.PROVINCE)
        for p in provinces
        if p.name not in names
    ]


def missing_communes(meeting: Meeting, provinces: Sequence[Organisation]) -> list[NewBridgePoint]:
    """Return a bridge point for each open commune of some provinces that has none yet, under its province's.

    A commune whose name another one has too is told apart by its province. Raises OutOfOrder when a province has no bridge
    point in the meeting.
    """
    above = {b.organisation_id: b for b in meeting.bridge_points.filter(organisation__in=provinces)}
    for province in provinces:
        if province.pk not in above:
            sentence = _("“%(name)s” has no bridge point yet. Add the provinces first.")
            raise OutOfOrder(sentence % {"name": province.name})
    have = set(meeting.bridge_points.exclude(organisation=None).values_list("organisation_id", flat=True))
    taken = set(meeting.bridge_points.values_list("name", flat=True))
    communes = Organisation.objects.filter(kind=Organisation.Kind.COMMUNE, is_closed=False).select_related("parent")
    times = Counter(communes.values_list("name", flat=True))
    wanted = communes.filter(parent__in=provinces).order_by("parent__code", "code", "name")
    return [
        NewBridgePoint(
            name=_told_apart(one, times, taken), short_name=one.short_name, organisation=one, place=one.name,
            parent=above[one.parent_id], kind=BridgePoint.Kind.COMMUNE,
        )
        for one in wanted
        if one.pk not in have
    ]  # fmt: skip


def _told_apart(commune: Organisation, times: Counter[str], taken: set[str]) -> str:
    alone = times[commune.name] == 1 and commune.name not in taken
    return commune.name if alone or commune.parent is None else f"{commune.name}, {commune.parent.short_name}"[:200]


def edit_bridge_point(meeting: Meeting, *, by: Actor, bridge_point: BridgePoint, **values: Any) -> None:
    """Change what is told of a bridge point (EDITABLE); what is not told stays."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = change.fresh(bridge_point)
        name = values.get("name", row.name)
        if meeting.bridge_points.filter(name=name).exclude(pk=row.pk).exists():
            raise OutOfOrder(_("Another bridge point has this name: %(name)s.") % {"name": name})
        _write([row], values, EDITABLE)
        change.record(
            facts.BridgePointEdited(
                bridge_point=row.pk, number=row.number, name=row.name, place=row.place, sort=row.kind, seats=row.seats,
                head=row.head.full_name if row.head else "",
            )
        )  # fmt: skip


def edit_bridge_points(meeting: Meeting, *, by: Actor, bridge_points: Sequence[BridgePoint], **values: Any) -> None:
    """Give many bridge points the same place, kind, seats or equipment (EDITABLE_OF_MANY); what is not told stays."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        rows = _fresh(meeting, bridge_points)
        if not values:
            raise OutOfOrder(_("Enter what the chosen bridge points shall have in common."))
        if any(row.is_central for row in rows) and values.get("kind", BridgePoint.Kind.CENTRAL) != BridgePoint.Kind.CENTRAL:
            raise OutOfOrder(_("The central hall keeps its kind. Take it out of the choice."))
        _write(rows, values, EDITABLE_OF_MANY)
        change.record(
            facts.BridgePointsEdited(
                bridge_points=[row.pk for row in rows],
                names=[row.name for row in rows],
                place=values.get("place"),
                sort=values.get("kind"),
                seats=values.get("seats"),
                equipment_changed="equipment" in values,
            )
        )


def move_bridge_points(meeting: Meeting, *, by: Actor, bridge_points: Sequence[BridgePoint], parent: BridgePoint | None) -> None:
    """Put bridge points under another one, or on top. There are two levels: who has others under it stands on top."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        rows = _fresh(meeting, bridge_points)
        if parent is not None:
            _refuse_parents(meeting, {parent.pk})
            _refuse_under(meeting, rows, parent)
        BridgePoint.objects.filter(pk__in=[row.pk for row in rows]).update(parent=parent)
        change.record(
            facts.BridgePointsMoved(
                bridge_points=[row.pk for row in rows],
                names=[row.name for row in rows],
                parent=parent.pk if parent else None,
                above=parent.name if parent else "",
            )
        )


def remove_bridge_point(meeting: Meeting, *, by: Actor, bridge_point: BridgePoint) -> None:
    """Take out a bridge point nobody takes part through and under which no other stands."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = change.fresh(bridge_point)
        _refuse_used([row], meeting)
        change.record(facts.BridgePointRemoved(bridge_point=row.pk, name=row.name))
        delete(row)


def remove_bridge_points(meeting: Meeting, *, by: Actor, bridge_points: Sequence[BridgePoint]) -> None:
    """Take out many bridge points, all or none; one with others under it goes together with them."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        rows = _fresh(meeting, bridge_points)
        _refuse_used(rows, meeting)
        change.record(facts.BridgePointsRemoved(bridge_points=[{"id": row.pk, "name": row.name} for row in rows]))
        for row in sorted(rows, key=lambda one: one.parent_id is None):
            delete(row)


def _fresh(meeting: Meeting, chosen: Sequence[BridgePoint]) -> list[BridgePoint]:
    """Return the chosen rows as they stand under the lock, in their order; all must still be there."""
    wanted = {one.pk for one in chosen}
    rows = list(meeting.bridge_points.filter(pk__in=wanted).order_by("number"))
    if not rows or len(rows) != len(wanted):
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    return rows


def _write(rows: Sequence[BridgePoint], values: dict[str, Any], allowed: Sequence[str]) -> None:
    if strange := set(values) - set(allowed):
        raise TypeError(f"not to be changed here: {sorted(strange)}")
    for row in rows:
        for name, value in values.items():
            setattr(row, name, value)
        if row.is_central:
            row.kind = BridgePoint.Kind.CENTRAL
    if values:
        BridgePoint.objects.bulk_update(rows, [*values, *({"kind"} - set(values))], batch_size=500)


def _kind_of(new: NewBridgePoint) -> str:
    """Return the kind of a new bridge point; where none is said, what follows from its organisation."""
    kinds = BridgePoint.Kind
    if new.is_central:
        return kinds.CENTRAL
    if new.kind != kinds.OTHER or new.organisation is None:
        return new.kind
    found = {Organisation.Kind.PROVINCE: kinds.PROVINCE, Organisation.Kind.COMMUNE: kinds.COMMUNE}
    return found.get(Organisation.Kind(new.organisation.kind), kinds.AGENCY)


def _refuse_used(rows: Sequence[BridgePoint], meeting: Meeting) -> None:
    """Raise OutOfOrder when somebody takes part through one of the rows, others stand under it, or upper rooms object."""
    gone = [row.pk for row in rows]
    below = meeting.bridge_points.filter(parent__in=gone).exclude(pk__in=gone).select_related("parent").first()
    if below is not None and below.parent is not None:
        words = {"name": below.parent.name}
        raise OutOfOrder(_("Other bridge points stand under “%(name)s”. Move or remove them first.") % words)
    count = meeting.participants.filter(bridge_point__in=gone).count()
    if count:
        sentence = ngettext_lazy(
            "%(count)d participant belongs to this bridge point. Move them first.",
            "%(count)d participants belong to this bridge point. Move them first.",
            count,
        )
        raise OutOfOrder(sentence % {"count": count})
    for row in rows:
        for question in hooks.objections_to_removing_site:
            for objection in question(row):
                raise OutOfOrder(objection)


def _refuse_parents(meeting: Meeting, parents: set[int]) -> None:
    """Raise OutOfOrder when one of the parents has gone or stands under another one itself."""
    found = list(meeting.bridge_points.filter(pk__in=parents))
    if len(found) != len(parents):
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    for parent in found:
        if parent.parent_id is not None:
            sentence = _("“%(name)s” stands under another bridge point itself. There are two levels: choose one on top.")
            raise OutOfOrder(sentence % {"name": parent.name})


def _refuse_under(meeting: Meeting, rows: Sequence[BridgePoint], parent: BridgePoint) -> None:
    for row in rows:
        if row.pk == parent.pk:
            raise OutOfOrder(_("“%(name)s” cannot stand under itself.") % {"name": row.name})
        if row.is_central:
            raise OutOfOrder(_("The central bridge point stands under no other."))
    above = meeting.bridge_points.filter(parent__in=[row.pk for row in rows]).select_related("parent").first()
    if above is not None and above.parent is not None:
        sentence = _("Other bridge points stand under “%(name)s”; it stays on top. Move those first.")
        raise OutOfOrder(sentence % {"name": above.parent.name})


def _refuse_known_names(meeting: Meeting, new: Sequence[NewBridgePoint]) -> None:
    known = set(meeting.bridge_points.values_list("name", flat=True)) & {b.name for b in new}
    known |= {name for name, times in Counter(b.name for b in new).items() if times > 1}
    if known:
        raise OutOfOrder(_("Another bridge point has this name: %(name)s.") % {"name": sorted(known)[0]})


def _refuse_known_organisations(meeting: Meeting, new: Sequence[NewBridgePoint]) -> None:
    wanted = Counter(b.organisation.pk for b in new if b.organisation)
    if not wanted:
        return
    have = {b.organisation_id: b for b in meeting.bridge_points.exclude(organisation=None)}
    for one in new:
        if one.organisation and (one.organisation.pk in have or wanted[one.organisation.pk] > 1):
            sentence = _("“%(name)s” has its bridge point in this meeting already.")
            raise OutOfOrder(sentence % {"name": one.organisation.name})
