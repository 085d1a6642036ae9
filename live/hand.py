"""The state of what the secretariat holds in its hand: displays, announcements, site commands, messages, outages, incidents."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q

from control.incidents.models import Incident
from control.models import Announcement, Display, Message, Outage, ReadMark, Receipt, SiteCommand
from live.incidents import IncidentsState, read_incidents
from meetings.models import BridgePoint, Meeting

MISSING_SHOWN = 40
OUTAGES_SHOWN = 30


@dataclass(frozen=True)
class DisplayState:
    """A public display and what it has been told to show."""

    id: int
    name: str
    bridge_point_id: int | None
    mode: str
    announcement_id: int | None


@dataclass(frozen=True)
class AnnouncementState:
    """An announcement that stands. `site_ids`: whom it is for; none: for all."""

    id: int
    text: str
    at: datetime
    by: str
    site_ids: tuple[int, ...]


@dataclass(frozen=True)
class Missing:
    """A bridge point that has not acknowledged: nothing, delivered or seen."""

    site_id: int
    name: str
    state: str


@dataclass(frozen=True)
class SiteCommandState:
    """A site command that stands, with how far it has come. `site_ids`: whom it is for; none: for all bridge points."""

    id: int
    kind: str
    text: str
    at: datetime
    by: str
    site_ids: tuple[int, ...]
    addressed: int
    delivered: int
    seen: int
    acknowledged: int
    missing: tuple[Missing, ...]

    @property
    def not_acknowledged(self) -> int:
        """How many bridge points have still to acknowledge; `missing` names the first of them."""
        return self.addressed - self.acknowledged


@dataclass(frozen=True)
class ThreadState:
    """One line to one bridge point: when it was last written on, and what each side has not read."""

    site_id: int
    name: str
    line: str
    last_id: int
    last_at: datetime
    unread_here: int
    unread_there: int


@dataclass(frozen=True)
class OutageState:
    """A time without connection; not over while `ended_at` is empty."""

    id: int
    site_id: int
    name: str
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Hand:
    """All of it at one moment; what has been withdrawn or revoked is not in it."""

    displays: tuple[DisplayState, ...] = ()
    announcements: tuple[AnnouncementState, ...] = ()
    site_commands: tuple[SiteCommandState, ...] = ()
    threads: tuple[ThreadState, ...] = ()
    outages: tuple[OutageState, ...] = ()
    outages_total: int = 0
    open_outages: dict[int, datetime] = field(default_factory=dict)
    outages_by_site: dict[int, int] = field(default_factory=dict)
    incidents: IncidentsState = field(default_factory=IncidentsState)

    @cached_property
    def unreported_lines(self) -> int:
        """How many lines are lost that nobody has reported as an incident."""
        told = {one.site_id for one in self.incidents.rows if one.closed_at is None and one.kind == Incident.Kind.LOST_CONNECTION}
        return len(self.open_outages.keys() - told)

    @property
    def happening(self) -> int:
        """How many incidents there are now: those that are open, and the lines that are lost without one."""
        return self.incidents.still_open + self.unreported_lines


def read_hand(meeting: Meeting, using: str) -> Hand:
    """Read what the secretariat holds in its hand for a meeting."""
    outages = Outage.objects.using(using).filter(meeting=meeting)
    by_site = Counter(outages.values_list("bridge_point_id", flat=True))
    return Hand(
        displays=tuple(
            DisplayState(*row)
            for row in Display.objects.using(using)
            .filter(meeting=meeting, revoked_at=None)
            .values_list("pk", "name", "bridge_point_id", "mode", "announcement_id")
        ),
        announcements=_announcements(meeting, using),
        site_commands=_site_commands(meeting, using),
        threads=_threads(meeting, using),
        outages=tuple(
            OutageState(*row)
            for row in outages.order_by("-pk").values_list(
                "pk", "bridge_point_id", "bridge_point__short_name", "began_at", "ended_at"
            )[:OUTAGES_SHOWN]
        ),
        outages_total=sum(by_site.values()),
        open_outages=dict(outages.filter(ended_at=None).values_list("bridge_point_id", "began_at")),
        outages_by_site=by_site,
        incidents=read_incidents(meeting, using),
    )


def _announcements(meeting: Meeting, using: str) -> tuple[AnnouncementState, ...]:
    standing = list(Announcement.objects.using(using).filter(meeting=meeting, withdrawn_at=None).order_by("-pk"))
    sites: dict[int, list[int]] = defaultdict(list)
    if standing:
        named = Announcement.sites.through.objects.using(using).filter(announcement__in=standing)
        for announcement, site in named.order_by("bridgepoint__number").values_list("announcement_id", "bridgepoint_id"):
            sites[announcement].append(site)
    return tuple(
        AnnouncementState(id=a.pk, text=a.text, at=a.published_at, by=a.published_by, site_ids=tuple(sites[a.pk]))
        for a in standing
    )


def _site_commands(meeting: Meeting, using: str) -> tuple[SiteCommandState, ...]:
    standing = (
        SiteCommand.objects.using(using)
        .filter(meeting=meeting, withdrawn_at=None)
        .annotate(
            addressed=Count("receipts"),
            delivered=Count("receipts", filter=Q(receipts__delivered_at__isnull=False)),
            seen=Count("receipts", filter=Q(receipts__seen_at__isnull=False)),
            acknowledged=Count("receipts", filter=Q(receipts__acknowledged_at__isnull=False)),
        )
        .order_by("-pk")
    )
    everywhere = BridgePoint.objects.using(using).filter(meeting=meeting).count() if standing else 0
    return tuple(
        SiteCommandState(
            id=c.pk, kind=c.kind, text=c.text, at=c.issued_at, by=c.issued_by,
            site_ids=() if c.addressed >= everywhere else _addressed(c, using),
            addressed=c.addressed, delivered=c.delivered, seen=c.seen, acknowledged=c.acknowledged,
            missing=_missing(c, using) if c.acknowledged < c.addressed else (),
        )
        for c in standing
    )  # fmt: skip


def _addressed(site_command: SiteCommand, using: str) -> tuple[int, ...]:
    return tuple(site_command.receipts.using(using).values_list("bridge_point_id", flat=True))


def _missing(site_command: SiteCommand, using: str) -> tuple[Missing, ...]:
    waiting = site_command.receipts.using(using).filter(acknowledged_at=None).select_related("bridge_point")
    return tuple(Missing(r.bridge_point_id, r.bridge_point.short_name, _how_far(r)) for r in waiting[:MISSING_SHOWN])


def _how_far(receipt: Receipt) -> str:
    return "seen" if receipt.seen_at else "delivered" if receipt.delivered_at else ""


def _threads(meeting: Meeting, using: str) -> tuple[ThreadState, ...]:
    written = Message.objects.using(using).filter(meeting=meeting).order_by("pk")
    rows = list(written.values_list("pk", "bridge_point_id", "bridge_point__short_name", "line", "from_site", "sent_at"))
    if not rows:
        return ()
    marks = {
        (mark.bridge_point_id, mark.line, mark.at_site): mark.up_to
        for mark in ReadMark.objects.using(using).filter(bridge_point__meeting=meeting)
    }
    unread = Counter(
        (site, line, from_site) for pk, site, _, line, from_site, _ in rows if pk > marks.get((site, line, not from_site), 0)
    )
    last = {(site, line): (pk, name, at) for pk, site, name, line, _, at in rows}
    threads = [
        ThreadState(
            site_id=site, name=name, line=line, last_id=pk, last_at=at,
            unread_here=unread[site, line, True], unread_there=unread[site, line, False],
        )
        for (site, line), (pk, name, at) in last.items()
    ]  # fmt: skip
    return tuple(sorted(threads, key=lambda thread: (thread.unread_here == 0, -thread.last_id)))
