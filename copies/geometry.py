"""Boxes and numbers of a PDF, read with suspicion."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Box:
    """A rectangle upright on its page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    def within(self, other: Box) -> Box | None:
        """What it has in common with another, None if nothing."""
        box = Box(
            max(self.left, other.left), max(self.bottom, other.bottom), min(self.right, other.right), min(self.top, other.top)
        )
        return box if box.width > 0 and box.height > 0 else None

    def turned(self, matrix: Sequence[float]) -> Box:
        """The upright box around it after a matrix."""
        a, b, c, d, e, f = matrix
        corners = [(x, y) for x in (self.left, self.right) for y in (self.bottom, self.top)]
        across = [a * x + c * y + e for x, y in corners]
        up = [b * x + d * y + f for x, y in corners]
        return Box(min(across), min(up), max(across), max(up))

    def numbers(self) -> list[Decimal]:
        """As a PDF writes it."""
        return [Decimal(str(round(value, 4))) for value in (self.left, self.bottom, self.right, self.top)]


def numbers_of(thing: Any, count: int = 0) -> list[float] | None:
    """Return an array of numbers (so many, if said) of a size that drawing can have; None if it is none."""
    try:
        values = [] if thing is None or isinstance(thing, str | bytes) else list(thing)
    except (TypeError, ValueError, NotImplementedError):
        return None
    if not values or (count and len(values) != count):
        return None
    if not all(isinstance(value, int | Decimal) and not isinstance(value, bool) for value in values):
        return None
    numbers = [float(value) for value in values]
    return numbers if all(math.isfinite(number) and abs(number) < 1e7 for number in numbers) else None


def box_of(thing: Any) -> Box | None:
    """Return a rectangle with its corners in order; None if it is none."""
    numbers = numbers_of(thing, 4)
    if numbers is None:
        return None
    left, right = sorted((numbers[0], numbers[2]))
    bottom, top = sorted((numbers[1], numbers[3]))
    return Box(left, bottom, right, top)
