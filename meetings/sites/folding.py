"""Bridge points in the folded journal: number, name, the one above, kind and seats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from meetings.models import Meeting

State = dict[Any, Any]
KEY = "bridge point"
NUMBER, NAME, PARENT, SORT, SEATS = range(5)


class _Unknown:
    """What an entry of an older version does not tell: it equals whatever the tables say."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "not told"


UNKNOWN = _Unknown()


def came(state: State, rows: Iterable[dict[str, Any]]) -> None:
    """Put new bridge points, or new data of known ones."""
    for row in rows:
        told = [row.get(key, UNKNOWN) for key in ("parent", "sort", "seats")]
        state[KEY, row["id"]] = [row["number"], row["name"], *told]


def _edited(state: State, p: dict[str, Any]) -> None:
    row = state[KEY, p["bridge_point"]]
    row[NUMBER], row[NAME] = p["number"], p["name"]
    if "sort" in p:
        row[SORT], row[SEATS] = p["sort"], p["seats"]


def _many_edited(state: State, p: dict[str, Any]) -> None:
    for pk in p["bridge_points"]:
        row = state[KEY, pk]
        row[SORT] = row[SORT] if p["sort"] is None else p["sort"]
        row[SEATS] = row[SEATS] if p["seats"] is None else p["seats"]


def _moved(state: State, p: dict[str, Any]) -> None:
    for pk in p["bridge_points"]:
        state[KEY, pk][PARENT] = p["parent"]


def _removed(state: State, p: dict[str, Any]) -> None:
    del state[KEY, p["bridge_point"]]


def _many_removed(state: State, p: dict[str, Any]) -> None:
    for row in p["bridge_points"]:
        del state[KEY, row["id"]]


def _imported(state: State, p: dict[str, Any]) -> None:
    came(state, p["added"])
    came(state, p["changed"])


STEPS: dict[str, Callable[[State, dict[str, Any]], None]] = {
    "bridge_point.edited": _edited,
    "bridge_points.edited": _many_edited,
    "bridge_points.moved": _moved,
    "bridge_point.removed": _removed,
    "bridge_points.removed": _many_removed,
    "bridge_points.imported": _imported,
}


def tables(meeting: Meeting) -> State:
    """Read the present rows in the shape of the folded state."""
    rows = meeting.bridge_points.values_list("pk", "number", "name", "parent_id", "kind", "seats")
    return {(KEY, pk): list(told) for pk, *told in rows}
