"""The board of readiness: a tile for each bridge point, groups by parent (a province) for thousands, the worst first. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from people.spelling import fold, words

FAULT, NONE, UNDER_WAY, READY = "fault", "none", "under_way", "ready"
WORST_FIRST = (FAULT, NONE, UNDER_WAY, READY)
WORDS: Mapping[str, object] = {
    FAULT: _("Fault"),
    NONE: _("Not checked yet"),
    UNDER_WAY: _("Check under way"),
    READY: _("Ready"),
}
TONES: Mapping[str, str] = {FAULT: "bad", NONE: "idle", UNDER_WAY: "warn", READY: "ok"}
TILES_AT_MOST = 60  # more are shown in groups


def state_of(*, is_signed: bool, faults: int) -> str:
    """Return the state of a bridge point by its newest run: a fault stands out whether the run is signed off or not."""
    if faults:
        return FAULT
    return READY if is_signed else UNDER_WAY


@dataclass(frozen=True)
class Fault:
    """A point with a fault, in words."""

    point: object
    note: str


@dataclass(frozen=True)
class Tile:
    """A bridge point at a glance: its newest run, or none. `at`: when something was last done; `minutes`: how long ago."""

    id: int
    no: int
    name: str
    short_name: str
    parent_id: int | None
    state: str = NONE
    run: int = 0
    marked: int = 0
    faults: tuple[Fault, ...] = ()
    began_at: datetime | None = None
    at: datetime | None = None
    signed_off_at: datetime | None = None
    signed_off_by: str = ""
    on_behalf: bool = False
    note: str = ""
    minutes: int = 0

    @property
    def about(self) -> int:
        """How long ago, in the greatest unit alone: minutes, whole hours or whole days (in minutes)."""
        return self.minutes - self.minutes % next((unit for unit in (1440, 60) if self.minutes >= unit), 1)

    @property
    def word(self) -> object:
        """The state in words."""
        return WORDS[self.state]

    @property
    def tone(self) -> str:
        """The state as a colour and a shape."""
        return TONES[self.state]


@dataclass(frozen=True)
class Group:
    """The bridge points under one parent, as one tile: the state of the worst, and how many are in each."""

    id: int
    name: str
    state: str
    total: int
    ready: int
    faults: int

    @property
    def tone(self) -> str:
        """The state as a colour and a shape."""
        return TONES[self.state]


@dataclass(frozen=True)
class Totals:
    """The board in numbers."""

    total: int
    ready: int
    faults: int
    under_way: int
    none: int


def worst_first(tiles: Iterable[Tile]) -> list[Tile]:
    """Return the tiles in the order in which they must be seen to; within a state in that of the bridge points."""
    return sorted(tiles, key=lambda tile: (WORST_FIRST.index(tile.state), tile.no))


def totals_of(states: Iterable[str]) -> Totals:
    """Count the states of all bridge points."""
    count = Counter(states)
    return Totals(total=count.total(), ready=count[READY], faults=count[FAULT], under_way=count[UNDER_WAY], none=count[NONE])


def groups_of(tiles: Sequence[Tile]) -> list[Group]:
    """Return the bridge points by their parents, those first in which one must be seen to."""
    names = {tile.id: tile.short_name for tile in tiles}
    members: dict[int, list[Tile]] = {}
    for tile in tiles:
        members.setdefault(tile.parent_id or tile.id, []).append(tile)
    groups = [
        Group(
            id=pk, name=names[pk], state=min((t.state for t in own), key=WORST_FIRST.index), total=len(own),
            ready=sum(t.state == READY for t in own), faults=sum(t.state == FAULT for t in own),
        )
        for pk, own in members.items()
    ]  # fmt: skip
    return sorted(groups, key=lambda group: (not group.faults, group.ready == group.total))


def narrowed(tiles: Iterable[Tile], *, state: str = "", group: int | None = None, sought: str = "") -> list[Tile]:
    """Return the tiles of a state, of a group, with a name in which all the words are; whatever is not asked for is not asked."""
    asked = words(sought)
    return [
        tile
        for tile in tiles
        if (not state or tile.state == state)
        and (group is None or group in (tile.parent_id, tile.id))
        and all(word in fold(f"{tile.name} {tile.short_name}") for word in asked)
    ]
