"""The editor of rich text in a browser: over a box of plain text, by keyboard, with Vietnamese input methods, from Word."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

from tests.static.conftest import Bench
from tests.texts.hostile import EVERY
from texts.reading import from_html, from_plain, sentence_of

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
CLIPBOARDS = sorted((ROOT / "tests" / "texts" / "clipboards").glob("*.html"))
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
KINDS = (
    "doc", "paragraph", "heading", "bullet_list", "ordered_list", "list_item", "table", "table_row", "table_cell", "table_header",
    "text", "hard_break", "strong", "em",
)  # fmt: skip
# What browsers make of it is another text, and as harmless.
PARSED_OTHERWISE = {"mutation through svg"}
Doc = dict[str, Any]


def field(doc: Doc | None = None, text: str = "") -> str:
    """A form with the field, as the template writes it."""
    value = json.dumps(doc, ensure_ascii=False) if doc else ""
    inner = render_to_string("parts/rich_text.html", {"id": "block-text", "label": "Words", "text": text, "json": value})
    return (
        '<link rel="stylesheet" href="/static/css/app.css"><link rel="stylesheet" href="/static/css/writing.css">'
        f'<form data-command="block.edit" method="post" action="/do/block.edit/">{inner}<button>Save</button></form>'
    )


@pytest.fixture
def write(bench: Bench) -> Callable[..., Page]:
    """Open the editor with a document or a text."""

    def opened(doc: Doc | None = None, text: str = "") -> Page:
        page = bench.open(field(doc, text), "writing/editor.js")
        page.locator("[role=textbox]").wait_for()
        return page

    return opened


def value(page: Page) -> Doc:
    """What the element holds."""
    found: Doc = json.loads(page.evaluate("document.querySelector('rich-text').value"))
    return found


POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"


def box(page: Page) -> Any:
    return page.locator("[role=textbox]")


def press(page: Page, *names: str) -> None:
    for name in names:
        page.locator(f"[data-do={name}]").click()


def paste(page: Page, html: str, text: str = "") -> None:
    """Paste as a browser does: an event that carries HTML and text."""
    page.evaluate(
        """([html, text]) => {
            const data = new DataTransfer();
            if (html) data.setData("text/html", html);
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector("[role=textbox]").dispatchEvent(event);
        }""",
        [html, text],
    )


def test_the_box_gives_way_to_the_editor_and_the_form_posts_json(bench: Bench, write: Callable[..., Page]) -> None:
    page = write(text="Dòng một\nDòng hai")
    assert not page.locator("textarea").is_visible()
    assert value(page) == from_plain("Dòng một\nDòng hai")
    assert page.evaluate("document.querySelector('rich-text').dirty") is False
    box(page).press("Control+End")
    page.keyboard.type(" nữa")
    assert page.evaluate("document.querySelector('rich-text').dirty") is True
    with page.expect_response("**/do/block.edit/"):
        page.get_by_text("Save").click()
    assert json.loads(bench.posted[-1]["body"]) == from_plain("Dòng một\nDòng hai nữa")


def test_by_keyboard_alone_one_writes_headings_lists_and_tables(write: Callable[..., Page]) -> None:
    page = write()
    box(page).focus()
    page.keyboard.type("Đề mục")
    page.keyboard.press("Control+Alt+1")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("đậm")
    page.keyboard.press("Control+b")
    page.keyboard.type(" thường")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("dòng")
    page.keyboard.press("Enter")
    page.keyboard.type("- một")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("nhỏ")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+F10")
    assert page.evaluate("document.activeElement.closest('[role=toolbar]') !== null")
    page.keyboard.press("End")
    for _step in range(2):
        page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.do") == "table"
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.type("TT")
    page.keyboard.press("Tab")
    page.keyboard.type("Đơn vị")
    expected = from_html(
        "<h4>Đề mục</h4><p><b>đậm</b> thường<br>dòng</p><ul><li>một<ul><li>nhỏ</li></ul></li></ul>"
        "<table><tr><th>TT</th><th>Đơn vị</th><th></th></tr>" + "<tr><td></td><td></td><td></td></tr>" * 2 + "</table>"
    )
    assert value(page) == expected


def test_escape_and_tab_leave_the_text_even_in_a_table(write: Callable[..., Page]) -> None:
    page = write(from_plain("a | b\nc | d"))
    page.locator("td").nth(1).click()
    # The browser tells the editor of a new selection a moment later; no finger presses Tab before that.
    page.wait_for_function("() => document.querySelector('rich-text').view.state.selection.$from.parent.textContent === 'd'")
    page.keyboard.press("Tab")
    assert page.locator("tr").count() == 3, "in the last cell it adds a row"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Save"


def test_a_table_is_changed_by_its_buttons(write: Callable[..., Page]) -> None:
    page = write(from_plain("a | b\nc | d"))
    page.locator("td").first.click()
    press(page, "row-below", "column-after")
    assert [row.locator("td, th").count() for row in page.locator("tr").all()] == [3, 3, 3]
    page.locator("th").first.hover()
    page.mouse.down()
    page.locator("th").nth(1).hover()
    page.mouse.up()
    press(page, "merge")
    assert page.locator("th[colspan='2']").inner_text().split() == ["a"]
    press(page, "header-row", "row-delete")
    assert page.locator("tr").count() == 2
    for _step in range(6):
        box(page).press("Control+z")
    assert value(page) == from_plain("a | b\nc | d")
    page.locator("td").first.click()
    press(page, "table-delete")
    assert page.locator("table").count() == 0
    page.locator("[data-in-table]").wait_for(state="hidden")


def test_what_is_pasted_is_read_as_the_server_reads_it_and_no_style_is_tried(bench: Bench, write: Callable[..., Page]) -> None:
    said: list[str] = []
    bench.page.on("console", lambda message: said.append(message.text))
    bench.policy = POLICY
    page = write()
    for path in CLIPBOARDS:
        html = path.read_text()
        read = page.evaluate("async (html) => (await import('/static/js/writing/pasting.js')).fromHTML(html)", html)
        assert read == from_html(html), path.stem
        page.evaluate("document.querySelector('rich-text').value = ''")
        box(page).focus()
        paste(page, html)
        assert value(page) == from_html(html), path.stem
    assert [one for one in said if "Content Security Policy" in one] == []


def test_hostile_html_is_read_alike_and_runs_nothing(write: Callable[..., Page]) -> None:
    page = write()
    read = page.evaluate(
        """async (all) => {
            const { fromHTML } = await import("/static/js/writing/pasting.js");
            return all.map((html) => fromHTML(html));
        }""",
        [html for _name, html, words in EVERY if words is not None and "\ud800" not in html],
    )
    box(page).focus()
    differs: list[str] = []
    for name, html, words in EVERY:
        if words is None or "\ud800" in html:
            continue
        doc = read.pop(0)
        assert [one for one in json.dumps(doc).split('"type": "')[1:] if one.split('"')[0] not in KINDS] == [], name
        differs += [name] if doc != from_html(html) else []
    assert set(differs) == PARSED_OTHERWISE
    paste(page, "".join(html for _name, html, _words in EVERY[:40]))
    assert (
        page.evaluate("document.querySelectorAll('[role=textbox] :is(script, img, iframe, svg, style, a, form, input)').length")
        == 0
    )


DEEP = {
    "spans": ("<span>" * 30_000 + "chữ" + "</span>" * 30_000, "chữ"),
    "blocks": ("<div>" * 40_000 + "chữ", "chữ"),
    "letters": ("".join(f"<b class=c{n}><p>" for n in range(10_000)) + "chữ", "chữ"),
    "tables": ("<table><tr><td>" * 10_000 + "chữ", ""),
    "lists": ("<ul><li>" * 10_000 + "chữ", "chữ"),
}
SLICES = [
    "<table data-pm-slice='1 1 []'><tr><td colspan=100000000><p>x</p></td></tr></table>",
    '<table data-pm-slice="0 0 []"><tr><td rowspan="5000" colspan="5000"><p>x</p></td></tr></table>',
    '<p data-pm-slice="0 0 [&quot;table&quot;,null,&quot;table_row&quot;,null,&quot;table_cell&quot;,'
    '{&quot;colspan&quot;:99999}]">x</p>',
    '<p data-pm-slice="0 0 [&quot;heading&quot;,{&quot;level&quot;:&quot;<img>&quot;}]">x</p>',
    '<p data-pm-slice="0 0 null">x</p>',
    '<p data-pm-slice="0 0 [' + ",".join(["&quot;bullet_list&quot;,null,&quot;list_item&quot;,null"] * 5000) + ']">x</p>',
    '<p data-pm-slice="0 0 []">x</p><p data-pm-slice="0 0 null">y</p>',
]
FETCHING = (
    "<!--[if gte mso 9]><xml><w:x/></xml><script>window.acted=1</script><![endif]-->"
    '<p>ok</p><img src="http://trap.test/1" onerror="window.acted=1"><video src="http://trap.test/2" poster="http://trap.test/3">'
    '</video><svg onload="window.acted=1"><image href="http://trap.test/4"/></svg><iframe src="http://trap.test/5"></iframe>'
    '<link rel=stylesheet href="http://trap.test/6"><p style="background:url(http://trap.test/7)">x</p><object data="http://trap.test/8">'
    '</object><table background="http://trap.test/9"><tr><td>x</td></tr></table><style>@import "http://trap.test/10";</style>'
    '<meta http-equiv=refresh content="0;url=http://trap.test/11"><base href="http://trap.test/12"><script src="http://trap.test/13">'
)


def test_what_nests_ten_thousand_times_is_read_in_no_time(write: Callable[..., Page]) -> None:
    page = write()
    made = page.evaluate(
        """async (all) => {
            const { fromHTML } = await import("/static/js/writing/pasting.js");
            const begun = performance.now();
            const texts = all.map((html) => JSON.stringify(fromHTML(html)).includes("chữ"));
            return [texts, performance.now() - begun];
        }""",
        [html for html, _words in DEEP.values()],
    )
    assert made[0] == [bool(words) for _html, words in DEEP.values()]
    assert made[1] < 20_000, "a browser alone takes minutes"


def test_what_is_pasted_asks_nobody_and_a_false_piece_of_ours_is_read_as_strange(
    bench: Bench, write: Callable[..., Page]
) -> None:
    page = write()
    asked: list[str] = []
    bench.page.on("request", lambda request: asked.append(request.url))
    for html in SLICES:
        page.evaluate("document.querySelector('rich-text').value = ''")
        box(page).focus()
        paste(page, html)
        assert value(page) == from_html(html), html[:100]
    for html in (FETCHING, FETCHING.replace("<p>ok", '<p data-pm-slice="1 1 []">ok')):
        page.evaluate("document.querySelector('rich-text').value = ''")
        paste(page, html)
        assert "ok" in box(page).inner_text()
    page.wait_for_timeout(100)
    assert (asked, page.evaluate("window.acted")) == ([], None)


def test_what_is_cut_in_the_editor_comes_back_as_it_was(write: Callable[..., Page]) -> None:
    page = write(from_plain("# Đề mục\n- một\n- hai\n\na | b\nc | d"))
    before = value(page)
    box(page).press("Control+a")
    copied = page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            const event = new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true });
            document.querySelector("[role=textbox]").dispatchEvent(event);
            return clipboardData.getData("text/html");
        }"""
    )
    assert page.evaluate("async (html) => (await import('/static/js/writing/taming.js')).isOurs(html)", copied)
    box(page).press("Delete")
    paste(page, copied)
    assert value(page) == before


