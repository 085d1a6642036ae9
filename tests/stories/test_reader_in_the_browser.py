"""The reader on tablet, phone and desk: contents, search, bookmarks, keys; nothing goes elsewhere, whatever a file holds."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser import DESK, PHONE, TABLET, People, people
from tests.client import Client
from tests.service import Service
from tests.stories.reader_papers import HOSTILE
from tests.stories.test_accessibility import M, _violations

pytestmark = pytest.mark.browser
PORTRAIT = (768, 1024)
FROM = "from tests.stories.reader_papers import"


@pytest.fixture(scope="module")
def papers(service: Service) -> dict[str, int]:
    """Numbers of the papers that lie there, before anybody looks; `key` is the row of the first."""
    said = service.manage("shell", "-c", f"{FROM} lay, lay_hostile; lay('vptw-2025'); lay_hostile('vptw-2025')")
    found: dict[str, int] = {}
    for line in said.splitlines():
        if line.startswith("{"):
            found |= json.loads(line)
    return found


@pytest.fixture(scope="module")
def readers(service: Service) -> Iterator[People]:
    with people(service.url, service.demo["accounts"]) as opened:
        yield opened
        assert opened.complaints == []


@pytest.fixture(scope="module")
def signed_in(readers: People, papers: dict[str, int]) -> dict[str, str]:
    """What the delegate's browser keeps of being signed in."""
    page = readers.sign_in("delegate", TABLET)
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    page.context.close()
    return cookies


def context(readers: People, signed_in: dict[str, str], size: tuple[int, int], language: str = "vi") -> BrowserContext:
    made = readers.context(size, language)
    made.add_cookies([{"name": "sessionid", "value": signed_in["sessionid"], "url": readers.url}])
    return made


def read(opened: BrowserContext, url: str, number: int, query: str = "") -> Page:
    page = opened.new_page()
    page.goto(f"{url}{M}/papers/{number}/{query}")
    expect(page.locator(".leaf[data-drawn] canvas").first).to_be_visible(timeout=20_000)
    return page


@pytest.fixture
def tablet(readers: People, signed_in: dict[str, str], papers: dict[str, int]) -> Iterator[Page]:
    opened = context(readers, signed_in, TABLET)
    yield read(opened, readers.url, papers["read"])
    opened.close()


def page_of(page: Page) -> str:
    return page.locator("#goto").input_value()


def test_a_delegate_finds_a_place_marks_it_and_goes_on_there(tablet: Page) -> None:
    tablet.locator("[data-do=contents]").click()
    tablet.locator("[data-contents] [data-go='11']").click()
    expect(tablet.locator("#goto")).to_have_value("11")
    expect(tablet.locator("#side")).to_be_hidden()  # on a tablet it lay over the pages
    tablet.locator("[data-do=find]").click()
    tablet.keyboard.type("DAI BIEU doc")
    expect(tablet.locator("[data-hit]")).to_have_count(40)
    tablet.locator("[data-hit='30']").click()
    expect(tablet.locator("mark.here")).to_have_text("Đại biểu đọc")
    expect(tablet.locator("mark.here")).to_be_in_viewport()
    expect(tablet.locator("#goto")).to_have_value("31")
    expect(tablet.locator("[data-found-count]")).to_contain_text("31")
    tablet.locator("[data-do=hit-after]").click()
    expect(tablet.locator("#goto")).to_have_value("32")
    expect(tablet.locator(".leaf[data-page='32'] mark.here")).to_have_text("Đại biểu đọc")
    tablet.locator("[data-do=unfind]").click()
    expect(tablet.locator(".leaf mark")).to_have_count(0)
    tablet.locator("[data-do=mark]").click()
    expect(tablet.locator("[data-do=mark]")).to_have_attribute("aria-pressed", "true")
    tablet.reload()
    expect(tablet.locator(".leaf[data-drawn]").first).to_be_visible()
    tablet.locator(".tools details > summary").click()
    tablet.locator("[data-do=marks]").click()
    expect(tablet.locator("[data-mark-words]")).to_have_value("Phần 32")
    tablet.locator("[data-marks] [data-go='32']").click()
    expect(tablet.locator("#goto")).to_have_value("32")


def test_a_place_on_a_page_that_is_a_picture_is_gone_to_and_said(
    readers: People, signed_in: dict[str, str], papers: dict[str, int]
) -> None:
    opened = context(readers, signed_in, TABLET)
    page = read(opened, readers.url, papers["scan"])
    page.locator("[data-do=find]").click()
    page.keyboard.type("danh sach")
    page.locator("[data-hit='0']").click()
    expect(page.locator("#goto")).to_have_value("3")
    expect(page.locator(".leaf[data-page='3'] .pictured")).to_be_in_viewport()
    page.locator("[data-do=unfind]").click()
    expect(page.locator(".pictured")).to_have_count(0)
    opened.close()


