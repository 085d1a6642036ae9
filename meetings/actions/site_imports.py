"""A list of bridge points applied as one change: all of it or nothing, told by one fact."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from meetings import facts
from meetings.importing import NEW, runs
from meetings.importing.models import ImportRun
from meetings.journal import transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over
from meetings.telling import bridge_point_row

Rows = list[dict[str, Any]]
AT_ONCE = 500
FIELDS = ["short_name", "kind", "place", "seats", "equipment", "video_address", "head", "parent"]


def import_bridge_points(meeting: Meeting, *, by: Actor, run: ImportRun, seen: str) -> None:
    """Add and change bridge points as an uploaded list says; `seen`: the digest of what was shown."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        rows = runs.take(run, "bridge_points", meeting=meeting, seen=seen)
        added = _added(meeting, [row for row in rows if row["does"] == NEW])
        changed = _changed([row for row in rows if row["does"] != NEW], added)
        change.record(
            facts.BridgePointsImported(
                added=[bridge_point_row(site) for site in added.values()], changed=[bridge_point_row(site) for site in changed]
            )
        )
        runs.close(run, change)


def _added(meeting: Meeting, rows: Rows) -> dict[int, BridgePoint]:
    """Make the new ones, those on top first, so that each finds its parent; return them by the number of their row."""
    last = meeting.bridge_points.aggregate(last=Max("number"))["last"] or 0
    numbers = {row["number"]: last + n for n, row in enumerate(rows, start=1)}
    made: dict[int, BridgePoint] = {}
    for level in ([r for r in rows if "above_row" not in r["data"]], [r for r in rows if "above_row" in r["data"]]):
        new = [_new(meeting, row["data"], numbers[row["number"]], made) for row in level]
        sites = BridgePoint.objects.bulk_create(new, batch_size=AT_ONCE)
        made |= {row["number"]: site for row, site in zip(level, sites, strict=True)}
    return {row["number"]: made[row["number"]] for row in rows}


def _new(meeting: Meeting, data: dict[str, Any], number: int, made: dict[int, BridgePoint]) -> BridgePoint:
    names = ("name", "short_name", "kind", "place", "seats", "equipment", "video_address")
    values = {name: data[name] for name in names if name in data}
    parent = made[data["above_row"]].pk if "above_row" in data else data.get("parent")
    return BridgePoint(
        meeting=meeting, number=number, parent_id=parent, organisation_id=data.get("organisation"), head_id=data.get("head"),
        is_central=data["kind"] == BridgePoint.Kind.CENTRAL, **values,
    )  # fmt: skip


def _changed(rows: Rows, made: dict[int, BridgePoint]) -> list[BridgePoint]:
    known = BridgePoint.objects.in_bulk([row["target"] for row in rows])
    for row in rows:
        site = known[row["target"]]
        for name, value in row["data"].items():
            if name == "above_row":
                site.parent_id = made[value].pk
            else:
                setattr(site, f"{name}_id" if name in ("head", "parent") else name, value)
    BridgePoint.objects.bulk_update(known.values(), FIELDS, batch_size=AT_ONCE)
    return sorted(known.values(), key=lambda site: site.number)
