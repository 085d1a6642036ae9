"""Who speaks and who never does, over all meetings of a series: units by meetings, read in few questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agenda.models import FloorRequest
from agenda.timing import running_seconds
from meetings.models import BridgePoint, Meeting, Participant, Recess, Role

State = FloorRequest.State
NOT_REACHED = (State.WAITING, State.LAPSED)


@dataclass
class Cell:
    """A unit in one meeting: speeches held, wishes nobody got to, seconds spoken."""

    spoken: int = 0
    not_reached: int = 0
    seconds: int = 0

    @property
    def minutes(self) -> int:
        """What was spoken in full minutes; a started one counts."""
        return -(-self.seconds // 60)


@dataclass
class UnitRow:
    """A unit over the meetings it took part in (by their keys)."""

    name: str
    cells: dict[int, Cell] = field(default_factory=dict)

    @property
    def whole(self) -> Cell:
        """All meetings together."""
        rows = self.cells.values()
        return Cell(sum(c.spoken for c in rows), sum(c.not_reached for c in rows), sum(c.seconds for c in rows))

    def in_order(self, meetings: Sequence[Meeting]) -> list[Cell | None]:
        """Return its cells in the order of some meetings; nothing where it took no part."""
        return [self.cells.get(meeting.pk) for meeting in meetings]


def rows_of(meetings: Sequence[Meeting]) -> list[UnitRow]:
    """Return the units that took part in some meetings: who has never spoken first, of these whose wishes were not reached."""
    rows: dict[Hashable, UnitRow] = {}
    for meeting, key, name in _taking_part(meetings):
        rows.setdefault(key, UnitRow(name)).cells.setdefault(meeting, Cell())
    recesses = _recesses(meetings)
    for line in _lines(meetings):
        key, name = _unit(line)
        cell = rows.setdefault(key, UnitRow(name)).cells.setdefault(line["meeting"], Cell())
        if line["state"] in NOT_REACHED:
            cell.not_reached += 1
            continue
        cell.spoken += 1
        if line["ended_at"]:
            cell.seconds += round(running_seconds(line["given_at"], line["ended_at"], recesses[line["meeting"]]))
    return sorted(rows.values(), key=_never_first)


def _never_first(row: UnitRow) -> tuple[int, int, int, str]:
    whole = row.whole
    return whole.spoken, -whole.not_reached, whole.seconds, row.name


def _taking_part(meetings: Sequence[Meeting]) -> list[tuple[int, Hashable, str]]:
    """Return meeting, unit and its name: of bridge points, and of the delegates who sit in the central hall or nowhere."""
    sites = BridgePoint.objects.filter(meeting__in=meetings, is_central=False).order_by("number")
    found = [
        (meeting, _key(organisation, name), name)
        for meeting, organisation, name in sites.values_list("meeting", "organisation", "name")
    ]
    people = Participant.objects.filter(meeting__in=meetings, role=Role.DELEGATE).exclude(unit="")
    in_the_hall = people.exclude(bridge_point__is_central=False).order_by("meeting", "unit")
    units = in_the_hall.values_list("meeting", "organisation", "unit").distinct()
    return found + [(meeting, _key(organisation, name), name) for meeting, organisation, name in units]


def _lines(meetings: Sequence[Meeting]) -> list[dict[str, Any]]:
    found = FloorRequest.objects.filter(meeting__in=meetings, state__in=[State.SPEAKING, State.DONE, *NOT_REACHED])
    names = (
        "meeting", "state", "given_at", "ended_at", "bridge_point__organisation", "bridge_point__name",
        "bridge_point__is_central", "participant__organisation", "participant__unit", "participant__name",
    )  # fmt: skip
    return [dict(row) for row in found.order_by("pk").values(*names)]


def _unit(line: Mapping[str, Any]) -> tuple[Hashable, str]:
    if line["bridge_point__name"] and not line["bridge_point__is_central"]:
        return _key(line["bridge_point__organisation"], line["bridge_point__name"]), line["bridge_point__name"]
    name = line["participant__unit"] or line["participant__name"] or line["bridge_point__name"]
    return _key(line["participant__organisation"], name), name


def _key(organisation: int | None, name: str) -> Hashable:
    return organisation or name


def _recesses(meetings: Sequence[Meeting]) -> dict[int, list[Recess]]:
    found: dict[int, list[Recess]] = defaultdict(list)
    for recess in Recess.objects.filter(meeting__in=meetings):
        found[recess.meeting_id].append(recess)
    return found
