"""Screens that are cut off come back, also to a server that was killed; the bench prints the figures it promises."""

from __future__ import annotations

from bench.figures import Return, returns
from tests.bench.printed import figures_of


def test_sixty_screens_are_cut_off_and_come_back_also_to_a_killed_server() -> None:
    figures = figures_of("reconnect", "--screens", "60", "--rounds", "1", "--kill")
    assert (figures["screens"], figures["failed"], figures["kill"]["failed"]) == (60, 0, 0)
    assert figures["consoles"] >= 34
    # Sixty bare joins take a tenth of a second: other tests on the two cores decide whether they are the quicker ones here.
    assert min(figures["joins_per_s"], figures["bare_joins_per_s"]) > 0
    assert 0 < figures["p99_ms"] < figures["kill"]["p99_ms"]


def test_of_our_cuts_the_worst_counts_and_of_the_bare_ones_the_best() -> None:
    real = [Return([100.0, 200.0], 0, 5.0, 0.1), Return([100.0, 400.0], 1, 6.0, 0.1)]
    bare = [Return([1.0, 2.0], 0, 70.0, 0.001), Return([1.0, 4.0], 0, 60.0, 0.002)]
    assert returns(real, bare) == {
        "joins_per_s": 5,
        "p99_ms": 400,
        "failed": 1,
        "ratio": 200.0,
        "bare_joins_per_s": 1000,
        "bare_busy_joins_per_s": 2000,
        "client_cpu": 6.0,
        "bare_client_cpu": 70.0,
    }
