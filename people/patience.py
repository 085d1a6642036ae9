"""How often somebody may try to sign in, and how long one waits after that. Pure: states in, states out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

FORGOTTEN = timedelta(hours=24)  # after the last wait: then the waits begin with the shortest again


class Kind(StrEnum):
    """What wrong attempts are counted for."""

    DEVICE = "device"  # a browser that this account has signed in with before
    PAIR = "pair"  # a user name from one address
    NAME = "name"  # a user name from everywhere, without devices and addresses the account is known by
    ADDRESS = "address"  # everybody at one address, without those who are known there


@dataclass(frozen=True)
class Limit:
    """So many wrong attempts within `window`; then each wait of the row, the last one again and again."""

    tries: int
    window: timedelta
    waits: tuple[timedelta, ...]


def _minutes(*numbers: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=n) for n in numbers)


# A person mistypes five times. Nobody guesses a password of ten characters with five attempts an hour; thirty an hour from
# everywhere hold up a net of many addresses. A hall of two hundred guests stands behind one address: its limit is high, its
# wait a minute, so that one guest's mischief never keeps the others out for long.
LIMITS: dict[Kind, Limit] = {
    Kind.DEVICE: Limit(5, timedelta(minutes=15), _minutes(1, 5, 15, 60)),
    Kind.PAIR: Limit(5, timedelta(minutes=15), _minutes(1, 5, 15, 60)),
    Kind.NAME: Limit(30, timedelta(hours=1), _minutes(15, 30, 60)),
    Kind.ADDRESS: Limit(100, timedelta(minutes=10), _minutes(1)),
}


@dataclass(frozen=True)
class Standing:
    """How one count stands: wrong attempts since when, the wait they have led to, and how many waits there have been."""

    failures: int = 0
    since: datetime | None = None
    waits_until: datetime | None = None
    waits: int = 0


def must_wait(standing: Standing, now: datetime) -> bool:
    """Tell whether no attempt is let through now."""
    return standing.waits_until is not None and now < standing.waits_until


def tried(standing: Standing, limit: Limit, now: datetime) -> Standing:
    """Return the count with one more attempt, counted before it is judged: a hundred at once are not let through together."""
    over = standing.waits_until is not None and now >= standing.waits_until
    if over or standing.since is None or now - standing.since > limit.window:
        standing = replace(standing, failures=0, since=now)
    if standing.waits_until is not None and now - standing.waits_until > FORGOTTEN:
        standing = replace(standing, waits=0)
    standing = replace(standing, failures=standing.failures + 1, waits_until=None)
    if standing.failures < limit.tries:
        return standing
    wait = limit.waits[min(standing.waits, len(limit.waits) - 1)]
    return replace(standing, waits_until=now + wait, waits=standing.waits + 1)


def taken_back(standing: Standing, limit: Limit) -> Standing:
    """Return the count without an attempt that turned out to be right: the wait it would have led to goes with it."""
    failures = max(0, standing.failures - 1)
    if standing.waits_until is None or failures >= limit.tries:
        return replace(standing, failures=failures)
    return replace(standing, failures=failures, waits_until=None, waits=max(0, standing.waits - 1))


def left(standing: Standing, limit: Limit) -> int:
    """Return how many more wrong attempts are let through before one has to wait."""
    return max(0, limit.tries - standing.failures)
