"""The bench of importing prints the figures it promises, and leaves nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.postgres
def test_a_list_is_looked_at_and_imported() -> None:
    database = "postgres" if connection.vendor == "postgresql" else "sqlite"
    command = [sys.executable, "-m", "bench.imports", "--rows", "120", "--rounds", "1", "--database", database, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["rows"], figures["database"], sum(figures["counts"].values())) == (120, database, 120)
    assert 0 < figures["preview_s"] < 5
    assert figures["apply_s"] > 0
    assert figures["ratio"] > 0
