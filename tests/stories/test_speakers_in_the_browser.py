"""Two desks keep one list of speakers: the second is told and loses nothing; who comes next is told to prepare."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, TABLET, People, people
from tests.client import Client
from tests.service import Service

pytestmark = pytest.mark.browser
SLUG = "vptw-2025"
NO_SLIP = 1_000  # ms after which a second press on the same button is meant
WITHIN_A_SECOND = 2_000  # ms; a second for the change and one for the browser on a busy machine


@pytest.fixture(scope="module")
def secretary(service: Service) -> Client:
    """The other desk: the meeting runs, and the item of the registered speeches is open."""
    client = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    client.get(f"/m/{SLUG}/control/")
    assert client.do(SLUG, "meeting.open")["state"] == "done"
    upcoming = re.findall(r'id="upcoming-(\d+)"', client.get(f"/m/{SLUG}/control/"))
    assert client.do(SLUG, "item.open", item=upcoming[3])["state"] == "done"
    return client


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for chair, operator and delegate."""
    with people(service.url, service.demo["accounts"]) as opened:
        yield opened


def open_page(guests: People, who: str, screen: str, size: tuple[int, int] = TABLET) -> Page:
    page = guests.sign_in(who, size)
    page.goto(f"{guests.url}/m/{SLUG}/{screen}/")
    return page


def keys(page: Page) -> list[str]:
    return [row.get_attribute("data-wish") or "" for row in page.locator("li[data-wish]").all()]


def test_of_two_desks_that_reorder_at_once_the_second_is_told_and_loses_nothing(secretary: Client, guests: People) -> None:
    chair = open_page(guests, "chair", "chair")
    expect(chair.locator("li[data-wish]")).to_have_count(8)
    first, second, third, fourth, *rest = keys(chair)
    chair.locator(f'li[data-wish="{third}"] [data-line-sheet]').click()
    sheet = chair.locator("#line-sheet")
    sheet.locator("[data-reason]").first.click()
    why = sheet.locator("[name=reason]").input_value()
    assert why

    # Meanwhile the secretary moves another line.
    moved = secretary.do(SLUG, "floor.move", request=fourth, before=first, reason="Về sớm", version=1)
    assert moved["state"] == "done"
    expect(chair.locator("li[data-wish]").first).to_have_attribute("data-wish", fourth, timeout=WITHIN_A_SECOND)

    sheet.locator("[data-to=up]").click()
    expect(sheet.locator("[data-changed]")).to_be_visible()
    expect(sheet.locator("[name=reason]")).to_have_value(why)
    expect(sheet.locator("[data-about]")).to_contain_text("4/8")
    assert keys(chair) == [fourth, first, second, third, *rest]

    chair.wait_for_timeout(NO_SLIP)
    sheet.locator("[data-to=up]").click()
    expect(sheet).to_be_hidden()
    expect(chair.locator("li[data-wish]").nth(2)).to_have_attribute("data-wish", third, timeout=WITHIN_A_SECOND)
    assert keys(chair) == [fourth, first, third, second, *rest]


def test_out_of_turn_the_sheet_asks_why(secretary: Client, guests: People) -> None:
    chair = open_page(guests, "chair", "chair")
    last = keys(chair)[-1]
    chair.locator(f'li[data-wish="{last}"] [data-line-sheet]').click()
    sheet, now = chair.locator("#line-sheet"), chair.locator("#line-sheet .places .primary")
    now.click()
    expect(sheet.locator(".error")).to_be_visible()
    sheet.locator("[data-reason]").nth(1).click()
    chair.wait_for_timeout(NO_SLIP)
    now.click()
    expect(sheet).to_be_hidden()
    expect(chair.locator(f'[data-speech="{last}"]')).to_be_visible(timeout=WITHIN_A_SECOND)


def test_who_comes_next_is_told_and_acknowledges(secretary: Client, guests: People) -> None:
    chair = open_page(guests, "chair", "chair")
    chair.locator('form[data-command="floor.prepare"] button').click()
    expect(chair.locator("li[data-wish] .chip.warn")).to_have_count(3, timeout=WITHIN_A_SECOND)
    console = open_page(guests, "operator-15", "console")
    console.locator('form[data-command="site_command.acknowledge"] button').first.click()
    expect(chair.locator("li[data-wish] .chip.ok")).to_have_count(1, timeout=WITHIN_A_SECOND)


def test_a_delegate_raises_a_point_of_order_in_two_presses(secretary: Client, guests: People) -> None:
    delegate = open_page(guests, "delegate", "delegate", PHONE)
    delegate.locator(".other-kinds summary").click()
    delegate.locator('form[data-command="floor.request"]', has=delegate.locator("[value=point_of_order]")).locator(
        "button"
    ).click()
    expect(delegate.locator("[data-place]")).to_have_text("1", timeout=WITHIN_A_SECOND)
