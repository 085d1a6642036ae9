"""Timers of the page: worked out from the meeting's clock, still in a recess, silent about what is not over yet."""

from __future__ import annotations

import pytest

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
BODY = """
<meeting-clock id="clock" data-show="hm"></meeting-clock>
<run-timer id="speech" data-start="2025-11-26T08:21:18+07:00"></run-timer>
<over-run id="over" data-start="2025-11-26T08:21:18+07:00" data-seconds="480" data-text="Over {time}" hidden></over-run>
<over-run id="under" data-start="2025-11-26T08:29:00+07:00" data-seconds="480" data-text="Over {time}" hidden></over-run>
<until-time id="until" data-at="2025-11-27T07:18:00+07:00" data-text="Opens in {time}" data-late="Late {time}"></until-time>
<until-time id="late" data-at="2025-11-26T08:20:00+07:00" data-text="Opens in {time}" data-late="Late {time}"></until-time>
"""


def seconds(text: str) -> int:
    """Read "08:42"."""
    minutes, rest = text.split(":")
    return int(minutes) * 60 + int(rest)


def test_every_timer_says_what_the_meeting_clock_makes_of_it(bench: Bench) -> None:
    """Running, over-run, not over yet, standing in a recess, days ahead and late."""
    page = bench.open(BODY)
    page.wait_for_function("document.getElementById('speech').textContent !== ''")
    assert page.inner_text("#clock") == "08:30"
    assert 522 <= seconds(page.inner_text("#speech")) < 560
    assert 42 <= seconds(page.inner_text("#over").removeprefix("Over ")) < 80
    assert page.locator("#under").is_hidden()
    assert page.inner_text("#until") in ("Opens in 22 hours 48 minutes", "Opens in 22 hours 47 minutes")
    assert page.inner_text("#late") == "Late 10 minutes"


def test_a_beat_moves_the_clock_but_the_line_does_not_make_it_tremble(bench: Bench) -> None:
    """A beat that differs by less than half a second is the network's delay; a jump is taken."""
    page = bench.open(BODY)
    moved = page.evaluate(
        """async () => {
          const clock = await import('/static/js/clock.js');
          const at = performance.now();
          const before = Math.floor(clock.meetingTime(at));  // a beat's ISO time holds whole milliseconds
          const beat = (ms) => clock.setClock({now: new Date(before + ms).toISOString(), rate: 1}, at);
          beat(300); const small = Math.floor(clock.meetingTime(at) - before);
          beat(60000); return [small, clock.meetingTime(at) - before];
        }"""
    )
    assert moved == [0, 60000]
