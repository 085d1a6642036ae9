"""Choosing a passage of the minutes in a browser: what is quoted, what is kept, what is refused."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
PART = """
<section class="passage"><div class="words" data-passage="{key}"><h3><span class="number">1.</span> Phần {key}</h3>{words}</div>
<details data-remarking="{key}"><summary>Write</summary><form data-command="remark.add" method="post" action="/do/remark.add/">
<input type="hidden" name="key" value="{key}">
<blockquote data-quote hidden><p></p><button type="button" data-unquote>Whole</button></blockquote>
<textarea name="quote" aria-label="Quote" hidden></textarea><textarea name="text" aria-label="Remark"></textarea>
<button>Send</button></form></details></section>"""
BAR = """
<div data-pickbar hidden><p data-picked></p><button type="button" data-remark-on-passage>Remark on it</button></div>
<p data-pick-status data-one-part="One part only" data-too-long="Too long" role="status"></p>"""
WORDS = "<p>Họp từ <del>bảy</del><ins>tám</ins> giờ.</p><table><tr><td>Lào Cai</td><td>12</td></tr></table>"
SELECT = """([from, to]) => {
  const nodes = (words) => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (walk.currentNode.data.includes(words)) return walk.currentNode;
  };
  const range = document.createRange(), a = nodes(from), b = nodes(to);
  range.setStart(a, a.data.indexOf(from));
  range.setEnd(b, b.data.indexOf(to) + to.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def page(bench: Bench) -> Page:
    """A text of two parts."""
    parts = PART.format(key="a", words=WORDS) + PART.format(key="b", words=f"<p>{'dài ' * 700}</p>")
    return bench.open(parts + BAR, "review/passages.js")


def choose(page: Page, start: str, end: str) -> None:
    page.evaluate(SELECT, [start, end])


def test_the_chosen_words_become_the_quote_without_what_is_not_theirs(page: Page, bench: Bench) -> None:
    choose(page, "1.", "12")
    page.get_by_role("button", name="Remark on it").click()
    form = page.locator("details[open] form")
    expect(form.locator("textarea[name=text]")).to_be_focused()
    expect(form.locator("[data-quote] p")).to_have_text("Phần a Họp từ tám giờ. Lào Cai 12")
    form.locator("textarea[name=text]").fill("Sửa giờ.")
    with page.expect_response("**/do/remark.add/"):
        form.get_by_role("button", name="Send").click()
    assert " ".join(bench.posted[0]["quote"].split()) == "Phần a Họp từ tám giờ. Lào Cai 12"


def test_a_passage_within_two_parts_is_not_quoted_and_one_is_told_why(page: Page) -> None:
    choose(page, "giờ", "dài")
    expect(page.locator("[data-pick-status]")).to_have_text("One part only")
    expect(page.get_by_role("button", name="Remark on it")).to_be_hidden()


def test_a_passage_beyond_the_limit_is_not_quoted(page: Page) -> None:
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-passage=b]'))")
    expect(page.locator("[data-pick-status]")).to_have_text("Too long")


def test_a_half_typed_remark_comes_back_with_its_passage(page: Page) -> None:
    choose(page, "giờ", "giờ")
    page.get_by_role("button", name="Remark on it").click()
    page.locator("details[open] textarea[name=text]").fill("Còn dở")
    page.reload()
    expect(page.locator("details[open] [data-quote] p")).to_have_text("giờ")
    expect(page.locator("details[open] textarea[name=text]")).to_have_value("Còn dở")
    page.get_by_role("button", name="Whole").click()
    expect(page.locator("details[open] textarea[name=quote]")).to_have_value("")
