"""``make chaos``, ``python -m tests.chaos``: MINUTES= how long lines are bad, SEED= which troubles. 0: every promise was kept."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from contextlib import suppress

from tests.chaos.meeting import Run
from tests.chaos.office import prepared
from tests.chaos.region import laid
from tests.chaos.villains import ABNORMAL, FLOOD, TOO_SLOW
from tests.service import running_service

SECONDS = 45.0
SEED = 20251126


def main() -> int:
    """Run and print; the last line holds the figures (README.md)."""
    seconds = float(os.environ.get("MINUTES") or 0) * 60 or SECONDS
    seed = int(os.environ.get("SEED") or SEED)
    random.seed(seed)
    with suppress(OSError):  # our seconds are real ones: where we may, we go before other tests on the same cores
        os.setpriority(os.PRIO_PROCESS, 0, -10)
    region = laid()
    try:
        with running_service() as service:
            run = Run(prepared(service), seconds, seed, region)
            asyncio.run(run.go())
    finally:
        if region is not None:
            region.remove()
    for words in run.report():
        print(words)
    for kind in ("lost", "reordered", "doubled", "silent"):
        for case in getattr(run.figures, kind)[:20]:
            print(f"{kind}: {case}")
    closed = run.told.codes.get("flood") == FLOOD and run.told.codes.get("never reads") in (TOO_SLOW, ABNORMAL)
    if not closed:
        print(f"a client that behaves badly was not closed: {run.told.codes}")
    if run.figures.is_starved:
        print("the machine had no time for the service: repair_p99_s is the machine's, and not judged")
    print(run.figures.line())
    return 0 if run.figures.is_good and closed else 1


if __name__ == "__main__":
    sys.exit(main())
