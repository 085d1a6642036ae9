"""The lines of the report: each delegate with form, times and note, as plain values; by bridge point. Read in three queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from attendance.presence.lists import people_at, state_of
from attendance.presence.models import THERE, Presence, Stay
from meetings.models import BridgePoint, Meeting, Participant

CAME = (*THERE, Presence.State.LEFT)


@dataclass(frozen=True)
class Row:
    """One delegate. `site`: where they are counted; `form`: how they take part; `reason` of an absence, where asked for."""

    name: str
    position: str
    unit: str
    office: str
    site: BridgePoint | None
    group: str
    state: str
    form: str
    came: datetime | None
    went: datetime | None
    note: str
    reason: str = ""


def rows_of(meeting: Meeting, site: int | None = None, *, with_reasons: bool = False) -> list[Row]:
    """Return a line for each delegate by bridge point; `site`: of this one alone."""
    people = people_at(meeting, site).select_related(
        "bridge_point", "presence__bridge_point", "group", "substitute_for", "substitute", "walk_in"
    )
    times = _times(meeting)
    words = _forms()
    found = [_row(one, times.get(one.pk, ()), words, with_reasons=with_reasons) for one in people]
    if site is not None:  # who is elsewhere now is counted there
        found = [row for row in found if row.site is not None and row.site.pk == site]
    return sorted(found, key=_place)


def _forms() -> dict[str, str]:
    return {
        "present": _("In person"), "online": _("Online"), "left": _("Left"), "absent": _("Absent"), "excused": _("Excused"),
        "unmarked": _("Not marked"),
    }  # fmt: skip


def _times(meeting: Meeting) -> dict[int, list[tuple[datetime, datetime | None, bool]]]:
    found: dict[int, list[tuple[datetime, datetime | None, bool]]] = {}
    stays = Stay.objects.filter(meeting=meeting).order_by("participant", "began_at", "pk")
    for pk, began, ended, is_online in stays.values_list("participant_id", "began_at", "ended_at", "is_online"):
        found.setdefault(pk, []).append((began, ended, is_online))
    return found


def _row(
    one: Participant, stays: Sequence[tuple[datetime, datetime | None, bool]], words: dict[str, str], *, with_reasons: bool
) -> Row:
    presence: Presence | None = getattr(one, "presence", None)
    state = state_of(one)
    is_there = presence is not None and presence.state in THERE
    site = presence.bridge_point if is_there and presence and presence.bridge_point else one.bridge_point
    came = stays if state in CAME else ()
    form = words["online" if came and came[-1][2] else "present"] if state in CAME else words[state]
    return Row(
        name=one.name, position=one.position, unit=one.unit, office=one.office, site=site,
        group=one.group.name if one.group else "", state=state, form=form,
        came=came[0][0] if came else None, went=came[-1][1] if came else None, note=_note(one, state, site),
        reason=presence.reason if with_reasons and presence else "",
    )  # fmt: skip


def _note(one: Participant, state: str, site: BridgePoint | None) -> str:
    """Return what is special: for whom they stand in, who comes instead, added on the spot, of another bridge point."""
    found = []
    if one.substitute_for:
        found.append(_("in place of %(name)s") % {"name": one.substitute_for.name})
    replacing: Participant | None = getattr(one, "substitute", None)
    if replacing is not None and state == "excused":
        found.append(_("instead comes %(name)s") % {"name": replacing.name})
    if hasattr(one, "walk_in"):
        found.append(_("added on the spot"))
    if site is not None and one.bridge_point is not None and site.pk != one.bridge_point_id:
        found.append(_("of %(site)s") % {"site": one.bridge_point.short_name})
    return "; ".join(found)


_ORDER = {"present": 0, "online": 0, "left": 0, "unmarked": 1, "absent": 2, "excused": 3}


def _place(row: Row) -> tuple[int, int]:
    return (row.site.number if row.site else 10**9, _ORDER[row.state])


def by_site(rows: Iterable[Row]) -> list[tuple[BridgePoint | None, list[Row]]]:
    """Return lines in their order, each bridge point with its own."""
    return [(some[0].site, some) for _number, some in ((n, list(g)) for n, g in groupby(rows, key=lambda row: _place(row)[0]))]
