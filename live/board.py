"""The board of bridge points: tiles for a few dozen, groups by parent (a province) for thousands, the worst first. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attendance.counting import HeadCount, rolled_up
from live.incidents import IncidentState
from live.links import Link
from live.state import RoomState, SiteState, SpeechState

Links = Mapping[int, Link]
TILES_AT_MOST = 60  # more are shown in groups
TROUBLES_SHOWN = 24
ROLLED_AT_MOST = 400  # rows of tiles that are summed up over the tree: more are shown in groups, which are sums
SLOW = 1500  # ms there and back: a person hears it
_WORST_FIRST = ("bad", "warn", "live", "idle", "ok")


@dataclass(frozen=True)
class Tile:
    """A bridge point at a glance: state (ok, warn, bad, idle, live) with its word and since when.

    `round_trip`: ms; `behind`: by how many numbers of the journal its console is behind the room; `outages`: how often it
    was lost while the meeting ran; `whole`: the count with all bridge points under it, where there are any; `is_next`: whether
    somebody there speaks next.
    """

    id: int
    name: str
    state: str
    word: object
    present: int
    expected: int
    since: datetime | None
    round_trip: int | None = None
    number: int | None = None
    behind: int = 0
    outages: int = 0
    group: int | None = None
    whole: HeadCount | None = None
    is_next: bool = False


@dataclass(frozen=True)
class Group:
    """The bridge points under one parent, as one tile: the state of the worst, `troubles` of them in trouble."""

    id: int
    name: str
    state: str
    connected: int
    total: int
    present: int
    expected: int
    troubles: int


@dataclass(frozen=True)
class Board:
    """All tiles, those in trouble first and apart; with many bridge points `groups` stand for the tiles."""

    troubles: list[Tile]
    more_troubles: int
    tiles: list[Tile]
    groups: list[Group]
    connected: int
    total: int
    present: int
    expected: int


def board(state: RoomState, links: Links, floor: SpeechState | None) -> Board:
    """Return the bridge points: who is lost while the meeting runs stands first, longest first."""
    tiles = tiles_of(state, links, floor, state.sites)
    troubles = sorted((t for t in tiles if t.state in ("bad", "warn")), key=lambda t: (t.state, t.since or state.at, t.id))
    grouped = len(tiles) > TILES_AT_MOST
    shown = troubles[:TROUBLES_SHOWN] if grouped else troubles  # without groups the others would stand nowhere
    return Board(
        troubles=shown, more_troubles=len(troubles) - len(shown),
        tiles=[] if grouped else sorted((t for t in tiles if t.state not in ("bad", "warn")), key=lambda t: t.state != "live"),
        groups=_groups(state, links, tiles) if grouped else [],
        connected=sum(1 for s in state.sites if _on(links.get(s.id))), total=len(tiles),
        present=state.people.present, expected=state.people.expected,
    )  # fmt: skip


def group_tiles(state: RoomState, links: Links, floor: SpeechState | None, group: int) -> list[Tile]:
    """Return the tiles of one group, the worst first."""
    sites = [site for site in state.sites if (site.parent_id or site.id) == group]
    return sorted(tiles_of(state, links, floor, sites), key=_worst)


def tiles_of(state: RoomState, links: Links, floor: SpeechState | None, sites: Iterable[SiteState]) -> list[Tile]:
    """Return the tiles of some bridge points, in their order."""
    rows, outages = list(sites), state.hand.outages_by_site
    wholes = wholes_of(rows) if len(rows) <= ROLLED_AT_MOST else {}
    tiles = [_tile(site, links.get(site.id), state, floor, outages.get(site.id, 0), wholes.get(site.id)) for site in rows]
    comes = next_site(state)
    return [replace(tile, is_next=True) if tile.id == comes and tile.state != "live" else tile for tile in tiles]


def next_site(state: RoomState) -> int | None:
    """Return the bridge point that speaks next: that of the first line that waits under the open item."""
    item = next((i.id for i in state.items if i.state == "open"), None)
    waiting = (s for s in state.speeches if s.state == "waiting" and s.item_id == item)
    first = next(waiting, None) if state.meeting.state == "open" else None
    return first.bridge_point_id if first else None


def wholes_of(sites: Collection[SiteState]) -> dict[int, HeadCount]:
    """Return the counts of those that have others under them, all below included; the hall does not stand over the others."""
    central = {site.id for site in sites if site.is_central}
    parents = {site.id: None if site.parent_id in central else site.parent_id for site in sites}
    return rolled_up({site.id: site.count for site in sites}, parents)


def _worst(tile: Tile) -> tuple[int, str, int]:
    return _WORST_FIRST.index(tile.state), str(tile.since or ""), tile.id


def _groups(state: RoomState, links: Links, tiles: list[Tile]) -> list[Group]:
    names = {site.id: site.short_name for site in state.sites}
    members: dict[int, list[Tile]] = {}
    for tile in tiles:
        members.setdefault(tile.group or tile.id, []).append(tile)
    return [
        Group(
            id=pk, name=names[pk], state=min((t.state for t in own), key=_WORST_FIRST.index),
            connected=sum(1 for t in own if _on(links.get(t.id))), total=len(own),
            present=sum(t.present for t in own), expected=sum(t.expected for t in own),
            troubles=sum(1 for t in own if t.state in ("bad", "warn")),
        )
        for pk, own in members.items()
    ]  # fmt: skip


def _on(link: Link | None) -> bool:
    return link is not None and link.connected


def _tile(
    site: SiteState, link: Link | None, state: RoomState, floor: SpeechState | None, outages: int, whole: HeadCount | None
) -> Tile:
    kind, word, since = _condition(site, link, state, floor)
    tile = Tile(
        id=site.id, name=site.short_name, state=kind, word=word, since=since, outages=outages, group=site.parent_id,
        present=site.count.present, expected=site.count.expected, whole=whole,
    )  # fmt: skip
    if link is None or not link.connected or kind == "warn":
        return tile
    slow = link.round_trip is not None and link.round_trip > SLOW
    if kind == "ok" and slow:
        tile = replace(tile, state="warn", word=_("Slow line"))
    if kind == "ok" and link.behind:
        tile = replace(tile, state="warn", word=_("Behind"))
    return replace(tile, round_trip=link.round_trip, number=link.number, behind=link.behind)


def _of_incident(incident: IncidentState) -> tuple[str, object, datetime | None]:
    if incident.is_over_there:
        return "warn", _("Over there, the centre has still to say so"), incident.site_ended_at
    return "bad", incident.word, incident.began_at


def _condition(
    site: SiteState, link: Link | None, state: RoomState, floor: SpeechState | None
) -> tuple[str, object, datetime | None]:
    running = state.meeting.state in ("open", "suspended")
    if running and (link is None or not link.connected) and (began := state.hand.open_outages.get(site.id)):
        return "bad", _("Connection lost"), began
    if link is not None and not link.connected and running:
        return "bad", _("Connection lost"), link.since
    if incident := state.hand.incidents.by_site.get(site.id):
        return _of_incident(incident)
    if floor and floor.bridge_point_id == site.id:
        return "live", _("Speaking"), floor.given_at
    if link is None or not link.connected:
        return "idle", _("Not connected yet") if link is None else pgettext_lazy("tile", "Disconnected"), None
    return "ok", _("Connected"), link.since
