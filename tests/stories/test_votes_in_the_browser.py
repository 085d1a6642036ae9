"""Votes as people see them: a named one with a count from a hall, a secret one with its receipt; on a wall and in the minutes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, HALL, PHONE, TABLET, People, patient, people
from tests.client import Client
from tests.service import Service
from tests.stories.test_roll_call_in_the_browser import violations

pytestmark = pytest.mark.browser
SLUG = "vptw-2025"
REPORT, PLACE = "Thông qua dự thảo Báo cáo?", "Chọn nơi họp"
WITHIN = 15_000
LOST = "ERR_FAILED"  # what the browser says of a line that the test has cut
SEEN = 700  # ms: what has just appeared under a finger is not pressed
WORDS: dict[str, Any] = {"occasion": "room", "majority": "half", "base": "cast", "least_choices": 1, "most_choices": 1}


@pytest.fixture(scope="module")
def opened(service: Service) -> Iterator[People]:
    with people(service.url, service.demo["accounts"]) as found, patient(WITHIN):
        yield found
        assert [one for one in found.complaints if LOST not in one] == []


@pytest.fixture(scope="module")
def secretary(service: Service) -> Client:
    """The secretary without a browser; the meeting is in session, the people of Lào Cai are there, two votes are prepared."""
    client = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    entries = json.loads(client.get(f"/m/{SLUG}/journal/?after=0"))["entries"]
    lists = [entry["payload"]["participants"] for entry in entries if entry["kind"] == "participants.added"]
    here = [row["id"] for rows in lists for row in rows if row["name"].startswith("Đại biểu 15-")]
    steps = [
        client.do(SLUG, "meeting.open"),
        client.do(SLUG, "presence.mark", participants=here, state="present"),
        client.do(SLUG, "poll.add", question=REPORT, kind="motion", **WORDS),
        client.do(SLUG, "poll.add", question=PLACE, kind="choice", is_secret="on", options="Huế\nLào Cai", **WORDS),
    ]
    assert [step["state"] for step in steps] == ["done"] * 4, steps
    return client


def at(opened: People, who: str, room: str, size: tuple[int, int] = DESK) -> Page:
    page = opened.sign_in(who, size)
    page.goto(f"{opened.url}/m/{SLUG}/{room}/")
    expect(page.locator("live-feed")).to_be_attached()
    return page


def wall(opened: People, service: Service) -> Page:
    page = opened.context(HALL).new_page()
    page.goto(service.demo["display_url"])
    return page


def press(page: Page, command: str, of: str = "") -> None:
    """Press the button of a command; `of`: the one beside these words."""
    beside = f'li:has-text("{of}") ' if of else ""
    button = page.locator(f"{beside}form[data-command='{command}'] button:visible").first
    expect(button).to_be_enabled()
    page.wait_for_timeout(SEEN)
    button.click()


def vote(page: Page, words: str) -> None:
    page.locator("my-votes .pick").filter(has_text=re.compile(f"^{words}$")).click()
    page.wait_for_timeout(SEEN)
    page.locator("my-votes form[data-ballot] button").first.click()


def open_next(secretary: Client, question: str) -> str:
    """Put a third question to the vote at once; return its key."""
    assert secretary.do(SLUG, "poll.add", question=question, kind="motion", **WORDS)["state"] == "done"
    key = re.search(r'name="poll" value="(\d+)"', secretary.get(f"/m/{SLUG}/polls/3/"))
    assert key
    assert secretary.do(SLUG, "poll.open", poll=key[1], version=1)["state"] == "done"
    return key[1]


def test_a_named_vote_with_a_hall_reaches_the_wall_and_the_minutes(opened: People, service: Service, secretary: Client) -> None:
    chair, delegate = at(opened, "chair", "chair", TABLET), at(opened, "delegate", "delegate", PHONE)
    console, shown = at(opened, "operator-15", "console", TABLET), wall(opened, service)
    press(chair, "poll.open", of=REPORT)
    expect(shown.locator("main")).to_have_attribute("data-shows", "poll")
    vote(delegate, "Tán thành")
    expect(delegate.locator("my-votes .status")).to_have_class(re.compile("ok"))
    expect(shown.locator(".polled b")).to_have_text("1")
    for option, votes in (("votes-1", "20"), ("votes-2", "1"), ("votes-3", "1")):
        console.fill(f"#{option}", votes)
    expect(console.locator("[data-sum]")).to_have_class(re.compile("error"))  # more than can be there is told before it is sent
    for version, votes in enumerate(("2", "3"), start=1):  # counted once more, and corrected
        console.fill("#votes-1", votes)
        expect(console.locator("[data-sum]")).not_to_have_class(re.compile("error"))
        press(console, "hall_tally.enter")
        expect(console.locator(".hall-tally input[name=version]")).to_have_value(str(version))
        expect(console.locator("#votes-1")).to_be_hidden()  # it has been sent; to correct it one opens the form again
        console.locator(".enter-tally summary").click()
    press(chair, "hall_tally.accept")
    expect(console.locator(".hall-tally .chip.ok")).to_be_visible()
    press(chair, "poll.close")
    press(chair, "poll.declare")
    expect(shown.locator(".polled-result .for dd.num").first).to_have_text("4")
    expect(shown.locator(".polled-result h1")).to_have_text("Được thông qua")
    expect(delegate.locator(".vote .verdict")).to_contain_text("Được thông qua")
    assert [violations(page) for page in (chair, delegate, console, shown)] == [[], [], [], []]
    minutes = secretary.get(f"/m/{SLUG}/minutes/")
    assert "04/06 phiếu đã biểu quyết tán thành (66,7%)" in minutes
    assert "trong đó 05 phiếu kiểm tại 01 hội trường" in minutes


def test_a_ballot_that_waits_for_its_line_outlives_its_page_and_counts_once(opened: People, secretary: Client) -> None:
    poll = open_next(secretary, "Kéo dài hội nghị thêm 10 phút?")
    delegate = at(opened, "delegate", "delegate", PHONE)
    expect(delegate.locator("my-votes .pick")).to_have_count(3)
    delegate.route("**/ballot/", lambda route: route.abort())
    vote(delegate, "Tán thành")
    expect(delegate.locator("my-votes [data-status]")).to_contain_text("lưu trên thiết bị này")
    context, url = delegate.context, delegate.url
    delegate.close()
    again = context.new_page()
    again.goto(url)
    expect(again.locator("my-votes [data-status]")).to_contain_text("Đã nhận phiếu")
    assert again.evaluate("localStorage.getItem('ballots-waiting')") is None
    assert secretary.do(SLUG, "poll.close", poll=poll)["state"] == "done"
    assert secretary.do(SLUG, "poll.declare", poll=poll)["state"] == "done"
    assert re.search(r"Tán thành\D+\b1\b", re.sub(r"<[^>]*>", " ", secretary.get(f"/m/{SLUG}/polls/3/")))


def test_a_secret_ballot_is_found_again_by_its_receipt(opened: People, secretary: Client) -> None:
    chair, delegate = at(opened, "chair", "chair", TABLET), at(opened, "delegate", "delegate", PHONE)
    press(chair, "poll.open", of=PLACE)
    expect(delegate.locator("my-votes .pick").first).to_be_visible()
    assert violations(delegate) == []
    vote(delegate, "Huế")
    code = delegate.locator("my-votes .receipt [data-code]")
    expect(code).to_have_text(re.compile(r"^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$"))
    press(chair, "poll.close")
    press(chair, "poll.declare")
    expect(code).to_be_visible()  # it stays until its voter has put it away
    chair.goto(f"{opened.url}/m/{SLUG}/polls/1/")
    assert violations(chair) == []
    box = secretary.get(f"/m/{SLUG}/polls/2/box/")
    assert code.inner_text() in box
    assert "Huế" in box
