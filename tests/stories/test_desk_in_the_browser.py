"""The desk of papers in a real browser: files dropped on an item, a line that is cut, order by hand and by keys, many at once."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import People, people
from tests.pdfs import make_pdf
from tests.service import Service

pytestmark = pytest.mark.browser
M = "/m/vptw-2025"
MADE = 60_000  # ms: reading copies are made one after another, beside everything else
FILES = [f"{n}. Phụ lục {n}.pdf" for n in (10, 2, 1)]
DROP = """([names, data]) => {
  const carried = new DataTransfer();
  for (const [at, name] of names.entries()) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    carried.items.add(new File([bytes, `%${at}`], name, { type: "application/pdf" }));
  }
  const group = [...document.querySelectorAll("[data-drop-item]")].find((one) => one.textContent.includes("Phát biểu khai mạc"));
  for (const kind of ["dragover", "drop"]) {
    group.querySelector("header").dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
  }
}"""


@pytest.fixture
def crowd(service: Service) -> Iterator[People]:
    """A browser for its people; nothing but a line that was cut, and a refusal, may be complained about."""
    with people(service.url, service.demo["accounts"]) as found:
        yield found
        assert [said for said in found.complaints if "ERR_FAILED" not in said and "415" not in said] == []


def row(page: Page, words: str) -> Any:
    return page.locator("tr.paper", has=page.locator(".t", has_text=re.compile(f"^{words}$")))


def titles(page: Page) -> list[str]:
    group = page.locator("section.group", has=page.locator("h2", has_text="Phát biểu khai mạc"))
    return [one.strip() for one in group.locator(".t").all_inner_texts()]


def test_files_are_dropped_on_an_item_ordered_checked_and_removed(crowd: People, service: Service) -> None:
    page = crowd.sign_in("secretary")
    page.goto(f"{service.url}{M}/papers/")
    cut = {"left": 2}

    def cutting(route: Route) -> None:
        if route.request.method == "PATCH" and cut["left"]:
            cut["left"] -= 1
            return route.abort()
        return route.continue_()

    page.route("**/papers/uploads/**", cutting)
    page.evaluate(DROP, [[*FILES, "Ảnh động.exe"], b64encode(make_pdf(("Trang một", "Trang hai"))).decode()])
    lines = page.locator("#uploads li")
    expect(lines).to_have_count(4)
    expect(lines.filter(has_text="Ảnh động.exe")).to_have_attribute("data-state", "refused", timeout=MADE)
    for name in FILES:
        expect(lines.filter(has_text=name)).to_have_attribute("data-state", "ready", timeout=MADE)
    assert cut["left"] == 0, "the line was cut, and every file has arrived all the same"
    assert titles(page) == ["Phụ lục 1", "Phụ lục 2", "Phụ lục 10"]
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('upload:'))") == []
    page.locator("[data-clear]").click()
    expect(lines).to_have_count(1)

    row(page, "Phụ lục 1").locator("[data-way=down]").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(row(page, "Phụ lục 1").locator("xpath=preceding-sibling::tr[1]")).to_contain_text("Phụ lục 2")
    assert "Phụ lục 1" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    grip, goal = row(page, "Phụ lục 10").locator(".grip"), row(page, "Phụ lục 2")
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), goal.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 6, end["y"] + 4, steps=6)
    page.mouse.up()
    expect(row(page, "Phụ lục 2").locator("xpath=preceding-sibling::tr[1]")).to_contain_text("Phụ lục 10")

    page.locator("[data-search-papers]").fill("phu luc")
    expect(row(page, "Phụ lục 2")).to_be_visible()
    expect(row(page, "Hướng dẫn dự Hội nghị tại các điểm cầu")).to_be_hidden()
    page.locator("[data-every]").check()
    page.locator("#bulk button:not([formaction], [type])").click()
    for title in ("Phụ lục 1", "Phụ lục 2", "Phụ lục 10"):
        expect(row(page, title)).to_have_attribute("data-step", "approve")
    row(page, "Phụ lục 2").locator(".more summary").click()
    row(page, "Phụ lục 2").locator("[data-open=remove-paper]").click()
    expect(page.locator("#remove-paper output")).to_contain_text("Phụ lục 2")
    page.locator("#remove-paper .danger").click()
    expect(row(page, "Phụ lục 2")).to_have_count(0)


def test_a_file_chosen_again_in_another_window_goes_on_from_where_it_was(crowd: People, service: Service, tmp_path: Path) -> None:
    page = crowd.sign_in("secretary")
    page.goto(f"{service.url}{M}/papers/")
    large = tmp_path / "Bản quét.pdf"
    large.write_bytes(make_pdf(("Trang",)) + b"%" * 3_500_000)
    sent: list[str] = []
    page.route("**/papers/uploads/*/", lambda route: route.abort() if len(sent) > 1 else (sent.append("x"), route.continue_()))
    page.locator("#pick-files").set_input_files(large)
    expect(page.locator("#uploads .said")).not_to_be_empty()
    page.close(run_before_unload=False)
    again = crowd.browser.contexts[-1].new_page()
    again.goto(f"{service.url}{M}/papers/")
    offsets: list[str] = []
    again.on("request", lambda one: one.method == "PATCH" and offsets.append(one.headers["upload-offset"]))
    again.locator("#pick-files").set_input_files(large)
    expect(again.locator("#uploads li")).to_have_attribute("data-state", re.compile("taken|ready"), timeout=MADE)
    assert int(offsets[0]) >= 1024 * 1024
