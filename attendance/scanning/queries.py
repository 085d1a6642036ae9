"""What is read of doors and devices: which bridge points have some, which of them need somebody, the worst first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from attendance.scanning.models import Door, Scanner
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor

#: After how long without a word a device counts as silent. It asks for its list every 30 seconds.
SILENT = timedelta(minutes=2)


def is_silent(scanner: Scanner, now: datetime) -> bool:
    """Tell whether a device that had been heard of is silent now."""
    return scanner.seen_at is not None and scanner.seen_at < now - SILENT


@dataclass(frozen=True)
class ShownScanner:
    """A device as a page shows it: `lost` (unsent scans and silent), `waiting`, `silent`, `new` (never heard of), `ok`."""

    scanner: Scanner
    state: str

    @property
    def pk(self) -> int:
        """The row's key."""
        return self.scanner.pk


def state_of(scanner: Scanner, now: datetime) -> str:
    """Say in one word how a device stands."""
    silent = is_silent(scanner, now)
    if scanner.unsent:
        return "lost" if silent or scanner.revoked_at else "waiting"
    if scanner.seen_at is None:
        return "new"
    return "silent" if silent else "ok"


_WORST = ("lost", "waiting", "silent", "new", "ok")


@dataclass(frozen=True)
class ShownDoor:
    """An open door with its devices, the worst first."""

    door: Door
    scanners: list[ShownScanner] = field(default_factory=list)


@dataclass(frozen=True)
class ShownSite:
    """A bridge point with its open doors."""

    site: BridgePoint
    doors: list[ShownDoor]


def sites_with_doors(meeting: Meeting, actor: Actor, words: str) -> QuerySet[BridgePoint]:
    """Return the bridge points the actor looks after that have a door or a device that matters, the worst first."""
    matters = Q(doors__scanners__revoked_at=None, doors__scanners__isnull=False) | Q(doors__scanners__unsent__gt=0)
    silent = Q(doors__scanners__seen_at__lt=timezone.now() - SILENT) & matters
    found = meeting.bridge_points.filter(Q(doors__closed_at=None, doors__isnull=False) | Q(doors__scanners__unsent__gt=0))
    if not actor.may(Ability.MARK_ANY_PRESENCE):
        found = found.filter(pk=actor.bridge_point_id or 0)
    for word in words.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
    return found.annotate(
        lost=Count("doors__scanners", filter=silent & Q(doors__scanners__unsent__gt=0), distinct=True),
        waiting=Sum("doors__scanners__unsent", filter=matters),
        silent=Count("doors__scanners", filter=silent, distinct=True),
    ).order_by("-lost", F("waiting").desc(nulls_last=True), "-silent", "number")


def shown_sites(sites: list[BridgePoint]) -> list[ShownSite]:
    """Return bridge points with their open doors and the devices at them."""
    now = timezone.now()
    scanners: dict[int, list[ShownScanner]] = {}
    devices = Scanner.objects.filter(door__bridge_point__in=sites).filter(Q(revoked_at=None) | Q(unsent__gt=0))
    for scanner in devices.order_by("pk"):
        scanners.setdefault(scanner.door_id, []).append(ShownScanner(scanner, state_of(scanner, now)))
    doors: dict[int, list[ShownDoor]] = {}
    for door in Door.objects.filter(Q(closed_at=None) | Q(pk__in=scanners), bridge_point__in=sites).order_by("pk"):
        rows = sorted(scanners.get(door.pk, []), key=lambda row: (_WORST.index(row.state), row.pk))
        doors.setdefault(door.bridge_point_id, []).append(ShownDoor(door, rows))
    return [ShownSite(site, doors.get(site.pk, [])) for site in sites]


@dataclass(frozen=True)
class Devices:
    """How many devices of a meeting are open, how many scans they hold unsent, and those that need somebody."""

    open: int = 0
    unsent: int = 0
    troubled: tuple[TroubledDevice, ...] = ()

    @property
    def lost(self) -> bool:
        """Whether one of them is silent and holds scans."""
        return any(one.unsent and one.is_silent for one in self.troubled)


@dataclass(frozen=True)
class TroubledDevice:
    """A device with unsent scans, or silent. `seen_at` is the machine's time."""

    id: int
    name: str
    door: str
    site_id: int
    unsent: int
    is_silent: bool
    seen_at: datetime | None


SHOWN_AT_MOST = 60


def devices_of(meeting: int, *, using: str = "default") -> Devices:
    """Return the devices of a meeting (its key) in one query."""
    limit = timezone.now() - SILENT
    rows = (
        Scanner.objects.using(using)
        .filter(meeting=meeting)
        .filter(Q(revoked_at=None) | Q(unsent__gt=0))
        .order_by("pk")
        .values_list("pk", "name", "door__name", "door__bridge_point_id", "unsent", "seen_at", "revoked_at")
    )
    found = [
        TroubledDevice(pk, name, door, site, unsent, bool(revoked or (seen and seen < limit)), seen)
        for pk, name, door, site, unsent, seen, revoked in rows
    ]
    troubled = sorted(
        (one for one in found if one.unsent or one.is_silent),
        key=lambda one: (not (one.unsent and one.is_silent), -one.unsent, one.id),
    )
    return Devices(len(found), sum(one.unsent for one in found), tuple(troubled[:SHOWN_AT_MOST]))
