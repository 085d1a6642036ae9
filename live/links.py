"""Which bridge points are connected, and how well: soft, kept in memory, never the legal record of attendance."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

POLLING_LIMIT = 20  # consoles of one bridge point without a socket; names beyond are not noted
LEASE = 30.0  # seconds: a console without a socket that has not been heard of for so long is gone


@dataclass(frozen=True)
class Link:
    """A bridge point's link: connected or not, since when (meeting time), the last round trip in ms, the number taken.

    `behind`: by how many numbers it has been behind what it was sent, for seconds already.
    """

    connected: bool
    since: datetime
    round_trip: int | None = None
    number: int | None = None
    behind: int = 0


def _never() -> int:
    return 0


@dataclass
class Console:
    """One open console: the number it has acknowledged, its last round trip, and until when it counts (polling ones)."""

    behind: Callable[[], int] = _never
    number: int = 0
    round_trip: int | None = None
    until: float | None = None


@dataclass
class SiteLink:
    """The consoles of one bridge point, and since when it is connected or lost: meeting time, and the machine's."""

    since: datetime
    changed_at: float
    consoles: dict[Hashable, Console] = field(default_factory=dict)
    link: Link | None = None

    def shown(self) -> Link:
        """Return what others see of it; the best of its consoles speaks for it. Made anew only after a change."""
        consoles, link = list(self.consoles.values()), self.link  # a page's first load asks from another thread
        behind = min((console.behind() for console in consoles), default=0)
        if link is None or link.behind != behind:
            trips = [console.round_trip for console in consoles if console.round_trip is not None]
            number = max((console.number for console in consoles), default=None)
            link = self.link = Link(bool(consoles), self.since, min(trips, default=None), number or None, behind)
        return link


class Links:
    """The links of one meeting in this process. Moments are those of the meeting's clock, whatever its rate becomes."""

    def __init__(self) -> None:
        self._sites: dict[int, SiteLink] = {}

    def join(self, bridge_point: int, console: Hashable, now: datetime, behind: Callable[[], int] = _never) -> bool:
        """Note an open console; tell whether the site has just become connected."""
        site = self._sites.setdefault(bridge_point, SiteLink(now, time.monotonic()))
        first = not site.consoles
        site.consoles.setdefault(console, Console(behind))
        if first:
            site.since, site.changed_at = now, time.monotonic()
        site.link = None
        return first

    def may_poll(self, bridge_point: int, console: Hashable) -> bool:
        """Tell whether a console without a socket is known, or may still be noted."""
        site = self._sites.get(bridge_point)
        if site is None or console in site.consoles:
            return True
        return sum(known.until is not None for known in site.consoles.values()) < POLLING_LIMIT

    def leave(self, bridge_point: int, console: Hashable, now: datetime) -> bool:
        """Note a closed console; tell whether the site has just been lost."""
        site = self._sites.get(bridge_point)
        if site is None or console not in site.consoles:
            return False
        del site.consoles[console]
        site.link = None
        if not site.consoles:
            site.since, site.changed_at = now, time.monotonic()
        return not site.consoles

    def note(
        self,
        bridge_point: int,
        console: Hashable,
        *,
        number: int | None = None,
        round_trip: int | None = None,
        lease: bool = False,
    ) -> None:
        """Note what has been heard of a console."""
        site = self._sites.get(bridge_point)
        known = site.consoles.get(console) if site else None
        if site is None or known is None:
            return
        known.number = max(known.number, number or 0)
        known.round_trip = known.round_trip if round_trip is None else round_trip
        if lease:
            known.until = time.monotonic() + LEASE
        site.link = None

    def expire(self, now: datetime) -> bool:
        """Let go of polling consoles that have not been heard of; tell whether a site has been lost."""
        over = [
            (pk, key)
            for pk, site in self._sites.items()
            for key, console in site.consoles.items()
            if console.until is not None and console.until < time.monotonic()
        ]
        lost = [self.leave(pk, key, now) for pk, key in over]
        return any(lost)

    def is_leased(self) -> bool:
        """Whether a console takes part without a socket."""
        return any(console.until is not None for site in self._sites.values() for console in site.consoles.values())

    def lost(self, *, meeting_seconds: float, seconds: float, now: datetime, known: Iterable[int]) -> dict[int, datetime]:
        """Return the sites that have been away for so long by both clocks and are not `known` to be, with since when."""
        moment, known = time.monotonic(), set(known)
        return {
            pk: site.since
            for pk, site in self._sites.items()
            if not site.consoles and pk not in known and moment - site.changed_at >= seconds
            if (now - site.since).total_seconds() >= meeting_seconds
        }

    def connected(self, sites: Iterable[int]) -> list[int]:
        """Return those of some sites that are connected."""
        return [pk for pk in sites if pk in self._sites and self._sites[pk].consoles]

    def now(self) -> dict[int, Link]:
        """Return each known site's link."""
        return {pk: site.shown() for pk, site in list(self._sites.items())}