def test_size_and_two_pages_keep_the_place_and_the_mark_is_part_of_the_page(tablet: Page) -> None:
    tablet.locator("#goto").fill("20")
    tablet.locator("#goto").press("Enter")
    wide = tablet.locator(".leaf[data-page='20']").bounding_box()["width"]
    for _ in range(3):
        tablet.locator(".pager [data-do=larger]").click()
    assert tablet.locator(".leaf[data-page='20']").bounding_box()["width"] > wide * 1.3
    expect(tablet.locator("#goto")).to_have_value("20")
    tablet.locator("[data-size]").select_option("page")
    expect(tablet.locator("#goto")).to_have_value("20")
    box = tablet.locator(".leaf[data-page='20']").bounding_box()
    assert box["height"] <= tablet.locator("[data-stage]").bounding_box()["height"]
    tablet.locator(".tools details > summary").click()
    tablet.locator("[data-do=spread]").click()
    left, right = (tablet.locator(f".leaf[data-page='{n}']").bounding_box() for n in (19, 20))
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]
    expect(tablet.locator(".leaf[data-page='20'][data-drawn] .words")).to_contain_text("Đại biểu đọc")
    assert "Đại biểu 15" not in tablet.locator(".leaf[data-page='20'] .words").inner_text()  # nobody wants to hear that aloud
    ink = (
        "c => {const d = c.getContext('2d').getImageData(0, c.height * 0.6, c.width, 200).data; let n = 0;"
        "for (let i = 0; i < d.length; i += 4) if (d[i] < 240) n += 1; return n}"
    )
    assert tablet.locator(".leaf[data-page='20'] canvas").evaluate(ink) > 50, "nothing stands where the paper itself is empty"
    tablet.evaluate("localStorage.clear()")


def test_a_turned_tablet_goes_on_at_the_same_page(tablet: Page) -> None:
    tablet.locator("#goto").fill("17")
    tablet.locator("#goto").press("Enter")
    for size in (PORTRAIT, TABLET):
        tablet.set_viewport_size({"width": size[0], "height": size[1]})
        expect(tablet.locator("#goto")).to_have_value("17")
        expect(tablet.locator(".leaf[data-page='17'][data-drawn]")).to_be_in_viewport()
        leaf = tablet.locator(".leaf[data-page='17']").bounding_box()
        assert leaf["width"] <= size[0]


def test_two_thousand_pages_cost_as_much_as_a_few(readers: People, signed_in: dict[str, str], papers: dict[str, int]) -> None:
    opened = context(readers, signed_in, TABLET)
    page = read(opened, readers.url, papers["long"])
    for wanted in ("1500", "2000", "1", "777"):
        page.locator("#goto").fill(wanted)
        page.locator("#goto").press("Enter")
        expect(page.locator("#goto")).to_have_value(wanted)
        expect(page.locator(f".leaf[data-page='{wanted}'] .words")).to_contain_text(f"Trang số {wanted}")
        assert page.locator(".leaf canvas").count() <= 8
    for _ in range(30):
        page.mouse.move(500, 400)
        page.mouse.wheel(0, 3_000)
    page.wait_for_timeout(300)
    assert page.locator(".leaf canvas").count() <= 8
    asked = page.evaluate("performance.getEntriesByType('resource').filter(one => one.name.endsWith('.pdf')).length")
    assert asked < 40
    opened.close()


def test_everything_is_reached_by_keyboard(readers: People, signed_in: dict[str, str], papers: dict[str, int]) -> None:
    opened = context(readers, signed_in, DESK)
    page = read(opened, readers.url, papers["read"])
    expect(page.locator("[data-stage]")).to_be_focused()
    for key, at in (("End", "40"), ("ArrowLeft", "39"), ("Home", "1"), ("ArrowRight", "2"), ("n", "3"), ("p", "2")):
        page.keyboard.press(key)
        expect(page.locator("#goto")).to_have_value(at)
    page.keyboard.press("g")
    page.keyboard.type("999")
    page.keyboard.press("Enter")
    assert page.locator("#goto").evaluate("field => field.validity.customError")
    page.keyboard.press("Control+a")
    page.keyboard.type("25")
    page.keyboard.press("Enter")
    expect(page.locator("#goto")).to_have_value("25")
    page.keyboard.press("Control+f")
    page.keyboard.type("kien nghi")
    expect(page.locator("[data-hit]")).to_have_count(40)
    page.keyboard.press("Enter")
    expect(page.locator("#goto")).to_have_value("25")
    page.keyboard.press("Enter")
    expect(page.locator("#goto")).to_have_value("26")
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_be_hidden()
    page.locator("[data-do=contents]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-tab=contents]")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-tab=find]")).to_be_focused()
    opened.close()


@pytest.mark.parametrize(("size", "language"), [(TABLET, "vi"), (PORTRAIT, "en"), (PHONE, "vi"), (DESK, "en")])
def test_axe_finds_nothing(
    size: tuple[int, int], language: str, readers: People, signed_in: dict[str, str], papers: dict[str, int]
) -> None:
    opened = context(readers, signed_in, size, language)
    page = read(opened, readers.url, papers["read"])
    found = list(_violations(page, f"{language} {size}"))
    page.locator(".tools details > summary").click()
    page.locator("[data-do=dark]").click()
    page.locator("[data-do=find]").click()
    page.keyboard.type("dai bieu")
    expect(page.locator("[data-hit]").first).to_be_visible()
    found += _violations(page, f"{language} {size}, dark, searching")
    for button in page.locator(
        ".reader button:visible, .reader summary:visible, .reader select:visible, .reader a:visible"
    ).all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 43.5, button.evaluate("one => one.outerHTML.slice(0, 120)")
    opened.close()
    assert found == []


