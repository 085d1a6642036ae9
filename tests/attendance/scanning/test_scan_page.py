"""The page of a device at a door in a real browser: camera, hand scanner, without a line, killed, revoked, on plain http."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect, sync_playwright

from tests.browser import ARGUMENTS, PHONE, TABLET, kill, own_profile
from tests.cameras import film, looking_at
from tests.client import Client
from tests.displays import open_displays
from tests.service import Service
from tests.stories.test_accessibility import AXE, RULES

pytestmark = pytest.mark.browser
SLUG = "vptw-2025"
ISSUE = """
import json
from attendance.badges.actions import issue_badges
from attendance.badges.queries import codes, valid
from attendance.models import Credential
from meetings.models import Meeting
from meetings.procedure import OFFICE_ABILITIES, Actor
from people.models import User
meeting = Meeting.objects.get(slug="vptw-2025")
by = Actor(user=User(username="Văn phòng"), abilities=OFFICE_ABILITIES["secretariat"])
issue_badges(meeting, by=by, everyone=True)
short = dict(Credential.objects.filter(meeting=meeting).values_list("participant_id", "short_code"))
made = codes(valid(meeting))
print(json.dumps({one.name: [made[one.pk], short[one.pk]] for one in meeting.participants.all() if one.pk in made}))
"""
SCANS = """SELECT coalesce(p.name, ''), verdict, reason, was_offline, was_revoked FROM attendance_scan s
LEFT JOIN meetings_participant p ON p.id = s.participant_id WHERE scanner_id = ? ORDER BY s.id"""
THERE = """SELECT p.name FROM attendance_presence a JOIN meetings_participant p ON p.id = a.participant_id
JOIN meetings_meeting m ON m.id = a.meeting_id WHERE a.state = 'present' AND m.slug = ?"""


@dataclass
class Desk:
    """The service, who opens devices, and the badges: name → (code, short code)."""

    service: Service
    secretary: Client
    badges: dict[str, list[str]]

    def device(self, name: str, *, kiosk: bool = False) -> tuple[int, str]:
        """Open a device at Lào Cai; return its key and its address."""
        page = self.secretary.get(f"/m/{SLUG}/doors/")
        site = re.search(r'<option value="(\d+)"[^>]*>Tỉnh ủy Lào Cai<', page)
        assert site
        said = {"bridge_point": site[1], "name": name} | ({"is_kiosk": "on"} if kiosk else {})
        answer = self.secretary.do(SLUG, "scanner.open", **said)
        found = re.search(r'href="(/s/[^"]+)"', self.secretary.get(answer["address"]))
        assert found
        return int(answer["address"].rstrip("/").rpartition("/")[2]), self.service.url + found[1]

    def recorded(self, device: int) -> tuple[list[tuple[Any, ...]], set[str]]:
        """Return the scans of a device in the ledger, and who is present once they are sealed: within two seconds."""
        time.sleep(2)
        with contextlib.closing(sqlite3.connect(Path(self.service.env["DIEMCAU_DATA"]) / "diemcau.sqlite3")) as db:
            return list(db.execute(SCANS, [device])), {name for (name,) in db.execute(THERE, [SLUG])}


@pytest.fixture(scope="module")
def desk(service: Service) -> Desk:
    """The demonstration before its conference: everybody has a badge."""
    badges = json.loads(service.manage("shell", "-v", "0", "-c", ISSUE).strip().splitlines()[-1])
    return Desk(service, Client(service.url, "secretary", service.demo["accounts"]["secretary"]), badges)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
    yield opened
    opened.close()


def opened(context: BrowserContext | Browser, address: str, size: tuple[int, int] = PHONE, language: str = "vi") -> Page:
    """Open a device's page and wait until it can read."""
    if isinstance(context, Browser):
        context = context.new_context(viewport={"width": size[0], "height": size[1]})
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".scan[data-ready]")
    return page


def read(page: Page, digits: str) -> None:
    """Hold a badge under the hand scanner: digits, very fast, then Enter, wherever the focus is."""
    page.keyboard.type(digits)
    page.keyboard.press("Enter")


