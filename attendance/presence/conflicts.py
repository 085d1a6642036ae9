"""What contradicts, as the desk shows it: two records side by side, and what each of them would make of the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from attendance.presence.models import THERE, Presence, PresenceConflict
from attendance.presence.pages import concerning, open_conflicts
from attendance.scanning.models import Direction, Scan
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Actor

SHOWN = 50
SETTLED_SHOWN = 20


@dataclass(frozen=True)
class Side:
    """One record: what it says of the person, where, and when. Empty state: nothing was known."""

    state: str
    word: str
    where: BridgePoint | None
    at: datetime | None


@dataclass(frozen=True)
class Shown:
    """A contradiction with its two sides, and how the person stands now."""

    conflict: PresenceConflict
    before: Side
    scanned: Side
    now: Side
    may_settle: bool
    offers_before: bool
    offers_scanned: bool
    may_place_there: bool  # where it was read


@dataclass(frozen=True)
class Conflicts:
    """Those that wait, how many more there are, and the last ones that were settled."""

    open: list[Shown]
    more: int
    settled: list[PresenceConflict]


def shown_conflicts(meeting: Meeting, actor: Actor, site: int | None) -> Conflicts:
    """Return the contradictions an actor may see; with `site` those that concern it. A constant number of queries."""
    along = (
        "participant__bridge_point", "participant__presence__bridge_point", "scan__bridge_point", "scan__scanner__door",
        "stood_where",
    )  # fmt: skip
    waiting = open_conflicts(meeting, site)
    rows = list(waiting.select_related(*along).order_by("pk")[: SHOWN + 1])
    more = waiting.count() - SHOWN if len(rows) > SHOWN else 0
    done = PresenceConflict.objects.filter(meeting=meeting).exclude(settled_at=None)
    if site is not None:
        done = done.filter(concerning(site))
    settled = list(done.select_related(*along).order_by("-settled_at", "-pk")[:SETTLED_SHOWN])
    return Conflicts([_shown(one, actor) for one in rows[:SHOWN]], more, settled)


def _shown(one: PresenceConflict, actor: Actor) -> Shown:
    places = (one.scan.bridge_point_id, one.stood_where_id, one.participant.bridge_point_id)
    before, now = _side(one.stood, one.stood_where, one.stood_at), _now(one)
    scanned = _side(_meant(one.scan), one.scan.bridge_point, one.scan.at)
    return Shown(
        conflict=one,
        before=before,
        scanned=scanned,
        now=now,
        may_settle=any(actor.may_mark_presence_at(place) for place in places),
        offers_before=bool(before.state) and _is_offered(before, now, actor),
        offers_scanned=_is_offered(scanned, now, actor),
        may_place_there=actor.may_mark_presence_at(one.scan.bridge_point_id),
    )


def _is_offered(side: Side, now: Side, actor: Actor) -> bool:
    """Tell whether a record is something else than what is so now, and the actor's to say."""
    if (side.state, side.where) == (now.state, now.where):
        return False
    if side.state not in THERE and now.state in THERE and not _is_of(actor, now):
        return False  # nobody is sent away from another place
    return _is_of(actor, side)


def _is_of(actor: Actor, side: Side) -> bool:
    return actor.may_mark_presence_at(side.where.pk if side.where else None)


def _side(state: str, where: BridgePoint | None, at: datetime | None) -> Side:
    return Side(state, str(Presence.State(state).label) if state else "", where, at)


def _now(one: PresenceConflict) -> Side:
    presence: Presence | None = getattr(one.participant, "presence", None)
    return _side(presence.state, presence.bridge_point, presence.marked_at) if presence else _side("", None, None)


def _meant(scan: Scan) -> str:
    """Return what a scan says of the person: there, or gone."""
    return Presence.State.PRESENT if scan.direction == Direction.IN else Presence.State.LEFT
