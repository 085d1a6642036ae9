"""A live page against a socket of the test's own: parts, freshness, silence, farewell, resumption."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.static.conftest import HOST, Bench

pytestmark = pytest.mark.browser
BODY = (
    '<live-feed data-socket="/ws/m/x/" data-ticket="first" data-renew="/renew/" data-twin="/twin/?screen=x" '
    'data-epoch="e" data-after="40"></live-feed><p><as-of></as-of></p><p data-when-stale hidden>Lost</p>'
    '<live-part name="now">old</live-part><live-part name="hall" data-fragment="/hall/">hall 0</live-part>'
)


BEAT = json.dumps(
    {"t": "beat", "n": 40, "clock": {"now": "2025-11-26T08:31:00+07:00", "rate": 1, "real": 1764124867000}}
)  # fmt: skip


class Hub:
    """The other end: notes what pages say and speaks when told to."""

    def __init__(self, bench: Bench) -> None:
        self.sockets: list[WebSocketRoute] = []
        self.heard: list[dict[str, Any]] = []
        self.greet: Callable[[WebSocketRoute], None] = lambda socket: None
        self.meet: Callable[[WebSocketRoute], None] = lambda socket: None
        self.renewed = 0
        self.halls = 0
        self.held: list[Route] | None = None
        bench.page.route_web_socket("**/ws/m/x/**", self._meet)
        bench.page.route(f"{HOST}/renew/**", self._renew)
        bench.page.route(f"{HOST}/hall/", self._hall)

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The frames of a kind that pages have said."""
        return [frame for frame in self.heard if frame["t"] == kind]

    def seen(self) -> list[str]:
        """What has been reported as seen, in order."""
        return [name for frame in self.of("here") for name in frame.get("seen", [])]

    def _renew(self, route: Route) -> None:
        self.renewed += 1
        route.fulfill(json={"ticket": "second"})

    def _hall(self, route: Route) -> None:
        self.halls += 1
        if self.held is not None:
            return self.held.append(route)
        return route.fulfill(body=f"hall {self.halls}", content_type="text/html")

    def _meet(self, socket: WebSocketRoute) -> None:
        self.sockets.append(socket)
        socket.on_message(lambda text: self._hear(socket, json.loads(text)))
        self.meet(socket)

    def _hear(self, socket: WebSocketRoute, frame: dict[str, Any]) -> None:
        self.heard.append(frame)
        if frame["t"] == "hello":
            self.greet(socket)


