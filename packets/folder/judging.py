"""What a line of paper means beside what is known of a person: new, later, the same, or overtaken by a newer mark. Pure.

What somebody marked, or a scanner read, after the paper was written stands; the paper is shown beside it and changes nothing.
Times are compared by the minute, as paper has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from attendance.presence.standing import ABSENT, LEFT, PRESENT, Impossible, Standing, entered, left

NEW, CHANGED, SAME, KEPT = "new", "changed", "same", "kept"
Mark = tuple[str, datetime | None]


@dataclass(frozen=True)
class Paper:
    """What a line says: from when until when, or that the person did not come."""

    arrived: datetime | None = None
    departed: datetime | None = None
    is_absent: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return self.arrived is None and self.departed is None and not self.is_absent


@dataclass(frozen=True)
class Judged:
    """What entering a line does: `marks` are to be made one after the other; `arrival_kept`: the known arrival stays."""

    does: str
    marks: tuple[Mark, ...] = ()
    arrival_kept: bool = False


class Incomplete(ValueError):
    """A departure of somebody who has not come, as far as anybody knows."""


def judge(known: Standing, paper: Paper, where: int) -> Judged:
    """Say what a line of the bridge point `where` does to how somebody stands; who is at another one stays there.

    Raises Incomplete for a departure without an arrival.
    """
    done = _judged(known, paper, where)
    return done if _can_be(known, done, where) else Judged(KEPT)


def _judged(known: Standing, paper: Paper, where: int) -> Judged:
    if paper.is_absent:
        return _absent(known)
    if paper.arrived is None and not (known.is_there or known.state == LEFT):
        raise Incomplete
    if known.is_there and known.where not in (None, where):
        return Judged(KEPT)
    if known.is_there:
        return _there(known, paper)
    if known.state == LEFT:
        return _left(known, paper)
    if known.state == ABSENT and not _after(paper.arrived, known.since):
        return Judged(KEPT)
    return Judged(CHANGED if known.state else NEW, _both(paper))


def _can_be(known: Standing, done: Judged, where: int) -> bool:
    """Tell whether marks fit between the stays that are known."""
    try:
        for state, at in done.marks:
            if at is not None:
                known = left(known, at=at) if state == LEFT else entered(known, where=where, at=at)
    except Impossible:
        return False
    return True


def _absent(known: Standing) -> Judged:
    if known.state == ABSENT:
        return Judged(SAME)
    return Judged(KEPT) if known.state else Judged(NEW, ((ABSENT, None),))


def _there(known: Standing, paper: Paper) -> Judged:
    earlier = paper.arrived is not None and _after(known.since, paper.arrived)
    if paper.departed is None:
        return Judged(KEPT if earlier else SAME)
    if not _after(paper.departed, known.since):
        return Judged(KEPT)
    return Judged(CHANGED, ((LEFT, paper.departed),), arrival_kept=earlier)


def _left(known: Standing, paper: Paper) -> Judged:
    if paper.arrived is not None and _after(paper.arrived, known.since):
        return Judged(CHANGED, _both(paper))
    return Judged(SAME if paper.departed is None or _minute(paper.departed) == _minute(known.since) else KEPT)


def _both(paper: Paper) -> tuple[Mark, ...]:
    return ((PRESENT, paper.arrived), *(((LEFT, paper.departed),) if paper.departed else ()))


def _after(one: datetime | None, other: datetime | None) -> bool:
    """Tell whether one moment lies after another, by the minute; anything lies after nothing."""
    first, second = _minute(one), _minute(other)
    return first is not None and (second is None or first > second)


def _minute(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment else None
