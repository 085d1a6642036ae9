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
    """What is known of one person. `by_hand_at`: when a person last said so; `stays`: in order, the last may be open.

    `reason`: why absent; no fact tells it. `before`: how they stood before the scan that made it so, for taking that back.
    """

    state: str = ""
    where: int | None = None
    since: datetime | None = None
    by_hand_at: datetime | None = None
    stays: tuple[Span, ...] = ()
    reason: str = ""
    before: Before | None = None

    @property
    def is_there(self) -> bool:
        """Whether the person takes part now, in person or online."""
        return self.state in THERE

    @property
    def open_stay(self) -> Span | None:
        """The stay that has not ended."""
        return self.stays[-1] if self.stays and self.stays[-1].ended_at is None else None

    @property
    def seen(self) -> str:
        """What a form keeps of how somebody stood when it was made: it changes with every mark and every scan that counts."""
        moments = (_plain(moment) if moment else "" for moment in (self.since, self.by_hand_at))
        return " ".join([self.state or "unmarked", str(self.where or ""), *moments])

    def shown(self) -> list[Any]:
        """Return state, place and stays as JSON can hold them: what journal and tables are compared by."""
        return [self.state, self.where, [span.plain() for span in self.stays]]


@dataclass(frozen=True)
class Before:
    """How somebody stood before a scan of the moment `at`."""

    at: datetime
    standing: Standing

    def plain(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        one = self.standing
        return {
            "at": _plain(self.at), "state": one.state, "where": one.where, "since": _plain(one.since) if one.since else None,
            "by_hand_at": _plain(one.by_hand_at) if one.by_hand_at else None, "reason": one.reason,
            "stays": [span.plain() for span in one.stays],
        }  # fmt: skip

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Before:
        """Return what `plain` has made of it."""
        stays = tuple(Span(where, online, _at(began), _read(ended)) for where, online, began, ended in plain["stays"])
        since, by_hand = _read(plain["since"]), _read(plain["by_hand_at"])
        return cls(_at(plain["at"]), Standing(plain["state"], plain["where"], since, by_hand, stays, plain["reason"]))


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
        return replace(
            standing,
            reason="",
            before=None,
            state=state,
            where=where,
            since=began,
            stays=(*before, replace(last, began_at=began)),
        )
    if last:
        before = (*before, replace(last, ended_at=max(last.began_at, at)))
    _after(before, at)
    return replace(
        standing, reason="", before=None, state=state, where=where, since=at, stays=(*before, Span(where, is_online, at))
    )


def moved_beginning(standing: Standing, *, at: datetime) -> Standing:
    """Return the standing with the present stay beginning at another time: a correction by hand, forward too."""
    last = standing.open_stay
    if last is None:
        return standing
    _after(standing.stays[:-1], at)
    return replace(standing, before=None, since=at, stays=(*standing.stays[:-1], replace(last, began_at=at)))


def left(standing: Standing, *, at: datetime) -> Standing:
    """Return the standing of who has gone at `at`; who has gone already is corrected to that time."""
    if not standing.stays:
        return _moved(standing, state=LEFT, since=at)
    last = standing.stays[-1]
    if at < last.began_at:
        raise Impossible
    return replace(
        standing, reason="", before=None, state=LEFT, since=at, stays=(*standing.stays[:-1], replace(last, ended_at=at))
    )


def absent(standing: Standing, *, at: datetime, where: int | None) -> Standing:
    """Return the standing of who is not there: an open stay was a mistake, stays that have ended were not."""
    stays = standing.stays[:-1] if standing.open_stay else standing.stays
    return replace(standing, before=None, state=ABSENT, where=where, since=at, stays=stays)


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


def read_shown(row: Mapping[str, Any], *, state: str, where: int | None, before: list[Any] | None = None) -> list[Any]:
    """Return what a row of a fact says of a person, in the shape of `Standing.shown`; older facts carry no stays.

    `before`: the same as it was until then: so many of its stays as the row says are `kept`, and those of the row follow.
    """
    kept = before[2][: row["kept"]] if before and row.get("kept") else []
    return [state, where if "stays" in row else None, [*kept, *row.get("stays", [])]]


def kept_stays(before: Standing, after: Standing) -> int:
    """Return how many stays, from the first, are the same in both."""
    pairs = zip(before.stays, after.stays, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(before.stays), len(after.stays)))


def _moved(standing: Standing, **now: Any) -> Standing:
    """Return a standing that is another now: no reason of absence holds, and nothing is to be taken back."""
    return replace(standing, reason="", before=None, **now)


def _after(stays: tuple[Span, ...], at: datetime) -> None:
    if stays and stays[-1].ended_at is not None and at < stays[-1].ended_at:
        raise Impossible


def _read(moment: str | None) -> datetime | None:
    return _at(moment) if moment else None


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
