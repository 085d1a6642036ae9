"""The state of incidents at bridge points: those that are open, the newest that are closed, and the outage each is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import F

from control.incidents.models import Incident
from control.incidents.sides import is_outage_of
from control.models import Outage
from meetings.models import Meeting

CLOSED_SHOWN = 20
_FIELDS = (
    "pk", "bridge_point_id", "bridge_point__short_name", "kind", "note", "opened_by", "opened_by_site", "site_began_at",
    "centre_began_at", "site_ended_at", "centre_ended_at", "closed_at", "closed_by",
)  # fmt: skip


@dataclass(frozen=True)
class IncidentState:
    """An incident with the times of both sides; `outage`: when the line was lost and came back, where it is about that."""

    id: int
    site_id: int
    name: str
    kind: str
    note: str
    by: str
    from_site: bool
    site_began_at: datetime | None
    centre_began_at: datetime | None
    site_ended_at: datetime | None
    centre_ended_at: datetime | None
    closed_at: datetime | None
    closed_by: str
    outage: tuple[datetime, datetime | None] | None = None

    @property
    def word(self) -> object:
        """What has gone wrong, in words."""
        return Incident.Kind(self.kind).label

    @property
    def began_at(self) -> datetime:
        """When it began, as whoever has it earlier says."""
        return min(at for at in (self.site_began_at, self.centre_began_at) if at)

    @property
    def is_over_there(self) -> bool:
        """Whether the bridge point has said that it is over, and the control room has still to say so."""
        return self.closed_at is None and self.site_ended_at is not None

    @property
    def ended_at(self) -> datetime | None:
        """When it ended, as whoever has it later says; nothing before somebody has said so."""
        return max((at for at in (self.site_ended_at, self.centre_ended_at) if at), default=None)


@dataclass(frozen=True)
class IncidentsState:
    """What the screens know of incidents: open ones first, the oldest first; then the newest closed.

    `by_site`: open ones, where a bridge point has several one that is not over there yet.
    """

    rows: tuple[IncidentState, ...] = ()
    by_site: Mapping[int, IncidentState] = field(default_factory=dict)

    @property
    def still_open(self) -> int:
        """How many are open."""
        return sum(row.closed_at is None for row in self.rows)


def read_incidents(meeting: Meeting, using: str) -> IncidentsState:
    """Read the incidents of a meeting."""
    rows = Incident.objects.using(using).filter(meeting=meeting)
    newest = [IncidentState(*row) for row in rows.order_by(F("closed_at").desc(nulls_first=True), "pk").values_list(*_FIELDS)]
    found = _with_outages([*(r for r in newest if not r.closed_at), *[r for r in newest if r.closed_at][:CLOSED_SHOWN]], using)
    first: dict[int, IncidentState] = {}
    for row in found:
        if row.closed_at is None and (row.site_id not in first or first[row.site_id].is_over_there > row.is_over_there):
            first[row.site_id] = row
    return IncidentsState(rows=tuple(found), by_site=first)


def _with_outages(rows: list[IncidentState], using: str) -> list[IncidentState]:
    """Set beside what was reported as a lost connection the outage that was noted by itself."""
    sites = {row.site_id for row in rows if row.kind == Incident.Kind.LOST_CONNECTION}
    if not sites:
        return rows
    lost: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    outages = Outage.objects.using(using).filter(bridge_point_id__in=sites).order_by("pk")
    for site, began, ended in outages.values_list("bridge_point_id", "began_at", "ended_at"):
        lost[site].append((began, ended))
    return [_with_outage(row, lost[row.site_id]) for row in rows]


def _with_outage(row: IncidentState, lost: list[tuple[datetime, datetime | None]]) -> IncidentState:
    if row.kind != Incident.Kind.LOST_CONNECTION:
        return row
    found = next((one for one in reversed(lost) if is_outage_of(row.began_at, row.ended_at or row.closed_at, *one)), None)
    return replace(row, outage=found)
