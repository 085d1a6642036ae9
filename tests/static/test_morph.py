"""An update never disturbs who is at work: typing, half filled in, opened, focused."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
PART = '<live-part name="now">{}</live-part>'


@pytest.fixture(autouse=True)
def hands(bench: Bench) -> None:
    """Let the page watch the hands at work from the beginning, as a live page does."""
    bench.always = ("morph.js",)


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


def state(page: Page) -> list[object]:
    """What is focused, what it holds, what is selected in it."""
    found: list[object] = page.evaluate(
        "(() => { const a = document.activeElement; return [a.name ?? a.tagName, a.value, a.selectionStart, a.selectionEnd] })()"
    )
    return found


WRITE = (
    '<form action="/do/a/"><input type="hidden" name="site" value="5"><textarea name="a"></textarea><button>Send</button></form>'
)


@pytest.mark.parametrize(
    "update",
    [
        f"<ul><li>one</li><li>two</li></ul><p>before</p>{WRITE}<p>behind</p>",  # the form moves down
        f"<section><div>{WRITE}</div></section>",  # it stands deeper
        "<h1>Nothing is left of it</h1><form><input></form>",
        '<form action="/do/b/"><input name="b"></form>' + WRITE,  # another one before it
        WRITE.replace('value="5"', 'value="6"'),  # it has come to mean something else
    ],
)
def test_a_field_in_work_survives_every_rebuilding(bench: Bench, update: str) -> None:
    """Text, focus, caret and selection stay in the very same element, whatever becomes of what is around it."""
    page = bench.open(PART.format(f"<h1>Old</h1>{WRITE}<p>behind</p>"))
    area = page.query_selector("textarea")
    assert area
    area.focus()
    page.keyboard.type("Điểm cầu Lào Cai")
    page.evaluate("document.activeElement.setSelectionRange(5, 8)")
    before = state(page)
    for _time in range(3):
        refresh(page, update)
        refresh(page, update + "<p>again</p>")
    assert state(page) == before == ["a", "Điểm cầu Lào Cai", 5, 8]
    assert area.evaluate("(one) => one.isConnected")
    assert page.locator("textarea").count() == 1
    assert page.locator("[id^=kept]").count() == 0
    assert page.locator("form input[name=site]").first.input_value() == "5"


def test_rows_with_names_around_a_field_in_work_come_and_go(bench: Bench) -> None:
    """A form inside a row that leaves the list stays with its row; the other rows follow."""
    row = '<li id="row-{0}"><b>{0}</b><form action="/do/a/"><input name="a" value=""></form></li>'
    page = bench.open(PART.format("<ol>" + "".join(row.format(n) for n in range(1, 5)) + "</ol>"))
    page.locator("#row-2 input").fill("half a word")
    refresh(page, "<ol>" + "".join(row.format(n) for n in (4, 3, 7)) + "</ol>")
    assert page.locator("li b").all_inner_texts() == ["4", "2", "3", "7"]
    assert page.input_value("#row-2 input") == "half a word"
    page.locator("#row-2 input").fill("")
    page.locator("#row-2 input").blur()
    page.wait_for_selector("#row-2", state="detached")


def test_a_select_without_a_marked_choice_is_not_taken_for_work(bench: Bench) -> None:
    """Its first line is what it begins with; another one is a choice that stays."""
    html = '<form action="/do/a/"><select name="s"><option value="">{0}</option><option value="1">One</option></select></form>'
    page = bench.open(PART.format(html.format("Nobody")))
    refresh(page, html.format("Somebody"))
    assert "Somebody" in page.inner_text("select")
    page.select_option("select", "1")
    refresh(page, html.format("Anybody"))
    assert page.input_value("select") == "1"
    assert "Somebody" in page.inner_text("select")


def test_a_press_ends_on_what_it_began_on(bench: Bench) -> None:
    """While a finger is down, and a moment longer, nothing on the page moves; then the newest content comes."""
    page = bench.open(PART.format("<p>Old</p><button>Call</button>") + '<live-part name="other">Other</live-part>')
    box = page.locator("live-part button").bounding_box()
    assert box
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    page.mouse.down()
    refresh(page, "<p>New</p><p>A line more</p><button>Call</button>")
    refresh(page, "<p>Newest</p><p>A line more</p><button>Call</button>")
    page.wait_for_timeout(700)
    assert page.locator("live-part button").bounding_box() == box
    page.mouse.up()
    assert page.inner_text("live-part p >> nth=0") == "Old"
    page.get_by_text("Newest").wait_for(timeout=1_000)
    assert page.locator("live-part button").bounding_box() != box


def test_a_finger_that_never_lifts_does_not_stop_the_page(bench: Bench) -> None:
    """A stuck touch screen holds an update for ten seconds, no longer."""
    bench.page.clock.install()
    page = bench.open(PART.format("Old"))
    page.mouse.down()
    refresh(page, "New")
    page.clock.run_for(9_000)
    assert page.inner_text("live-part") == "Old"
    page.clock.run_for(2_000)
    assert page.inner_text("live-part") == "New"


def test_words_that_are_selected_stay_selected(bench: Bench) -> None:
    """Somebody copies a name: the part waits until they have, and no longer than twenty seconds."""
    bench.page.clock.install()
    page = bench.open(PART.format("<p>Lào Cai</p>"))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('live-part p'))")
    page.clock.run_for(100)
    refresh(page, "<p>Hà Tĩnh</p>")
    page.clock.run_for(5_000)
    assert page.evaluate("String(getSelection())") == "Lào Cai"
    page.evaluate("getSelection().removeAllRanges()")
    page.clock.run_for(300)
    assert page.inner_text("live-part") == "Hà Tĩnh"


def test_a_word_that_is_being_composed_is_not_disturbed(bench: Bench) -> None:
    """Vietnamese letters take several keys: until the word is finished, its part waits."""
    page = bench.open(PART.format(f"<h1>Old</h1>{WRITE}"))
    page.locator("textarea").focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "tie", "selectionStart": 3, "selectionEnd": 3})
    refresh(page, f"<h1>New</h1><div>{WRITE}</div>")
    session.send("Input.imeSetComposition", {"text": "tiế", "selectionStart": 3, "selectionEnd": 3})
    refresh(page, f"<h1>Newest</h1><div>{WRITE}</div>")
    assert page.inner_text("h1") == "Old"
    session.send("Input.insertText", {"text": "tiếng"})
    page.get_by_text("Newest").wait_for(timeout=1_000)
    assert page.input_value("textarea") == "tiếng"


def test_where_the_reader_has_scrolled_to_stays(bench: Bench) -> None:
    """A list inside a part keeps its place when lines are added behind and the box around it is rebuilt."""
    row = "<li>{}</li>"
    html = '<div class="{0}"><ul id="l" style="height:60px;overflow:auto;overflow-anchor:none">{1}</ul></div>'
    page = bench.open(PART.format(html.format("a", "".join(row.format(n) for n in range(40)))))
    page.evaluate("document.getElementById('l').scrollTop = 200")
    page.wait_for_timeout(100)
    refresh(page, "<p>New</p>" + html.format("b", "".join(row.format(n) for n in range(50))))
    assert page.evaluate("document.getElementById('l').scrollTop") == 200


def test_what_is_fetched_into_a_part_is_not_wiped_out_by_what_is_sent(bench: Bench) -> None:
    """A fragment inside a broadcast part keeps what has been fetched and what is typed in it."""
    inner = '<live-part name="line" data-fragment="/line/5/">{}</live-part>'
    page = bench.open(PART.format("<p>Old</p>" + inner.format(WRITE)))
    page.locator("textarea").fill("half a message")
    refresh(page, "<p>New</p>" + inner.format(""))
    assert page.inner_text("p") == "New"
    assert page.input_value("textarea") == "half a message"


def test_a_menu_that_moves_among_others_stays_the_one_that_is_open(bench: Bench) -> None:
    """Two menus of the same kind: the opened one is known by its words, not by its place."""
    menu = '<details class="m"><summary>{0}</summary><p>{0} inside</p></details>'
    page = bench.open(PART.format(menu.format("Second")))
    page.evaluate("document.querySelector('details').open = true")
    refresh(page, menu.format("First") + menu.format("Second"))
    assert page.evaluate("[...document.querySelectorAll('details')].map((one) => one.open)") == [False, True]
