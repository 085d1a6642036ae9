"""A command from a page: once however often it is pressed, again under the same id on a broken line, refusals in words."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
FORM = (
    '<live-feed-stub></live-feed-stub><form data-command="item.add" method="post" action="/do/item.add/">'
    '<div class="field"><label>Title <input name="title" value="Opening"></label></div><button>Add</button></form>'
)


def stay(page: Page) -> None:
    """Keep the page from reloading after a command, as a live page does."""
    page.evaluate("document.addEventListener('command:done', (event) => event.preventDefault())")


def test_a_double_click_sends_one_command_with_an_id_of_its_own(bench: Bench) -> None:
    """The second tap on the same spot is a slip of the hand."""
    page = bench.open(FORM)
    stay(page)
    page.locator("button", has_text="Add").dblclick()
    page.wait_for_timeout(300)
    assert [sent["title"] for sent in bench.posted] == ["Opening"]
    assert uuid.UUID(bench.posted[0]["command_id"]).version == 4
    assert "csrfmiddlewaretoken" not in bench.posted[0]


def test_a_broken_line_sends_the_same_id_again(bench: Bench) -> None:
    """Whether the first one arrived is unknown; the same id makes asking again safe."""
    page = bench.open(FORM)
    stay(page)
    bench.lose()
    page.locator("button", has_text="Add").click()
    expect(page.locator("#toasts")).to_contain_text("Again")
    expect(page.locator("#toasts")).to_contain_text("Add: done", timeout=5_000)
    first, second = (sent["command_id"] for sent in bench.posted)
    assert first == second


def test_a_refusal_is_said_and_what_was_typed_stays(bench: Bench) -> None:
    """Refused by the meeting's state: the sentence appears, the field keeps its words."""
    page = bench.open(FORM)
    bench.answer(409, '{"state": "refused", "reason": "The meeting is over."}')
    page.locator("input").fill("Half written")
    page.locator("button", has_text="Add").click()
    expect(page.locator("#toasts")).to_contain_text("The meeting is over.")
    assert page.input_value("input") == "Half written"


def test_a_wrong_field_is_marked_where_it_stands(bench: Bench) -> None:
    """The complaint stands at its field and is tied to it for who listens."""
    page = bench.open(FORM)
    bench.answer(400, '{"state": "invalid", "errors": {"title": ["Too long."]}}')
    page.locator("button", has_text="Add").click()
    expect(page.locator(".field .error")).to_have_text("Too long.")
    assert page.locator("input").get_attribute("aria-invalid") == "true"
    assert page.locator("input").get_attribute("aria-errormessage") == page.locator(".error").get_attribute("id")


@pytest.mark.parametrize(
    "answer", [(400, {"errors": {"title": ["Too long."]}}), (409, {"reason": "It was closed meanwhile. " * 5})]
)
def test_on_a_phone_the_message_lies_over_nothing_that_it_is_about(answer: tuple[int, dict[str, Any]], bench: Bench) -> None:
    bench.page.set_viewport_size({"width": 390, "height": 844})
    tall = '<link rel="stylesheet" href="/static/css/app.css"><div style="block-size: 60rem"></div>'
    page = bench.open(tall + FORM)
    page.evaluate("document.getElementById('toasts').className = 'toasts'")
    bench.answer(answer[0], json.dumps(answer[1]))
    page.locator("button", has_text="Add").click()
    expect(page.locator("#toasts .toast")).to_be_visible()
    for what in (".error", "input[name=title]", "form button"):
        over, below = page.locator("#toasts .toast").bounding_box(), page.locator(what).last.bounding_box()
        assert over
        assert below
        assert 0 < over["y"] < over["y"] + over["height"] <= below["y"] < below["y"] + below["height"] <= 844, what


def test_what_is_mended_is_not_marked_any_more(bench: Bench) -> None:
    """On a page that stays, the next answer takes the place of the refusal: nobody sends a second time what has arrived."""
    page = bench.open(FORM)
    stay(page)
    bench.answer(400, '{"state": "invalid", "errors": {"title": ["Too long."]}}')
    page.locator("button", has_text="Add").click()
    expect(page.locator("#toasts")).to_contain_text("See the fields")
    page.locator("input").fill("Shorter")
    page.locator("input").fill("Shorter")
    page.wait_for_timeout(1_100)  # nearer, a second press is a slip of the hand
    page.locator("button", has_text="Add").click()
    expect(page.locator(".field .error")).to_have_count(0)
    expect(page.locator("#toasts")).not_to_contain_text("See the fields")
    assert page.locator("input").get_attribute("aria-invalid") is None
    assert [sent["title"] for sent in bench.posted] == ["Opening", "Shorter"]


def test_an_ended_session_is_said_and_nothing_is_taken_for_done(bench: Bench) -> None:
    """Led to the sign-in page, the command has not been carried out."""
    page = bench.open(FORM)
    bench.answers.append(lambda route: route.fulfill(status=403, body="<html>", content_type="text/html"))
    page.locator("button", has_text="Add").click()
    expect(page.locator("#toasts")).to_contain_text("Sign in")


