"""``python -m bench.badges``: badges from their data to a PDF, against WeasyPrint alone on the same page.

What is measured and how stands in bench/README.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.place import Place
from bench.rig import Workers, cores
from bench.telling import run


def main() -> int:
    """Runs the bench; returns 0, or 1 with a sentence when it could not run."""
    parser = argparse.ArgumentParser(prog="python -m bench.badges", description=__doc__)
    parser.add_argument("--badges", type=int, default=100, help="in one file (default: %(default)s)")
    parser.add_argument("--form", choices=("a6", "a4"), default="a6", help="one on a page, or four (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=7, help="prints of each kind, in turn (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print nothing but the figures, as one line")
    options = parser.parse_args()
    return run(lambda: measure(options.badges, options.form, options.rounds, quiet=options.json))


def measure(badges: int, form: str, rounds: int, *, quiet: bool) -> dict[str, Any]:
    """Prints with the press and with WeasyPrint alone, in turn on one core."""
    load = os.getloadavg()[0]
    core, _other = cores()
    with TemporaryDirectory(prefix="diemcau-bench-") as folder:
        place = Place(Path(folder), f"sqlite:///{folder}/none.sqlite3")
        with Workers(place.environment) as workers:
            press, bare = workers.start("bench.badges_press", core), workers.start("bench.minutes_bare", core)
            made = press.ask({"do": "make", "badges": badges, "form": form})
            bare.ask({"do": "take", "html": made["html"], "css": made["css"]})
            found: list[tuple[dict[str, Any], dict[str, Any]]] = []
            for number in range(rounds + 1):
                ours, alone = press.ask({"do": "ours"}), bare.ask({"do": "print"})
                if number:  # the first warms up
                    found.append((ours, alone))
                if not quiet:
                    print(f"{number}: {ours['ms']:.0f} ms, bare {alone['ms']:.0f} ms", file=sys.stderr)
    return {
        "badges": badges,
        "pages": made["pages"],
        "ms": round(median(ours["ms"] for ours, _alone in found)),
        "best_ms": round(min(ours["ms"] for ours, _alone in found)),
        "bare_ms": round(median(alone["ms"] for _ours, alone in found)),
        "ratio": round(median(ours["ms"] / alone["ms"] for ours, alone in found), 3),
        "cpu_ms": round(median(ours["cpu_ms"] for ours, _alone in found)),
        "cpu_ratio": round(median(ours["cpu_ms"] / alone["cpu_ms"] for ours, alone in found), 3),
        "kb": made["kb"],
        "rounds": rounds,
        "load_before": round(load, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
