"""A busy meeting refuses nothing and reaches all screens; the bench prints the figures it promises."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.commands import delays

ROOT = Path(__file__).parent.parent.parent
DATABASE = "sqlite"  # of a bench's own; others try the other one


def test_a_busy_meeting_reaches_all_screens() -> None:
    words = ["--screens", "60", "--seconds", "6", "--rate", "12", "--database", DATABASE, "--json"]
    command = [sys.executable, "-m", "bench.commands", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode in (0, 2), done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["screens"], figures["database"], figures["refused"]) == (60, DATABASE, [])
    assert figures["consoles"] >= 34
    assert figures["commands"] == 32
    assert 0 < figures["p50_ms"] <= figures["p99_ms"] <= figures["last_ms"]
    assert figures["ratio"] == pytest.approx(figures["bare_inserts_per_s"] / figures["commands_per_s"], rel=0.05)


def test_a_change_has_arrived_with_the_first_frame_at_its_number_or_above() -> None:
    commits = [{"number": 5, "committed_ns": 1_000_000}, {"number": 6, "committed_ns": 2_000_000}]
    assert delays(commits, [(4, 9_000_000), (6, 12_000_000), (7, 30_000_000)]) == [11.0, 10.0]
