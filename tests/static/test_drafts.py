"""What is half typed survives a reload of the page, in this tab and for this account alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
FORM = (
    '<form data-command="item.add" method="post" action="/do/item.add/"><input type="hidden" name="item" value="{item}">'
    '<div class="field"><label>Title <input name="title" value=""></label></div>'
    '<details><summary>More</summary><label>Note <textarea name="note"></textarea></label></details>'
    '<label>Password <input name="password" value="k7mw" readonly></label><button>Add</button></form>'
)
ONE, TWO = FORM.format(item=1), FORM.format(item=2)


def kept(page: Page) -> int:
    found: int = page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('draft:')).length")
    return found


def test_half_typed_words_are_there_again_after_a_reload(bench: Bench) -> None:
    page = bench.open(ONE + TWO)
    page.locator("input[name=title]").nth(1).fill("Half written")
    page.locator("summary").nth(1).click()
    page.locator("textarea").nth(1).fill("With a note")
    page.reload()
    assert [one.input_value() for one in page.locator("input[name=title]").all()] == ["", "Half written"]
    assert page.locator("textarea").nth(1).input_value() == "With a note"
    assert page.locator("textarea").nth(1).is_visible(), "what was typed is in sight"


def test_a_command_that_is_done_leaves_nothing_behind(bench: Bench) -> None:
    page = bench.open(ONE)
    page.locator("input[name=title]").fill("Whole")
    assert kept(page) == 1
    with page.expect_navigation():
        page.locator("button", has_text="Add").click()
    page.wait_for_function("customElements.get('run-timer') !== undefined")
    assert page.input_value("input[name=title]") == ""
    assert kept(page) == 0


def test_a_refused_command_keeps_its_words_over_a_reload(bench: Bench) -> None:
    page = bench.open(ONE)
    bench.answer(409, '{"state": "refused", "reason": "The meeting is over."}')
    page.locator("input[name=title]").fill("Refused")
    page.locator("button", has_text="Add").click()
    page.locator("#toasts", has_text="The meeting is over.").wait_for()
    page.reload()
    assert page.input_value("input[name=title]") == "Refused"


def test_nobody_else_finds_them(bench: Bench) -> None:
    page = bench.open(ONE)
    page.locator("input[name=title]").fill("Mine")
    bench.owner = "18"
    page = bench.open(ONE)
    assert page.input_value("input[name=title]") == ""
    assert kept(page) == 0


def test_emptied_words_are_forgotten(bench: Bench) -> None:
    page = bench.open(ONE)
    page.locator("input[name=title]").fill("Once")
    page.locator("input[name=title]").fill("")
    assert kept(page) == 0
