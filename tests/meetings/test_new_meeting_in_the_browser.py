"""A new meeting in a real browser: rows of sittings, moments as they are typed, one meeting for two presses."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, people
from tests.service import Service

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_meeting_of_two_sittings_is_made_from_the_last_one(service: Service, language: str) -> None:
    with people(service.url, service.demo["accounts"]) as guests:
        page = guests.sign_in("secretary", DESK, language)
        page.goto(f"{service.url}/m/new/?from=vptw-2025&first_day=25/11/2026")
        expect(page.locator("[name=starts_1]")).to_have_value("25/11/2026 08:30")
        expect(page.locator(".sitting")).to_have_count(1)
        page.locator("[data-add]").click()
        page.keyboard.type("26-11-2026 8h")
        second = page.locator(".sitting").nth(1)
        expect(second.locator("[name^=starts_]")).to_be_focused()
        second.locator("[name^=ends_]").fill("11h30")
        second.locator("[name^=title_]").fill("Phiên hai")
        expect(second.locator("[name^=starts_]")).to_have_value("26/11/2026 08:00")
        expect(second.locator("[name^=ends_]")).to_have_value("11:30")
        page.locator("[data-add]").click()
        page.locator(".sitting").nth(2).locator("[data-remove]").click()
        expect(page.locator(".sitting")).to_have_count(2)
        page.locator("[name=title]").fill(f"Kỳ họp {language}")
        second.locator("[name^=ends_]").fill("7h")
        page.locator("main button.primary").click()
        expect(second.locator("[aria-invalid=true]")).to_have_value("07:00")
        second.locator("[name^=ends_]").fill("12h")
        page.wait_for_timeout(1500)  # a press right after the page has moved is taken for a slip
        page.locator("main button.primary").dblclick()
        page.wait_for_url(re.compile(rf"/m/ky-hop-{language}/$"))
        expect(page.locator(".facts")).to_contain_text("08:00–12:00, 26/11/2026")
        page.goto(f"{service.url}/")
        expect(page.get_by_role("link", name=f"Kỳ họp {language}", exact=True)).to_have_count(1)
        assert [line for line in guests.complaints if "400" not in line] == []
