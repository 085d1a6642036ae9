"""A page that exists only in the browser: our scripts over HTML of a test's own, no service behind it."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser import ARGUMENTS

ROOT = Path(__file__).resolve().parents[2] / "static"
HOST = "http://localhost:9"  # never asked: every address is answered here; localhost counts as a secure origin
FRAME = """<!doctype html>
<html lang="en" data-now="2025-11-26T08:30:00+07:00" data-rate="1" data-may="run_programme"
  data-account="{owner}" data-meeting="x">
<head><meta name="csrf-token" content="token"><script defer src="/static/js/boot.js"></script>
<script type="module" src="/static/js/app.js"></script>{scripts}</head>
<body>{body}<p id="incomplete" hidden>Did not arrive</p>
<div id="toasts"></div>
<template id="toast"><div class="toast"><p></p><button type="button">Hide</button></div></template>
<template id="outbox"><section class="toast"><p data-title></p><p data-signed-out hidden>Sign in</p><ul></ul>
<template><li><b data-what></b> <i data-at></i> <b data-state-word></b> <i data-why></i>
<button type="button">Hide</button></li></template>
</section></template>
<template id="words"><b data-word="waiting">Sending</b><b data-word="retrying">Again</b><b data-word="done">Done</b>
<b data-word="done-what">{{what}}: done</b><b data-word="waits-already">Waits already</b><b data-word="changed">Has changed</b>
<b data-word="outbox-title">Waiting to be sent ({{n}})</b><b data-word="outbox-sent">Sent</b><b data-word="too-old">Too old</b>
<b data-word="outbox-waiting">waiting</b><b data-word="outbox-done">done</b><b data-word="outbox-refused">refused</b>
<b data-word="invalid">See the fields</b><b data-word="failed">Failed</b><b data-word="reloading">Loaded anew</b>
<b data-word="signed-out">Sign in</b></template>
</body></html>"""


@dataclass
class Bench:
    """Opens a page with a body and scripts; notes what was posted."""

    page: Page
    posted: list[dict[str, str]] = field(default_factory=list)
    answers: list[Callable[[Route], None]] = field(default_factory=list)
    owner: str = "17"
    losing: list[str] = field(default_factory=list)  # scripts that get lost on their way, once
    always: tuple[str, ...] = ()  # scripts of every page of this test
    policy: str = ""  # what the page may load, as the service says it

    def open(self, body: str, *scripts: str, wait: bool = True) -> Page:
        """Show HTML with these scripts of static/js beside app.js, and wait until they are there."""
        tags = "".join(f'<script type="module" src="/static/js/{name}"></script>' for name in (*self.always, *scripts))
        html = FRAME.format(body=body, scripts=tags, owner=self.owner)
        headers = {"Content-Type": "text/html; charset=utf-8"} | ({"Content-Security-Policy": self.policy} if self.policy else {})
        self.page.route(f"{HOST}/", lambda route: route.fulfill(body=html, headers=headers))
        self.page.route(f"{HOST}/static/**", self._serve)
        self.page.route(f"{HOST}/do/**", self._take)
        self.page.goto(f"{HOST}/")
        if wait:
            self.page.wait_for_function("customElements.get('run-timer') !== undefined")
        return self.page

    def answer(self, status: int, body: str) -> None:
        """Answer the next command so."""
        self.answers.append(lambda route: route.fulfill(status=status, body=body, content_type="application/json"))

    def lose(self) -> None:
        """Let the next command get lost on its way."""
        self.answers.append(lambda route: route.abort())

    def _serve(self, route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name not in self.losing:
            return _serve(route)
        self.losing.remove(name)
        return route.abort()

    def _take(self, route: Route) -> None:
        sent = route.request.post_data or ""
        parts = [part.split("\r\n\r\n", 1) for part in sent.split("--") if 'name="' in part]
        self.posted.append({head.split('name="')[1].split('"')[0]: value.strip() for head, value in parts})
        give = self.answers.pop(0) if self.answers else None
        if give:
            give(route)
        else:
            route.fulfill(status=200, body='{"state": "done", "number": 7}', content_type="application/json")


def _serve(route: Route) -> None:
    path = ROOT / route.request.url.removeprefix(f"{HOST}/static/")
    kind = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path.name)[0]
    route.fulfill(body=path.read_bytes(), content_type=kind or "application/octet-stream")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def bench(chromium: Browser) -> Iterator[Bench]:
    """A bench with a fresh profile, whose page must not complain."""
    context = chromium.new_context(locale="en-US")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield Bench(page)
    context.close()
    assert wrong == []
