"""A roll typed from paper in a real browser: by keyboard alone, nothing typed is lost, looked at and entered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, People, patient, people
from tests.service import Service

pytestmark = pytest.mark.browser
M = "/m/vptw-2025/folder/"
AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
SEEN = 700  # ms a button must have stood before a press of it counts (static/js/slips.js)


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for everybody."""
    with people(service.url, service.demo["accounts"]) as opened, patient(15_000):
        yield opened


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {[node['html'][:90] for node in one['nodes']]}" for one in found]


def test_a_hall_is_entered_from_paper_by_keyboard(guests: People) -> None:
    page = guests.sign_in("operator-15")
    page.goto(f"{guests.url}{M}")
    assert faults(page) == []
    page.locator("input[name=code]").fill("15-DD")
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url("**/entry/#attendance")
    assert faults(page) == []
    arrivals = page.locator("[data-column=a]")
    arrivals.first.focus()
    for typed in ("605", "6h10", "0615"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    expect(arrivals.nth(3)).to_be_focused()
    page.reload()
    expect(arrivals.nth(1)).to_have_value("06:10")  # nothing typed is lost
    page.route("**/entry/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("form[data-lines] button.primary").press("Enter")
    page.wait_for_timeout(SEEN)
    page.unroute("**/entry/")
    page.goto(f"{guests.url}{M}?code=15-DD")
    expect(arrivals.nth(1)).to_have_value("06:10")  # nor when the line is cut while it is sent
    page.locator("form[data-lines] button.primary").press("Enter")
    expect(page.locator("h1")).to_have_text("Xem trước khi ghi")
    expect(page.locator("[data-verdict=new]")).to_have_count(3)
    assert faults(page) == []
    page.wait_for_timeout(SEEN)
    page.locator("form[data-command='folder.enter'] button").click()
    page.locator("#confirm[open] [value=yes]").click()
    expect(page.locator("h1")).to_have_text("Đã ghi phiếu điểm danh.")
    assert faults(page) == []
    page.locator("a.button.primary").click()
    expect(page.locator("td.known").first).to_have_text("có mặt từ 06:05")
    expect(arrivals.first).to_have_value("")
    assert guests.complaints == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_on_a_telephone_nothing_is_wider_than_the_screen(language: str, guests: People) -> None:
    page = guests.sign_in("operator-15", PHONE, language)
    for way in (M, f"{M}?code=8-SC"):
        page.goto(f"{guests.url}{way}")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        assert faults(page) == []
