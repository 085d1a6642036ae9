"""What the person at the door is told of a badge: admitted or not, and why. Pure; static/js/scan/judging.js says the same.

tests/attendance/scanning/cases.json holds both to one table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Badge:
    """What was read: a code of this installation (`is_forged`: it is none), for which meeting, under which serial, valid when."""

    is_forged: bool = False
    meeting: int = 0
    is_revoked: bool = False
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True)
class Holder:
    """Whose badge it is: the own bridge point, and how and where the person stands. `is_out`: excused or replaced."""

    site: int | None
    state: str = ""
    where: int | None = None
    is_out: bool = False


@dataclass(frozen=True)
class Doorway:
    """Where it was read, which way people go, and whether the person at the door admits who belongs elsewhere."""

    meeting: int
    site: int
    direction: str = "in"
    move: bool = False


def judge(badge: Badge | None, holder: Holder | None, door: Doorway, now: datetime) -> tuple[str, str]:
    """Return verdict and reason.

    `badge` None: found by name on the list, without a badge; `holder` None: nobody of the meeting.
    """
    reason = _fault_of(badge, door, now) if badge is not None else ""
    if not reason and holder is None:
        reason = "not_approved"
    if reason or holder is None:
        return "refused", reason
    return _leaving(holder, door) if door.direction == "out" else _entering(holder, door)


def _fault_of(badge: Badge, door: Doorway, now: datetime) -> str:
    """Return what is wrong with a badge itself; nothing when it is good."""
    if badge.is_forged:
        return "forged"
    if badge.meeting != door.meeting:
        return "other_meeting"
    if badge.is_revoked:
        return "revoked"
    is_early = badge.valid_from is not None and now < badge.valid_from
    is_late = badge.valid_until is not None and now >= badge.valid_until
    return "expired" if is_early or is_late else ""


def _leaving(holder: Holder, door: Doorway) -> tuple[str, str]:
    return ("out", "") if _is_at(holder, door.site) else ("refused", "outside")


def _entering(holder: Holder, door: Doorway) -> tuple[str, str]:
    if _is_at(holder, door.site):
        return "refused", "inside"
    if holder.is_out:
        return "refused", "excused"
    if holder.state == "present" or holder.site not in (None, door.site):
        return ("moved", "") if door.move else ("refused", "other_place")
    return "admitted", ""


def _is_at(holder: Holder, site: int) -> bool:
    return holder.state == "present" and holder.where == site
