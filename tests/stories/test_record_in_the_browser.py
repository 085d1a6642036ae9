"""An official paper told as one story: drafted, its recipients chosen, approved, issued, read on a phone, checked, recalled.

The secretary works at the desk; the operator of Lào Cai finds the notice on the start page; somebody who holds it on paper asks
its code; when it is recalled, the reader sees that at once and gets no file any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser import PHONE, People, people
from tests.service import Service

pytestmark = pytest.mark.browser
M = "/m/vptw-2025-q3"
MADE = 90_000  # ms: the press and its child start beside everything else


@pytest.fixture
def crowd(service: Service) -> Iterator[People]:
    """A browser for its people; nothing but what is refused on purpose may be complained about."""
    with people(service.url, service.demo["accounts"]) as found:
        yield found
        assert [said for said in found.complaints if "404" not in said and "409" not in said] == []


def press(page: Page, button: str) -> None:
    """Press a button that asks once, and say yes."""
    page.locator(button).first.click()
    page.locator("#confirm [value=yes]").click()


def made(page: Page) -> None:
    """Wait until the file of the paper on the page is there and has gone out."""
    expect(page.locator(".figures")).to_be_visible(timeout=MADE)


def again(page: Page) -> None:
    """Load a page again, unless it does so itself in this very moment: then what it waits for is there."""
    try:
        page.reload()
    except Error as error:
        if "ERR_ABORTED" not in error.message:
            raise
        page.wait_for_load_state()


def test_a_notice_is_issued_read_checked_and_recalled(service: Service, crowd: People) -> None:
    desk = crowd.sign_in("secretary")
    desk.goto(f"{service.url}{M}/official/")
    desk.locator("section[aria-labelledby=kind-TB] form[action*='paper.draft'] button").click()
    desk.wait_for_url(re.compile(r"/official/\d+/$"))
    number = desk.url.rstrip("/").rpartition("/")[2]
    page = f"{service.url}{M}/issuance/{number}/"
    desk.locator("[name=post]").fill("CHÁNH VĂN PHÒNG")
    desk.locator("[name=signer]").fill("(Trình diễn)")
    desk.locator("form[action*='paper.edit'] .buttons button").click()
    expect(desk.locator("form[action*='paper.approve'] button")).to_be_visible()

    desk.goto(page)
    desk.locator("[name=above]").fill("Ban Bí thư (để báo cáo)")
    desk.locator("[name=below]").fill("")
    desk.locator("[name=all_sites]").check()
    desk.locator("[name=archive]").fill("Lưu Văn phòng")
    desk.locator("form[action*='recipients.set'] .buttons button").click()
    expect(desk.locator(".recipients-printed li")).to_have_text(["Ban Bí thư (để báo cáo),", "Các điểm cầu,", "Lưu Văn phòng."])

    desk.goto(f"{service.url}{M}/official/{number}/")
    press(desk, "form[action*='paper.approve'] button")
    expect(desk.locator("a.button.primary[href*='/issuance/']")).to_be_visible(timeout=MADE)

    desk.goto(page)
    expect(desk.locator("[name=dated]")).not_to_have_value("")
    press(desk, "form[action*='paper.issue'] .buttons button")
    expect(desk.locator("h1 .num")).to_have_text(re.compile(r"^\d\d-TB/VPTW$"), timeout=MADE)
    symbol = desk.locator("h1 .num").inner_text()
    for _look in range(45):
        if desk.locator(".figures").is_visible():
            break
        desk.wait_for_timeout(2000)
        again(desk)
    made(desk)

    phone = crowd.sign_in("operator-15", PHONE)
    phone.goto(service.url)
    waiting = phone.locator("section[aria-labelledby=waiting]")
    expect(waiting).to_contain_text(symbol)
    waiting.locator("p a", has_text=symbol).click()
    expect(phone.locator("paper-preview canvas").first).to_be_visible(timeout=MADE)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page does not scroll sideways"
    received = phone.url
    pdf = phone.request.get(received + "paper.pdf")
    assert (pdf.status, pdf.body()[:5]) == (200, b"%PDF-")
    desk.reload()
    expect(desk.locator("tbody tr", has_text="Lào Cai").locator(".chip.ok")).to_be_visible()

    anybody = crowd.context().new_page()
    anybody.goto(service.url + "/check/" + received.rstrip("/").rpartition("/")[2] + "/")
    expect(anybody.locator(".facts")).to_contain_text(symbol)
    expect(anybody.locator("h1")).to_contain_text("không có giá trị")  # it is a demonstration's

    desk.locator("details.card > summary").click()
    desk.locator("[name=reason]").fill("Sai số liệu")
    press(desk, "form[action*='paper.recall'] .buttons button")
    expect(desk.locator(".recalled")).to_contain_text("Sai số liệu", timeout=MADE)
    phone.reload()
    expect(phone.locator(".recalled")).to_contain_text("Sai số liệu")
    expect(phone.locator("paper-preview")).to_have_count(0)
    assert phone.request.get(received + "paper.pdf").status == 409
    assert service.manage("check_journal", "vptw-2025-q3").startswith("ok ")


def test_what_is_typed_in_a_paper_comes_back_after_a_reload_and_holds_its_approval_back(service: Service, crowd: People) -> None:
    desk = crowd.sign_in("secretary")
    desk.goto(f"{service.url}{M}/official/")
    desk.locator("section[aria-labelledby=kind-GM] form[action*='paper.draft'] button").click()
    desk.wait_for_url(re.compile(r"/official/\d+/$"))
    expect(desk.locator("paper-preview[data-pages='1'] canvas[data-drawn]")).to_be_visible(timeout=MADE)
    approve, words = (
        desk.locator("form[action*='paper.approve'] button"),
        desk.locator("rich-text[name=text_subject] .ProseMirror"),
    )
    expect(approve).to_be_enabled(timeout=MADE)
    words.click()
    desk.keyboard.press("Control+A")
    desk.keyboard.type("Sơ kết quý III.")
    expect(approve).to_be_disabled()
    desk.reload()
    expect(words).to_have_text("Sơ kết quý III.")
    expect(desk.locator("[data-back]")).to_be_visible()
    expect(approve).to_be_disabled()
    desk.locator("form[action*='paper.edit'] .buttons button").click()
    expect(approve).to_be_enabled(timeout=MADE)
    expect(words).to_have_text("Sơ kết quý III.")
    expect(desk.locator("[data-back]")).to_be_hidden()
    told = desk.request.get(desk.url + "data.json").json()
    assert told["text"]["subject"]["content"][0]["content"][0]["text"] == "Sơ kết quý III."
