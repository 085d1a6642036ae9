"""What is pressed on a weak line: kept before it is sent, shown as waiting, sent once, over a reload and between two tabs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
FORM = (
    '<live-feed-stub></live-feed-stub><form data-command="floor.request" data-outbox data-expires="600" method="post" '
    'action="/do/floor.request/"><input type="hidden" name="participant" value="{}"><button>Ask for the floor</button></form>'
)
ASK = FORM.format(5)


def cut(bench: Bench, times: int = 99) -> None:
    """Let the line lose everything for a while."""
    bench.answers[:] = [lambda route: route.abort()] * times


def press(page: Page) -> None:
    """Press as a person does: not within the second in which a second tap is a slip."""
    page.evaluate("document.addEventListener('command:done', (event) => event.preventDefault())")
    page.locator("button", has_text="Ask for the floor").click()


def test_on_a_good_line_nothing_is_seen_of_it(bench: Bench) -> None:
    """The answer comes at once: done is said as always, no list appears, nothing stays behind."""
    page = bench.open(ASK)
    press(page)
    expect(page.locator("#toasts")).to_have_text("Ask for the floor: done")
    assert [sent["participant"] for sent in bench.posted] == ["5"]
    page.reload()
    page.wait_for_timeout(500)
    assert len(bench.posted) == 1
    assert page.inner_text("#toasts") == ""


def test_what_waits_is_shown_and_sent_under_its_id_when_the_line_is_back(bench: Bench) -> None:
    """Waiting, then done; the same id and the same moment after which it is refused, however often it is tried."""
    page = bench.open(ASK)
    cut(bench)
    press(page)
    expect(page.locator("#toasts")).to_contain_text("Waiting to be sent (1)")
    expect(page.locator("#toasts")).to_contain_text("08:30 waiting")
    bench.answers.clear()
    expect(page.locator("#toasts li")).to_have_attribute("data-state", "done", timeout=15_000)
    expect(page.locator("#toasts")).to_contain_text("Sent")
    assert len(bench.posted) >= 2
    assert len({(sent["command_id"], sent["not_after"]) for sent in bench.posted}) == 1
    assert bench.posted[0]["not_after"].startswith("2025-11-26T01:4")  # ten minutes of the meeting's time later, in UTC
    page.locator("#toasts li button").click()
    expect(page.locator("#toasts")).to_have_text("")


def test_what_waits_outlives_the_page(bench: Bench) -> None:
    """Loaded anew, the page shows what waits, and sends it when the line is back."""
    page = bench.open(ASK)
    cut(bench)
    press(page)
    expect(page.locator("#toasts")).to_contain_text("Waiting to be sent (1)")
    page.reload()
    expect(page.locator("#toasts")).to_contain_text("Ask for the floor")
    bench.answers.clear()
    expect(page.locator("#toasts li")).to_have_attribute("data-state", "done", timeout=15_000)
    assert len({sent["command_id"] for sent in bench.posted}) == 1


def test_the_same_press_twice_waits_once(bench: Bench) -> None:
    """Somebody who does not see that it waits presses again: it is not sent twice."""
    page = bench.open(ASK)
    cut(bench)
    press(page)
    expect(page.locator("#toasts")).to_contain_text("Waiting to be sent (1)")
    page.wait_for_timeout(1_000)
    press(page)
    expect(page.locator("#toasts")).to_contain_text("Waits already")
    assert page.locator("#toasts li").count() == 1


def test_what_stands_behind_another_waits_too(bench: Bench) -> None:
    """Two presses, no answer to the first: both are shown as waiting, neither button stays busy, and they go in order."""
    page = bench.open(ASK + FORM.format(6).replace("Ask for the floor", "Ask for another"))
    bench.answers[:] = [lambda route: None] + [lambda route: route.abort()] * 99
    press(page)
    page.wait_for_timeout(1_000)
    page.locator("button", has_text="Ask for another").click()
    expect(page.locator("#toasts li")).to_have_count(2, timeout=10_000)
    expect(page.locator("[aria-busy]")).to_have_count(0)
    expect(page.locator("#toasts")).not_to_contain_text("Sending")
    page.reload()
    bench.answers.clear()
    bench.posted.clear()
    expect(page.locator("#toasts li[data-state=done]")).to_have_count(2, timeout=15_000)
    assert [sent["participant"] for sent in bench.posted][-2:] == ["5", "6"]


def test_a_late_refusal_is_shown_until_it_is_read(bench: Bench) -> None:
    """Nobody was looking when the answer came: the reason stays, over a reload, until it is put away."""
    page = bench.open(ASK)
    cut(bench, 1)
    bench.answer(409, '{"state": "refused", "reason": "The item is closed."}')
    press(page)
    expect(page.locator("#toasts li")).to_have_attribute("data-state", "refused", timeout=15_000)
    page.reload()
    expect(page.locator("#toasts")).to_contain_text("The item is closed.")
    page.locator("#toasts li button").click()
    expect(page.locator("#toasts")).to_have_text("")
    page.reload()
    page.wait_for_timeout(300)
    assert page.inner_text("#toasts") == ""


def test_another_account_sends_nothing_of_mine(bench: Bench) -> None:
    """The next one at the same machine neither sees nor sends it; signed in again, I do."""
    page = bench.open(ASK)
    cut(bench)
    press(page)
    expect(page.locator("#toasts")).to_contain_text("Waiting to be sent (1)")
    bench.owner = "18"
    bench.answers.clear()
    bench.posted.clear()
    bench.open(ASK)
    page.wait_for_timeout(1_500)
    assert (bench.posted, page.inner_text("#toasts")) == ([], "")
    bench.owner = "17"
    bench.open(ASK)
    expect(page.locator("#toasts li")).to_have_attribute("data-state", "done", timeout=15_000)


def test_signing_out_leaves_nothing_behind(bench: Bench) -> None:
    """Whoever signs out takes with them what was not sent."""
    left: list[str] = []

    def leave(route: Route) -> None:
        left.append(route.request.method)
        route.fulfill(body="Goodbye", content_type="text/html")

    page = bench.open(ASK + '<form method="post" action="/sign-out/" data-sign-out><button>Sign out</button></form>')
    page.route("**/sign-out/", leave)
    cut(bench)
    press(page)
    expect(page.locator("#toasts")).to_contain_text("Waiting to be sent (1)")
    page.get_by_text("Sign out").click()
    expect(page.locator("body")).to_have_text("Goodbye")
    bench.answers.clear()
    bench.posted.clear()
    bench.open(ASK)
    page.wait_for_timeout(1_000)
    assert (left, bench.posted, page.inner_text("#toasts")) == (["POST"], [], "")


@pytest.mark.parametrize("locks", [True, False])
def test_two_tabs_send_it_once(bench: Bench, locks: bool) -> None:
    """With Web Locks, and without (plain http in an office's own network)."""
    if not locks:
        bench.page.context.add_init_script("Object.defineProperty(navigator, 'locks', {value: undefined})")
    page = bench.open(ASK)
    other = Bench(page.context.new_page(), posted=bench.posted, answers=bench.answers)
    other.open(ASK)
    cut(bench)
    press(page)
    expect(page.locator("#toasts")).to_contain_text("Waiting to be sent (1)")
    expect(other.page.locator("#toasts")).to_contain_text("Waiting to be sent (1)")
    bench.answers.clear()
    bench.posted.clear()
    for one in (page, other.page):
        one.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#toasts li")).to_have_attribute("data-state", "done", timeout=15_000)
    expect(other.page.locator("#toasts li")).to_have_attribute("data-state", "done", timeout=15_000)
    page.wait_for_timeout(1_000)
    assert len(bench.posted) == 1
