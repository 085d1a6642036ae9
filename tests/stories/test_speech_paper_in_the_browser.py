"""The paper of a speech, told as one story: its unit asks for leave and hands it in; the secretary checks and releases it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE, People, people
from tests.pdfs import make_pdf
from tests.service import Service

pytestmark = pytest.mark.browser
M = "/m/vptw-2025"
TITLE = "Tổ chức họp trực tuyến thông suốt ở địa bàn miền núi"


@pytest.fixture
def crowd(service: Service) -> Iterator[People]:
    with people(service.url, service.demo["accounts"]) as found:
        yield found
        assert found.complaints == []


def choose(page: Page, name: str, words: str) -> None:
    """Choose a file with the button."""
    with page.expect_file_chooser() as asked:
        page.locator("[data-pick]").first.click()
    asked.value.set_files([{"name": name, "mimeType": "application/pdf", "buffer": make_pdf((words, "Trang hai"))}])


def test_a_focal_point_hands_in_a_paper_and_the_secretary_releases_it(crowd: People, service: Service) -> None:
    focal = crowd.sign_in("focal-15", PHONE)
    focal.goto(f"{service.url}{M}/programme/speeches/")
    focal.locator(".its-paper a").click()
    focal.locator("textarea[name=wish]").fill("Chờ số liệu tháng 11.")
    focal.locator("form[data-command='hand_in.request'] button").click()
    expect(focal.locator("textarea[name=wish]")).to_have_count(0)

    desk = crowd.sign_in("secretary", DESK)
    desk.goto(f"{service.url}{M}/papers/")
    desk.locator("[data-drop-speech]", has_text=TITLE).locator(".name").click()
    desk.locator("form[data-command='hand_in.grant'] [name=until]").fill("26/11/2025 20:00")
    desk.locator("form[data-command='hand_in.grant'] button.primary").click()
    expect(desk.locator("form[data-command='hand_in.grant']")).to_have_count(0)

    # A secret file is refused before it is sent; an ordinary one becomes a paper that the unit itself reads.
    focal.reload()
    focal.locator("select[name=secrecy]").select_option("secret")
    choose(focal, "mat.pdf", "Nội dung mật")
    expect(focal.locator("#uploads li[data-state=refused]")).to_have_count(1)
    crowd.complaints.clear()  # the browser says 409 there
    focal.locator("select[name=secrecy]").select_option("normal")
    choose(focal, "Tham luận Lào Cai.pdf", "Ba bài học từ địa bàn miền núi")
    focal.locator(".versions a").click(timeout=60_000)
    expect(focal.locator(".leaf canvas").first).to_be_visible(timeout=20_000)

    # On the desk it is a draft of Lào Cai's: checked, approved, released to everybody.
    desk.goto(f"{service.url}{M}/papers/")
    row = desk.locator("tr.paper", has=desk.locator(".t", has_text=re.compile(f"^{TITLE}$")))
    expect(row).to_contain_text("Tỉnh ủy Lào Cai")
    for step in ("check", "approve"):
        expect(row).to_have_attribute("data-step", step)
        row.locator("[data-do]").click()
    expect(row).to_have_attribute("data-step", "release")
    row.locator("[data-do]").click()
    desk.locator("input[name=everyone]").check()
    desk.locator("form.releasing button.primary").click()
    desk.wait_for_url(f"**{M}/papers/")
    focal.goto(f"{service.url}{M}/programme/speeches/")
    expect(focal.locator(".its-paper .chip.ok")).to_be_visible()

    # A file dropped on the row of another speech is a paper of that one.
    drop = """([row, name]) => {
        const files = new DataTransfer();
        files.items.add(new File([new Uint8Array([37, 80, 68, 70])], name, { type: "application/pdf" }));
        row.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files }));
    }"""
    other = desk.locator("[data-drop-speech]").first
    key = other.get_attribute("data-drop-speech")
    desk.evaluate(drop, [other.element_handle(), "Bài của đơn vị khác.pdf"])
    expect(desk.locator(f"[data-drop-speech='{key}'] a.num")).to_have_count(1)
