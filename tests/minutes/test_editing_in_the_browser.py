"""Two people at the minutes in a real browser: a saved block changes alone, and who is late loses nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import PHONE, People, people
from tests.service import Service, running_service

pytestmark = pytest.mark.browser
PAGE = "/m/vptw-2025/minutes/"


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """A service whose conference has been held."""
    with running_service() as running:
        running.manage("play", "vptw-2025", "--speed", "100000")
        yield running


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for everybody."""
    with people(service.url, service.demo["accounts"]) as opened:
        yield opened


@pytest.fixture(scope="module")
def secretary(service: Service, guests: People) -> Page:
    """The secretary at the drafted minutes."""
    page = guests.sign_in("secretary")
    page.goto(service.url + PAGE)
    draft = page.locator("form[action$='/do/minutes.draft/'] button")
    if draft.count() and not page.locator(".sheet").count():
        draft.click()
    expect(page.locator(".sheet")).to_be_visible()
    return page


def point(page: Page, number: int) -> Locator:
    return page.locator(".block.point").nth(number)


def type_into(page: Page, number: int, text: str) -> None:
    point(page, number).hover()
    point(page, number).locator(".edit > summary").click()
    point(page, number).locator("textarea").fill(text)


def save(page: Page, number: int) -> None:
    point(page, number).locator("button:not([type])").click()


def test_a_saved_block_changes_alone_and_who_is_late_sees_both_texts(service: Service, guests: People, secretary: Page) -> None:
    other = guests.sign_in("secretary")
    other.goto(service.url + PAGE)
    type_into(other, 2, "Đang gõ dở ở nội dung khác")
    type_into(other, 1, "Chữ của người đến sau")

    type_into(secretary, 1, "Chữ của người đến trước <b>")
    save(secretary, 1)
    expect(point(secretary, 1).locator(".words")).to_contain_text("Chữ của người đến trước <b>")

    save(other, 1)
    expect(point(other, 1).locator("[data-theirs]")).to_contain_text("Chữ của người đến trước <b>")
    expect(point(other, 1).locator("textarea")).to_have_value("Chữ của người đến sau")
    other.wait_for_timeout(1000)  # a second press within 900 ms counts as a slip of the hand
    save(other, 1)
    expect(point(other, 1).locator(".words")).to_contain_text("Chữ của người đến sau")
    expect(point(other, 2).locator("textarea")).to_have_value("Đang gõ dở ở nội dung khác")


def test_who_is_late_may_keep_the_other_s_text(service: Service, guests: People, secretary: Page) -> None:
    other = guests.sign_in("secretary")
    other.goto(service.url + PAGE)
    secretary.reload()
    type_into(other, 3, "Bản sẽ bỏ")
    type_into(secretary, 3, "Bản sẽ giữ")
    save(secretary, 3)
    expect(point(secretary, 3).locator(".words")).to_contain_text("Bản sẽ giữ")
    save(other, 3)
    point(other, 3).locator("[data-take-theirs]").click()
    expect(point(other, 3).locator(".words")).to_contain_text("Bản sẽ giữ")
    expect(point(other, 3).locator("textarea")).not_to_be_visible()


def test_the_file_one_holds_is_compared_on_one_s_own_machine(service: Service, guests: People, secretary: Page) -> None:
    secretary.reload()
    secretary.locator("form[action$='/do/minutes.print/'] button").click()
    link = secretary.locator(".prints a.code").first
    expect(link).to_be_visible(timeout=20_000)
    pdf = secretary.request.get(f"{service.url}{link.get_attribute('href')}").body()
    code = (link.get_attribute("href") or "").rstrip("/").rsplit("/", 1)[-1]
    page = guests.context(PHONE).new_page()
    page.goto(f"{service.url}/check/{code}/")
    page.set_input_files("#file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf})
    expect(page.locator("[data-answer=same]")).to_be_visible()
    page.set_input_files("#file", {"name": "b.pdf", "mimeType": "application/pdf", "buffer": pdf + b"%"})
    expect(page.locator("[data-answer=different]")).to_be_visible()
    expect(page.locator("[data-answer=same]")).to_be_hidden()


def test_nothing_is_wider_than_a_telephone(service: Service, guests: People, secretary: Page) -> None:
    page = guests.sign_in("secretary", PHONE)
    page.goto(service.url + PAGE)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
