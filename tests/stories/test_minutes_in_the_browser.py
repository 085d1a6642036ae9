"""Two secretaries write the minutes while the meeting runs, and one of them loses the line, the page and the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import People, patient, people
from tests.minutes.holding import next_item, open_meeting
from tests.service import Service

pytestmark = pytest.mark.browser
PAGE = "/m/vptw-2025/minutes/"
SOON = 12_000
#: Whether the browser's own store holds what was typed (static/js/minutes/store.js).
KEPT_HERE = """async (words) => {
  const asked = indexedDB.open("diemcau-minutes");
  const base = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const found = base.transaction("typed").objectStore("typed").getAll();
  await new Promise((done) => { found.onsuccess = done; });
  base.close();
  return JSON.stringify(found.result).includes(words);
}"""


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for everybody; the conference is in its second item."""
    with people(service.url, service.demo["accounts"]) as opened, patient(SOON):
        open_meeting(opened.sign_in("secretary"), service.url, items=2)
        yield opened


def at_the_minutes(guests: People, service: Service) -> Page:
    page = guests.sign_in("secretary")
    page.goto(service.url + PAGE)
    expect(page.locator(".sheet")).to_be_visible()
    return page


def block(page: Page, key: str) -> Locator:
    return page.locator(f"[id='b-{key}']")


def write(page: Page, key: str, text: str) -> Locator:
    """Open a block and type at the end of its words."""
    one = block(page, key)
    one.locator(".words").first.dblclick()
    expect(one.locator(".ProseMirror")).to_be_visible()
    one.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)
    return one


def test_nothing_typed_is_lost_over_a_cut_line_a_reload_and_a_closed_browser(service: Service, guests: People) -> None:
    page = at_the_minutes(guests, service)
    time = write(page, "time", " Gõ khi còn đường truyền.")
    expect(time.locator("[data-kept]")).to_have_text(re.compile(r"\d\d:\d\d"))

    page.context.set_offline(True)
    page.keyboard.type(" Gõ khi mất đường truyền.")
    expect(page.locator("[data-cut]")).to_be_visible()
    page.wait_for_function(KEPT_HERE, arg="Gõ khi mất đường truyền.")
    context = page.context
    page.close()  # the tab is gone, the line still cut: only the browser's own store has the last words

    context.set_offline(False)
    again = context.new_page()
    again.goto(service.url + PAGE)
    time = block(again, "time")
    time.locator("[data-edit]").first.dispatch_event("click")
    expect(time.locator(".ProseMirror")).to_contain_text("Gõ khi mất đường truyền.")
    expect(again.locator("[data-cut]")).to_be_hidden()

    elsewhere = at_the_minutes(guests, service)  # another machine
    expect(block(elsewhere, "time").locator(".mark.unsaved")).to_be_visible()
    block(elsewhere, "time").locator("[data-edit]").first.dispatch_event("click")
    words = block(elsewhere, "time").locator(".ProseMirror")
    expect(words).to_contain_text("Gõ khi còn đường truyền. Gõ khi mất đường truyền.")
    expect(block(elsewhere, "time").locator("[data-resumed-note]")).to_be_visible()
    block(elsewhere, "time").locator("[data-editing] form .primary").first.click()
    expect(block(elsewhere, "time").locator(".words")).to_contain_text("Gõ khi mất đường truyền.")
    expect(block(elsewhere, "time").locator(".mark.unsaved")).to_have_count(0)
    context.close()
    elsewhere.context.close()


def test_two_write_at_once_over_a_cut_line_and_put_both_texts_together(service: Service, guests: People) -> None:
    first, second = at_the_minutes(guests, service), at_the_minutes(guests, service)
    one = write(first, "composition", "")
    first.keyboard.press("Control+Home")
    first.keyboard.type("Thêm ở đầu. ")
    second.context.set_offline(True)
    second.context.set_offline(False)
    other = write(second, "composition", " Thêm ở cuối.")
    one.locator("[data-editing] form .primary").first.click()
    expect(one.locator(".words")).to_contain_text("Thêm ở đầu.")

    second.context.set_offline(True)
    with second.expect_event("requestfailed", lambda request: "/do/block.edit/" in request.url):
        other.locator("[data-editing] form .primary").first.click()
    second.context.set_offline(False)  # the command is sent again under its id
    expect(other.locator("[data-merge]")).to_be_visible(timeout=30_000)
    other.locator("[data-merge]").click()
    expect(other.locator(".ProseMirror")).to_contain_text("Thêm ở đầu.")
    expect(other.locator(".ProseMirror")).to_contain_text("Thêm ở cuối.")
    second.wait_for_timeout(1000)
    other.locator("[data-editing] form .primary").first.click()
    for page in (first, second):
        expect(block(page, "composition").locator(".words")).to_contain_text("Thêm ở đầu.")
        expect(block(page, "composition").locator(".words")).to_contain_text("Thêm ở cuối.")
    first.context.close()
    second.context.close()


def test_the_page_follows_the_meeting_and_moves_nothing_under_the_writer(service: Service, guests: People) -> None:
    page, control = at_the_minutes(guests, service), guests.sign_in("secretary")
    running = page.locator(".block.running").get_attribute("data-key")
    time = write(page, "end", " Đang gõ")
    where = time.locator(".ProseMirror").bounding_box()
    next_item(control, service.url)
    expect(page.locator(f"[id='b-{running}'].running")).to_have_count(0)
    page.keyboard.type(" tiếp.")
    expect(time.locator(".ProseMirror")).to_contain_text("Đang gõ tiếp.")
    now = time.locator(".ProseMirror").bounding_box()
    assert where
    assert now
    assert abs(where["y"] - now["y"]) < 3
    assert [one for one in guests.complaints if "409" not in one and "ERR_INTERNET" not in one and "404" not in one] == []
