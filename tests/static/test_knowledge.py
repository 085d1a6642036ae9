"""What a device knows by itself, without a line: which badges it admits by the list it has."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from attendance.badges.short_code import from_number
from attendance.scanning.sent import ScanForm
from tests.attendance.badges.forging import BELIEVED, a_code, written
from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
NOON = 1_763_000_000_000  # ms
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


def test_a_short_code_admits_in_the_hours_of_its_badge_and_while_its_key_is_believed(bench: Bench) -> None:
    hour = 3_600_000
    hours = [(1, 0, hour), (1, -hour, 0), (1, hour, 2 * hour), (9, 0, hour)]  # now, too late, too early; of a retired key
    people = [
        {
            "id": n, "name": f"Người {n}", "office": "", "group": "", "role": "delegate", "home": 3, "short": from_number(n),
            "badge": {"key": key, "from": NOON + begin, "until": NOON + end}, "state": "", "site": None, "since": None,
            "out": False,
        }
        for n, (key, begin, end) in enumerate(hours, 1)
    ]  # fmt: skip
    said = {
        "number": 1, "time": NOON, "rate": 1, "meeting": {"id": 1}, "site": {"id": 3}, "sites": {"3": "Lào Cai"},
        "keys": {"1": "00" * 32}, "revoked": [], "people": people, "counts": {"present": 0, "expected": 4},
    }  # fmt: skip
    judged = JUDGED.replace("{ code, ", "{ short: code, ")
    assert bench.open("<p>Cửa vào</p>").evaluate(judged, [said, [from_number(n) for n in range(1, 5)]]) == [
        ["admitted", "", "Người 1"],
        ["refused", "expired", "Người 2"],
        ["refused", "expired", "Người 3"],
        ["refused", "revoked", "Người 4"],
    ]


def test_a_kiosk_without_a_line_leaves_short_codes_to_the_server(bench: Bench) -> None:
    said = {
        "number": 1, "time": NOON, "rate": 1, "meeting": {"id": 1}, "site": {"id": 3}, "sites": {}, "keys": {}, "revoked": [],
        "people": [], "counts": {"present": 0, "expected": 0}, "scanner": {"kiosk": True},
    }  # fmt: skip
    judged = JUDGED.replace("{ code, ", "{ short: code, ")
    assert bench.open("<p>Cửa vào</p>").evaluate(judged, [said, [from_number(1), "123"]]) == [
        ["", "", None],
        ["refused", "forged", None],
    ]


def test_the_door_counts_who_has_walked_in_and_not_who_takes_part_online(bench: Bench) -> None:
    person = {"role": "delegate", "home": 3, "short": None, "since": None, "out": False, "name": "", "office": "", "group": ""}
    people = [person | {"id": n, "state": state, "site": 3} for n, state in enumerate(("present", "online"), 1)]
    said = {
        "number": 1, "time": NOON, "rate": 1, "meeting": {"id": 1}, "site": {"id": 3}, "sites": {"3": "Lào Cai"}, "keys": {},
        "revoked": [], "people": people, "counts": {"present": 1, "expected": 2},
    }  # fmt: skip
    counted = """async (list) => {
      const { knowledge } = await import("/static/js/scan/knowledge.js");
      const known = await knowledge("token");
      await known.take({ ...list, now: Date.now() });
      const found = [];
      for (const [id, verdict] of [[2, "admitted"], [1, "out"], [2, "out"]]) {
        await known.tell(id, verdict, Date.now());
        found.push(known.counts().present);
      }
      return found;
    }"""
    assert bench.open("<p>Cửa vào</p>").evaluate(counted, said) == [2, 1, 0]


@pytest.mark.parametrize("read", [{"short": "1" * 45}, {"short": "1" * 45 + "\0"}, {"code": "x" * 900}, {"code": "a\0b\0"}])
def test_what_is_too_long_for_the_server_or_not_text_is_cut_to_what_it_takes_and_forged(
    bench: Bench, read: dict[str, str]
) -> None:
    fitting = """async (read) => {
      const { fitting, readCode, readShort } = await import("/static/js/scan/code.js");
      const kept = fitting(read);
      return [kept, kept.code === undefined ? readShort(kept.short) === null : readCode(kept.code, {}).fault === "forged"];
    }"""
    kept, is_forged = bench.open("<p>Cửa vào</p>").evaluate(fitting, {"turn": 1} | read)
    scan = {"key": UUID(int=1), "at": 1, "direction": "in", "way": "camera"}
    assert ScanForm(scan | kept).errors == {}
    assert (kept["turn"], is_forged) == (1, True)


UNDONE = """async (list) => {
  const { knowledge } = await import("/static/js/scan/knowledge.js");
  const known = await knowledge("undone");
  const fresh = (state) => ({
    ...list, now: Date.now(), people: list.people.map((one) => ({ ...one, state, site: state ? 3 : null })),
    counts: { present: Number(state === "present"), expected: 1 },
  });
  await known.take(fresh(""));
  const before = known.before(1);
  await known.tell(1, "admitted", list.time);
  const inside = known.counts().present;
  await known.take(fresh("present")); // the server had counted the scan before it was undone
  await known.untell(1, before);
  return [inside, known.counts().present, known.judge({ participant: 1, direction: "in", move: false }, Date.now()).verdict];
}"""


def test_who_was_let_in_by_mistake_is_not_inside_whatever_list_came_meanwhile(bench: Bench) -> None:
    person = {
        "id": 1, "name": "Giàng A Đại", "office": "", "group": "", "role": "delegate", "home": 3, "short": None, "state": "",
        "site": None, "since": None, "out": False,
    }  # fmt: skip
    said = {
        "number": 1, "time": NOON, "rate": 1, "meeting": {"id": 1}, "site": {"id": 3}, "sites": {}, "keys": {}, "revoked": [],
        "people": [person], "counts": {"present": 0, "expected": 1},
    }  # fmt: skip
    assert bench.open("<p>Cửa vào</p>").evaluate(UNDONE, said) == [1, 0, "admitted"]
