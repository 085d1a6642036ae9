"""Which office a standing participant holds now, by the directory. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Office:
    """A position in a unit; `organisation` is the unit's key in the directory."""

    position: str
    unit: str
    organisation: int | None = None


@dataclass(frozen=True)
class Held:
    """An office as the directory knows it, from one day until another."""

    office: Office
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        """Tell whether it is held on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def office_now(old: Office, held: Sequence[Held], day: date) -> Office:
    """Return the office to be written down now: the old one while it is held, else the newest in its unit, else the newest.

    Whom the directory says nothing of keeps the old one; so does who holds none any more, and somebody looks at it.
    """
    now = sorted((h for h in held if h.on(day)), key=lambda h: h.since or date.min, reverse=True)
    offices = [h.office for h in now]
    if not offices or any((o.position, o.unit) == (old.position, old.unit) for o in offices):
        return old
    return next((o for o in offices if old.organisation is not None and o.organisation == old.organisation), offices[0])


def holds_none(held: Sequence[Held], day: date) -> bool:
    """Tell whether the directory knows offices of a person, none of which is held any more."""
    return bool(held) and not any(h.on(day) for h in held)
