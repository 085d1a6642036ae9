"""What is read of the readiness of bridge points: all of them for the board, one with its runs."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from attendance.readiness.board import NONE, Fault, Tile, Totals, state_of, totals_of
from attendance.readiness.models import CheckMark, Point, ReadinessCheck
from meetings.models import BridgePoint, Meeting


def _runs(meeting: Meeting | int, using: str | None = None) -> QuerySet[Any]:
    """Return the runs of a meeting in their order, with how many points are marked, and have a fault."""
    rows = ReadinessCheck.objects.using(using).filter(meeting=meeting).order_by("bridge_point_id", "number")
    return rows.annotate(
        marked=Count("marks"), faults=Count("marks", filter=Q(marks__state=CheckMark.State.FAULT)), last=Max("marks__marked_at")
    )


def states_of(meeting: Meeting | int, using: str | None = None) -> dict[int, str]:
    """Return the state of each bridge point that has been checked, by its key: one query."""
    rows: Any = _runs(meeting, using).values_list("bridge_point_id", "signed_off_at", "faults")
    return {site: state_of(is_signed=signed is not None, faults=faults) for site, signed, faults in rows}


def totals(meeting: Meeting) -> Totals:
    """Return the board in numbers."""
    states = states_of(meeting)
    sites = meeting.bridge_points.values_list("pk", flat=True)
    return totals_of(states.get(pk, NONE) for pk in sites)


def tiles_of(meeting: Meeting, now: datetime) -> list[Tile]:
    """Return a tile for each bridge point, in their order: three queries for one and for thousands."""
    newest = {run.bridge_point_id: run for run in _runs(meeting)}
    faults = _faults(meeting)
    sites = meeting.bridge_points.order_by("number").values_list("pk", "number", "name", "short_name", "parent_id")
    return [_tile(Tile(pk, no, name, short, parent), newest.get(pk), faults, now) for pk, no, name, short, parent in sites]


def _tile(empty: Tile, run: Any, faults: dict[int, list[Fault]], now: datetime) -> Tile:
    if run is None:
        return empty
    at = run.signed_off_at or run.last or run.began_at
    return Tile(
        empty.id, empty.no, empty.name, empty.short_name, empty.parent_id,
        state=state_of(is_signed=run.signed_off_at is not None, faults=run.faults), run=run.number, marked=run.marked,
        faults=tuple(faults[run.pk]), began_at=run.began_at, at=at, signed_off_at=run.signed_off_at,
        signed_off_by=run.signed_off_by, on_behalf=run.on_behalf, note=run.note,
        minutes=max(0, int((now - at).total_seconds() // 60)),
    )  # fmt: skip


def _faults(meeting: Meeting) -> dict[int, list[Fault]]:
    """Return the faults of each run, in the order of the list."""
    order = {point: at for at, point in enumerate(Point.values)}
    rows = CheckMark.objects.filter(check_run__meeting=meeting, state=CheckMark.State.FAULT)
    found: dict[int, list[Fault]] = defaultdict(list)
    for run, point, note in sorted(rows.values_list("check_run_id", "point", "note"), key=lambda row: order[row[1]]):
        found[run].append(Fault(Point(point).label, note))
    return found


def marks_by_site(meeting: Meeting) -> dict[int, dict[str, CheckMark]]:
    """Return what each point of the newest run of each bridge point came to."""
    newest = {run.bridge_point_id: run.pk for run in _runs(meeting)}
    sites = {run: site for site, run in newest.items()}
    found: dict[int, dict[str, CheckMark]] = defaultdict(dict)
    for mark in CheckMark.objects.filter(check_run__meeting=meeting):
        if mark.check_run_id in sites:
            found[sites[mark.check_run_id]][mark.point] = mark
    return found


def runs_of(site: BridgePoint) -> list[ReadinessCheck]:
    """Return the runs of a bridge point with their marks, the newest first."""
    return list(site.readiness_checks.prefetch_related(Prefetch("marks")).order_by("-number"))
