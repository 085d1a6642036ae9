"""Two people at the minutes in a real browser: a saved block changes alone, who is late loses nothing, and a note is one tap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import PHONE, People, patient, people
from tests.minutes.holding import open_meeting
from tests.service import Service

pytestmark = pytest.mark.browser
PAGE = "/m/vptw-2025/minutes/"
SOON = 10_000


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for everybody."""
    with people(service.url, service.demo["accounts"]) as opened, patient(SOON):
        yield opened


@pytest.fixture(scope="module")
def secretary(service: Service, guests: People) -> Page:
    """The secretary at the minutes; the conference is in its third item."""
    page = guests.sign_in("secretary")
    open_meeting(page, service.url, items=3)
    page.goto(service.url + PAGE)
    expect(page.locator(".sheet")).to_be_visible()
    return page


def point(page: Page, number: int) -> Locator:
    return page.locator(".block.point").nth(number)


def words(block: Locator) -> Locator:
    return block.locator(".ProseMirror")


def open_block(block: Locator) -> None:
    block.locator(".words").first.dblclick()
    expect(words(block)).to_be_visible()


def type_into(page: Page, block: Locator, text: str) -> None:
    open_block(block)
    words(block).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def save(block: Locator) -> None:
    block.locator("[data-editing] form .primary").first.click()


#: Notes in each frame which words a block shows while nobody writes in it.
WATCH = """(block) => {
  window.shown = new Set();
  const look = () => {
    const words = document.getElementById(block.id).querySelector(":scope > .words");
    if (words.checkVisibility()) window.shown.add(words.textContent);
    requestAnimationFrame(look);
  };
  look();
}"""


def test_saved_words_stand_there_at_once_and_the_page_stays_with_them(secretary: Page) -> None:
    type_into(secretary, point(secretary, 0), "Chữ vừa lưu")
    point(secretary, 0).evaluate(WATCH)
    secretary.locator("[data-follow]").check()
    save(point(secretary, 0))
    expect(point(secretary, 0).locator(".words")).to_contain_text("Chữ vừa lưu")
    expect(point(secretary, 0).locator("[data-editing]")).to_have_count(0)
    shown = secretary.evaluate("[...window.shown]")
    assert shown
    assert [words for words in shown if "Chữ vừa lưu" not in words] == []
    expect(point(secretary, 0)).to_be_in_viewport()


def test_who_keeps_the_saved_text_sees_it_at_once(service: Service, guests: People, secretary: Page) -> None:
    other = guests.sign_in("secretary")
    other.goto(service.url + PAGE)
    for page, text in ((other, "Chữ sẽ bỏ"), (secretary, "Chữ được giữ")):
        point(page, 0).locator(".words").first.dblclick(position={"x": 40, "y": 12})  # beside the buttons
        words(point(page, 0)).click()
        page.keyboard.type(text)
    save(point(secretary, 0))
    expect(point(secretary, 0).locator(".words")).to_contain_text("Chữ được giữ")
    save(point(other, 0))
    expect(point(other, 0).locator(".conflict")).to_be_visible()
    point(other, 0).evaluate(WATCH)
    point(other, 0).locator("[data-take-theirs]").click()
    expect(point(other, 0).locator("[data-editing]")).to_have_count(0)
    assert [words for words in other.evaluate("[...window.shown]") if "Chữ được giữ" not in words] == []


def test_who_is_late_sees_both_texts_chooses_and_loses_nothing(service: Service, guests: People, secretary: Page) -> None:
    other = guests.sign_in("secretary")
    other.goto(service.url + PAGE)
    type_into(other, point(other, 2), "Đang gõ dở ở nội dung khác")
    type_into(other, point(other, 1), "Chữ của người đến sau")
    type_into(secretary, point(secretary, 1), "Chữ của người đến trước <b>")
    save(point(secretary, 1))
    expect(point(secretary, 1).locator(".words")).to_contain_text("Chữ của người đến trước <b>")

    save(point(other, 1))
    conflict = point(other, 1).locator(".conflict")
    expect(conflict).to_contain_text("Chữ của người đến trước")
    expect(words(point(other, 1))).to_have_text("Chữ của người đến sau")
    conflict.locator("[data-take-mine]").click()
    other.wait_for_timeout(1000)  # a second press within 900 ms counts as a slip of the hand
    save(point(other, 1))
    expect(point(other, 1).locator(".words")).to_contain_text("Chữ của người đến sau")
    expect(words(point(other, 2))).to_have_text("Đang gõ dở ở nội dung khác")
    expect(point(secretary, 1).locator(".words")).to_contain_text("Chữ của người đến sau")


def test_a_note_of_who_speaks_is_one_tap_and_the_cursor_stands_behind_the_name(secretary: Page) -> None:
    before = secretary.locator(".block[data-key^='own:']").count()
    secretary.locator("[data-note]").first.click()
    note = secretary.locator(".block[data-key^='own:']").nth(before)
    expect(words(note)).to_contain_text("phát biểu:")
    note.locator("[data-phrase]").first.click()
    secretary.wait_for_timeout(1000)
    save(note)
    expect(note.locator(".words")).to_contain_text("Hội nghị thống nhất với nội dung báo cáo.")
    at = secretary.locator(".block.running")
    assert at.evaluate("(one) => one.nextElementSibling.dataset.key.startsWith('own:')")


def test_nothing_is_wider_than_a_telephone_and_every_button_is_large_enough(service: Service, guests: People) -> None:
    page = guests.sign_in("secretary", PHONE)
    page.goto(service.url + PAGE)
    point(page, 0).locator("[data-edit]").first.click()
    expect(words(point(page, 0))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('[data-minutes] :is(button, .tools a)')].filter((one) => one.checkVisibility())"
        ".filter((one) => one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 80))"
    )
    assert small == []


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
