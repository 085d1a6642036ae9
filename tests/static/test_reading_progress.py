"""What the reader's page reports of reading: pages that stood before the eyes, time in which somebody was there."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route

from tests.static.conftest import HOST, Bench

pytestmark = pytest.mark.browser

BODY = '<main data-progress="/report/"></main>'
BEGIN = """async () => {
  const { follow } = await import("/static/js/papers/progress.js");
  window.viewer = new EventTarget();
  window.shows = (...visible) => viewer.dispatchEvent(new CustomEvent("page", { detail: { page: visible[0], visible } }));
  window.underWay = 0;
  const send = window.fetch;
  window.fetch = (...report) => (underWay++, send(...report).finally(() => underWay--));
  window.follower = follow(viewer);
}"""


class Reports(list[dict[str, str]]):
    """What was reported; `answers` with a status, the last one for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = [204]

    def take(self, route: Route) -> None:
        body = parse_qs(route.request.post_data or "", keep_blank_values=True)
        status = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if status:
            self.append({key: values[0] for key, values in body.items()})
            route.fulfill(status=status)
        else:
            route.abort()


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def page(bench: Bench, reports: Reports) -> Page:
    """A reader's page whose clock is ours."""
    bench.page.clock.install()
    bench.page.route(f"{HOST}/report/", reports.take)
    page = bench.open(BODY)
    page.evaluate(BEGIN)
    return page


def shows(page: Page, *pages: int, seconds: int = 0) -> None:
    """Let pages stand there for a while."""
    page.evaluate("pages => window.shows(...pages)", list(pages))
    passes(page, seconds)


def passes(page: Page, seconds: int) -> None:
    """Let the page's time pass; what it reported meanwhile has come to us, by the machine's time."""
    page.clock.run_for(seconds * 1000)
    until(page, lambda: page.evaluate("() => underWay === 0"))


def until(page: Page, what: Callable[[], bool]) -> None:
    """Wait, by the machine's clock, until something has come about."""
    for _ in range(200):
        if what():
            return
        page.wait_for_timeout(25)
    raise AssertionError("it did not come about within five seconds")


def told(reports: Reports) -> list[tuple[str, int, str]]:
    return [(one["pages"], int(one["seconds"]), one["page"]) for one in reports]


def test_pages_that_stood_there_for_a_second_are_reported_with_the_time(page: Page, reports: Reports) -> None:
    shows(page, 1, 2, seconds=3)
    page.evaluate("() => { shows(3); shows(4); shows(7); }")  # leafed through
    passes(page, 3)
    until(page, lambda: bool(reports))
    assert told(reports) == [("1-2,7", 5, "7")] or told(reports) == [("1-2,7", 6, "7")]
    assert reports[0]["csrfmiddlewaretoken"] == "token"


def test_who_stays_on_a_page_reports_seldom(page: Page, reports: Reports) -> None:
    shows(page, 1)
    for _ in range(12):
        page.mouse.move(5, 5)
        page.mouse.move(6, 6)
        passes(page, 15)
    assert len(reports) <= 6
    assert 150 <= sum(int(one["seconds"]) for one in reports) <= 181


def test_who_goes_away_reads_no_more(page: Page, reports: Reports) -> None:
    shows(page, 1, seconds=600)
    assert sum(int(one["seconds"]) for one in reports) <= 125
    reports.clear()
    page.mouse.move(9, 9)
    passes(page, 61)
    assert 40 <= sum(int(one["seconds"]) for one in reports) <= 65


def test_a_covered_paper_is_not_read(page: Page, reports: Reports) -> None:
    shows(page, 1, seconds=6)
    reports.clear()
    page.evaluate("() => viewer.dispatchEvent(new Event('covered'))")
    passes(page, 90)
    assert reports == []
    page.evaluate("() => viewer.dispatchEvent(new Event('uncovered'))")
    shows(page, 2, seconds=61)
    assert [one["pages"] for one in reports][:1] == ["2"]


def test_what_did_not_arrive_is_said_again(page: Page, reports: Reports) -> None:
    reports.answers = [0, 503, 204]
    shows(page, 1, seconds=5)
    # It has been said, and the page has heard that it did not arrive.
    until(page, lambda: len(reports.answers) == 2 and page.evaluate("() => follower.seen.has(1)"))
    shows(page, 2, seconds=16)
    until(page, lambda: len(reports) == 1 and page.evaluate("() => follower.seen.has(2)"))
    shows(page, 3, seconds=31)
    until(page, lambda: len(reports) >= 2)
    assert [one["pages"] for one in reports][:2] == ["1-2", "1-3"]


def test_after_the_recall_nothing_is_sent_any_more(page: Page, reports: Reports) -> None:
    reports.answers = [404]
    shows(page, 1, seconds=5)
    until(page, lambda: page.evaluate("() => follower.stopped === true"))
    shows(page, 2, seconds=120)
    assert len(reports) == 1


def test_leaving_says_what_is_left(page: Page, reports: Reports) -> None:
    shows(page, 4, seconds=3)
    page.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide'))")
    until(page, lambda: bool(reports))
    assert told(reports)[0][0] == "4"


def test_a_page_that_says_no_address_reports_nothing(bench: Bench) -> None:
    page = bench.open("<main></main>")
    page.evaluate(BEGIN)
    assert page.evaluate("() => window.follower") is None
