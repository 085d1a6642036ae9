"""What a device knows by itself, without a line: which badges it admits by the list it has."""

from __future__ import annotations

from typing import Any

import pytest

from tests.attendance.badges.forging import BELIEVED, a_code, written
from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
JUDGED = """async ([list, codes]) => {
  const { knowledge } = await import("/static/js/scan/knowledge.js");
  const known = await knowledge("token");
  await known.take({ ...list, now: Date.now() });
  return codes.map((code) => {
    const { verdict, reason, person } = known.judge({ code, direction: "in", move: false }, Date.now());
    return [verdict, reason, person?.name ?? null];
  });
}"""


def test_a_badge_that_was_replaced_is_refused_and_one_that_is_newer_than_the_list_admits(bench: Bench) -> None:
    old, new = a_code(1), a_code(2)
    person: dict[str, Any] = {"name": "Giàng A Đại", "office": "", "group": "", "role": "delegate", "home": 3, "short": None}
    people = [person | {"id": one.participant, "state": "", "site": None, "since": None, "out": False} for one in (old, new)]
    said = {
        "number": 1, "time": old.valid_from.timestamp() * 1000 + 1000, "rate": 1, "meeting": {"id": old.meeting},
        "site": {"id": 3}, "sites": {"3": "Lào Cai"}, "keys": {number: public.hex() for number, public in BELIEVED.items()},
        "revoked": [old.serial], "people": people, "counts": {"present": 0, "expected": 2},
    }  # fmt: skip
    assert bench.open("<p>Cửa vào</p>").evaluate(JUDGED, [said, [written(1), written(2)]]) == [
        ["refused", "revoked", "Giàng A Đại"],
        ["admitted", "", "Giàng A Đại"],
    ]
