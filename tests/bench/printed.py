"""A bench run as from the command line, and the figures it printed last."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
HANGING = 600  # seconds: a bench that takes longer here does not end; how fast it is no test asks, other tests run beside it
NOT_VALID = 2  # the code of a client that was too busy, or had so little to do that its share of its core says nothing


def figures_of(module: str, *words: str) -> dict[str, Any]:
    """Run ``python -m bench.<module>`` and return its figures."""
    command = [sys.executable, "-m", f"bench.{module}", *words, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=HANGING, check=False)
    assert done.stdout, done.stderr
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode in ((0, NOT_VALID) if "client_cpu" in figures else (0,)), done.stderr
    return figures
