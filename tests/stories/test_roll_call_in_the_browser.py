"""A roll call of 34 bridge points from the chair's desk: one pass, each press taken, in far less than two minutes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE, People, patient, people
from tests.service import Service
from tests.stories.test_accessibility import AXE

pytestmark = pytest.mark.browser
SLUG = "vptw-2025"
TWO_MINUTES = 120.0
# Taps once more on the same spot, sooner than anybody reads a name: the page's own timer is not held up by a busy machine.
TAP_AGAIN = "button => button.addEventListener('click', () => setTimeout(() => button.click(), 50), {once: true})"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}"


@pytest.fixture(scope="module")
def opened(service: Service) -> Iterator[People]:
    with people(service.url, service.demo["accounts"]) as found:
        yield found
        assert found.complaints == []


def at(opened: People, who: str, room: str, size: tuple[int, int] = DESK) -> Page:
    page = opened.sign_in(who, size)
    page.goto(f"{opened.url}/m/{SLUG}/{room}/")
    page.wait_for_load_state("networkidle")
    return page


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run(document, {RULES})")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def test_34_bridge_points_are_called_in_one_pass(opened: People) -> None:
    console = at(opened, "operator-15", "console", PHONE)
    control, chair = at(opened, "secretary", "control"), at(opened, "chair", "chair")
    chair.click("[data-toggle=roll-call]")
    begun = time.monotonic()
    chair.click("form[data-command='roll_call.open'] button")
    with patient(10_000):
        expect(console.locator("#main")).to_be_visible()
        answer = console.locator("form[data-command='roll_call.answer'] button")
        expect(answer).to_be_visible()
        console.wait_for_timeout(800)  # what has just appeared under a finger is not pressed
        answer.click()
        expect(answer).to_be_hidden()
        whom = chair.locator("p[data-whom]")
        expect(chair.locator("[data-point]")).to_have_count(33)  # Lào Cai has answered at its console and need not be called
        here, silent = (chair.locator(f"[data-call] form:has([value={state}]) button") for state in ("here", "silent"))
        called: list[str] = []
        for turn in range(33):
            expect(whom).not_to_have_text(called[-1] if called else "")
            called.append(whom.inner_text())
            chair.wait_for_timeout(310)  # as fast as a name can be read
            if turn % 3 == 0:
                chair.keyboard.press("0" if turn == 30 else "Enter")
            else:
                (silent if turn == 31 else here).click(no_wait_after=True)
        expect(chair.locator("[data-call]")).to_be_hidden()
        expect(chair.locator("[data-calling]")).to_contain_text("34/34")
    assert len(set(called)) == 33
    assert "Lào Cai" not in called
    assert violations(chair) == []
    chair.click("form[data-command='roll_call.close'] button")
    with patient(10_000):
        expect(chair.locator(".called")).to_contain_text("32/34")
        for name in (called[30], called[31]):
            expect(chair.locator(".called")).to_contain_text(name)
        expect(control.locator("[data-shows='roll-call']")).to_have_text("32/34")
    assert time.monotonic() - begun < TWO_MINUTES


def test_a_second_tap_on_the_same_spot_notes_nobody_who_has_not_been_read_out(opened: People) -> None:
    chair = at(opened, "chair", "chair")
    chair.click("[data-toggle=roll-call]")
    chair.click("form[data-command='roll_call.open'] button")
    whom = chair.locator("p[data-whom]")
    with patient(10_000):
        expect(whom).not_to_have_text("")
        first = whom.inner_text()
        here = chair.locator("[data-call] form:has([value=here]) button")
        here.evaluate(TAP_AGAIN)
        here.click()
        expect(whom).not_to_have_text(first)
        expect(chair.locator("[data-calling] header")).to_contain_text("1/34")
        chair.wait_for_timeout(1_000)
        expect(chair.locator("[data-calling] header")).to_contain_text("1/34")
        chair.locator("form[data-command='roll_call.close'] button").click()
        chair.locator("dialog[open] button.primary, dialog[open] [value=yes]").first.click()
        expect(chair.locator(".called")).to_contain_text("1/34")


def test_a_roll_call_ended_early_leaves_nothing_to_the_next_one(opened: People) -> None:
    chair = at(opened, "chair", "chair")
    chair.click("[data-toggle=roll-call]")
    begin, whom = chair.locator("form[data-command='roll_call.open'] button"), chair.locator("p[data-whom]")
    begin.click()
    with patient(10_000):
        expect(whom).not_to_have_text("")
        first = whom.inner_text()
        chair.locator("[data-call] form:has([value=here]) button").click()
        expect(chair.locator("[data-calling] header")).to_contain_text("1/34")  # the second one stands there now
        chair.wait_for_timeout(1_000)  # what has just moved under a finger is not pressed
        chair.locator("form[data-command='roll_call.close'] button").click()
        chair.locator("dialog[open] button.primary, dialog[open] [value=yes]").first.click()
        expect(chair.locator(".called")).to_contain_text("1/34")
        chair.wait_for_timeout(1_000)
        begin.click()
        expect(chair.locator("[data-calling] header")).to_contain_text("0/34")
        expect(whom).to_have_text(first)
        chair.wait_for_timeout(1_000)
        chair.locator("[data-call] form:has([value=here]) button").click()
        expect(chair.locator("[data-calling] header")).to_contain_text("1/34")
        expect(chair.locator("[data-calling] details li")).to_contain_text(first)
