"""The bench of importing prints the figures it promises, and leaves nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
DATABASE = "sqlite"  # of a bench's own; others try the other one


def test_a_list_is_looked_at_and_imported() -> None:
    command = [sys.executable, "-m", "bench.imports", "--rows", "120", "--rounds", "1", "--database", DATABASE, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["rows"], figures["database"], sum(figures["counts"].values())) == (120, DATABASE, 120)
    assert 0 < figures["preview_s"] < 5
    assert figures["apply_s"] > 0
    assert figures["ratio"] > 0