ITEM = (
    '<form data-command="item.defer" data-confirm="Put it off?" method="post" action="/do/item.defer/">'
    '<input type="hidden" name="item" value="{0}"><button>Defer item {0}</button></form>'
)
QUESTION = (
    '<dialog id="confirm" data-do="Yes"><form method="dialog"><h2></h2><p data-text></p>'
    '<button value="yes">Yes</button></form></dialog>'
)


def test_what_is_asked_about_is_what_is_done(bench: Bench) -> None:
    """While the question is open the programme goes on: the answer still is about what was asked."""
    page = bench.open(ITEM.format(5) + QUESTION)
    stay(page)
    page.get_by_text("Defer item 5").click()
    page.evaluate("document.querySelector('[name=item]').value = '6'")
    page.get_by_text("Yes").click()
    expect(page.locator("#toasts")).to_contain_text("Defer item 5: done")
    assert [sent["item"] for sent in bench.posted] == ["5"]


def test_what_is_typed_while_it_is_sent_is_not_wiped_away(bench: Bench) -> None:
    """The line is slow, the hand is not: the next words stay in the field."""
    page = bench.open(FORM)
    stay(page)
    waiting: list[Route] = []
    bench.answers.append(waiting.append)
    page.locator("button", has_text="Add").click()
    page.locator("input").press("End")
    page.locator("input").press_sequentially(" and more")
    waiting[0].fulfill(status=200, body='{"state": "done", "number": 7}', content_type="application/json")
    expect(page.locator("#toasts")).to_contain_text("done")
    assert page.input_value("input") == "Opening and more"


def test_what_is_done_is_said_with_its_own_words(bench: Bench) -> None:
    """The sentence of the form, else the heading of its box, else the person and the words of the button."""
    page = bench.open(
        '<form data-command="a" data-done="Called." method="post" action="/do/a/"><button>First</button></form>'
        '<div role="group" aria-label="Giàng A Đại"><form data-command="b" method="post" action="/do/b/">'
        "<button>Present</button></form></div>"
        '<dialog open><h2>Change the item</h2><form data-command="c" method="post" action="/do/c/">'
        "<button>Save</button></form></dialog>"
    )
    stay(page)
    for words, said in (("First", "Called."), ("Present", "Giàng A Đại, Present: done"), ("Save", "Change the item: done")):
        page.locator("button", has_text=words).last.click()
        expect(page.locator("#toasts")).to_contain_text(said)
        page.wait_for_timeout(1_000)


def test_a_button_that_came_under_the_finger_is_not_pressed(bench: Bench) -> None:
    """A row goes, the next one moves up under a finger that is on its way: its button is pressed once it has been seen there."""
    row = '<li id="r{0}"><form data-command="floor.give" method="post" action="/do/floor.give/">'
    row += '<input type="hidden" name="request" value="{0}"><button>Call {0}</button></form></li>'
    page = bench.open('<live-part name="queue"><ol>' + row.format(1) + row.format(2) + "</ol></live-part>", "morph.js")
    stay(page)
    box = page.get_by_text("Call 1").bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.evaluate(
        "async (html) => (await import('/static/js/morph.js')).refresh(document.querySelector('live-part'), html)",
        f"<ol>{row.format(2)}</ol>",
    )
    page.mouse.down()
    page.mouse.up()
    expect(page.locator("#toasts")).to_contain_text("Has changed")
    assert bench.posted == []
    page.wait_for_timeout(1_000)
    page.get_by_text("Call 2").click()
    expect(page.locator("#toasts")).to_contain_text("Call 2: done")


@pytest.mark.parametrize(
    ("area", "rest", "posted"), [("data-still", 2_100, ["Opening hymn"]), ("", 0, ["Opening hymn"]), ("", 2_100, [])]
)
def test_who_writes_in_a_form_aims_at_its_button_wherever_it_has_moved(
    bench: Bench, area: str, rest: int, posted: list[str]
) -> None:
    """Something above goes while a message is written: its button moves, and is pressed at once. Of a form that was written in a
    while ago, on a page that does not hold it still, the button may have slid under a finger that aimed at something else."""
    row = '<li id="r{0}"><p>Row {0}</p></li>'
    queue = '<live-part name="queue"><ol>' + row.format(1) + row.format(2) + "</ol></live-part>"
    page = bench.open(f"{queue}<main {area}>{FORM}</main>", "morph.js")
    stay(page)
    page.locator("input").press("End")
    page.keyboard.type(" hymn")
    page.wait_for_timeout(rest)
    page.evaluate(
        "async (html) => (await import('/static/js/morph.js')).refresh(document.querySelector('live-part'), html)",
        f"<ol>{row.format(2)}</ol>",
    )
    page.get_by_text("Add").click()
    expect(page.locator("#toasts")).to_contain_text("done" if posted else "Has changed")
    assert [body["title"] for body in bench.posted] == posted
