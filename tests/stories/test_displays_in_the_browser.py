"""Displays in the hall, steered while people look at them: each its own content, within a second, and axe finds nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import HALL, People, people
from tests.client import Client
from tests.displays import announce, open_displays
from tests.service import Service
from tests.stories.test_accessibility import AXE

pytestmark = pytest.mark.browser
SLUG = "vptw-2025"
WITHIN_A_SECOND = 2_000  # ms; a second for the change and one for the browser on a busy machine
MODES = ("auto", "item", "speaker", "count", "welcome", "blank", "announcement")
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}"


@pytest.fixture(scope="module")
def secretary(service: Service) -> Client:
    """Who steers."""
    client = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    client.get(f"/m/{SLUG}/displays/")
    return client


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for the walls."""
    with people(service.url, service.demo["accounts"]) as opened:
        yield opened
        assert opened.complaints == []


def look(guests: People, path: str) -> Page:
    page = guests.context(HALL).new_page()
    page.goto(guests.url + path)
    return page


def shown(page: Page) -> list[str]:
    return [text.replace("\xa0", " ") for text in page.locator("main h1:visible").all_inner_texts()]


def test_the_secretariat_steers_what_the_hall_sees(service: Service, secretary: Client, guests: People) -> None:
    walls = open_displays(secretary, SLUG, MODES)
    pages = {mode: look(guests, walls[mode][1]) for mode in MODES}
    assert secretary.do(SLUG, "meeting.open")["state"] == "done"
    items = re.findall(r'data-command="item.open".*?name="item" value="(\d+)"', secretary.get(f"/m/{SLUG}/control/"), re.S)
    assert secretary.do(SLUG, "item.open", item=items[0])["state"] == "done"
    for page in pages.values():
        expect(page.locator("main h1:visible")).to_contain_text("Ban Tổ chức", timeout=5_000)

    announcement = announce(secretary, SLUG, "Họp lại lúc 10 giờ 15 phút")
    for mode in MODES[1:]:
        extra = {"announcement": announcement} if mode == "announcement" else {}
        assert secretary.do(SLUG, "displays.steer", mode=mode, displays=walls[mode][0], **extra)["state"] == "done"
    for mode in ("item", "count", "welcome", "blank", "announcement"):
        expect(pages[mode].locator("main")).to_have_attribute("data-shows", mode, timeout=WITHIN_A_SECOND)
        assert len(shown(pages[mode])) == 1, mode
    assert shown(pages["announcement"]) == ["Họp lại lúc 10 giờ 15 phút"]
    # Nobody speaks: the display for the speaker follows the meeting, until somebody does.
    expect(pages["speaker"].locator("main")).to_have_attribute("data-shows", "auto")
    operator = Client(service.url, "operator-15", service.demo["accounts"]["operator-15"])
    assert operator.do(SLUG, "floor.request")["state"] == "done"
    waiting = re.search(r'data-command="floor.give".*?name="request" value="(\d+)"', secretary.get(f"/m/{SLUG}/control/"), re.S)
    assert waiting
    assert secretary.do(SLUG, "floor.give", request=waiting[1])["state"] == "done"
    expect(pages["speaker"].locator("main")).to_have_attribute("data-shows", "speaker", timeout=WITHIN_A_SECOND)

    assert [line for mode in MODES for line in violations(pages[mode], mode)] == []

    # One goes back, all go back; an announcement that is withdrawn leaves the wall.
    assert secretary.do(SLUG, "announcement.withdraw", announcement=announcement)["state"] == "done"
    expect(pages["announcement"].locator("main")).to_have_attribute("data-shows", "auto", timeout=WITHIN_A_SECOND)
    assert secretary.do(SLUG, "displays.steer", mode="blank")["state"] == "done"
    for page in pages.values():
        expect(page.locator("main")).to_have_attribute("data-shows", "blank", timeout=WITHIN_A_SECOND)
    assert secretary.do(SLUG, "displays.steer", mode="auto")["state"] == "done"
    for page in pages.values():
        expect(page.locator("main")).to_have_attribute("data-shows", "auto", timeout=WITHIN_A_SECOND)


def violations(page: Page, where: str) -> list[str]:
    page.evaluate(AXE.read_text())
    answer = page.evaluate(f"axe.run(document, {RULES})")
    return [f"{where}: {one['id']}: {json.dumps([node['html'][:120] for node in one['nodes']])}" for one in answer["violations"]]


def test_a_site_command_is_acknowledged_once_and_then_says_by_whom(service: Service, secretary: Client, guests: People) -> None:
    console = guests.sign_in("operator-15")
    console.goto(f"{service.url}/m/{SLUG}/console/")
    expect(console.locator("link-state .shape.ok")).to_be_visible(timeout=5_000)
    find = console.locator("input[data-search]")
    find.fill("15")
    before = find.bounding_box()
    assert secretary.do(SLUG, "site_command.issue", kind="other", text="Chuẩn bị phát biểu")["state"] == "done"
    order = console.locator(".site-order:visible")
    expect(order).to_have_count(1, timeout=WITHIN_A_SECOND)
    expect(order).to_contain_text("Chuẩn bị phát biểu")
    assert find.bounding_box() == before, "what somebody types in has moved"
    assert find.input_value() == "15"
    assert console.title().startswith("(1) ")
    assert violations(console, "console") == []
    console.wait_for_timeout(1000)
    order.locator("button").click()
    expect(order).to_have_count(0, timeout=WITHIN_A_SECOND)
    expect(console.locator(".acks")).to_contain_text("Chuẩn bị phát biểu", timeout=WITHIN_A_SECOND)
    assert find.bounding_box() == before
    assert not console.title().startswith("(")
