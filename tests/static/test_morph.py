"""An update never disturbs who is at work: typing, half filled in, opened, focused."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
PART = '<live-part name="now">{}</live-part>'


def refresh(page: Page, html: str) -> None:
    """Morph the part into new content."""
    page.evaluate(
        """async (html) => (await import('/static/js/morph.js')).refresh(document.querySelector('live-part'), html)""", html
    )


def test_what_is_typed_stays_and_its_form_follows_later(bench: Bench) -> None:
    """A form somebody types in is left alone, even when the update drops it; it follows when it is left unchanged."""
    page = bench.open(PART.format('<h1>Old</h1><form id="f"><input name="a" value="x"></form>'))
    page.locator("input").fill("half a word")
    refresh(page, '<h1>New</h1><form id="f"><input name="a" value="y"></form>')
    assert page.inner_text("h1") == "New"
    assert page.input_value("input") == "half a word"
    refresh(page, "<h1>Newer</h1>")
    assert page.input_value("input") == "half a word"
    page.locator("input").fill("x")
    page.locator("input").blur()
    page.wait_for_selector("input", state="detached")


def test_a_focused_button_gets_its_new_words_with_its_new_meaning(bench: Bench) -> None:
    """The button of the next step keeps the focus and never says one thing while it does another."""
    form = '<form><input type="hidden" name="item" value="{0}"><button>Go on to item {0}</button></form>'
    page = bench.open(PART.format(form.format(3)))
    page.locator("button").focus()
    refresh(page, form.format(4))
    assert page.inner_text("live-part button") == "Go on to item 4"
    assert page.locator("input").get_attribute("value") == "4"
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_an_opened_menu_stays_open_and_a_running_timer_does_not_flicker(bench: Bench) -> None:
    """What the reader opened and what the page counts belong to the page."""
    html = '<details id="d"><summary>More</summary></details><run-timer id="t" data-start="{}">--:--</run-timer>'
    page = bench.open(PART.format(html.format("2025-11-26T08:29:00+07:00")))
    page.evaluate("document.querySelector('details').open = true")
    refresh(page, html.format("2025-11-26T08:20:00+07:00"))
    assert page.evaluate("document.querySelector('details').open")
    assert page.inner_text("run-timer").startswith("10:0")


def test_what_the_reader_may_not_do_is_left_out(bench: Bench) -> None:
    """A part is rendered once for everybody; each page takes its own."""
    page = bench.open(PART.format("Nothing"))
    refresh(page, '<i data-needs="run_programme">mine</i><i data-needs="adjourn">not mine</i>')
    assert page.inner_text("live-part") == "mine"
