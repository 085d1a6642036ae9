"""A weak line at a bridge point: what is pressed while nothing gets through arrives once, even if the browser was closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, expect, sync_playwright

from tests.browser import ARGUMENTS
from tests.client import Client
from tests.service import Service, running_service

pytestmark = pytest.mark.browser
SLUG = "vptw-2025"


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """A service with the demonstration, whose first item is open."""
    with running_service() as running:
        secretary = Client(running.url, "secretary", running.demo["accounts"]["secretary"])
        secretary.do(SLUG, "meeting.open")
        items = re.findall(r'name="item" value="(\d+)"', _screen(secretary))
        secretary.do(SLUG, "item.open", item=items[0])
        yield running


def _screen(secretary: Client) -> str:
    return secretary.get(f"/m/{SLUG}/live/?screen=control&after=0").replace('\\"', '"')


def _browser(playwright: Playwright, profile: Path) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        str(profile), executable_path="/usr/bin/chromium", args=ARGUMENTS, locale="en-US", viewport={"width": 1440, "height": 900}
    )


def _console(context: BrowserContext, service: Service) -> Page:
    """Come to the console, signing in where the session has gone with the browser."""
    page = context.pages[0]
    page.goto(f"{service.url}/m/{SLUG}/console/")
    if "/sign-in/" in page.url:
        page.locator("input[name=username]:not([type=hidden])").fill("operator-15")
        page.locator("input[name=password]").fill(service.demo["accounts"]["operator-15"])
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/console/")
    return page


def test_a_bridge_point_whose_proxy_lets_no_socket_through_is_connected(service: Service, tmp_path: Path) -> None:
    """The parts come by HTTP, the console says by HTTP that it is there, and the control room sees it so."""
    secretary = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    with sync_playwright() as playwright:
        context = _browser(playwright, tmp_path)
        context.route_web_socket("**/ws/**", lambda socket: socket.close(code=1006))
        page = _console(context, service)
        connected = page.locator("link-state .shape.ok")
        expect(connected).to_be_visible(timeout=30_000)
        secretary.do(SLUG, "meeting.suspend")
        expect(page.locator("live-part[name=now] h1")).to_have_text("Tạm nghỉ", timeout=10_000)
        secretary.do(SLUG, "meeting.resume")
        site = page.evaluate("document.querySelector('live-feed').site")
        tile = re.search(rf'<li[^>]*id="tile-{site}".*?</li>', _screen(secretary), re.S)
        assert tile
        assert 'class="tile ok' in tile[0]
        context.close()


def test_what_was_pressed_on_a_cut_line_arrives_once_after_the_browser_was_closed(service: Service, tmp_path: Path) -> None:
    """Pressed, shown as waiting, the browser closed, opened again, the line back: done, once, and said so."""
    secretary = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        route.abort()

    with sync_playwright() as playwright:
        context = _browser(playwright, tmp_path)
        page = _console(context, service)
        page.route("**/do/**", lose)
        page.wait_for_timeout(1_000)
        page.get_by_role("button", name="Xin phát biểu", exact=True).click()
        page.wait_for_timeout(1_000)
        page.locator('form[data-command="presence.mark"] .button:not(.primary)').first.click()
        expect(page.locator("#toasts .outbox li")).to_have_count(2, timeout=10_000)
        expect(page.locator("#toasts .outbox li").first).to_have_attribute("data-state", "waiting")
        assert any("floor.request" in url for url in lost)
        assert 'id="request-' not in _screen(secretary)
        context.close()

        context = _browser(playwright, tmp_path)
        page = _console(context, service)
        expect(page.locator("#toasts .outbox li[data-state=done]")).to_have_count(2, timeout=10_000)
        page.reload()
        page.wait_for_timeout(2_000)
        expect(page.locator("#toasts .outbox")).to_have_count(0)
        expect(page.locator('#roll-list [aria-pressed="true"]')).to_have_count(1)
        context.close()
    assert len(re.findall(r'id="request-(\d+)"', _screen(secretary))) == 1
    verdict = service.manage("check_journal", SLUG)
    assert verdict.strip()
