"""One table of cases holds the rule of the door on the server and in the browser of a device."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from attendance.scanning.judging import Badge, Doorway, Holder, judge
from attendance.scanning.models import Scan
from tests.browser import ARGUMENTS

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases.json").read_text())
SCRIPT = Path(__file__).parents[3] / "static" / "js" / "scan" / "judging.js"
MEETING, SITE, NOW = 7, 1, 1000  # the door's meeting and bridge point, and seconds


def at(second: int | None) -> datetime | None:
    return None if second is None else datetime.fromtimestamp(second, UTC)


def badge_of(case: dict[str, Any]) -> Badge | None:
    said = case["badge"]
    if said is None:
        return None
    meeting = said.get("meeting", MEETING)
    return Badge(said.get("forged", False), meeting, said.get("revoked", False), at(said.get("from")), at(said.get("until")))


def holder_of(case: dict[str, Any]) -> Holder | None:
    said = case["holder"]
    return said and Holder(said["site"], said.get("state", ""), said.get("where"), said.get("out", False))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_server_says_what_the_table_says(case: dict[str, Any]) -> None:
    door = Doorway(MEETING, SITE, case["door"].get("direction", "in"), case["door"].get("move", False))
    assert list(judge(badge_of(case), holder_of(case), door, datetime.fromtimestamp(NOW, UTC))) == case["says"]


def test_the_table_has_every_verdict_and_every_reason_of_a_door() -> None:
    said = {word for case in CASES for word in case["says"]}
    assert said == (set(Scan.Verdict.values) | set(Scan.Reason.values)) - {"undone"}


@pytest.mark.browser
def test_the_browser_of_a_device_says_what_the_table_says() -> None:
    asked = """async ([source, cases, meeting, site, now]) => {
      const { judge } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
      const ms = (second) => second === undefined ? undefined : second * 1000;
      return cases.map(({ badge, holder, door }) => {
        const read = badge && { meeting, forged: false, revoked: false, ...badge, from: ms(badge.from), until: ms(badge.until) };
        const who = holder && { state: "", where: null, out: false, ...holder };
        const { verdict, reason } = judge(read, who, { meeting, site, direction: "in", move: false, ...door }, now * 1000);
        return [verdict, reason];
      });
    }"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        said = browser.new_page().evaluate(asked, [SCRIPT.read_text(), CASES, MEETING, SITE, NOW])
        browser.close()
    assert {case["name"]: one for case, one in zip(CASES, said, strict=True)} == {c["name"]: c["says"] for c in CASES}
