"""The next conference is prepared from the last one, in a real browser: from the clone to the calendar of those who come."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from people.provinces import PROVINCES
from tests.browser import PHONE, People, people
from tests.service import Service

pytestmark = pytest.mark.browser
LAST = "vptw-2025"
TITLE = "Hội nghị toàn quốc công tác văn phòng tỉnh ủy, thành ủy năm 2027"
COLUMNS = ("Họ và tên", "Chức vụ", "Đơn vị", "Điểm cầu", "Vai trò", "Thư điện tử")
OWN = "mat-khau-rieng-cua-toi-27"  # what the focal point chooses at the first sign-in
ANSWERS = 20_000  # ms: what is done in the background beside a busy test run


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for everybody."""
    with people(service.url, service.demo["accounts"]) as opened:
        yield opened


def go_ahead(page: Page) -> None:
    """Answer the question a page asks before it goes on."""
    page.locator("dialog[open] button[value=yes]").click()


def command(page: Page, name: str, *, then: str = "loads", which: str = "") -> None:
    """Press the button of a command and answer its question; then the page loads anew, or (`stays`) shows what is new itself."""
    form = page.locator(f'form[data-command="{name}"]{which}').first
    asks = form.get_attribute("data-confirm")
    button = form.locator("button:not([type=button])").first

    def press() -> None:
        with page.expect_response(lambda answer: f"/do/{name}/" in answer.url) as answered:
            button.click()
            if asks:
                go_ahead(page)
        assert answered.value.status == 200, answered.value.text()

    page.wait_for_timeout(1000)  # a person sees what a button does before pressing it
    if then == "stays":
        return press()
    with page.expect_navigation(wait_until="load"):
        press()
    return None


def sheet(rows: list[tuple[str, ...]]) -> bytes:
    """A list as an office keeps it: a title over the headings."""
    book = openpyxl.Workbook()
    book.active.append(["DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ"])
    for row in (COLUMNS, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def delegates(total: int) -> list[tuple[str, ...]]:
    """Delegates of all provinces in turn; four of Lào Cai have a mail address."""
    rows = []
    for n in range(total):
        _code, province, committee = PROVINCES[n % len(PROVINCES)]
        address = f"nguoi-{n}@laocai.example.vn" if province == "Lào Cai" and n < 4 * len(PROVINCES) else ""
        rows.append((f"Đại biểu mới {n + 1:03}", "Ủy viên", committee, province, "Đại biểu", address))
    return rows


def upload(page: Page, rows: list[tuple[str, ...]]) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "dai-bieu.xlsx", "mimeType": "application/octet-stream", "buffer": sheet(rows)}
    )
    page.locator("form[enctype] button").click()


def test_the_next_conference_is_prepared_from_the_last_one(service: Service, guests: People, tmp_path: Path) -> None:
    """Cloned, filled from a sheet, registered by a province, released twice, invited, answered, read by a calendar."""
    secretary = guests.sign_in("secretary")
    meeting = clone(service, secretary)
    import_delegates(secretary, meeting)
    focal = let_lao_cai_register(guests, secretary, meeting, tmp_path)
    release_twice(secretary, focal, meeting)
    links = invite(secretary, meeting)
    answer(guests, secretary, meeting, links)
    read_the_calendar(secretary, meeting)
    assert guests.complaints == []


def clone(service: Service, page: Page) -> str:
    """Take the last conference of the series as the pattern of the next; return its address."""
    day = (datetime.now() + timedelta(days=40)).strftime("%d/%m/%Y")
    page.goto(f"{service.url}/m/new/")
    page.locator("#from").select_option(LAST)
    page.locator("#first-day").fill(day)
    page.locator("form.begin button:not([type=button])").click()
    form = page.locator('form[data-command="meeting.clone"]')
    form.locator("[name=title]").fill(TITLE)
    assert form.locator("[name=starts_1]").input_value().startswith(day), "the sitting moved along"
    form.locator("button.primary").click()
    page.wait_for_url(re.compile(r"/m/hoi-nghi-[^/]+/$"))
    meeting = page.url
    page.goto(f"{meeting}compare/")
    page.locator("main nav a", has_text="Chương trình").click()
    expect(page.locator("main")).to_contain_text("Kết luận Hội nghị")
    page.goto(f"{meeting}bridge-points/")
    expect(page.locator("main")).to_contain_text("Tỉnh ủy Lào Cai")
    return meeting


