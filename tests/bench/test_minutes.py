"""The bench of minutes runs from its one command and prints the figures it promises."""

from __future__ import annotations

import pytest

from bench.minutes_press import lengthened
from tests.bench.printed import figures_of


def test_minutes_of_a_few_pages_are_measured() -> None:
    figures = figures_of("minutes", "--pages", "4", "--rounds", "1", "--screens", "0")
    assert 3 <= figures["pages"] <= 8
    assert figures["ratio"] == pytest.approx(figures["ours_ms"] / figures["bare_ms"], rel=0.05)
    assert 0 < figures["cpu_ratio"] < 10
    assert 30 < figures["rss_mb"] < 1000


def test_longer_minutes_say_the_same_more_often() -> None:
    data = {"text": {"parts": ["begin", "a", "b", "end"]}}
    assert lengthened(data, 2)["text"]["parts"] == ["begin", "a", "b", "a", "b", "end"]
    assert data["text"]["parts"] == ["begin", "a", "b", "end"]
