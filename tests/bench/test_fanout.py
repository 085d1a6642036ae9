"""The bench runs from its one command and prints the figures it promises; its arithmetic is right."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bench.figures import Round, percentile, summary
from bench.frames import TEXT, client_frame, first_frame, header
from live.serving.framing import text_frame
from tests.bench.printed import ROOT, figures_of


def test_thirty_screens_are_measured() -> None:
    figures = figures_of("fanout", "--screens", "30", "--rounds", "3")
    assert figures["screens"] == 30
    assert 0 < figures["p50_ms"] <= figures["p99_ms"] <= figures["last_ms"]
    assert figures["ratio"] == pytest.approx(figures["last_ms"] / figures["bare_last_ms"], rel=0.02)
    assert 0 < figures["client_cpu"] <= 101


def test_too_many_screens_for_the_system_are_refused_with_a_sentence() -> None:
    command = [sys.executable, "-m", "bench.fanout", "--screens", "100000000", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "open files" in done.stderr


def test_of_each_round_a_figure_of_the_figures_the_median() -> None:
    real = [Round([1.0, 2.0, 8.0], 50.0), Round([1.0, 4.0, 6.0], 70.0), Round([1.0, 3.0, 90.0], 60.0)]
    bare = [Round([1.0, 2.0, 4.0], 75.0)] * 3
    assert summary(real, bare) == {
        "p50_ms": 3.0,
        "p99_ms": 8.0,
        "last_ms": 8.0,
        "bare_last_ms": 4.0,
        "ratio": 2.0,
        "client_cpu": 75.0,
    }


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 50), (0.99, 99), (1.0, 100)])
def test_a_percentile_is_a_value_that_was_measured(share: float, value: int) -> None:
    assert percentile(list(range(1, 101)), share) == value


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536])
def test_a_frame_of_the_server_is_read_back_whole_and_not_before_it_is(length: int) -> None:
    frame = text_frame(b"x" * length)
    assert first_frame(frame + b"more") == (TEXT, b"x" * length, len(frame))
    assert first_frame(frame[:-1]) is None
    assert frame == header(TEXT, length) + b"x" * length


def test_a_frame_of_the_client_is_masked() -> None:
    assert client_frame(TEXT, b"hello") == b"\x81\x85\0\0\0\0hello"