def until(page: Page, holds: Callable[[], bool], within: int = 5_000) -> None:
    """Wait until something holds, letting the page go on meanwhile."""
    for _look in range(within // 50):
        if holds():
            return
        page.wait_for_timeout(50)
    assert holds()


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
    expect(page.locator("as-of")).to_have_text(re.compile(r"^08:30:\d\d$"), timeout=3_000)
    assert hub.heard[0]["t"] == "hello"
    assert (hub.heard[0]["after"], hub.heard[0]["epoch"]) == (40, "e")
    page.wait_for_timeout(2_100)
    assert {"t": "got", "n": 42} in hub.heard


def test_a_farewell_brings_the_page_back_from_where_it_was(bench: Bench) -> None:
    """At the time it was told, with the newest ticket it was sent, asking nobody for one and only for what it has not seen."""
    hub = Hub(bench)
    hub.greet = lambda socket: socket.send(parts(42 if len(hub.sockets) == 1 else 45, f"visit {len(hub.sockets)}"))
    page = bench.open(BODY, "live.js")
    expect(page.locator("live-part[name=now]")).to_have_text("visit 1")
    hub.sockets[0].send(json.dumps({"t": "ticket", "ticket": "newer"}))
    hub.sockets[0].send(json.dumps({"t": "bye", "in": 1500}))
    page.wait_for_timeout(1_000)
    assert len(hub.sockets) == 1
    expect(page.locator("live-part[name=now]")).to_have_text("visit 2")
    assert "ticket=newer" in hub.sockets[1].url
    assert hub.renewed == 0
    assert [frame["after"] for frame in hub.of("hello")] == [40, 42]
    assert len({frame["client"] for frame in hub.of("hello")}) == 1


def test_a_ticket_that_has_expired_is_exchanged(bench: Bench) -> None:
    """Closed with 4001, the page asks for another one and comes back with it."""
    hub = Hub(bench)
    page = bench.open(BODY, "live.js")
    until(page, lambda: len(hub.sockets) == 1)
    hub.sockets[0].close(code=4001)
    until(page, lambda: len(hub.sockets) == 2)
    assert "ticket=second" in hub.sockets[1].url


def test_what_a_poke_may_have_brought_is_fetched_after_every_return(bench: Bench) -> None:
    """While the line was cut pokes were lost: the fragments are fetched again."""
    hub = Hub(bench)
    hub.greet = lambda socket: socket.send(BEAT)
    page = bench.open(BODY, "live.js")
    expect(page.locator("live-part[name=hall]")).to_have_text("hall 1")
    hub.sockets[0].close(code=1011)
    expect(page.locator("live-part[name=hall]")).to_have_text("hall 2")


def test_pokes_that_come_thick_and_fast_become_two_fetches(bench: Bench) -> None:
    """One is under way, one waits behind it and brings all that has changed meanwhile."""
    hub = Hub(bench)
    hub.greet = lambda socket: socket.send(BEAT)
    page = bench.open(BODY, "live.js")
    expect(page.locator("live-part[name=hall]")).to_have_text("hall 1")
    hub.held = []
    for _poke in range(20):
        hub.sockets[0].send(json.dumps({"t": "poke", "what": ["hall"]}))
        page.wait_for_timeout(25)
    assert len(hub.held) == 1
    first, hub.held = hub.held[0], None
    first.fulfill(body="overtaken", content_type="text/html")
    expect(page.locator("live-part[name=hall]")).to_have_text("hall 3")
    page.wait_for_timeout(600)
    assert hub.halls == 3


def test_a_page_whose_script_was_lost_loads_anew(bench: Bench) -> None:
    """One of the scripts did not arrive: the page comes to life by itself (and says so where it cannot: test_boot.py)."""
    hub = Hub(bench)
    bench.losing = ["seen.js"]
    page = bench.open(BODY, "live.js")
    until(page, lambda: bool(hub.of("hello")), within=8_000)
    expect(page.locator("[data-when-stale]")).to_be_hidden()


def test_a_page_is_not_taken_away_from_under_a_typing_hand(bench: Bench) -> None:
    """Closed with 4003 the page loads anew; while something is half filled in it says so first, and waits."""
    hub = Hub(bench)
    page = bench.open(BODY + "<textarea></textarea>", "live.js")
    until(page, lambda: bool(hub.of("hello")))
    page.locator("textarea").fill("half a sentence")
    hub.sockets[0].close(code=4003)
    expect(page.locator("#toasts")).to_contain_text("Loaded anew")
    page.wait_for_timeout(2_000)
    assert page.input_value("textarea") == "half a sentence"
    page.locator("textarea").fill("")
    page.locator("textarea").blur()
    until(page, lambda: len(hub.sockets) == 2)


CONSOLE = BODY.replace("<live-feed ", '<live-feed data-prompt data-renew="/renew/?screen=console&site=15" ')
ORDER = '<p data-seen="site_command:12">Recess</p><div class="far" hidden><p data-seen="site_command:13">Later</p></div>'


def test_a_console_answers_each_beat_and_says_once_what_was_seen(bench: Bench) -> None:
    """The beat's own real time comes back at once; what stood before the eyes for a second is named once, the rest is not."""
    hub = Hub(bench)
    hub.greet = lambda socket: socket.send(BEAT)
    page = bench.open(CONSOLE + ORDER, "live.js")
    until(page, lambda: {"t": "here", "echo": 1764124867000} in hub.heard)
    assert not any("seen" in frame for frame in hub.heard)
    until(page, lambda: hub.seen() == ["site_command:12"])
    hub.sockets[0].send(parts(42, "new"))
    until(page, lambda: {"t": "got", "n": 42} in hub.heard, within=600)
    page.evaluate("document.querySelector('.far').hidden = false")
    until(page, lambda: hub.seen() == ["site_command:12", "site_command:13"])
    hub.sockets[0].send(BEAT)
    page.wait_for_timeout(500)
    assert len(hub.seen()) == 2


def test_what_was_seen_is_said_again_when_the_line_breaks_behind_it(bench: Bench) -> None:
    """Nobody has confirmed it: the frame may have died with its line, or with the server before it was written down."""
    hub = Hub(bench)
    hub.greet = lambda socket: socket.send(BEAT)
    page = bench.open(CONSOLE + ORDER, "live.js")
    until(page, lambda: hub.seen() == ["site_command:12"])
    hub.sockets[0].close(code=1012)
    until(page, lambda: hub.seen() == ["site_command:12", "site_command:12"])
    assert len(hub.sockets) == 2


def test_a_storm_of_frames_does_not_make_a_page_a_flood(bench: Bench) -> None:
    """Forty frames in two seconds are acknowledged twice a second, the last time with the newest number."""
    hub = Hub(bench)
    page = bench.open(CONSOLE, "live.js")
    until(page, lambda: bool(hub.of("hello")))
    began = time.monotonic()
    for number in range(41, 81):
        hub.sockets[0].send(parts(number, str(number)))
        page.wait_for_timeout(50)
    until(page, lambda: {"t": "got", "n": 80} in hub.heard)
    assert len(hub.of("got")) <= 2 * (time.monotonic() - began) + 2


def test_an_older_answer_does_not_put_the_page_back(bench: Bench) -> None:
    """A part at 44 stays when something at 43 arrives after it."""
    hub = Hub(bench)
    page = bench.open(BODY, "live.js")
    until(page, lambda: bool(hub.of("hello")))
    hub.sockets[0].send(parts(44, "newer"))
    hub.sockets[0].send(parts(43, "older"))
    page.wait_for_timeout(300)
    assert page.inner_text("live-part[name=now]") == "newer"


def test_a_console_without_a_socket_stands_for_its_bridge_point_by_http(bench: Bench) -> None:
    """Sockets do not pass: the parts come by HTTP, it says so itself what it has got and seen, and goes on trying."""
    posted: list[dict[str, list[str]]] = []

    def here(route: Route) -> None:
        posted.append(parse_qs(route.request.post_data or ""))
        route.fulfill(status=204)

    page = bench.page
    bench.page.route(f"{HOST}/twin/?**", lambda route: route.fulfill(json=json.loads(parts(50, "by http"))))
    bench.page.route(f"{HOST}/twin/here/", here)
    hub = Hub(bench)
    hub.meet = lambda socket: socket.close(code=1006)
    bench.open(CONSOLE + ORDER, "live.js")
    expect(page.locator("live-part[name=now]")).to_have_text("by http", timeout=15_000)
    until(page, lambda: any("seen" in one for one in posted), within=10_000)
    assert (posted[-1]["site"], posted[-1]["got"]) == (["15"], ["50"])
    assert [name for one in posted for name in one.get("seen", [])] == ["site_command:12"]
    assert len(hub.sockets) >= 2


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