def test_plain_text_from_a_spreadsheet_becomes_a_table(write: Callable[..., Page]) -> None:
    page = write()
    box(page).focus()
    paste(page, "", "TT\tTên\n1\tLào Cai\n2\t")
    assert [row.locator("td").count() for row in page.locator("tr").all()] == [2, 2, 2]
    assert page.locator("tr").nth(1).locator("td").nth(1).inner_text().strip() == "Lào Cai"


def test_too_much_is_refused_with_a_sentence_and_nothing_is_lost(write: Callable[..., Page]) -> None:
    page = write(text="Đã viết")
    box(page).press("Control+End")
    paste(page, "<table><tr>" + "<td>a</td>" * 31 + "</tr></table>")
    page.locator("[data-note]", has_text=sentence_of("too_wide")).wait_for()
    assert value(page) == from_plain("Đã viết")
    page.keyboard.type("!")
    assert not page.locator("[data-note]").is_visible()


def test_vietnamese_is_composed_while_other_words_come_from_outside(write: Callable[..., Page]) -> None:
    page = write(text="Hội")
    box(page).press("Control+End")
    page.evaluate("document.querySelector('rich-text').addEventListener('input', () => (window.heard = (window.heard ?? 0) + 1))")
    keys = page.context.new_cdp_session(page)
    for word in ("n", "ng", "ngh", "nghi"):
        keys.send("Input.imeSetComposition", {"text": f" {word}", "selectionStart": len(word) + 1, "selectionEnd": len(word) + 1})
    page.evaluate("(value) => (document.querySelector('rich-text').value = value)", json.dumps(from_plain("Hội nghi\nDòng mới")))
    assert box(page).inner_text() == "Hội nghi", "they wait until the word is whole"
    keys.send("Input.insertText", {"text": " nghi"})
    page.wait_for_function("document.querySelector('[role=textbox]').innerText.includes('Dòng mới')")
    assert value(page) == from_plain("Hội nghi\nDòng mới")
    page.keyboard.type("!")
    assert value(page) == from_plain("Hội nghi!\nDòng mới"), "the cursor stands where it stood"
    assert page.evaluate("window.heard") >= 1


