"""The chart of attendance by bridge point: bars drawn as SVG by the server, the thinnest first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.reporting.summing import Line

SHOWN = 20
ROW = 28  # units of a bar with the space under it
WIDTH = 600
NAMES, FIGURES = 200, 90


@dataclass(frozen=True)
class Bar:
    """One bar: whose, its numbers, and where it stands. Widths are of those expected, of those there, of those online."""

    line: Line
    y: int
    expected: float
    present: float
    online: float

    @property
    def text_y(self) -> int:
        """The base line of its words."""
        return self.y + 16

    @property
    def online_x(self) -> float:
        """Where the part of those online begins: behind those in the halls."""
        return round(NAMES + self.present - self.online, 1)

    @property
    def figures_x(self) -> float:
        """Where its numbers stand."""
        return round(NAMES + self.expected + 8, 1)


@dataclass(frozen=True)
class Chart:
    """The bars, the height of the drawing, and how many bridge points have none."""

    bars: list[Bar]
    height: int
    more: int


def chart_of(lines: Sequence[Line]) -> Chart:
    """Return the chart of some lines: those where the largest part is missing first, then by their order."""
    counted = [(at, line) for at, line in enumerate(lines) if line.count.expected]
    counted.sort(key=lambda pair: (pair[1].count.present / pair[1].count.expected, pair[0]))
    shown = [line for _at, line in counted[:SHOWN]]
    most = max((line.count.expected for line in shown), default=1)
    whole = WIDTH - NAMES - FIGURES
    bars = [
        Bar(
            line, at * ROW, round(line.count.expected * whole / most, 1), round(line.count.present * whole / most, 1),
            round(line.count.online * whole / most, 1),
        )
        for at, line in enumerate(shown)
    ]  # fmt: skip
    return Chart(bars, len(bars) * ROW, len(counted) - len(shown))
