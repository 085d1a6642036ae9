"""Papers on a tablet, told as one story: uploaded, prepared, checked, approved, released, read, looked over, recalled.

A PDF with a script in it and a Word file come from the secretary's desk; a delegate of Lào Cai reads them, one by one and as one
packet; the code on a page leads back to the reader; when the secretary recalls, everything that stands open is covered.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser import TABLET, People, people
from tests.copies.office_files import docx, words
from tests.pdfs import make_pdf, page_texts
from tests.service import Service

pytestmark = pytest.mark.browser
M = "/m/vptw-2025"
CONVERTED = 90_000  # ms: LibreOffice starts anew for each file, beside everything else
RECALLED = 2.0  # s after which nothing stands open any more
PLAN, WORD = "Kế hoạch triển khai", "Biên bản họp tổ"


@pytest.fixture
def crowd(service: Service) -> Iterator[People]:
    """A browser for its people; nothing but what is not there any more may be complained about."""
    with people(service.url, service.demo["accounts"]) as found:
        yield found
        assert [said for said in found.complaints if "404" not in said] == []


def active_pdf() -> bytes:
    """Return a paper of six pages that would run a script and call home."""
    out = BytesIO()
    plain = make_pdf(tuple(page_texts(6, "Kế hoạch triển khai")), contents=(("Phần 1", 1), ("Phần 5", 5)))
    with pikepdf.open(BytesIO(plain)) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.launchURL('http://127.0.0.1:9/')"))
        pdf.Root.OpenAction = script
        pdf.pages[0].AA = pikepdf.Dictionary(O=script)
        pdf.save(out)
    return out.getvalue()


def file(name: str, data: bytes) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def row(page: Page, words: str) -> Any:
    return page.locator("tr.paper", has=page.locator(".t", has_text=words))


def step(page: Page, words: str, wanted: str, act: Callable[[], object] | None = None) -> None:
    """Do the next thing with a paper (its button, unless something else), and wait until it stands at another step."""
    (act or row(page, words).locator("[data-do]").click)()
    expect(row(page, words)).to_have_attribute("data-step", re.compile(rf"^{wanted}\b"))


def is_read(page: Page) -> None:
    """Wait until the first page of an opened copy is drawn."""
    expect(page.locator("[data-reader]")).not_to_have_attribute("data-covered", re.compile(".*"), timeout=20_000)
    expect(page.locator(".leaf canvas").first).to_be_visible(timeout=20_000)


def covered_within(pages: list[Page], seconds: float) -> float:
    """Return how long it takes until nothing stands open on these pages."""
    began = time.monotonic()
    while not all(page.locator("[data-reader][data-covered=recalled]").count() for page in pages):
        assert time.monotonic() - began < seconds + 8, "a reader is still open"
        time.sleep(0.02)
    return time.monotonic() - began


def test_from_the_upload_to_the_recall(crowd: People, service: Service) -> None:
    desk = crowd.sign_in("secretary", TABLET)
    desk.goto(f"{service.url}{M}/papers/")
    desk.locator("#pick-files").set_input_files(
        [file(f"{PLAN}.pdf", active_pdf()), file(f"{WORD}.docx", docx(words("Đại biểu thảo luận về số hóa tài liệu.") * 60))]
    )
    for title in (PLAN, WORD):
        expect(row(desk, title)).to_have_attribute("data-step", re.compile("^check"), timeout=CONVERTED)
    for title in (PLAN, WORD):
        step(desk, title, "approve")
        step(desk, title, "release")

    number = row(desk, PLAN).get_attribute("data-number")

    # Released together to one bridge point.
    for title in (PLAN, WORD):
        row(desk, title).locator(".pick input").check()
    desk.locator("[data-release]").click()
    desk.locator(".sites label", has_text="Lào Cai").locator("input").check()
    desk.locator("form.releasing button.primary").click()
    desk.wait_for_url(f"**{M}/papers/")
    for title in (PLAN, WORD):
        expect(row(desk, title)).to_have_attribute("data-step", re.compile("^done"))

    # Nobody but Lào Cai sees them.
    chair = crowd.sign_in("chair", TABLET)
    chair.goto(f"{service.url}{M}/papers/")
    expect(chair.locator("main")).not_to_contain_text(WORD)
    reading = crowd.sign_in("delegate", TABLET)
    reading.goto(f"{service.url}{M}/papers/")
    reading.locator("main a", has_text=PLAN).first.click()
    is_read(reading)
    expect(reading.locator("[data-of]")).to_contain_text("6")
    code = reading.locator("[data-reader]").get_attribute("data-code")
    assert code
    for page in range(2, 7):
        reading.locator("[data-do=after]").click()
        expect(reading.locator("#goto")).to_have_value(str(page))
        reading.wait_for_timeout(300)
    reading.locator("[data-do=find]").first.click()
    reading.locator("#finder").fill("dai bieu")
    reading.locator("#finder").press("Enter")
    expect(reading.locator("[data-hits] li").first).to_contain_text("Đại biểu")

    # All of it in one packet, bound while one waits.
    packet = reading.context.new_page()
    packet.goto(f"{service.url}{M}/papers/packet/")
    packet.locator("section.job form button").click()
    packet.locator("section.job[data-state=done] a.primary").click(timeout=40_000)
    is_read(packet)
    pages = int(re.sub(r"\D", "", packet.locator("[data-of]").inner_text()))
    assert pages >= 6 + 2 + 2

    # What the secretary sees of that, and whose copy it was.
    reading.goto(f"{service.url}{M}/papers/")
    board = desk
    board.goto(f"{service.url}{M}/papers/reading/?paper={number}")
    seen = board.locator("table.by-unit tr", has_text="Lào Cai").locator("td").first
    expect(seen).to_contain_text(re.compile(r"\b1\b"))
    board.goto(f"{service.url}{M}/papers/trace/")
    board.locator("#letters").fill(code[:9].lower())
    board.locator("form.tracing button").click()
    expect(board.locator("table.traces")).to_contain_text("Đại biểu 15-02")
    expect(board.locator("table.traces")).to_contain_text(code)

    # Recalled: the paper, the packet and the link close at once.
    reading.locator("main a", has_text=PLAN).first.click()
    is_read(reading)
    link = service.url + str(reading.locator("[data-reader]").get_attribute("data-file"))
    assert reading.request.get(link).status == 200
    desk.goto(f"{service.url}{M}/papers/{number}/release/")
    desk.locator("ul.open form button").click()
    desk.locator("#confirm button[value=yes]").click()
    took = covered_within([reading, packet], RECALLED)
    assert took <= RECALLED, f"{took:.1f} s"
    assert reading.request.get(link).status == 404
    expect(reading.locator(".leaf canvas")).to_have_count(0)
    reading.goto(f"{service.url}{M}/papers/")
    expect(reading.locator("main")).not_to_contain_text(PLAN)
    expect(reading.locator("main")).to_contain_text(WORD)
