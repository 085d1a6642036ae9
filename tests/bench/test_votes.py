"""Every ballot is in the ledger and in the result; the bench prints the figures it promises."""

from __future__ import annotations

from tests.bench.printed import figures_of

DATABASE = "postgres"  # of a bench's own; others try the other one


def test_every_ballot_is_in_the_result() -> None:
    figures = figures_of("votes", "--voters", "60", "--database", DATABASE)
    assert (figures["voters"], figures["database"], set(figures["levels"])) == (60, DATABASE, {"1", "16", "64"})
    assert figures["ratio"] == min(level["ratio"] for level in [*figures["levels"].values(), figures["secret"]])
    assert 0 < figures["secret"]["p50_ms"] <= figures["secret"]["p99_ms"]
    assert figures["result_ms"] > 0
    assert 0 < figures["at_once"]["last_ms"] <= figures["at_once"]["seconds"] * 1000 + 1000
