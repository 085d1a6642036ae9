"""The secretariat at its desk: commands to the bridge points, messages, displays, the board; by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import HALL, PHONE, TABLET, People, people
from tests.client import Client
from tests.service import Service, running_service
from tests.stories.test_accessibility import AXE, M, _violations

pytestmark = pytest.mark.browser
SEEN = 1000  # ms after which a press is no slip of the hand any more
PANELS = ("announcements", "orders", "messages", "displays", "outages")


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """A service whose conference has just been opened."""
    with running_service() as running:
        Client(running.url, "secretary", running.demo["accounts"]["secretary"]).do("vptw-2025", "meeting.open")
        yield running


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    with people(service.url, service.demo["accounts"]) as opened:
        yield opened
        assert opened.complaints == []


def desk(guests: People, who: str = "secretary", size: tuple[int, int] = HALL, screen: str = "control") -> Page:
    page = guests.sign_in(who, size)
    with page.expect_websocket():
        page.goto(f"{guests.url}{M}/{screen}/")
    return page


def choose(page: Page, form: str, typed: str, name: str) -> None:
    """Choose a bridge point for a form of the desk by what one types of its name."""
    page.locator(f"{form} [data-lookup]").fill(typed)
    expect(page.locator(f"{form} [data-choice]")).to_have_count(1)
    page.locator(f"{form} [data-choice]", has_text=name).click()


def test_a_command_goes_to_the_chosen_and_the_desk_tells_who_has_not_acknowledged(guests: People) -> None:
    page = desk(guests)
    page.locator("#key-orders").click()
    page.locator("#issue-command > summary").click()
    page.locator("#issue-command label", has_text=re.compile("Nghỉ|Recess|nghỉ")).click()
    offered = page.locator("#issue-command [data-fill]:visible").first
    sentence = str(offered.text_content())
    offered.click()
    expect(page.locator("#issue-text")).to_have_value(sentence)
    page.locator("#issue-command .picker summary").click()
    choose(page, "#issue-command", "lao cai", "Lào Cai")
    choose(page, "#issue-command", "lam dong", "Lâm Đồng")
    expect(page.locator("#issue-command .chosen li")).to_have_text(["Lào Cai", "Lâm Đồng"])
    expect(page.locator("#issue-command [data-whom]")).to_contain_text("2")
    page.wait_for_timeout(SEEN)
    page.locator("#issue-command .primary").click()
    order = page.locator(".orders > li").first
    expect(order.locator(".reach b").last).to_have_text("0")
    expect(order.locator(".names button")).to_have_count(2)
    expect(page.locator("#key-orders")).to_contain_text("0/2")
    expect(page.locator("#issue-command .chosen li")).to_have_count(0)
    order.locator(".names button", has_text="Lâm Đồng").click()
    expect(page.locator("#messages .thread h2")).to_have_text("Lâm Đồng")
    expect(page.locator("#messages textarea")).to_have_value(re.compile(re.escape(sentence[:40])))
    page.context.close()


def test_what_is_half_written_in_a_thread_waits_while_another_is_open(guests: People) -> None:
    page = desk(guests)
    page.locator(".tiles [data-site-tile]", has_text="Cà Mau").click()
    page.locator("#site-sheet [data-on=technical]").click()
    page.locator(".thread:visible textarea").fill("Đang viết dở")
    page.locator(".thread:visible [data-leave]").click()
    page.locator("#messages [data-lookup]").fill("hue")
    page.locator("#begin-found [data-choice]", has_text="Huế").click()
    expect(page.locator(".thread:visible h2")).to_have_text("Huế")
    page.locator(".thread:visible textarea").fill("Nghe rõ không?")
    page.wait_for_timeout(SEEN)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".thread:visible .said .own .words")).to_have_text("Nghe rõ không?")
    expect(page.locator(".thread:visible textarea")).to_have_value("")
    page.locator(".tiles [data-site-tile]", has_text="Cà Mau").click()
    page.locator("#site-sheet [data-on=technical]").click()
    expect(page.locator(".thread:visible textarea")).to_have_value("Đang viết dở")
    page.context.close()


def test_a_message_of_a_bridge_point_waits_at_the_chair_s_desk_until_it_has_been_seen(service: Service, guests: People) -> None:
    page = desk(guests, "chair", TABLET, "chair")
    expect(page.locator("#messages")).to_be_hidden()
    operator = Client(service.url, "operator-15", service.demo["accounts"]["operator-15"])
    assert operator.do("vptw-2025", "message.send", line="chair", text="Xin phát biểu sớm.")["state"] == "done"
    expect(page.locator(".letters .figure[data-shows=chair]")).to_contain_text("1")
    page.locator(".letters[data-toggle=messages]").click()
    page.locator("#messages .thread-row:visible").first.click()
    expect(page.locator("#messages .said .words")).to_have_text("Xin phát biểu sớm.")
    expect(page.locator(".letters .figure[data-shows=chair]")).to_have_text("0", timeout=15_000)
    page.locator("#messages textarea").press("Escape")
    expect(page.locator("#messages")).to_be_hidden()
    expect(page.locator(".letters[data-toggle=messages]")).to_be_focused()
    page.context.close()


def test_displays_are_steered_one_by_one_and_all_at_once(service: Service, guests: People) -> None:
    secretary = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    assert secretary.do("vptw-2025", "display.open", name="Phòng chờ")["state"] == "done"
    page = desk(guests)
    page.locator("#key-displays").click()
    row = page.locator("#walls > li", has_text="Phòng chờ")
    row.locator("input").check()
    expect(page.locator("[data-target]")).to_contain_text("1")
    page.wait_for_timeout(SEEN)
    page.locator(".modes [value=blank]").click()
    expect(row).to_have_attribute("data-mode", "blank")
    assert page.locator("#walls > li[data-mode=auto]").count() >= 1
    page.wait_for_timeout(SEEN)
    page.locator(".modes [value=count]").click()
    expect(row).to_have_attribute("data-mode", "count")
    assert page.locator("#walls > li[data-mode=auto]").count() >= 1  # a second press still means the ticked one
    row.locator("input").uncheck()
    expect(page.locator("[data-target]")).not_to_contain_text("1")
    page.wait_for_timeout(SEEN)
    page.locator(".modes [value=welcome]").click()
    expect(page.locator("#walls > li:not([data-mode=welcome])")).to_have_count(0)
    page.context.close()


def test_the_desk_is_used_by_keyboard_and_remembers_its_panel(guests: People) -> None:
    page = desk(guests)
    page.locator("#key-speakers").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#announcements")).to_be_visible()
    expect(page.locator("#key-announcements")).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("#doors")).to_be_visible()
    expect(page.locator(".panel:visible")).to_have_count(1)
    page.reload()
    expect(page.locator("#doors")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("size", [HALL, PHONE])
def test_axe_finds_nothing_in_any_panel(guests: People, size: tuple[int, int]) -> None:
    assert AXE.exists()
    page = desk(guests, size=size)
    found: list[Any] = []
    for panel in PANELS:
        page.locator(f"#key-{panel}").click()
        for summary in page.locator(f"#{panel} details:not([open]) > summary:visible").all():
            summary.click()
        page.wait_for_timeout(400)
        found += _violations(page, panel)
    page.locator(".tiles [data-site-tile]").first.click()
    found += _violations(page, "sheet")
    assert found == []
    page.context.close()
