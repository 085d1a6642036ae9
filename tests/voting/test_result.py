"""The one result of a poll: devices and halls together, percentages, and back from its plain values."""

from __future__ import annotations

import json

from voting.majority import Majority
from voting.result import Choice, Figures, Hall, read, result_of
from voting.templatetags.votes import pieces

WORDS = [Choice(1, "for", "Tán thành"), Choice(2, "against", "Không tán thành"), Choice(3, "abstain", "Không biểu quyết")]
HALL = Hall(site=4, name="Lào Cai", votes={1: 30, 2: 1, 3: 0}, voters=32, invalid=1, is_accepted=True)


def test_devices_and_accepted_halls_are_one_result() -> None:
    found = result_of(Majority(), WORDS, Figures(120, 100, 60, {1: 55, 2: 3, 3: 2}, [HALL]))
    assert [line.votes for line in found.lines] == [85, 4, 2]
    assert (found.cast, found.by_device, found.by_hall, found.invalid, found.silent) == (92, 60, 32, 1, 8)
    assert (found.base, found.needed, found.is_carried) == (100, 51, True)


def test_a_hall_that_the_chair_has_not_accepted_does_not_count() -> None:
    waiting = Hall(site=4, name="Lào Cai", votes={1: 30}, voters=30)
    found = result_of(Majority(), WORDS, Figures(120, 100, 50, {1: 50}, [waiting]))
    assert (found.cast, found.by_hall, found.halls, found.is_carried) == (50, 0, 0, False)


def test_shares_are_told_in_tenths_of_a_percent_of_the_base() -> None:
    found = result_of(Majority(), WORDS, Figures(836, 812, 812, {1: 806, 2: 2, 3: 4}))
    assert [line.tenths for line in found.lines] == [993, 2, 5]
    nobody = result_of(Majority(), WORDS, Figures(836, 0, 0, {}))
    assert [line.tenths for line in nobody.lines] == [0, 0, 0]
    assert not nobody.is_carried


def test_what_is_written_down_is_the_same_when_it_is_read() -> None:
    found = result_of(Majority("entitled", 2, 3, False), WORDS, Figures(120, 100, 60, {1: 55, 2: 3, 3: 2}, [HALL], withdrawn=2))
    assert read(json.loads(json.dumps(found.plain()))) == found


def test_the_bar_on_a_wall_is_as_long_as_what_the_majority_is_taken_of() -> None:
    found = result_of(Majority(), WORDS, Figures(120, 100, 10, {1: 8, 2: 2, 3: 0}))
    assert [(code, begins) for code, begins, _ in pieces(found)] == [("for", "0.00"), ("against", "8.00"), ("abstain", "10.00")]
    of_cast = result_of(Majority("cast"), WORDS, Figures(120, 100, 10, {1: 8, 2: 2, 3: 0}))
    assert [begins for _, begins, _ in pieces(of_cast)] == ["0.00", "80.00", "100.00"]