def test_a_part_that_comes_anew_leaves_the_editor_alone(write: Callable[..., Page]) -> None:
    page = write(text="Hội nghị")
    page.evaluate(
        """() => { const part = document.createElement("div"); part.id = "part"; const form = document.querySelector("form");
             form.before(part); part.append(form); }"""
    )
    box(page).press("Control+End")
    page.keyboard.type(" toàn quốc")
    anew = "async (html) => (await import('/static/js/morph.js')).refresh(document.querySelector('#part'), html)"
    fresh = field(from_plain("Người khác viết"))
    page.evaluate(anew, fresh)
    page.wait_for_timeout(50)
    assert box(page).inner_text() == "Hội nghị toàn quốc", "what somebody writes stays"
    page.evaluate("document.querySelector('rich-text').settleAs()")
    page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges()")
    page.evaluate(anew, fresh)
    page.wait_for_function("document.querySelector('[role=textbox]').innerText === 'Người khác viết'")
    assert page.locator("rich-text[data-on]").count() == page.locator("[role=toolbar]").count() == 1


def test_a_value_set_from_outside_keeps_the_cursor(write: Callable[..., Page]) -> None:
    page = write(text="Một\nHai")
    box(page).press("Control+Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("=")
    given = json.dumps(from_plain("M=ột\nHai\nBa"))
    page.evaluate(
        "(value) => { const one = document.querySelector('rich-text'); one.value = one.value; one.value = value; }", given
    )
    page.keyboard.type("+")
    assert value(page) == from_plain("M=+ột\nHai\nBa")
    page.evaluate("document.querySelector('rich-text').insert('x\\ny')")
    assert value(page) == from_plain("M=+x\nyột\nHai\nBa")
    page.evaluate("document.querySelector('form').reset()")
    page.wait_for_function("!document.querySelector('rich-text').dirty")
    assert value(page) == from_plain("Một\nHai")


def test_every_button_is_large_and_named_and_axe_finds_nothing(bench: Bench, write: Callable[..., Page]) -> None:
    page = write(from_plain("# Đề mục\n- a\n- b\n\na | b\nc | d"))
    page.locator("td").first.click()
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run('form', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    assert [one["id"] for one in found["violations"]] == []
    page.set_viewport_size({"width": 390, "height": 844})
    sizes = page.evaluate(
        "[...document.querySelectorAll('[data-do], [data-style]')].map((one) => [one.offsetWidth, one.offsetHeight])"
    )
    assert [one for one in sizes if min(one) < 44] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the buttons slide, the page does not"
