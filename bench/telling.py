"""How every bench ends: its figures as one line of JSON, or a sentence why there are none."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from bench.figures import CPU_LIMIT
from bench.rig import BenchFailure, end_tidily_on_signals


def run(measure: Callable[[], dict[str, Any]]) -> int:
    """Measures and prints; returns 0, or 1 with a sentence when it could not run, 2 when its client was too busy to measure."""
    end_tidily_on_signals()
    try:
        figures = measure()
    except BenchFailure as failure:
        print(failure, file=sys.stderr)
        return 1
    print(json.dumps(figures), flush=True)
    if figures.get("client_cpu", 0) > CPU_LIMIT:
        print(f"Not valid: the client was busy {figures['client_cpu']} % of its core, above {CPU_LIMIT} %.", file=sys.stderr)
        return 2
    return 0
