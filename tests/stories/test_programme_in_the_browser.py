"""The programme built, released and read in a real browser; and that a page that has not changed is not sent again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import PHONE, People, people
from tests.service import Service

pytestmark = pytest.mark.browser
M = "/m/vptw-2025"
LOOKED_AT = 1000  # ms: what has just come to mean something else is not pressed (static/js/slips.js)
ORDER = "rows => rows.map(r => `${r.querySelector('.no').textContent.trim()} ${r.querySelector('.t').textContent.trim()}`.trim())"
ENTRY = "() => { const [e] = performance.getEntriesByType('navigation'); return [e.transferSize < e.encodedBodySize, e.type]; }"


@pytest.fixture
def crowd(service: Service) -> Iterator[People]:
    """A browser for its people; nothing but refusals may be complained about."""
    with people(service.url, service.demo["accounts"]) as found:
        yield found
        assert [said for said in found.complaints if "409" not in said] == []


def order(page: Page) -> list[Any]:
    return page.eval_on_selector_all("tr[data-item]", ORDER)  # type: ignore[no-any-return]


def row(page: Page, title: str) -> Any:
    return page.locator("tr[data-item]", has=page.locator(".t", has_text=title)).first


def test_a_programme_is_built_without_leaving_the_page(crowd: People, service: Service) -> None:
    page = crowd.sign_in("secretary")
    page.goto(f"{service.url}{M}/programme/")
    line = page.locator("textarea[data-quick]")
    line.fill("Phần hai: Thảo luận tổ")
    line.press("Enter")
    expect(row(page, "Phần hai")).to_be_visible()
    assert page.evaluate("document.activeElement.name") == "text"  # it waits for the next one
    line.fill("Giải lao (15 phút)\nTổ 1 – Trưởng tổ (20 phút)")
    line.press("Enter")
    expect(row(page, "Tổ 1").locator(".by")).to_have_text("Trưởng tổ")
    assert order(page)[-3:] == ["11 Phần hai: Thảo luận tổ", "Giải lao", "12 Tổ 1"]

    row(page, "Tổ 1").locator("[data-change]").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(row(page, "Giải lao").locator("xpath=preceding-sibling::tr[1]").locator(".t")).to_have_text("Tổ 1")
    page.keyboard.press("Alt+ArrowRight")
    expect(row(page, "Tổ 1").locator(".no")).to_have_text("11.1")
    assert "Tổ 1" in page.evaluate("document.activeElement.getAttribute('aria-label')")

    row(page, "Tổ 1").locator("[data-edit=minutes]").click()
    page.keyboard.type("35")
    page.keyboard.press("Enter")
    expect(row(page, "Tổ 1")).to_have_attribute("data-minutes", "35")

    before = order(page)
    grip, goal = row(page, "Phát biểu khai mạc").locator(".grip"), row(page, "Biểu quyết")
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), goal.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 6, end["y"] + end["height"] - 4, steps=8)
    page.mouse.up()
    expect(row(page, "Phát biểu khai mạc").locator(".no")).to_have_text("9")
    page.wait_for_timeout(LOOKED_AT)
    page.keyboard.press("Control+z")
    expect(row(page, "Phát biểu khai mạc").locator(".no")).to_have_text("2")
    assert order(page) == before


def test_what_somebody_else_has_changed_is_not_overwritten_and_nothing_typed_is_lost(crowd: People, service: Service) -> None:
    first, second = crowd.sign_in("secretary"), crowd.sign_in("secretary")
    for page in (first, second):
        page.goto(f"{service.url}{M}/programme/")
    row(second, "Kết luận").locator("[data-change]").click()
    second.locator("#edit-title").fill("Kết luận của Chủ tọa")
    row(first, "Kết luận").locator("[data-edit=minutes]").click()
    first.keyboard.type("17")
    first.keyboard.press("Enter")
    expect(row(first, "Kết luận")).to_have_attribute("data-minutes", "17")
    second.locator("#edit-form .primary").click()
    expect(second.locator("#edit-form .error")).to_contain_text("17")
    expect(second.locator("#edit-title")).to_have_value("Kết luận của Chủ tọa")
    second.locator("#edit-form .primary").click()
    expect(row(second, "Kết luận của Chủ tọa")).to_be_visible()


def test_who_has_read_the_refusal_saves_on_it_before_the_page_has_come(crowd: People, service: Service) -> None:
    first, second = crowd.sign_in("secretary"), crowd.sign_in("secretary")
    for page in (first, second):
        page.goto(f"{service.url}{M}/programme/")
    row(second, "Biểu quyết").locator("[data-change]").click()
    second.locator("#edit-title").fill("Biểu quyết thông qua")
    row(first, "Biểu quyết").locator("[data-edit=minutes]").click()
    first.keyboard.type("18")
    first.keyboard.press("Enter")
    expect(row(first, "Biểu quyết")).to_have_attribute("data-minutes", "18")
    held: list[Route] = []
    second.route(f"{service.url}{M}/programme/", lambda route: held.append(route))  # noqa: PLW0108  # playwright marks it
    second.locator("#edit-form .primary").click()
    expect(second.locator("#edit-form .error")).to_contain_text("18")
    second.locator("#edit-form .primary").click()
    expect(second.locator("#edit-item")).to_be_hidden()
    for request in held:
        request.continue_()
    second.unroute(f"{service.url}{M}/programme/")
    expect(row(second, "Biểu quyết thông qua")).to_be_visible()


def test_a_participant_sees_what_is_new_and_says_so(crowd: People, service: Service) -> None:
    page, reader = crowd.sign_in("secretary"), crowd.sign_in("delegate", PHONE)
    reader.goto(f"{service.url}{M}/programme/")
    page.goto(f"{service.url}{M}/programme/")
    row(page, "Trao Cờ").locator("[data-edit=presenter]").click()
    page.keyboard.type("Chủ tọa")
    page.keyboard.press("Enter")
    expect(row(page, "Trao Cờ").locator(".by")).to_have_text("Chủ tọa")
    page.wait_for_timeout(LOOKED_AT)
    page.locator("#release button").click()
    expect(page.locator("#release")).to_have_count(0)
    reader.reload()
    expect(reader.locator(".news")).to_contain_text("Chủ tọa")
    reader.locator(".news button").click()
    expect(reader.locator(".news")).to_have_count(0)


def test_an_unchanged_page_is_not_sent_again_its_clock_is_right_and_nobody_goes_back_to_it(
    crowd: People, service: Service
) -> None:
    page = crowd.sign_in("secretary")
    for _time in range(2):
        page.goto(f"{service.url}{M}/programme/")
    assert page.evaluate(ENTRY)[0], "the page was sent again"
    told = page.evaluate("performance.getEntriesByType('navigation')[0].serverTiming.map(t => t.description)")
    made = page.locator("html").get_attribute("data-now")
    assert made
    assert datetime.fromisoformat(told[0]) > datetime.fromisoformat(made)  # the answer's own moment, not the page's
    page.goto(f"{service.url}{M}/")
    page.go_back()
    expect(page.locator("#builder")).to_be_visible()
    page.locator("details.me summary").click()
    page.locator("[data-sign-out] button").click()
    page.wait_for_url("**/sign-in/**")
    page.go_back()
    page.wait_for_url("**/sign-in/**")
    expect(page.locator("tr[data-item]")).to_have_count(0)