def test_nothing_goes_elsewhere_and_nothing_acts_whatever_a_file_holds(
    readers: People, signed_in: dict[str, str], papers: dict[str, int]
) -> None:
    opened = context(readers, signed_in, TABLET)
    caught: list[str] = []
    acted: list[str] = []

    def trap(route: Route) -> None:
        if route.request.url.startswith((readers.url, "data:")):
            return route.continue_()
        caught.append(route.request.url)
        return route.abort()

    opened.route("**/*", trap)
    opened.on("request", lambda request: request.url.startswith((readers.url, "data:")) or caught.append(request.url))
    opened.on("dialog", lambda dialog: (acted.append(dialog.message), dialog.dismiss()))
    for name in HOSTILE:
        page = opened.new_page()
        page.on("popup", lambda one: acted.append(one.url))
        page.on("download", lambda one: acted.append(one.url))
        page.goto(f"{readers.url}{M}/papers/{papers[name]}/")
        if name == "torn":
            expect(page.locator(".reader")).to_have_attribute("data-covered", "broken", timeout=20_000)
            expect(page.locator("[data-do=again]:visible")).to_have_count(1)
            page.close()
            continue
        expect(page.locator(".leaf[data-page='1'][data-drawn] .words")).to_be_attached(timeout=20_000)
        page.locator(".leaf[data-page='1']").click(position={"x": 200, "y": 200})
        page.locator("[data-stage]").focus()
        page.keyboard.press("End")
        expect(page.locator(".leaf[data-page='2'][data-drawn]")).to_be_visible()
        assert page.locator(".leaf :is(a, input, form, iframe, object, embed, video, audio, script, img)").count() == 0
        assert page.url == f"{readers.url}{M}/papers/{papers[name]}/"
        page.close()
    opened.close()
    assert (caught, acted) == ([], [])


def test_pages_that_were_not_seen_come_when_the_line_is_back(
    readers: People, signed_in: dict[str, str], papers: dict[str, int]
) -> None:
    opened = context(readers, signed_in, PHONE)
    page = read(opened, readers.url, papers["long"], "?page=1")
    opened.set_offline(True)
    page.locator("#goto").fill("1200")
    page.locator("#goto").press("Enter")
    expect(page.locator("[data-line]")).not_to_have_attribute("hidden", "", timeout=15_000)
    expect(page.locator(".leaf[data-page='1200']")).not_to_have_attribute("data-drawn", "")
    opened.set_offline(False)
    expect(page.locator(".leaf[data-page='1200'] .words")).to_contain_text("Trang số 1200", timeout=20_000)
    expect(page.locator("[data-line]")).to_be_hidden()
    opened.close()
    readers.complaints[:] = [said for said in readers.complaints if "ERR_INTERNET_DISCONNECTED" not in said]


def test_what_was_recalled_and_released_anew_without_a_line_is_opened_anew(tablet: Page, papers: dict[str, int]) -> None:
    told = {"number": papers["read"], "version": 1, "grants": ["f" * 12], "until": None}
    tablet.evaluate("document.querySelector('.reader').dataset.before = ''")
    tablet.route("**/standing/", lambda route: route.fulfill(json=told), times=1)
    tablet.evaluate("dispatchEvent(new Event('online'))")
    expect(tablet.locator(".reader")).not_to_have_attribute("data-before", "", timeout=10_000)
    expect(tablet.locator(".leaf[data-drawn] canvas").first).to_be_visible(timeout=20_000)


def test_a_recalled_paper_is_gone_from_the_browser_within_two_seconds(
    service: Service, readers: People, tablet: Page, papers: dict[str, int]
) -> None:
    tablet.locator("[data-do=find]").click()
    tablet.keyboard.type("dai bieu")
    expect(tablet.locator("[data-hit]").first).to_be_visible()
    tablet.wait_for_function("document.querySelector('live-feed') && !('stale' in document.documentElement.dataset)")
    tablet.wait_for_timeout(1_000)
    secretary = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    expect(tablet.locator(".which .chip")).to_be_visible()
    assert secretary.do("vptw-2025", "document.recall", documents=papers["key"])["state"] == "done"
    expect(tablet.locator(".reader")).to_have_attribute("data-covered", "recalled", timeout=2_000)
    expect(tablet.locator(".which .chip")).to_be_hidden()
    assert tablet.locator("main :is(canvas, .leaf, .words, [data-hit], [data-contents])").count() == 0
    assert "Công tác số hóa văn bản" not in tablet.content()
    answer = tablet.reload()
    assert answer.status == 404
    readers.complaints[:] = [said for said in readers.complaints if "404" not in said]