def import_delegates(page: Page, meeting: str) -> None:
    """350 people with three mistakes: nothing comes in until they are mended, then everybody at once."""
    page.goto(f"{meeting}participants/")
    before = int(page.locator("#count").inner_text())
    rows = delegates(350)
    wrong = list(rows)
    wrong[9] = ("", *rows[9][1:])
    wrong[99] = (*rows[99][:3], "Atlantis", *rows[99][4:])
    wrong[199] = (*rows[199][:4], "Thuyền trưởng", rows[199][5])
    page.locator("nav.tabs a[href*='/import/participants/'], a[href*='/import/participants/']").first.click()
    upload(page, wrong)
    page.locator("a[href$='verdict=error']").click()
    expect(page.locator("tr[data-verdict=error]")).to_have_count(3)
    remarks = " ".join(page.locator("tr[data-verdict=error] .cell").all_inner_texts())
    assert re.findall(r"\b[A-F]\d+\b", remarks), f"each error names its cell: {remarks}"
    assert page.locator('form[data-command="participants.import"]').count() == 0, "nothing is half imported"
    page.locator("a[href$='/import/participants/']").first.click()
    upload(page, rows)
    expect(page.locator("tr[data-verdict=error]")).to_have_count(0)
    command(page, "participants.import")
    page.goto(f"{meeting}participants/")
    expect(page.locator("#count")).to_have_text(str(before + 350))


def let_lao_cai_register(guests: People, page: Page, meeting: str, folder: Path) -> Page:
    """The provinces are asked; the focal point of Lào Cai, signed in by its slip, registers ten and sends a substitute."""
    page.goto(f"{meeting}registration/ask/")
    terms = page.locator('form[data-command="terms.set"]')
    terms.locator("[name=deadline]").fill((datetime.now() + timedelta(days=20)).strftime("%d/%m/%Y 17:00"))
    command(page, "terms.set")
    page.goto(f"{meeting}registration/")  # the units of the last conference are asked again
    expect(page.locator("main")).to_contain_text("Tỉnh ủy Lào Cai")

    sign_in_by_slip(guests, page, meeting, folder)
    focal = guests.sign_in("focal-15")
    focal.goto(f"{meeting}my-unit/")
    focal.locator("a[href$='/new/']").first.click()
    many = focal.locator('form[data-command="registrations.add"]')
    many.locator("[name=text]").fill("\n".join(f"Đại biểu Lào Cai {n:02}\tChuyên viên" for n in range(1, 10)))
    command(focal, "registrations.add")
    focal.goto(f"{meeting}my-unit/")
    focal.locator("a[href$='/new/']").first.click()
    one = focal.locator('form[data-command="registration.add"]')
    one.locator("[name=name]").fill("Đại biểu Lào Cai 10")
    one.locator("[name=position]").fill("Chuyên viên")
    command(focal, "registration.add")
    focal.goto(f"{meeting}my-unit/")
    command(focal, "registrations.send")

    page.goto(f"{meeting}registration/")
    page.locator("a", has_text="Lào Cai").first.click()
    unit = page.url
    command(page, "registrations.approve")
    expect(page.locator("main")).to_contain_text("Đại biểu Lào Cai 10")

    focal.goto(f"{meeting}my-unit/")
    focal.locator("a[href*='kind=substitute']").first.click()
    form = focal.locator('form[data-command="registration.add"]')
    form.locator("[name=name]").fill("Người dự thay Lào Cai")
    command(focal, "registration.add")
    focal.goto(f"{meeting}my-unit/")
    command(focal, "registrations.send")
    page.goto(unit)
    command(page, "registrations.approve")
    page.goto(f"{meeting}participants/?q=nguoi+du+thay")
    expect(page.locator("#people")).to_contain_text("Người dự thay Lào Cai")
    return focal


def sign_in_by_slip(guests: People, page: Page, meeting: str, folder: Path) -> None:
    """Print the slips of all who lack an account; that of Cao Bằng opens its page, after a password of its own."""
    page.goto(f"{meeting}accounts/")
    with page.expect_download() as downloading:
        page.locator("[data-slips]").first.click()
        download = page.locator("a[download]")
        if download.count():
            download.first.click()
    file = folder / "slips.pdf"
    downloading.value.save_as(file)
    document = pypdfium2.PdfDocument(file)
    text = "\n".join(one.get_textpage().get_text_range() for one in document)
    found = re.search(r"\b(daumoi-04)\b.*?\b([a-z2-9]{4}(?:-[a-z2-9]{4}){3})\b", text, re.S)
    assert found, text[:2000]
    guests.accounts[found[1]] = found[2]
    focal = guests.sign_in(found[1])
    expect(focal).to_have_url(re.compile("/password/"))
    for name, word in (("old_password", found[2]), ("new_password1", OWN), ("new_password2", OWN)):
        focal.locator(f"[name={name}]").fill(word)
    focal.locator("main form button").click()
    focal.wait_for_url(lambda url: "/password/" not in url)
    focal.goto(f"{meeting}my-unit/")
    expect(focal.locator("h1")).to_contain_text("Cao Bằng")
    focal.context.close()


