"""Which bridge points are connected: soft, kept in memory, never the legal record of attendance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from live.screens import Link
from meetings import clock


@dataclass
class SiteLink:
    """The consoles of one bridge point: how many are open, and since when the site is connected or lost (real time)."""

    consoles: set[object] = field(default_factory=set)
    since: datetime = field(default_factory=timezone.now)


class Links:
    """The links of one meeting in this process."""

    def __init__(self) -> None:
        self._sites: dict[int, SiteLink] = {}

    def join(self, bridge_point: int, console: object) -> bool:
        """Note an open console; tell whether the site has just become connected."""
        site = self._sites.setdefault(bridge_point, SiteLink())
        first = not site.consoles
        site.consoles.add(console)
        if first:
            site.since = timezone.now()
        return first

    def leave(self, bridge_point: int, console: object) -> bool:
        """Note a closed console; tell whether the site has just been lost."""
        site = self._sites.get(bridge_point)
        if site is None or console not in site.consoles:
            return False
        site.consoles.discard(console)
        if not site.consoles:
            site.since = timezone.now()
        return not site.consoles

    def now(self) -> dict[int, tuple[bool, datetime]]:
        """Return each known site: connected or not, and since when (real time)."""
        return {pk: (bool(site.consoles), site.since) for pk, site in list(self._sites.items())}


def in_meeting_time(found: dict[int, tuple[bool, datetime]], offset: datetime, real: datetime, rate: float) -> dict[int, Link]:
    """Return links with their moments on the meeting's clock, which shows `offset` at the real moment `real`."""
    return {pk: Link(connected=on, since=clock.moved(offset, since - real, rate)) for pk, (on, since) in found.items()}
