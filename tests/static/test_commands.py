"""A command from a page: once however often it is pressed, again under the same id on a broken line, refusals in words."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import Page, expect

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


def test_an_ended_session_is_said_and_nothing_is_taken_for_done(bench: Bench) -> None:
    """Led to the sign-in page, the command has not been carried out."""
    page = bench.open(FORM)
    bench.answers.append(lambda route: route.fulfill(status=403, body="<html>", content_type="text/html"))
    page.locator("button", has_text="Add").click()
    expect(page.locator("#toasts")).to_contain_text("Sign in")
