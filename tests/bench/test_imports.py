"""The bench of importing prints the figures it promises, and leaves nothing behind."""

from __future__ import annotations

from tests.bench.printed import figures_of

DATABASE = "sqlite"  # of a bench's own; others try the other one


def test_a_list_is_looked_at_and_imported() -> None:
    figures = figures_of("imports", "--rows", "120", "--rounds", "1", "--database", DATABASE)
    assert (figures["rows"], figures["database"], sum(figures["counts"].values())) == (120, DATABASE, 120)
    assert 0 < figures["preview_s"] < 5
    assert figures["apply_s"] > 0
    assert figures["ratio"] > 0