def says(page: Page, title: str, name: str = "") -> None:
    expect(page.locator(".answer[role=alert] h2")).to_have_text(title)
    expect(page.locator(".answer[role=alert] [data-who]")).to_have_text(name)


def sent(page: Page) -> None:
    expect(page.locator(".scan")).to_have_attribute("data-waiting", "0", timeout=15_000)


def test_a_badge_on_paper_is_read_by_the_camera_and_counts_on_every_screen(
    desk: Desk, playwright: Playwright, browser: Browser, tmp_path: Path
) -> None:
    name = "Đại biểu 15-01"
    walls = open_displays(desk.secretary, SLUG, ("count",))
    desk.secretary.do(SLUG, "displays.steer", displays=walls["count"][0], mode="count")
    wall = browser.new_page()
    wall.goto(desk.service.url + walls["count"][1])
    before = int(wall.locator(".heading .num").inner_text().partition("/")[0])
    _pk, address = desk.device("Điện thoại có camera")
    looks = [*ARGUMENTS, *looking_at(film(desk.badges[name][0], tmp_path / "badge.y4m"))]
    seeing = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=looks)
    page = opened(seeing, address)
    page.get_by_role("button", name="Quét", exact=True).click()
    says(page, "Mời vào", name)
    expect(wall.locator(".heading .num")).to_have_text(
        re.compile(rf"^{before + 1}/"), timeout=4_000
    )  # a second, and a busy machine
    assert page.locator(".scan").get_attribute("data-camera") == "true"
    page.wait_for_timeout(1_000)  # the badge still lies there: it is not read again
    says(page, "Mời vào", name)
    seeing.close()
    wall.close()
    assert "1 máy" in desk.secretary.get(f"/m/{SLUG}/control/")


def test_a_hand_scanner_is_heard_wherever_the_focus_is_and_leaves_nothing_in_a_field(desk: Desk, browser: Browser) -> None:
    device, address = desk.device("Máy tính có đầu đọc")
    page = opened(browser, address, TABLET)
    read(page, desk.badges["Đại biểu 15-02"][0])
    says(page, "Mời vào", "Đại biểu 15-02")
    page.get_by_role("button", name="Tìm tên").click()
    page.locator("#a-name").press_sequentially("dai bieu", delay=60)
    read(page, desk.badges["Đại biểu 15-02"][0])
    says(page, "Đã ở trong", "Đại biểu 15-02")
    assert page.locator("#a-name").input_value() == "dai bieu"
    page.get_by_role("button", name="Nhập mã").focus()  # the scanner's Enter presses no button
    read(page, desk.badges["Đại biểu 42-01"][0])
    says(page, "Điểm cầu khác", "Đại biểu 42-01")
    assert page.locator("dialog[open]").count() == 0
    inside = page.locator("[data-present]").inner_text()
    page.get_by_role("button", name="Cho vào và chuyển về đây").click()
    says(page, "Mời vào", "Đại biểu 42-01")
    expect(page.locator("[data-present]")).to_have_text(str(int(inside) + 1))
    page.get_by_role("button", name="Hoàn tác").click()
    says(page, "Đã hoàn tác", "Đại biểu 42-01")
    expect(page.locator("[data-present]")).to_have_text(inside)
    page.locator(".view").click()
    read(page, "12345")  # a reading that broke off is told, and kept nowhere
    expect(page.locator(".answer[role=alert] .why")).to_have_text("Mã ngắn không đúng.")
    page.get_by_role("button", name="Nhập mã").click()
    page.locator("#short-code").press_sequentially(desk.badges["Đại biểu 15-03"][1], delay=60)
    page.keyboard.press("Enter")
    says(page, "Mời vào", "Đại biểu 15-03")
    read(page, "9" * 201)
    says(page, "Không cho vào")
    read(page, "9" * 45)  # the barcode of something else
    says(page, "Không cho vào")
    page.get_by_role("button", name="Tìm tên").click()
    page.locator("#a-name").press_sequentially("bieu 15-04", delay=60)
    page.get_by_role("button", name=re.compile("Đại biểu 15-04")).click()
    says(page, "Mời vào", "Đại biểu 15-04")
    page.get_by_role("radio", name="Ra", exact=True).check()
    read(page, desk.badges["Đại biểu 15-04"][0])
    says(page, "Đã ra", "Đại biểu 15-04")
    sent(page)
    expect(page.locator("[data-notice=broken]")).to_be_hidden()
    scans, there = desk.recorded(device)
    assert [(name, verdict, reason) for name, verdict, reason, *_ in scans] == [
        ("Đại biểu 15-02", "admitted", ""),
        ("Đại biểu 15-02", "refused", "inside"),
        ("Đại biểu 42-01", "refused", "other_place"),
        ("Đại biểu 42-01", "moved", ""),
        ("Đại biểu 42-01", "undone", ""),
        ("Đại biểu 15-03", "admitted", ""),
        ("", "refused", "forged"),
        ("", "refused", "forged"),
        ("Đại biểu 15-04", "admitted", ""),
        ("Đại biểu 15-04", "out", ""),
    ]
    assert {"Đại biểu 15-02", "Đại biểu 15-03"} <= there
    assert {"Đại biểu 42-01", "Đại biểu 15-04"} & there == set()
    page.context.close()


