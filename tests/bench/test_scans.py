"""Everybody is scanned in, out and in again, and is present in the end; the bench prints the figures it promises."""

from __future__ import annotations

from tests.bench.printed import figures_of

DATABASE = "postgres"  # of a bench's own; others try the other one


def test_everybody_is_present_in_the_end() -> None:
    figures = figures_of("scans", "--scans", "90", "--database", DATABASE)
    assert (figures["scans"], figures["present"], figures["database"]) == (90, 90, DATABASE)
    assert set(figures["levels"]) == {"1", "16", "64"}
    assert figures["ratio"] == min(level["ratio"] for level in figures["levels"].values())
    assert 0 < figures["p50_ms"] <= figures["p99_ms"]
    assert 0 < figures["entries"] < 270
