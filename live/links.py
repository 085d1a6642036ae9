"""Which bridge points are connected: soft, kept in memory, never the legal record of attendance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from live.screens import Link


@dataclass
class SiteLink:
    """The consoles of one bridge point: how many are open, and since when the site is connected or lost (meeting time)."""

    since: datetime
    consoles: set[object] = field(default_factory=set)


class Links:
    """The links of one meeting in this process. Moments are those of the meeting's clock, whatever its rate becomes."""

    def __init__(self) -> None:
        self._sites: dict[int, SiteLink] = {}

    def join(self, bridge_point: int, console: object, now: datetime) -> bool:
        """Note an open console; tell whether the site has just become connected."""
        site = self._sites.setdefault(bridge_point, SiteLink(now))
        first = not site.consoles
        site.consoles.add(console)
        if first:
            site.since = now
        return first

    def leave(self, bridge_point: int, console: object, now: datetime) -> bool:
        """Note a closed console; tell whether the site has just been lost."""
        site = self._sites.get(bridge_point)
        if site is None or console not in site.consoles:
            return False
        site.consoles.discard(console)
        if not site.consoles:
            site.since = now
        return not site.consoles

    def now(self) -> dict[int, Link]:
        """Return each known site: connected or not, and since when."""
        return {pk: Link(connected=bool(site.consoles), since=site.since) for pk, site in list(self._sites.items())}
