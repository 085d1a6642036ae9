"""The sums of the report: by bridge point, by group, by body. The same numbers as on every screen (counting.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from attendance.bodies.queries import quorums_of
from attendance.bodies.quorum import Quorum
from attendance.counting import HeadCount, counts_by_bridge_point, counts_by_group, rolled_up, summed
from meetings.models import BridgePoint, Meeting

#: Bridge points with a line of their own; of more only those that stand under no other, with all below.
LINES_AT_MOST = 120


@dataclass(frozen=True)
class Line:
    """One line of a table of sums. `pk`: of the bridge point or group; `below`: how many bridge points are counted in it."""

    name: str
    count: HeadCount
    pk: int | None = None
    below: int = 0

    @property
    def percent(self) -> int:
        """How many in a hundred of those expected are there; of nobody expected none."""
        return percent_of(self.count)


def percent_of(count: HeadCount) -> int:
    """Return how many in a hundred of those expected are there, rounded down: all is said of all alone."""
    return count.present * 100 // count.expected if count.expected else 0


@dataclass(frozen=True)
class Sums:
    """All sums of a report. `is_rolled_up`: the bridge points' lines have those under them in."""

    sites: list[Line]
    groups: list[Line]
    bodies: tuple[Quorum, ...]
    total: HeadCount
    is_rolled_up: bool = False

    @property
    def percent(self) -> int:
        """How many in a hundred of those expected are there."""
        return percent_of(self.total)


def sums_of(meeting: Meeting, site: int | None = None, *, every: bool = False) -> Sums:
    """Return the sums of a meeting; `site`: of one bridge point alone; `every`: each bridge point, however many there are."""
    counts = counts_by_bridge_point(meeting, at=site)
    sites = list(meeting.bridge_points.filter(pk=site) if site is not None else meeting.bridge_points.order_by("number"))
    is_rolled_up = not every and len(sites) > LINES_AT_MOST
    lines = _rolled_up(sites, counts) if is_rolled_up else [Line(s.name, counts.get(s.pk, HeadCount()), s.pk) for s in sites]
    if counts.get(None):
        lines.append(Line(_("Without a bridge point"), counts[None]))
    return Sums(
        sites=lines,
        groups=_groups(meeting) if site is None else [],
        bodies=quorums_of(meeting) if site is None else (),
        total=summed(counts.values()),
        is_rolled_up=is_rolled_up,
    )


def _rolled_up(sites: list[BridgePoint], counts: Mapping[int | None, HeadCount]) -> list[Line]:
    parents = {site.pk: site.parent_id for site in sites}
    above = rolled_up(counts, parents)
    below: dict[int | None, int] = {}
    for site in sites:
        below[site.parent_id] = below.get(site.parent_id, 0) + 1
    return [
        Line(site.name, above.get(site.pk) or counts.get(site.pk, HeadCount()), site.pk, below.get(site.pk, 0))
        for site in sites
        if site.parent_id is None
    ]


def _groups(meeting: Meeting) -> list[Line]:
    counts = counts_by_group(meeting)
    lines = [Line(group.name, counts.get(group.pk, HeadCount()), group.pk) for group in meeting.groups.order_by("number")]
    if lines and counts.get(None):
        lines.append(Line(_("Without a group"), counts[None]))
    return lines
