"""One run as a page shows it: the ten points in their order, with what each came to. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from attendance.readiness.board import FAULT, TONES, WORDS, Fault, state_of
from attendance.readiness.models import CheckMark, Point, ReadinessCheck

TONE = {CheckMark.State.GOOD: "ok", CheckMark.State.FAULT: "bad", CheckMark.State.WITHOUT: "idle"}


@dataclass(frozen=True)
class Row:
    """A point of the list, and its mark where it has one."""

    no: int
    point: str
    label: object
    mark: CheckMark | None

    @property
    def state(self) -> str:
        """What it came to; nothing yet."""
        return str(self.mark.state) if self.mark else ""

    @property
    def tone(self) -> str:
        """The state as a colour and a shape."""
        return TONE[CheckMark.State(self.mark.state)] if self.mark else ""


@dataclass(frozen=True)
class Run:
    """One run through the list."""

    check: ReadinessCheck
    rows: list[Row]

    @property
    def missing(self) -> list[Row]:
        """The points that are not marked yet."""
        return [row for row in self.rows if row.mark is None]

    @property
    def marked(self) -> int:
        """How many are."""
        return len(self.rows) - len(self.missing)

    @property
    def faults(self) -> list[Fault]:
        """The points with a fault."""
        return [Fault(row.label, row.mark.note) for row in self.rows if row.mark and row.state == FAULT]

    @property
    def state(self) -> str:
        """The state of the bridge point by this run."""
        return state_of(is_signed=self.check.signed_off_at is not None, faults=len(self.faults))

    @property
    def word(self) -> object:
        """The state in words."""
        return WORDS[self.state]

    @property
    def tone(self) -> str:
        """The state as a colour and a shape."""
        return TONES[self.state]

    @property
    def minutes(self) -> int:
        """How long it took until it was signed off; 0 before."""
        over = self.check.signed_off_at
        return 0 if over is None else max(0, round((over - self.check.began_at).total_seconds() / 60))


def run_of(check: ReadinessCheck) -> Run:
    """Return a run with its points in the order in which a technician goes."""
    marks = {mark.point: mark for mark in check.marks.all()}
    return Run(check, [Row(no, p.value, p.label, marks.get(p.value)) for no, p in enumerate(Point, start=1)])
