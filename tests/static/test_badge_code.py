"""The code of a badge read in the browser: as the server reads it, good ones accepted, of 500 forged ones none, none slow."""

from __future__ import annotations

from typing import Any

import pytest

from attendance.badges.short_code import from_number
from tests.attendance.badges.forging import BELIEVED, a_code, forged, written
from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
FORGED = 500
SLOWEST = 50  # ms
KEYS = {number: public.hex() for number, public in BELIEVED.items()}
READ = """async ([texts, keys]) => {
  const { readCode } = await import("/static/js/scan/code.js");
  return texts.map((text) => {
    const start = performance.now();
    const read = readCode(text, keys);
    return { read, ms: performance.now() - start };
  });
}"""


@pytest.fixture
def read(bench: Bench) -> Any:
    """Return what reads texts in the browser, warm: the first signature of a page takes longer than all others."""
    page = bench.open("<p>Cửa vào</p>")
    page.evaluate(READ, [[written(999)], KEYS])
    return lambda texts: page.evaluate(READ, [texts, KEYS])


def test_of_500_forged_codes_none_is_accepted_and_none_takes_long(read: Any) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in forged(FORGED)]
    found = read(texts)
    slowest = max(one["ms"] for one in found)
    print(f"{len(found)} forged codes in the browser, slowest {slowest:.1f} ms")
    assert [text for text, one in zip(texts, found, strict=True) if one["read"] != {"ok": False, "fault": "forged"}] == []
    assert slowest <= SLOWEST


def test_good_codes_say_the_same_as_on_the_server(read: Any) -> None:
    for n, one in enumerate(read([f" {written(n)}\r\n" for n in range(5)])):
        said = a_code(n)
        moments = {"from": said.valid_from.timestamp() * 1000, "until": said.valid_until.timestamp() * 1000}
        numbers = {"key": said.key, "meeting": said.meeting, "participant": said.participant, "serial": said.serial}
        assert one["read"] == {"ok": True, **numbers, **moments}


def test_short_codes_are_read_as_on_the_server(bench: Bench) -> None:
    page, one = bench.open("<p>Cửa vào</p>"), from_number(48291530)
    typed = [one, f" {one[:3]} {one[3:6]}-{one[6:]}", one[:-1], "482915305", "abc", ""]
    script = """async (typed) => {
      const { readShort } = await import("/static/js/scan/code.js");
      return typed.map(readShort);
    }"""
    assert page.evaluate(script, typed) == [one, one, None, None, None, None]
