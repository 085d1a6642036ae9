"""An operator at a telephone marks the hall, adds who came unasked, corrects a time; the secretariat's page follows by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, People, people
from tests.service import Service

pytestmark = pytest.mark.browser
FOLLOWS = 12_000  # ms: the page looks every four seconds


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for everybody."""
    with people(service.url, service.demo["accounts"]) as opened:
        yield opened


def test_an_operator_marks_a_hall_on_a_telephone(service: Service, guests: People) -> None:
    desk = guests.sign_in("secretary")
    desk.goto(f"{service.url}/m/vptw-2025/attendance/?q=lao+cai&state=")
    expect(desk.locator("tr[data-person]")).to_have_count(10)
    desk.locator("#chosen summary").click()
    desk.locator("#chosen-reason").fill("Đang gõ dở")  # what is typed stays while the list follows
    phone = guests.sign_in("operator-15", PHONE)
    phone.goto(f"{service.url}/m/vptw-2025/attendance/")
    mark_two_together(phone)
    mark_one_absent(phone)
    add_who_came_unasked(phone)
    correct_a_time(phone)
    expect(desk.locator("tr[data-person] .chip.ok")).to_have_count(3, timeout=FOLLOWS)
    assert desk.locator("#chosen-reason").input_value() == "Đang gõ dở"
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert guests.complaints == []


def mark_two_together(page: Page) -> None:
    """Choose two and mark them with one press; the page is not loaded anew."""
    page.evaluate("window.here = true")
    page.locator("#chosen button[value=present]").click()  # nobody is chosen
    expect(page.get_by_text("Hãy chọn ít nhất một người.")).to_be_visible()
    boxes = page.locator("tr[data-person] input[type=checkbox]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(page.locator("#chosen [data-count]")).to_have_text("2")
    page.wait_for_timeout(700)
    page.locator("#chosen button[value=present]").click()
    expect(page.locator(".headline .big")).to_contain_text("2/10")
    expect(page.locator("tr[data-person] .chip.ok")).to_have_count(2)
    expect(page.locator("#chosen [data-count]")).to_have_text("0")
    assert page.evaluate("window.here")


def mark_one_absent(page: Page) -> None:
    """Press a row's own button."""
    third = page.locator("tr[data-person]").nth(2)
    page.wait_for_timeout(1000)
    third.get_by_role("button", name="Vắng").click()
    expect(third.locator(".chip.bad")).to_be_visible()


def add_who_came_unasked(page: Page) -> None:
    """Add somebody in place of one who did not come."""
    page.locator("a[href*='walk-in']").first.click()
    form = page.locator('form[data-command="walk_in.add"]')
    form.locator("[name=name]").fill("Lò Văn Đột Xuất")
    form.locator("[name=unit]").fill("Văn phòng Tỉnh ủy Lào Cai")
    form.locator("[name=substitute_for]").select_option(index=2)
    page.wait_for_timeout(700)
    form.locator("button.primary").click()
    page.wait_for_url(re.compile(r"/attendance/$"))
    added = page.locator("tr[data-person]", has=page.locator(".name a", has_text="Lò Văn Đột Xuất"))
    expect(added).to_contain_text("bổ sung tại chỗ")
    expect(added.locator(".chip.ok")).to_be_visible()


def correct_a_time(page: Page) -> None:
    """Correct since when the first one is there, on the person's own page."""
    page.locator("tr[data-person] .name a").first.click()
    form = page.locator('form[data-command="presence.mark"]')
    form.locator("#correct-at").fill("26/11/2025 07:05")
    form.locator("button.primary").click()
    page.wait_for_url(re.compile(r"/attendance/$"))
    expect(page.locator("tr[data-person]").first.locator(".stands")).to_contain_text("07:05")