def test_what_is_read_without_a_line_outlives_a_killed_browser_and_counts_once(
    desk: Desk, playwright: Playwright, tmp_path: Path
) -> None:
    device, address = desk.device("Máy ở xa")
    names = [f"Đại biểu 15-0{n}" for n in (5, 6, 7)]
    context = own_profile(playwright, tmp_path / "p")
    page = opened(context, address)
    page.wait_for_selector(".scan[data-kept]")
    context.set_offline(True)
    for name in names:
        read(page, desk.badges[name][0])
        says(page, "Mời vào", name)
    read(page, desk.badges[names[0]][0])
    says(page, "Đã ở trong", names[0])
    expect(page.locator("[data-notice=line]")).to_contain_text("Vẫn quét được")
    expect(page.locator(".scan")).to_have_attribute("data-waiting", "4")
    kill(context, tmp_path / "p")

    context = own_profile(playwright, tmp_path / "p")
    context.set_offline(True)
    page = opened(context, address)  # the page itself opens without a line
    expect(page.locator(".scan")).to_have_attribute("data-waiting", "4")
    read(page, desk.badges[names[1]][0])
    says(page, "Đã ở trong", names[1])  # it knows what it had told before it was killed
    expect(page.locator(".scan")).to_have_attribute("data-waiting", "5")
    second = opened(context, address)  # two tabs of one device: what waits is sent once
    context.set_offline(False)
    sent(page)
    sent(second)
    context.close()
    scans, there = desk.recorded(device)
    assert [(name, verdict, offline) for name, verdict, _reason, offline, _revoked in scans] == [
        *((name, "admitted", True) for name in names),
        (names[0], "refused", True),
        (names[1], "refused", True),
    ]
    assert set(names) <= there


def test_a_lost_answer_is_asked_for_again_and_nobody_waits_for_it(desk: Desk, browser: Browser) -> None:
    """The server takes the scan, its answer is lost, or a net's own page comes instead: the device answers by itself within a
    second, the same scan counts once."""
    device, address = desk.device("Máy mạng yếu")
    page = opened(browser, address)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort() if len(lost) == 1 else route.fulfill(status=200, content_type="text/html", body="<h1>Wi-Fi</h1>")
        else:
            route.continue_()

    page.route("**/scans/", lose)
    read(page, desk.badges["Đại biểu 15-08"][0])
    expect(page.locator(".answer[role=alert] h2")).to_have_text("Mời vào", timeout=1_500)
    sent(page)
    assert lost == [200, 200]
    scans, there = desk.recorded(device)
    assert [(name, verdict) for name, verdict, *_ in scans] == [("Đại biểu 15-08", "admitted")]
    assert "Đại biểu 15-08" in there
    page.context.close()


