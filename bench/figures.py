"""The figures of a bench: medians and percentiles over rounds and screens."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Round:
    """One fan-out: how long after the commit each screen had parsed its frame, in ms, and how busy the client was, in %."""

    delays_ms: Sequence[float]
    client_cpu: float

    @property
    def last_ms(self) -> float:
        """When the last screen had it."""
        return max(self.delays_ms)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def summary(real: Sequence[Round], bare: Sequence[Round]) -> dict[str, float]:
    """The keys of ``bench.fanout``: of each round its figure, of the figures the median."""
    last, bare_last = median(each.last_ms for each in real), median(each.last_ms for each in bare)
    return {
        "p50_ms": round(median(percentile(each.delays_ms, 0.50) for each in real), 2),
        "p99_ms": round(median(percentile(each.delays_ms, 0.99) for each in real), 2),
        "last_ms": round(last, 2),
        "bare_last_ms": round(bare_last, 2),
        "ratio": round(last / bare_last, 2),
        "client_cpu": round(max(median(each.client_cpu for each in rounds) for rounds in (real, bare)), 1),
    }
