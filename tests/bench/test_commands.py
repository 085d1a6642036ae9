"""A busy meeting refuses nothing and reaches all screens; the bench prints the figures it promises."""

from __future__ import annotations

import pytest

from bench.commands import delays
from tests.bench.printed import figures_of

DATABASE = "sqlite"  # of a bench's own; others try the other one


def test_a_busy_meeting_reaches_all_screens() -> None:
    figures = figures_of("commands", "--screens", "60", "--seconds", "6", "--rate", "12", "--database", DATABASE)
    assert (figures["screens"], figures["database"], figures["refused"]) == (60, DATABASE, [])
    assert figures["consoles"] >= 34
    assert figures["commands"] == 32
    assert 0 < figures["p50_ms"] <= figures["p99_ms"] <= figures["last_ms"]
    assert figures["ratio"] == pytest.approx(figures["bare_inserts_per_s"] / figures["commands_per_s"], rel=0.05)


def test_a_change_has_arrived_with_the_first_frame_at_its_number_or_above() -> None:
    commits = [{"number": 5, "committed_ns": 1_000_000}, {"number": 6, "committed_ns": 2_000_000}]
    assert delays(commits, [(4, 9_000_000), (6, 12_000_000), (7, 30_000_000)]) == [11.0, 10.0]
