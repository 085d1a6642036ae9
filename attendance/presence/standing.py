"""How somebody stands: not marked, present, online, left or absent, where, since when, and the stays so far. Pure.

Hand marks and scans both move a standing by these rules; what they make of it is what facts carry and rows keep.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

PRESENT, ONLINE, LEFT, ABSENT = "present", "online", "left", "absent"
THERE = frozenset({PRESENT, ONLINE})


@dataclass(frozen=True)
class Span:
    """One stay: through which bridge point, in person or online, from when until when (nothing: still there)."""

    where: int | None
    is_online: bool
    began_at: datetime
    ended_at: datetime | None = None

    def plain(self) -> list[Any]:
        """Return the stay as JSON can hold it."""
        return [self.where, self.is_online, _plain(self.began_at), _plain(self.ended_at) if self.ended_at else None]


@dataclass(frozen=True)
class Standing:
    """What is known of one person. `by_hand_at`: when a person last said so; `stays`: in order, the last may be open."""

    state: str = ""
    where: int | None = None
    since: datetime | None = None
    by_hand_at: datetime | None = None
    stays: tuple[Span, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether the person takes part now, in person or online."""
        return self.state in THERE

    @property
    def open_stay(self) -> Span | None:
        """The stay that has not ended."""
        return self.stays[-1] if self.stays and self.stays[-1].ended_at is None else None

    def shown(self) -> list[Any]:
        """Return state, place and stays as JSON can hold them: what journal and tables are compared by."""
        return [self.state, self.where, [span.plain() for span in self.stays]]


class Impossible(ValueError):
    """A time that contradicts what has been recorded: it lies within an earlier stay."""


def entered(standing: Standing, *, where: int | None, at: datetime, is_online: bool = False) -> Standing:
    """Return the standing of who is there from `at` on.

    The same place and form again only moves the beginning of the stay back, never forward. Another place ends the stay before.
    Raises Impossible when `at` lies before the end of an earlier stay.
    """
    state, last = ONLINE if is_online else PRESENT, standing.open_stay
    before = standing.stays[:-1] if last else standing.stays
    if last and (last.where, last.is_online) == (where, is_online):
        began = min(last.began_at, at)
        _after(before, began)
        return replace(standing, state=state, where=where, since=began, stays=(*before, replace(last, began_at=began)))
    if last:
        before = (*before, replace(last, ended_at=max(last.began_at, at)))
    _after(before, at)
    return replace(standing, state=state, where=where, since=at, stays=(*before, Span(where, is_online, at)))


def moved_beginning(standing: Standing, *, at: datetime) -> Standing:
    """Return the standing with the present stay beginning at another time: a correction by hand, forward too."""
    last = standing.open_stay
    if last is None:
        return standing
    _after(standing.stays[:-1], at)
    return replace(standing, since=at, stays=(*standing.stays[:-1], replace(last, began_at=at)))


def left(standing: Standing, *, at: datetime) -> Standing:
    """Return the standing of who has gone at `at`; who has gone already is corrected to that time."""
    if not standing.stays:
        return replace(standing, state=LEFT, since=at)
    last = standing.stays[-1]
    if at < last.began_at:
        raise Impossible
    return replace(standing, state=LEFT, since=at, stays=(*standing.stays[:-1], replace(last, ended_at=at)))


def absent(standing: Standing, *, at: datetime, where: int | None) -> Standing:
    """Return the standing of who is not there: an open stay was a mistake, stays that have ended were not."""
    stays = standing.stays[:-1] if standing.open_stay else standing.stays
    return replace(standing, state=ABSENT, where=where, since=at, stays=stays)


def forgotten(standing: Standing) -> Standing:
    """Return the standing before the last entry: it was a mistake that has been taken back at once."""
    opened, stays = standing.open_stay, standing.stays[:-1] if standing.open_stay else standing.stays
    if not stays:
        return Standing()
    last = stays[-1]
    if opened and last.ended_at == opened.began_at:  # it was the entry that ended this one
        return back_again(replace(standing, stays=stays))
    return replace(standing, state=LEFT, where=last.where, since=last.ended_at, stays=stays)


def back_again(standing: Standing) -> Standing:
    """Return the standing before the last leaving: it was a mistake that has been taken back at once."""
    if not standing.stays or standing.stays[-1].ended_at is None:
        return standing
    last = replace(standing.stays[-1], ended_at=None)
    state = ONLINE if last.is_online else PRESENT
    return replace(standing, state=state, where=last.where, since=last.began_at, stays=(*standing.stays[:-1], last))


def read_shown(row: Mapping[str, Any], *, state: str, where: int | None) -> list[Any]:
    """Return what a row of a fact says of a person, in the shape of `Standing.shown`; older facts carry no stays."""
    return [state, where if "stays" in row else None, row.get("stays", [])]


def _after(stays: tuple[Span, ...], at: datetime) -> None:
    if stays and stays[-1].ended_at is not None and at < stays[-1].ended_at:
        raise Impossible


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
