"""Conclusions as the screens know them: the one the displays show, what else is proposed, a stamp that changes with any."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models.functions import Substr

from meetings.models import Meeting
from minutes.models import Conclusion

PROPOSED_SHOWN = 8
OPENING = 240  # characters of a proposal that is not on the displays
State = Conclusion.State

# The wall, in units of a hundredth of its width (sites.css): what a wording may take, and the sizes it may stand in.
WIDTH, HEIGHT = 91.0, 37.0
SIZES = (7.2, 5.8, 4.8, 4.0, 3.4, 2.9, 2.5, 2.1, 1.8, 1.5, 1.25, 1.0, 0.8)
LETTER = 0.56  # how wide a letter is, in its size; a capital is wider
CAPITAL = 1.35
LINE = 1.4
SMALL = 0.72  # what stands under the wording, in its size


@dataclass(frozen=True)
class ConclusionState:
    """A conclusion with all its words. `number`: nothing while it is proposed."""

    id: int
    number: int | None
    version: int
    text: str
    who: str
    along: str
    due: date | None
    product: str

    @property
    def size(self) -> int:
        """Which of the sizes of a wall it stands in, from 1 (largest): the largest in which all of it fits."""
        below = (self.who, self.along, self.product, "00/00/0000" if self.due else "")
        return fitting(self.text, [part for part in below if part])


@dataclass(frozen=True)
class ProposalState:
    """A proposal that is not on the displays, by its opening words."""

    id: int
    opening: str
    who: str
    due: date | None


@dataclass(frozen=True)
class ConclusionsState:
    """`newest`: the one adopted last; `more`: how many proposals are not among `proposed`; `stamp`: of them all."""

    stamp: str = ""
    shown: ConclusionState | None = None
    newest: ConclusionState | None = None
    proposed: tuple[ProposalState, ...] = ()
    more: int = 0


def read_conclusions(meeting: Meeting, using: str, before: ConclusionsState | None = None) -> ConclusionsState:
    """Read them with one short question, and one more where something is shown or adopted; the very same value if unchanged."""
    every = Conclusion.objects.using(using).filter(meeting=meeting)
    rows = list(every.annotate(opening=Substr("text", 1, OPENING)).values(*_ASKED))
    found = _state(rows, every) if rows else ConclusionsState()
    return before if found == before and before is not None else found


_ASKED = ("pk", "state", "number", "version", "position", "shown_at", "item", "opening", "who", "due")


def _state(rows: list[dict[str, object]], every: object) -> ConclusionsState:
    shown = next((row["pk"] for row in rows if row["shown_at"] is not None), None)
    adopted = [row for row in rows if row["state"] == State.ADOPTED]
    newest = max(adopted, key=lambda row: row["number"], default={"pk": None})["pk"]  # type: ignore[arg-type,return-value]
    whole = _whole(every, {shown, newest} - {None})
    waiting = [row for row in rows if row["state"] == State.PROPOSED and row["pk"] != shown]
    told = [[str(row[key]) for key in _ASKED if key not in ("opening", "who", "due")] for row in rows]
    return ConclusionsState(
        stamp=sha256(repr(told).encode()).hexdigest()[:16],
        shown=whole.get(shown),
        newest=whole.get(newest),
        proposed=tuple(
            ProposalState(id=row["pk"], opening=row["opening"], who=row["who"], due=row["due"])  # type: ignore[arg-type]
            for row in waiting[:PROPOSED_SHOWN]
        ),
        more=max(0, len(waiting) - PROPOSED_SHOWN),
    )


def _whole(every: object, keys: set[object]) -> dict[object, ConclusionState]:
    if not keys:
        return {}
    rows = every.filter(pk__in=keys)  # type: ignore[attr-defined]
    return {
        row.pk: ConclusionState(
            id=row.pk, number=row.number, version=row.version, text=row.text, who=row.who, along=row.along, due=row.due,
            product=row.product,
        )
        for row in rows
    }  # fmt: skip


def fitting(text: str, below: list[str]) -> int:
    """Return the largest size, from 1, in which a wording with what stands under it fits on a wall; else the smallest."""
    for at, size in enumerate(SIZES, start=1):
        height = _height(text, size) + sum(_height(line + " " * 24, size * SMALL) for line in below)
        if height <= HEIGHT:
            return at
    return len(SIZES)


def _height(text: str, size: float) -> float:
    """Return how high a text stands, in units; the end of a line is mostly left empty by the word that did not fit."""
    room = WIDTH / (size * LETTER) - 4
    lines = sum(max(1, math.ceil(_width(line) / room)) for line in text.split("\n"))
    return lines * size * LINE


def _width(line: str) -> float:
    return sum(CAPITAL if letter.isupper() else 1 for letter in line)
