"""The conference of 26/11/2025 in a real browser: three screens at once, from opening to the words of the printed minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser import HALL, People, people
from tests.service import Service

pytestmark = pytest.mark.browser
MEETING = "/m/vptw-2025"
WITHIN_A_SECOND = 2_000  # ms; a second for the change and one for the browser on a busy machine


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for everybody."""
    with people(service.url, service.demo["accounts"]) as opened:
        yield opened


def press(page: Page, command: str, **fields: str) -> None:
    """Press the button of a command on a page, the one whose hidden fields hold these values, as a person would:
    not within the second in which a second tap on the same spot counts as a slip of the hand."""
    form = page.locator(f'form[data-command="{command}"]')
    for name, value in fields.items():
        form = form.filter(has=page.locator(f'input[name="{name}"][value="{value}"]'))
    form.locator("button").first.wait_for(state="attached")  # a person sees a button before pressing it
    page.wait_for_timeout(1000)
    menu = page.locator("details:not([open])", has=page.locator(f'form[data-command="{command}"]'))
    if menu.count() and not form.locator("button").first.is_visible():
        menu.first.locator("summary").click()
    form.locator("button").first.click()
    confirm = page.locator("dialog[open] .button.primary, dialog[open] .button.danger")
    if confirm.count():
        confirm.first.click()


def test_a_secretary_runs_the_conference_and_every_screen_follows(service: Service, guests: People) -> None:
    """Opening, an item, a speech asked for by a bridge point, a cut line, adjournment, minutes in PDF."""
    control = guests.sign_in("secretary", HALL)
    control.goto(f"{service.url}{MEETING}/control/")
    console = guests.sign_in("operator-15")
    console.goto(f"{service.url}{MEETING}/console/")
    wall = guests.context(HALL).new_page()
    wall.goto(service.demo["display_url"])

    # The console's connection turns the tile green.
    expect(control.locator(".tile.ok", has_text="Lào Cai")).to_be_visible(timeout=5_000)

    # The operator marks everybody of the own hall.
    before = control.locator(".tile", has_text="Lào Cai").inner_text()
    press(console, "presence.mark", state="present")
    expect(control.locator(".tile", has_text="Lào Cai")).not_to_have_text(before, timeout=WITHIN_A_SECOND)

    press(control, "meeting.open")
    press(control, "item.open")
    first = service.demo["agenda_items"]
    assert first == 10
    expect(wall.locator("body")).to_contain_text("Ổn định tổ chức", timeout=WITHIN_A_SECOND)
    expect(console.locator("live-part[name=now]")).to_contain_text("Ổn định tổ chức", timeout=WITHIN_A_SECOND)

    # A bridge point asks for the floor; the secretary gives it; the wall shows it.
    press(console, "floor.request")
    expect(control.locator("live-part[name=queue]")).to_contain_text("Lào Cai", timeout=WITHIN_A_SECOND)
    press(control, "floor.give")
    expect(wall.locator("body")).to_contain_text("Lào Cai", timeout=WITHIN_A_SECOND)

    # The line is cut: what happens meanwhile is there when it is back, without a reload.
    wall.context.set_offline(True)
    press(control, "floor.yield")
    expect(control.locator("live-part[name=queue]")).not_to_contain_text("Đang phát biểu", timeout=WITHIN_A_SECOND)
    wall.context.set_offline(False)
    expect(wall.locator(".who")).not_to_contain_text("Lào Cai", timeout=30_000)

    minutes = _to_the_end(service, guests, control)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in minutes
    assert "BIÊN BẢN" in minutes
    assert "Ổn định tổ chức, chào cờ, giới thiệu đại biểu" in minutes
    assert "Lào Cai" in minutes
    assert "BẢN TRÌNH DIỄN – KHÔNG CÓ GIÁ TRỊ" in minutes
    assert guests.complaints == []


def _to_the_end(service: Service, guests: People, control: Page) -> str:
    """Close the item, adjourn and print the minutes; return the words of the PDF."""
    control.reload()
    press(control, "item.close")
    expect(control.locator('form[data-command="item.close"]')).to_have_count(0, timeout=WITHIN_A_SECOND)
    press(control, "meeting.adjourn")
    expect(control.locator("live-part[name=now]")).to_contain_text(re.compile("kết thúc|bế mạc", re.I), timeout=WITHIN_A_SECOND)
    control.goto(f"{service.url}{MEETING}/minutes/")
    expect(control.locator('form[data-command="minutes.print"]').first).to_be_visible(timeout=10_000)
    press(control, "minutes.print")
    expect(control.locator("a[href*='/minutes/print/']").first).to_be_visible(timeout=20_000)
    answer = control.request.get(f"{service.url}{MEETING}/minutes/print/")
    assert answer.ok
    assert answer.headers["content-type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.body())
    return "\n".join(page.get_textpage().get_text_range() for page in document)
