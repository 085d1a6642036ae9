"""A technician goes through the list on a phone whose line breaks; the board and the control room follow, an incident too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, PHONE, patient, people
from tests.service import Service

pytestmark = pytest.mark.browser
M = "/m/vptw-2025"
AIMED = 1200  # ms: what has just come under the finger is not pressed (static/js/slips.js)


def test_a_check_on_the_phone_turns_the_board_and_an_incident_the_tile(service: Service) -> None:
    with people(service.url, service.demo["accounts"]) as everybody, patient(15_000):
        phone, desk = everybody.sign_in("operator-15", PHONE), everybody.sign_in("secretary", DESK)
        phone.goto(f"{service.url}{M}/console/")
        phone.locator(".equipment .checked a").click()
        phone.get_by_role("button", name="Bắt đầu lần kiểm tra mới").click()
        phone.locator("#wrong-sound summary").click()
        phone.locator("#wrong-sound-note").fill("Loa bên trái rè")
        phone.wait_for_timeout(AIMED)
        phone.locator("#wrong-sound").get_by_role("button").click()
        expect(phone.locator("#point-sound .chip.bad")).to_be_visible()

        phone.wait_for_timeout(AIMED)
        phone.context.set_offline(True)  # the hall has thick walls
        phone.locator("#point-power").get_by_role("button", name="Tốt").click()
        expect(phone.locator("#point-power .kept")).to_be_visible()
        phone.context.set_offline(False)
        expect(phone.locator("#point-power .chip.ok")).to_be_visible()

        phone.wait_for_timeout(AIMED)
        phone.get_by_role("button", name="Các mục còn lại đều tốt").click()
        phone.locator("dialog[open] .primary").click()
        expect(phone.locator(".point.marked")).to_have_count(10)
        phone.locator("#sign-note").fill("Dùng loa dự phòng")
        phone.wait_for_timeout(AIMED)
        phone.get_by_role("button", name="Xác nhận").click()
        expect(phone.locator("#run-2")).to_be_visible()

        desk.goto(f"{service.url}{M}/readiness/")
        first = desk.locator(".readiness .tile").first
        expect(first).to_contain_text("Lào Cai")
        expect(first).to_contain_text("Loa bên trái rè")

        desk.goto(f"{service.url}{M}/control/")
        expect(desk.locator("live-part[name=readiness]")).to_contain_text("34/35")
        phone.goto(f"{service.url}{M}/console/")
        phone.wait_for_timeout(AIMED)
        phone.get_by_role("button", name="Mất tiếng").click()
        expect(desk.locator(".troubles .tile.bad")).to_contain_text("Mất tiếng")
        expect(phone.locator(".incident.open")).to_contain_text("Mất tiếng")
        desk.locator("#key-outages").click()
        desk.wait_for_timeout(AIMED)
        desk.locator(".incident.open").get_by_role("button", name="Đóng").click()
        expect(desk.locator(".troubles .tile.bad")).to_have_count(0)
        expect(phone.locator(".incident.open")).to_have_count(0)
        assert [said for said in everybody.complaints if "ERR_INTERNET_DISCONNECTED" not in said] == []
