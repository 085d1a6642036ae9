"""A closed item in the browser: a display, an observer and a console that is not named go out at once, and come in again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, HALL, PHONE, People, people
from tests.client import Client
from tests.service import Service

pytestmark = pytest.mark.browser
SLUG = "vptw-2025"
AT_ONCE = 4_000  # ms; two seconds for the change and two for the browser on a busy machine


@pytest.fixture(scope="module")
def everybody(service: Service) -> Iterator[People]:
    """A browser for those who look."""
    with people(service.url, service.demo["accounts"]) as opened:
        yield opened
        assert opened.complaints == []


def test_who_is_out_goes_out_and_comes_in_again(service: Service, everybody: People) -> None:
    secretary = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    assert secretary.do(SLUG, "meeting.open")["state"] == "done"
    items = re.findall(rf"/m/{SLUG}/course/(\d+)/closed/", secretary.get(f"/m/{SLUG}/course/"))
    assert secretary.do(SLUG, "item.open", item=items[0])["state"] == "done"
    wall = everybody.context(HALL).new_page()
    wall.goto(service.demo["display_url"])
    observer, console = everybody.sign_in("observer", PHONE), everybody.sign_in("operator-15", DESK)
    observer.goto(f"{service.url}/m/{SLUG}/delegate/")
    console.goto(f"{service.url}/m/{SLUG}/console/")
    titles = [(wall, ".wall .item .text"), (observer, "#now-title"), (console, "#now-title")]
    for page, _where in titles:
        expect(page.locator("main, .top").first).to_be_visible()
    before = [page.locator(where).first.inner_text() for page, where in titles]
    assert "Họp kín" not in "".join(before)

    assert secretary.do(SLUG, "item.restrict", item=items[0], reason="Nội dung mật")["state"] == "done"
    for page, where in ((wall, ".wall h1:visible"), *titles[1:]):
        expect(page.locator(where).first).to_have_text("Họp kín", timeout=AT_ONCE)
    title = before[1].replace("\xa0", " ")
    for page in (wall, observer, console):
        assert title not in page.content().replace("\xa0", " ")
    expect(observer.locator("[data-floor-open]")).to_have_count(0)

    assert secretary.do(SLUG, "item.unrestrict", item=items[0])["state"] == "done"
    for (page, where), words in zip(titles, before, strict=True):
        expect(page.locator(where).first).to_have_text(words, timeout=AT_ONCE)
