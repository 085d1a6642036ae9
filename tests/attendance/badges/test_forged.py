"""No forged badge passes: a hundred thousand codes that somebody has tampered with, none accepted, none slow (promise 15)."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime

import pytest

from attendance.badges import code
from attendance.badges.code import DIGITS, Code, Fault
from tests.attendance.badges.forging import BELIEVED, OURS, THEIRS, a_code, forged, oddities, written

FORGED = 100_000
SLOWEST = 0.050  # seconds


def test_good_codes_are_read_as_they_were_written() -> None:
    for n in range(500):
        assert code.read(written(n), BELIEVED) == a_code(n)


def test_of_a_hundred_thousand_forged_codes_none_is_accepted_and_none_takes_long() -> None:
    accepted, slowest, seen = [], 0.0, set()
    for text in forged(FORGED):
        seen.add(text)
        start = time.thread_time()  # what else runs on the machine is no slowness of ours
        found = code.read(text, BELIEVED)
        slowest = max(slowest, time.thread_time() - start)
        if found is not Fault.FORGED:
            accepted.append(text)
    print(f"{FORGED} forged codes, {len(seen)} different, slowest {slowest * 1000:.2f} ms")
    assert accepted == []
    assert len(seen) > FORGED * 0.9
    assert slowest <= SLOWEST


def test_a_wedge_scanner_may_send_enter_and_blanks_around_a_code() -> None:
    for text in (written(1) + "\n", written(1) + "\r\n", f" \t{written(1)} ", f"\n\n{written(1)}"):
        assert code.read(text, BELIEVED) == a_code(1)


def test_a_code_has_one_spelling_of_one_length_and_says_no_name() -> None:
    assert {len(written(n)) for n in range(200)} == {DIGITS}
    assert written(3) == written(3)
    assert len(str(2 * 256**83 - 1)) == DIGITS


def test_a_retired_key_is_believed_no_more() -> None:
    assert code.read(written(1), {}) is Fault.FORGED
    assert code.read(written(1), {1: THEIRS.public_key().public_bytes_raw()}) is Fault.FORGED


def test_hours_are_widened_to_whole_ones() -> None:
    from_, until = datetime(2026, 11, 26, 7, 59, 59, tzinfo=UTC), datetime(2026, 11, 26, 11, 0, 1, tzinfo=UTC)
    read = code.read(code.write(Code(1, 1, 1, 1, from_, until), OURS), BELIEVED)
    assert isinstance(read, Code)
    assert (read.valid_from.hour, read.valid_until.hour) == (7, 12)
    whole = datetime(2026, 11, 26, 11, tzinfo=UTC)
    same = code.read(code.write(Code(1, 1, 1, 1, whole, whole), OURS), BELIEVED)
    assert isinstance(same, Code)
    assert same.valid_from == same.valid_until == whole


@pytest.mark.parametrize("part", ["key", "meeting", "participant", "serial"])
def test_the_largest_numbers_have_room_and_larger_ones_are_refused(part: str) -> None:
    largest = 255 if part == "key" else 2**32 - 1
    data = {"key": 1, "meeting": 1, "participant": 1, "serial": 1, "valid_from": code.START, "valid_until": code.START}
    assert len(code.write(Code(**data | {part: largest}), OURS)) == DIGITS  # type: ignore[arg-type]
    with pytest.raises(OverflowError):
        code.write(Code(**data | {part: largest + 1}), OURS)  # type: ignore[arg-type]


def test_what_a_scanner_never_sends_raises_nothing() -> None:
    assert {code.read(text, BELIEVED) for text in itertools.islice(oddities(), 100)} == {Fault.FORGED}
