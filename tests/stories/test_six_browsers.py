"""Promise 14 in real browsers: six devices, four of them without a line, one killed that starts again with what it had kept, an
answer that is lost: every delegate is counted once, and whoever passed two doors is listed.

What the server does with three thousand scans of every kind is test_no_scan_is_lost.py.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, expect, sync_playwright

from bench.doors import HALL
from tests.browser import kill, own_profile
from tests.service import Service
from tests.sizes import SCANS_OF_BROWSERS, SECONDS_OFF_LINE

pytestmark = pytest.mark.browser
SLUG = "vptw-2025"
DEVICES = 6
OFF_LINE = range(2, DEVICES)
KILLED, STRAYED, LATE, UNANSWERED = 5, 2, 3, 4  # devices: read two doors' people, whose people, whose first answer is lost
TWICE = 4
FURNISH = "import json; from bench.doors import furnish; print(json.dumps(furnish({scans}, {devices})))"
COUNTED = "import json; from bench.doors import counted; print(json.dumps(counted()))"
# Under load a device with a line answers by itself too; those without one always do.
SCANS = """SELECT count(*), count(DISTINCT s.participant_id), sum(s.was_offline AND d.name BETWEEN ? AND ?)
FROM attendance_scan s JOIN attendance_scanner d ON d.id = s.scanner_id WHERE s.verdict = 'admitted'"""
CONFLICTS = """SELECT c.kind, p.name FROM attendance_presenceconflict c JOIN meetings_participant p ON p.id = c.participant_id
JOIN meetings_meeting m ON m.id = c.meeting_id WHERE m.slug = ? ORDER BY p.name"""


@dataclass
class Door:
    """A device: a Chromium with a profile of its own, and who pass its door."""

    playwright: Playwright
    folder: Path
    address: str
    people: list[tuple[str, str]]  # name, code
    context: BrowserContext | None = None
    page: Page | None = None

    def open(self, *, line: bool) -> Page:
        """Start the browser on its profile and open the page; without a line, what it has kept opens."""
        self.context = own_profile(self.playwright, self.folder)
        self.context.set_offline(not line)
        self.page = self.context.new_page()
        self.page.goto(self.address)
        self.page.wait_for_selector(".scan[data-ready][data-kept]" if line else ".scan[data-ready]", timeout=20_000)
        return self.page

    def read(self, people: list[tuple[str, str]]) -> None:
        """Hold badges under the hand scanner one after the other, each when the one before has been answered."""
        page = page_of(self)
        for name, code in people:
            page.keyboard.type(code)
            page.keyboard.press("Enter")
            expect(page.locator(".answer[role=alert] [data-who]")).to_have_text(name)
            expect(page.locator(".answer[role=alert] h2")).to_have_text("Mời vào")

    def kill(self) -> None:
        """Kill the browser without a word."""
        assert self.context is not None
        kill(self.context, self.folder)


def page_of(door: Door) -> Page:
    """Return the page of a door whose browser is open."""
    assert door.page is not None
    return door.page


@pytest.fixture
def doors(service: Service, tmp_path: Path) -> Iterator[list[Door]]:
    told = json.loads(_shell(service, FURNISH.format(scans=SCANS_OF_BROWSERS, devices=DEVICES)))
    people = [(f"{HALL} {n:04d}", code) for n, code in enumerate(told["codes"])]
    with sync_playwright() as playwright:
        yield [
            Door(playwright, tmp_path / str(n), f"{service.url}/s/{told['tokens'][n]}/", people[n::DEVICES])
            for n in range(DEVICES)
        ]


@pytest.mark.long
def test_six_browsers_lose_no_scan_and_count_none_twice(service: Service, doors: list[Door]) -> None:
    for n, door in enumerate(doors):
        door.open(line=True)
        assert door.context is not None
        door.context.set_offline(n in OFF_LINE)
    since = time.monotonic()
    for n, door in enumerate(doors):
        half = len(door.people) // 2
        door.read(door.people[:half])
        if n == KILLED:
            door.kill()
            expect(door.open(line=False).locator(".scan")).to_have_attribute("data-waiting", str(half))
        door.read(door.people[half:])
        if n == LATE:
            doors[STRAYED].read(door.people[-TWICE:])  # seconds later; neither device has heard of the other's scans
    for n in OFF_LINE:
        expect(page_of(doors[n]).locator(".scan")).to_have_attribute(
            "data-waiting", str(len(doors[n].people) + (TWICE if n == STRAYED else 0))
        )
    time.sleep(max(0.0, SECONDS_OFF_LINE - (time.monotonic() - since)))

    lost = _lose_the_first_answer(page_of(doors[UNANSWERED]))
    for n in OFF_LINE:
        context = doors[n].context
        assert context is not None
        context.set_offline(False)
    for door in doors:
        expect(page_of(door).locator(".scan")).to_have_attribute("data-waiting", "0", timeout=60_000)
    assert lost == [200]

    counted = json.loads(_shell(service, COUNTED))
    assert (counted["present"], counted["differences"]) == (SCANS_OF_BROWSERS, [])
    with contextlib.closing(sqlite3.connect(Path(service.env["DIEMCAU_DATA"]) / "diemcau.sqlite3")) as db:
        off_line = sum(len(doors[n].people) for n in OFF_LINE) + TWICE
        names = [f"Máy {n}" for n in OFF_LINE]
        found = db.execute(SCANS, [names[0], names[-1]]).fetchone()
        assert found == (SCANS_OF_BROWSERS + TWICE, SCANS_OF_BROWSERS, off_line)
        assert db.execute(CONFLICTS, [SLUG]).fetchall() == [("two_doors", name) for name, _code in doors[LATE].people[-TWICE:]]
    for door in doors:
        assert door.context is not None
        door.context.close()


def _lose_the_first_answer(page: Page) -> list[int]:
    """Let the server take what the page sends first, and the page never hear of it."""
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    page.route("**/scans/", lose)
    return lost


def _shell(service: Service, script: str) -> Any:
    return service.manage("shell", "-v0", "-c", script).strip().splitlines()[-1]
