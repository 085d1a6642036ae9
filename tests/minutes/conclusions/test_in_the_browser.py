"""A conclusion worded by two in real browsers before the eyes of the hall, adopted by the chair; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import PHONE, TABLET, People, patient, people
from tests.service import Service

pytestmark = pytest.mark.browser
M = "/m/vptw-2025"
DESK = f"{M}/minutes/conclusions/"
AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
PROPOSE, CHANGE = "form[data-command='conclusion.propose']", "form[data-command='conclusion.change']"


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for everybody."""
    with people(service.url, service.demo["accounts"]) as opened, patient(PATIENCE):
        yield opened


PATIENCE = 15_000  # ms for what takes one: a machine that does much else at the same time
SEEN = 700  # ms a button must have stood before a press of it counts (static/js/slips.js)


def press(page: Page, command: str) -> None:
    """Press the button of a command once it can have been seen, and say yes if it asks."""
    expect(page.locator(f"form[data-command='{command}'] button").first).to_be_visible()
    page.wait_for_timeout(SEEN)
    page.locator(f"form[data-command='{command}'] button").first.click()
    asked = page.locator("#confirm[open] [value=yes]")
    if command in ("meeting.open", "conclusion.adopt"):
        asked.click()


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {[node['html'][:90] for node in one['nodes']]}" for one in found]


def overflows(wall: Page) -> bool:
    return bool(
        wall.locator(".worded").evaluate(
            "box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1"
        )
    )


def field(page: Page, name: str) -> Locator:
    return page.locator(f"{CHANGE} [name={name}]")


@pytest.fixture(scope="module")
def secretary(service: Service, guests: People) -> Page:
    """The secretary in the opened meeting."""
    page = guests.sign_in("secretary")
    page.goto(f"{service.url}{M}/control/")
    press(page, "meeting.open")
    expect(page.locator("form[data-command='item.open']").first).to_be_attached()
    return page


def test_two_word_a_conclusion_before_the_hall_and_the_chair_adopts_it(service: Service, guests: People, secretary: Page) -> None:
    wall = guests.context((1920, 1080), "vi").new_page()
    wall.goto(service.demo["display_url"])
    chair = guests.sign_in("chair", TABLET)
    chair.goto(f"{service.url}{M}/chair/")

    secretary.goto(service.url + DESK)
    text = secretary.locator(f"{PROPOSE} [name=text]")
    secretary.locator("[data-phrases] summary").click()
    secretary.locator("[data-insert]").nth(3).click()
    text.press_sequentially("ban hành kế hoạch.")
    secretary.locator(f"{PROPOSE} [name=due]").fill("31/01/2020")
    expect(secretary.locator("[data-past]")).to_be_visible()
    secretary.locator(f"{PROPOSE} button.primary").click()
    row = secretary.locator(".wording-row")
    expect(row).to_contain_text("Đồng ý chủ trương ban hành kế hoạch.")
    expect(text).to_have_value("")
    press(secretary, "conclusion.show")
    expect(secretary.locator(".wording-row.on")).to_be_visible()
    expect(wall.locator(".wall[data-shows=conclusion] .worded h1")).to_have_text("Đồng ý chủ trương ban hành kế hoạch.")

    secretary.locator(".wording-row.on a.button").first.click()
    secretary.wait_for_url("**/conclusions/*/", wait_until="load")
    other = guests.sign_in("secretary")
    other.goto(secretary.url)
    expect(field(other, "text")).to_have_value("Đồng ý chủ trương ban hành kế hoạch.")
    field(other, "text").fill("Đồng ý ban hành kế hoạch trong quý I.")
    field(other, "product").fill("Kế hoạch")
    field(secretary, "text").fill("Thống nhất chủ trương ban hành kế hoạch.")
    field(secretary, "text").press("Control+Enter")
    expect(wall.locator(".worded h1")).to_have_text("Thống nhất chủ trương ban hành kế hoạch.")

    beside = other.locator("[data-other]")
    expect(beside.locator("ins")).to_contain_text("Thống nhất")
    expect(field(other, "text")).to_have_value("Đồng ý ban hành kế hoạch trong quý I.")
    other.wait_for_timeout(SEEN)  # what came beside it has moved the button
    other.locator(f"{CHANGE} button:not([type])").click()  # without having chosen: nothing is overwritten
    expect(other.locator(f"{CHANGE} [data-from-command]")).to_be_visible()
    expect(wall.locator(".worded h1")).to_have_text("Thống nhất chủ trương ban hành kế hoạch.")
    other.on("dialog", lambda box: box.accept())
    other.reload()
    expect(field(other, "text")).to_have_value("Đồng ý ban hành kế hoạch trong quý I.")
    expect(beside).to_be_visible()
    assert faults(other) == []
    beside.locator("button").last.click()
    expect(wall.locator(".worded h1")).to_have_text("Đồng ý ban hành kế hoạch trong quý I.")
    expect(field(secretary, "text")).to_have_value("Đồng ý ban hành kế hoạch trong quý I.")  # nobody was at work there
    expect(field(secretary, "product")).to_have_value("Kế hoạch")

    expect(chair.locator(".concluding .wording")).to_contain_text("trong quý I.")
    press(chair, "conclusion.adopt")
    expect(wall.locator("live-part[name=conclusion] .item")).to_contain_text("1")
    expect(secretary.locator(CHANGE)).to_have_count(0)
    expect(secretary.locator("section[data-state=adopted]")).to_be_visible()
    press(secretary, "conclusion.hide")
    expect(wall.locator(".wall")).to_have_attribute("data-shows", "auto")
    secretary.locator("[data-open=withdraw]").click()
    secretary.locator("#withdraw [name=why]").fill("Trùng nội dung.")
    secretary.locator("#withdraw button.primary").click()
    expect(secretary.locator("section[data-state=withdrawn]")).to_contain_text("Trùng nội dung.")


def test_any_wording_fits_on_any_wall(service: Service, guests: People, secretary: Page) -> None:
    walls = [guests.context(size, "vi").new_page() for size in ((1920, 1080), (1080, 1920), (1280, 720))]
    for wall in walls:
        wall.goto(service.demo["display_url"])
    secretary.goto(service.url + DESK)
    secretary.locator(f"{PROPOSE} [name=text]").fill("Giao.")
    secretary.locator(f"{PROPOSE} button.primary").click()
    press(secretary, "conclusion.show")
    expect(secretary.locator(".wording-row.on")).to_be_visible()
    secretary.locator(".wording-row.on a.button").first.click()
    secretary.wait_for_url("**/conclusions/*/", wait_until="load")
    words = ("Giao các cơ quan, đơn vị chủ trì, phối hợp hoàn thiện dự thảo Nghị quyết. " * 60)[:4000]
    for length, along in ((70, ""), (500, "Ban Tổ chức " * 40), (1500, ""), (4000, "Bộ Khoa học và Công nghệ " * 24)):
        field(secretary, "text").fill(words[:length])
        field(secretary, "along").fill(along.strip())
        version = field(secretary, "version").input_value()
        field(secretary, "text").press("Control+Enter")
        expect(field(secretary, "version")).not_to_have_value(version)  # saved, and known to be
        for wall in walls:
            expect(wall.locator(".worded h1")).to_have_text(words[:length].strip())
            assert not overflows(wall), (length, wall.viewport_size)


def test_the_desk_is_for_everybody_on_a_phone_too(service: Service, guests: People, secretary: Page) -> None:
    phone = guests.sign_in("chair", PHONE)
    phone.goto(service.url + DESK)
    expect(phone.locator(".wording-row").first).to_be_visible()
    assert faults(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
