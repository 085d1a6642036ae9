"""Long work in the page: its bar moves by itself, and elsewhere the rail tells when it has ended."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.static.conftest import HOST, Bench

pytestmark = pytest.mark.browser

PAGE = '<job-state data-url="/state/"><section class="card job" data-state="running"><p>1/9</p></section></job-state>'
MARK = '<jobs-mark data-url="/news/" data-running="a b"><a href="/jobs/"><span data-words>2 jobs</span></a></jobs-mark>'


def card(state: str, words: str, more: str = "") -> str:
    return f'<section class="card job" data-state="{state}"><p>{words}</p>{more}</section>'


def answering(page: Page, path: str, *answers: str) -> list[str]:
    """Answer an address with one after the other, and with the last for ever; return what has been asked."""
    asked, left = [], list(answers)

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=left.pop(0) if len(left) > 1 else left[0], content_type="text/html; charset=utf-8")

    page.route(f"{HOST}{path}**", answer)
    return asked


def test_the_page_of_a_job_moves_until_it_is_over(bench: Bench) -> None:
    asked = answering(bench.page, "/state/", card("running", "5/9"), card("done", "9/9", '<a href="/f">giay-moi.zip</a>'))
    page = bench.open(PAGE, "jobs.js")
    expect(page.get_by_text("5/9")).to_be_visible()
    expect(page.get_by_role("link", name="giay-moi.zip")).to_be_visible()
    over = len(asked)
    page.wait_for_timeout(2500)
    assert len(asked) == over == 2


def test_a_page_that_waits_for_a_job_is_read_again_when_it_has_ended_but_not_while_somebody_writes_in_it(bench: Bench) -> None:
    answering(bench.page, "/state/", card("running", "5/9"), card("done", "9/9"))
    page = bench.open(PAGE.replace("<job-state", "<job-state data-reload hidden") + "<textarea></textarea>", "jobs.js")
    page.evaluate("window.isOld = true")
    page.get_by_role("textbox").fill("Sai số liệu")
    page.wait_for_timeout(3500)
    assert page.evaluate("window.isOld") is True
    with page.expect_navigation():
        page.get_by_role("textbox").fill("")
    assert page.evaluate("window.isOld") is None


def test_a_lost_line_or_a_strange_answer_leaves_the_page_as_it_is_and_it_goes_on_asking(bench: Bench) -> None:
    answering(bench.page, "/state/", "<p>Sign in</p>", "", card("done", "9/9"))
    page = bench.open(PAGE, "jobs.js")
    page.wait_for_timeout(1300)
    expect(page.get_by_text("1/9")).to_be_visible()
    expect(page.get_by_text("9/9")).to_be_visible()


def test_a_button_that_has_the_focus_is_not_taken_away(bench: Bench) -> None:
    answering(
        bench.page,
        "/state/",
        card("running", "5/9", "<button>Cancel</button>"),
        card("running", "6/9", "<button>Cancel</button>"),
    )
    page = bench.open(PAGE, "jobs.js")
    expect(page.get_by_text("5/9")).to_be_visible()
    page.keyboard.press("Tab")
    page.wait_for_timeout(1500)
    assert page.evaluate("document.activeElement.textContent") == "Cancel"


def test_the_rail_tells_when_a_job_has_ended(bench: Bench) -> None:
    ended = {"job": "a", "state": "done", "words": "In 350 giấy mời: done.", "url": "/jobs/a/"}
    first = {"running": ["b"], "words": "1 job", "ended": [ended]}
    asked = answering(bench.page, "/news/", json.dumps(first), json.dumps({"running": [], "words": "0 jobs", "ended": []}))
    page = bench.open(MARK, "jobs.js")
    expect(page.get_by_text("In 350 giấy mời: done.")).to_be_visible(timeout=8000)
    expect(page.get_by_text("1 job", exact=True)).to_be_visible()
    expect(page.locator("jobs-mark")).to_be_hidden(timeout=8000)
    assert "of=a&of=b" in asked[0]
    assert asked[1].endswith("of=b")
