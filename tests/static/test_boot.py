"""A page of which a part did not come: loaded once more by itself, then said; nothing written is thrown away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.static.conftest import HOST, Bench

pytestmark = pytest.mark.browser


def opened(bench: Bench, losing: list[str]) -> Page:
    """Open a page whose named scripts get lost on their way, once for each time they are named."""
    bench.losing = losing
    stale = "<p data-when-stale hidden>Old</p>"
    return bench.open(f"{stale}<input name='x'><link rel='stylesheet' href='/static/css/jobs.css'>", wait=False)


@pytest.mark.parametrize("name", ["app.js", "words.js", "jobs.css"])
def test_a_part_that_was_lost_once_is_fetched_without_a_word(bench: Bench, name: str) -> None:
    page = opened(bench, [name])
    page.wait_for_function("customElements.get('run-timer') !== undefined && document.querySelector('link').sheet")
    expect(page.locator("#incomplete")).to_be_hidden()
    assert bench.losing == []


def test_a_part_that_is_lost_again_is_said_and_tried_again_while_nobody_writes(bench: Bench) -> None:
    page = bench.page
    page.clock.install()
    opened(bench, ["words.js"] * 3)
    expect(page.locator("#incomplete")).to_be_visible()
    expect(page.locator("[data-when-stale]")).to_be_visible()
    assert len(bench.losing) == 1
    page.clock.run_for(21_000)
    expect(page.locator("#incomplete")).to_be_visible()
    assert bench.losing == []
    page.locator("input").fill("Half written")
    page.clock.run_for(60_000)
    assert page.input_value("input") == "Half written"


def test_who_has_no_line_is_not_left_with_the_browsers_own_error(bench: Bench) -> None:
    page = bench.page
    page.add_init_script("Object.defineProperty(navigator, 'onLine', {get: () => !sessionStorage.getItem('cut')})")
    page.add_init_script(f"if (location.href === '{HOST}/' && !sessionStorage.getItem('began')) sessionStorage.setItem('cut', 1)")
    opened(bench, ["words.js"])
    assert page.evaluate("customElements.get('run-timer')") is None
    page.evaluate("sessionStorage.setItem('began', 1); sessionStorage.removeItem('cut'); dispatchEvent(new Event('online'))")
    page.wait_for_function("customElements.get('run-timer') !== undefined")
