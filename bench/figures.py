"""The figures of a bench: medians and percentiles over rounds and screens."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

CPU_LIMIT = 80.0  # %; a busier client would measure itself


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


@dataclass(frozen=True)
class Return:
    """One cut: how long after it each screen had its first parts again, in ms; how many had not; how busy both sides were."""

    delays_ms: Sequence[float]
    failed: int
    client_cpu: float
    server_s: float
    reason: str = ""

    @property
    def last_ms(self) -> float:
        """When the last one was back."""
        return max(self.delays_ms, default=math.inf)

    @property
    def p99_ms(self) -> float:
        """When 99 % of them were."""
        return percentile(self.delays_ms, 0.99) if self.delays_ms else math.inf

    @property
    def joins_per_s(self) -> float:
        """Screens that came back in a second, from the cut to the last."""
        return 1000 * len(self.delays_ms) / self.last_ms

    @property
    def busy_per_s(self) -> float:
        """The same for a second of the server's own work: what it could do at most, with a client that is never late."""
        return len(self.delays_ms) / self.server_s if self.server_s else 0.0


def returns(real: Sequence[Return], bare: Sequence[Return]) -> dict[str, float]:
    """The keys of ``bench.reconnect``: of our rounds the worst, of the bare ones the best."""
    joins, bare_joins = min(each.joins_per_s for each in real), max(each.joins_per_s for each in bare)
    return {
        "joins_per_s": round(joins),
        "p99_ms": round(max(each.p99_ms for each in real)),
        "failed": sum(each.failed for each in real),
        "ratio": round(bare_joins / joins, 2),
        "bare_joins_per_s": round(bare_joins),
        "bare_busy_joins_per_s": round(max(each.busy_per_s for each in bare)),
        "client_cpu": round(max(each.client_cpu for each in real), 1),
        "bare_client_cpu": round(max(each.client_cpu for each in bare), 1),
    }