def release_twice(page: Page, focal: Page, meeting: str) -> None:
    """Release, move an item and make another longer, see what changed, release again; a participant sees it too."""
    page.goto(f"{meeting}programme/")
    command(page, "programme.release")
    third = page.locator("tr[data-item]").nth(2)
    third.locator("[data-change]").click()
    page.locator("#edit-form [name=minutes]").fill("30")
    command(page, "item.edit", then="stays")
    page.wait_for_timeout(1000)
    with page.expect_response(lambda done: "/do/item.move/" in done.url):
        third.locator("[data-way=down]").click()
    expect(page.locator("tr[data-item]").nth(3)).to_contain_text("30")
    command(page, "programme.release")
    page.goto(f"{meeting}programme/releases/?from=1&to=2")
    expect(page.locator("main")).to_contain_text("+10")
    focal.goto(f"{meeting}programme/")
    expect(focal.locator("main")).to_contain_text("Kết luận Hội nghị")


def invite(page: Page, meeting: str) -> list[str]:
    """Write the letter, issue it under a number, send the mails; return the links that stand in the outbox."""
    root = meeting.split("/m/", maxsplit=1)[0]
    page.goto(f"{root}/registers/")
    register = page.locator('form[data-command="register.open"]')
    register.locator("[name=organisation]").select_option(label="Văn phòng Trung ương Đảng")
    register.locator("[name=paper_type]").select_option("GM")
    register.locator("[name=period]").fill("2025–2030")
    register.locator("[name=since]").fill("01/01/2026")
    register.locator("[name=symbol]").fill("VPTW")
    command(page, "register.open")
    page.goto(f"{meeting}invitations/text/")
    page.locator("[name=signer]").fill("Đại biểu TW-01")
    command(page, "invitation_text.edit")
    page.goto(f"{meeting}invitations/")
    command(page, "invitations.issue")
    expect(page.locator("main")).to_contain_text("01-GM/VPTW")
    command(page, "invitations.send")
    links: list[str] = []
    for _look in range(20):
        page.goto(f"{root}/outbox/?q=laocai.example.vn")
        letters = page.locator("main table a[href*='/outbox/']").evaluate_all("(all) => all.map((one) => one.href)")
        if len(set(letters)) >= 3:
            break
        page.wait_for_timeout(1000)
    for letter in sorted(set(letters))[:3]:
        page.goto(letter)
        links += re.findall(r"https?://\S+/r/\S+?/(?=\s|$)", page.locator("main").inner_text())
    assert len(links) == 3, letters
    return links


def answer(guests: People, page: Page, meeting: str, links: list[str]) -> None:
    """Two come, one sends a substitute: on a telephone, without an account."""
    for number, link in enumerate(links):
        phone = guests.context(PHONE).new_page()
        phone.goto(link)
        if number < 2:
            phone.locator("form:has(input[value=accepted]) button").click()
            expect(phone.locator("[aria-pressed=true]")).to_be_visible()
        else:
            phone.locator("details:has(input[value=substituted]) > summary").click()
            phone.locator("[name=substitute_name]").fill("Người được cử")
            phone.locator("form:has(input[value=substituted]) button").click()
            expect(phone.locator("main")).to_contain_text("Người được cử")
        phone.context.close()
    page.goto(f"{meeting}invitations/?state=accepted")
    expect(page.locator("main table").last.locator("tbody tr")).to_have_count(2)


def read_the_calendar(page: Page, meeting: str) -> None:
    """The feed of the meeting, as a calendar program reads it."""
    page.goto(f"{meeting}calendar/")
    command(page, "calendar.renew")
    url = page.locator("main [value$='.ics']").first.input_value()
    calendar = icalendar.Calendar.from_ical(page.request.get(url).text())
    assert [str(one["SUMMARY"]) for one in calendar.walk("VEVENT")] == [TITLE]
    assert [str(one["TZID"]) for one in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
