"""Whose turn it is to have a template filled: nobody's second trial goes before another's first."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from minutes.papers.turns import MOST_WAITING, Turns


@contextmanager
def waiting(turns: Turns, *lanes: str | None) -> Iterator[list[str | None]]:
    """Let some wait one behind the other while all places are taken; give the order in which they were served."""
    served: list[str | None] = []
    threads = []

    def come(lane: str | None) -> None:
        if turns.take(lane, 10):
            served.append(lane)
            turns.leave(lane)

    for count, lane in enumerate(lanes, 1):
        threads.append(threading.Thread(target=come, args=[lane]))
        threads[-1].start()
        while sum(map(len, turns._waiting.values())) < count:
            time.sleep(0.001)
    yield served
    for thread in threads:
        thread.join(10)


def test_whoever_has_had_a_turn_waits_behind_all_who_have_had_none() -> None:
    turns = Turns(1)
    assert turns.take("a", 1)
    with waiting(turns, "a", "a", "b", "a", "c") as served:
        turns.leave("a")
    assert served == ["a", "b", "c", "a", "a"]


def test_one_lane_never_has_two_places_and_those_without_a_lane_have_all() -> None:
    turns = Turns(2)
    assert turns.take("a", 1)
    assert not turns.take("a", 0)
    assert turns.take(None, 0)
    assert not turns.take(None, 0)
    turns.leave("a")
    assert turns.take(None, 0)


def test_who_waited_in_vain_is_forgotten_and_a_lane_has_an_end() -> None:
    turns = Turns(1)
    assert turns.take("a", 0)
    assert not turns.take("b", 0)
    assert turns._waiting == {}
    with waiting(turns, *["a"] * MOST_WAITING) as served:
        assert not turns.take("a", 10)  # at once
        turns.leave("a")
    assert served == ["a"] * MOST_WAITING
