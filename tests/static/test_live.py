"""A live page against a socket of the test's own: parts, freshness, silence, farewell, resumption."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, WebSocketRoute, expect

from tests.static.conftest import HOST, Bench

pytestmark = pytest.mark.browser
BODY = (
    '<live-feed data-socket="/ws/m/x/" data-ticket="first" data-renew="/renew/" data-twin="/twin/?screen=x" '
    'data-epoch="e" data-after="40"></live-feed><p><as-of></as-of></p><p data-when-stale hidden>Lost</p>'
    '<live-part name="now">old</live-part><live-part name="hall" data-fragment="/hall/">hall 0</live-part>'
)


class Hub:
    """The other end: notes what pages say and speaks when told to."""

    def __init__(self, bench: Bench) -> None:
        self.sockets: list[WebSocketRoute] = []
        self.heard: list[dict[str, Any]] = []
        self.greet: Callable[[WebSocketRoute], None] = lambda socket: None
        bench.page.route_web_socket("**/ws/m/x/**", self._meet)
        bench.page.route(f"{HOST}/renew/", lambda route: route.fulfill(json={"ticket": "second"}))
        bench.page.route(f"{HOST}/hall/", lambda route: route.fulfill(body="hall 1", content_type="text/html"))

    def _meet(self, socket: WebSocketRoute) -> None:
        self.sockets.append(socket)
        socket.on_message(lambda text: self._hear(socket, json.loads(text)))

    def _hear(self, socket: WebSocketRoute, frame: dict[str, Any]) -> None:
        self.heard.append(frame)
        if frame["t"] == "hello":
            self.greet(socket)


def parts(number: int, html: str) -> str:
    """A frame with one changed part."""
    return json.dumps(
        {
            "t": "parts",
            "epoch": "e",
            "n": number,
            "at": "2025-11-26T08:31:00+07:00",
            "parts": {"now": {"n": number, "html": html}},
        }
    )


def test_a_page_says_hello_takes_its_parts_and_confirms_them(bench: Bench) -> None:
    """First what changed since its number, then its own fragment, then a confirmation of the newest number."""
    hub = Hub(bench)
    hub.greet = lambda socket: socket.send(parts(42, "new"))
    page = bench.open(BODY, "live.js")
    expect(page.locator("live-part[name=now]")).to_have_text("new")
    expect(page.locator("live-part[name=hall]")).to_have_text("hall 1")
    expect(page.locator("as-of")).to_have_text("08:30:00", timeout=3_000)
    assert hub.heard[0]["t"] == "hello"
    assert (hub.heard[0]["after"], hub.heard[0]["epoch"]) == (40, "e")
    assert {"t": "got", "n": 42} in hub.heard


def test_a_farewell_brings_the_page_back_from_where_it_was(bench: Bench) -> None:
    """It returns with a new ticket and asks only for what it has not seen."""
    hub = Hub(bench)
    hub.greet = lambda socket: socket.send(parts(42 if len(hub.sockets) == 1 else 45, f"visit {len(hub.sockets)}"))
    page = bench.open(BODY, "live.js")
    expect(page.locator("live-part[name=now]")).to_have_text("visit 1")
    hub.sockets[0].send(json.dumps({"t": "bye", "in": 100}))
    expect(page.locator("live-part[name=now]")).to_have_text("visit 2")
    assert "ticket=second" in hub.sockets[1].url
    hellos = [frame["after"] for frame in hub.heard if frame["t"] == "hello"]
    assert hellos == [40, 42]


def test_silence_is_shown_and_the_page_helps_itself_over_http(bench: Bench) -> None:
    """After 15 s without a frame the page says so; the HTTP twin brings what the socket does not."""
    asked: list[str] = []

    def twin(route: Route) -> None:
        asked.append(route.request.url)
        body = json.loads(parts(50, "by http")) | {"clock": {"now": "2025-11-26T08:40:00+07:00", "rate": 1}}
        route.fulfill(json=body)

    hub = Hub(bench)
    page = bench.page
    page.clock.install()
    bench.open(BODY, "live.js")
    page.wait_for_timeout(200)
    page.clock.run_for(14_000)
    assert not page.evaluate("'stale' in document.documentElement.dataset")
    page.clock.run_for(3_000)
    assert page.evaluate("'stale' in document.documentElement.dataset")
    assert page.locator("[data-when-stale]").is_visible()
    page.route(f"{HOST}/twin/**", twin)
    page.clock.run_for(8_000)
    expect(page.locator("live-part[name=now]")).to_have_text("by http")
    page.clock.run_for(1_500)
    assert page.locator("[data-when-stale]").is_hidden()
    assert "after=40" in asked[0]
    assert len(hub.sockets) >= 2