def test_a_revoked_device_hands_in_what_it_had_read_forgets_the_list_and_stops(desk: Desk, browser: Browser) -> None:
    device, address = desk.device("Máy bị mất")
    page = opened(browser, address)
    page.context.set_offline(True)
    read(page, desk.badges["Đại biểu 15-09"][0])
    says(page, "Mời vào", "Đại biểu 15-09")
    desk.secretary.do(SLUG, "scanner.revoke", scanner=device)
    page.wait_for_timeout(600)
    page.context.set_offline(False)
    expect(page.locator(".ended")).to_contain_text("thu hồi")
    sent(page)
    expect(page.locator(".answer[role=alert], .thumb, .when")).to_have_count(3)
    assert not page.locator(".answer[role=alert]:visible, .thumb:visible, .when:visible").count()  # nothing green, no keys
    kept = """() => new Promise((done) => { const open = indexedDB.open("diemcau-scan", 1); open.onsuccess = () => {
      const all = open.result.transaction(["kept", "said", "queue"]).objectStore("kept").getAllKeys();
      all.onsuccess = () => done(all.result); }; })"""
    assert [key for key in page.evaluate(kept) if key.startswith("list")] == []
    read(page, desk.badges["Đại biểu 15-10"][0])
    page.wait_for_timeout(300)
    scans, there = desk.recorded(device)
    assert [(name, verdict, revoked) for name, verdict, _r, _o, revoked in scans] == [("Đại biểu 15-09", "admitted", True)]
    assert "Đại biểu 15-09" not in there  # a person settles it
    page.context.close()


def test_plain_http_says_why_the_camera_is_off_and_goes_on_by_hand(desk: Desk, browser: Browser) -> None:
    device, address = desk.device("Máy không https")
    path = address.removeprefix(desk.service.url)
    context = browser.new_context(viewport={"width": 390, "height": 844})
    # The same service under a name that is not the machine itself: such an origin is not secure.
    context.route("http://van-phong.test/**", lambda route: route.fulfill(response=route.fetch(url=_here(route, desk))))
    page = opened(context, f"http://van-phong.test{path}")
    assert page.evaluate("window.isSecureContext") is False
    notice = page.locator("[data-notice=plain]")
    expect(notice).to_contain_text("https")
    notice.locator("summary").click()
    expect(notice).to_contain_text("http://van-phong.test")
    page.get_by_role("button", name="Quét", exact=True).click()
    assert page.locator(".scan").get_attribute("data-camera") == "false"
    read(page, desk.badges["Đại biểu 15-10"][0])
    says(page, "Mời vào", "Đại biểu 15-10")
    sent(page)
    assert [name for name, *_ in desk.recorded(device)[0]] == ["Đại biểu 15-10"]
    context.unroute_all(behavior="ignoreErrors")
    context.close()


def _here(route: Route, desk: Desk) -> str:
    return route.request.url.replace("http://van-phong.test", desk.service.url)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing_on_the_page_of_a_device(desk: Desk, browser: Browser, language: str) -> None:
    _pk, address = desk.device(f"Máy {language}", kiosk=language == "en")
    page = opened(browser, address, PHONE, language)
    page.evaluate(AXE.read_text())
    for step in ("ready", "in", "elsewhere", "code", *(["list"] if language == "vi" else []), "set up"):
        match step:
            case "in":
                read(page, desk.badges["Đại biểu 15-01" if language == "vi" else "Đại biểu 15-02"][0])
            case "elsewhere":
                read(page, desk.badges["Đại biểu 42-02"][0])
                says(page, "Điểm cầu khác" if language == "vi" else "Other bridge point", "Đại biểu 42-02")
                decides = page.locator("[data-remedy]:visible, [data-undo]:visible, [data-open=list]:visible").count()
                assert decides == (2 if language == "vi" else 0)  # a kiosk decides nothing
            case "code" | "list":
                page.keyboard.press("Escape")
                page.locator(f"[data-open={step}]").click()
            case "set up":
                page.keyboard.press("Escape")
                page.locator("button[data-settings]").click()
        found = page.evaluate(f"axe.run(document, {{{RULES}}})")["violations"]
        assert [(step, one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        small = """[...document.querySelectorAll("button, a, select, summary, .ways label")]
          .filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect())
          .filter(({ width, height }) => width < 43.9 || height < 43.9).length"""
        assert page.evaluate(small) == 0, step
    page.context.close()


def test_after_all_of_it_the_journal_folds_to_the_tables(desk: Desk) -> None:
    assert desk.service.manage("check_journal", SLUG).startswith("ok ")
