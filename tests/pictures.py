"""The pictures of README and docs, taken anew from the demonstration: `make pictures`."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
from playwright.sync_api import Page

from tests import badge_pictures, folder_pictures, record_pictures, voting_pictures
from tests.browser import DESK, HALL, PHONE, TABLET, People, people
from tests.client import Client
from tests.service import Service, running_service

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SLUG = "vptw-2025"
M = f"/m/{SLUG}"
TROUBLE, SPEECH = "09:30:40", "09:38:00"  # Cà Mau has been lost for minutes; the third speech is over its time
WORDING = "11:50:40"  # the first conclusion has just been reworded on the displays
SPEED = 100_000  # the clock leaps: facts bear the times of the script, however busy the machine is
SETTLING = 18  # seconds until each console has answered a heartbeat of the ordinary clock, and the board shows it
MODES = ("item", "speaker", "announcement", "count", "welcome", "blank")
ANNOUNCEMENT = "Hội nghị tiếp tục làm việc sau 05 phút nữa. Kính mời các đồng chí ổn định chỗ ngồi."
SITE_COMMAND = "Tắt micro khi chưa được mời phát biểu. Đề nghị điểm cầu kiểm tra micro và xác nhận."
MISTAKEN = (
    ("Họ và tên", "Chức vụ", "Đơn vị", "Điểm cầu", "Vai trò"),
    ("Đại biểu 15-03", "Phó Chánh Văn phòng", "Văn phòng Tỉnh ủy Lào Cai", "Lào Cai", "Đại biểu"),
    ("Đại biểu 15-90", "Chuyên viên", "Văn phòng Tỉnh uỷ Lào Cai", "Lao Cai", "Đại biểu"),
    ("", "Trưởng phòng", "Văn phòng Tỉnh ủy Hà Tĩnh", "Hà Tĩnh", "Đại biểu"),
    ("Đại biểu 42-90", "Chuyên viên", "Văn phòng Tỉnh ủy Hà Tĩnh", "Hà Tỉnh", "Đại biểu"),
    ("Đại biểu 96-90", "Chuyên viên", "Văn phòng Tỉnh ủy Cà Mau", "Cà Mau", "Khách quý"),
)


def main(*wanted: str) -> None:
    """Play the conference and take every picture, or those of the parts named (PARTS)."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_service() as service, people(service.url, service.demo["accounts"]) as guests:
        for part in PARTS:
            if not wanted or part.__name__ in wanted:
                part(service, guests)


def preparing(service: Service, guests: People) -> None:
    """Before the day: what is missing, the list from a sheet, units, programme, invitations, an answer on a telephone."""
    load(service)
    pages = {
        "workspace": f"{M}/",
        "new-meeting": f"/m/new/?from={SLUG}&first_day=26/11/2027",
        "delegates": f"{M}/participants/",
        "bridge-points": f"{M}/bridge-points/",
        "readiness": f"{M}/readiness/",
        "registration": f"{M}/registration/",
        "invitations": f"{M}/invitations/",
        "directory": "/directory/",
        "outbox": "/outbox/",
    }
    for name, path in pages.items():
        take(guests, name, "secretary", path, DESK)
    take(guests, "my-unit", "focal-15", f"{M}/my-unit/", DESK)
    take(guests, "my-unit-phone", "focal-15", f"{M}/my-unit/", PHONE)
    board = client(service).get(f"{M}/readiness/")
    lao_cai = re.search(r'href="([^"]+/readiness/\d+/)">[^<]*Lào', board)
    assert lao_cai
    take(guests, "readiness-phone", "operator-15", lao_cai[1], PHONE)
    take_import(guests)
    change_the_programme(client(service))
    take(guests, "programme-builder", "secretary", f"{M}/programme/", DESK)
    take(guests, "programme-changes", "secretary", f"{M}/programme/releases/", DESK)
    page = guests.sign_in("secretary", DESK)
    _open(page, f"{guests.url}/outbox/")
    _open(page, page.locator("main table a[href*='/outbox/']").first.evaluate("(one) => one.href"))
    link = re.search(r"https?://\S+(/r/\S+?/)(?=\s|$)", page.locator("main").inner_text())
    assert link, "a letter of the outbox leads to its answer"
    take_public(guests, "reply", link[1], PHONE)
    _open(page, f"{guests.url}{M}/invitations/")
    paper = page.request.get(page.locator(f"tbody a.quiet[href*='{M}/invitations/']").first.evaluate("(one) => one.href"))
    first_page(paper.body(), "invitation")
    page.context.close()


def papers(service: Service, guests: People) -> None:
    """Papers on their way to the readers, before a reader at a table and on a telephone, and who has read them."""
    load(service)
    pages = {
        "papers": f"{M}/papers/",
        "paper-desk": f"{M}/papers/3/desk/",
        "paper-release": f"{M}/papers/7/release/",
        "papers-board": f"{M}/papers/reading/",
        "papers-paper-copies": f"{M}/papers/hand-outs/",
    }
    for name, path in pages.items():
        take(guests, name, "secretary", path, DESK)
    take(guests, "papers-tablet", "delegate", f"{M}/papers/", TABLET)
    take(guests, "papers-own", "delegate", f"{M}/papers/my-reading/", TABLET)
    take_read(guests, "paper-reader", f"{M}/papers/3/", TABLET, press="[data-do=contents]")
    take_read(guests, "paper-reader-phone", f"{M}/papers/6/", PHONE)
    page = guests.sign_in("delegate", TABLET)
    _open(page, f"{guests.url}{M}/papers/packet/")
    page.locator("section.job form button").click()
    page.locator("section.job[data-state=done]").wait_for(timeout=60_000)
    page.context.close()
    take_read(guests, "packet-reader", f"{M}/papers/packet/read/?page=2", TABLET)
    take_trace(guests)


def room(service: Service, guests: People) -> None:
    """The third speech runs over: every screen, and a display in each mode."""
    load(service)
    take(guests, "programme", "secretary", f"{M}/programme/", DESK)
    with played_until(service, SPEECH):
        take(guests, "control-room", "secretary", f"{M}/control/", HALL)
        take(guests, "attendance", "secretary", f"{M}/attendance/?sort=worst", DESK)
        take(guests, "attendance-report", "secretary", f"{M}/attendance/report/", DESK)
        take(guests, "chair", "chair", f"{M}/chair/", TABLET)
        take(guests, "delegate", "delegate", f"{M}/delegate/", PHONE)
        take(guests, "displays", "secretary", f"{M}/displays/", DESK)
        take(guests, "course", "secretary", f"{M}/course/", DESK)
        secretary = client(service)
        secretary.do(SLUG, "site_command.issue", kind="other", text=SITE_COMMAND)
        take(guests, "console", "operator-15", f"{M}/console/", DESK)
        display = service.demo["display_url"].removeprefix(service.url)
        take_public(guests, "display", display)
        for mode in MODES:
            show(secretary, mode)
            take_public(guests, f"display-{mode}", display)


def record(service: Service, guests: People) -> None:
    """Minutes, conclusions and papers: while the meeting concludes, and when it is over."""
    load(service)
    with played_until(service, WORDING):
        record_pictures.running(guests, take, SLUG)
        record_pictures.concluding(guests, take, take_public, SLUG, service.demo["display_url"].removeprefix(service.url))
    service.manage("play", SLUG, "--reset", "--speed", str(SPEED))
    record_pictures.afterwards(guests, take, SLUG, client(service))
    record_pictures.official(FOLDER / "official")


def trouble(service: Service, guests: People) -> None:
    """A line is lost, a site command half acknowledged, messages unread."""
    load(service)
    with played_until(service, TROUBLE):
        secretary = client(service)
        number = secretary.do(SLUG, "site_command.issue", kind="other", text=SITE_COMMAND)["number"]
        [issued] = facts(secretary, number - 1, "site_command.issued")
        sites = [site["id"] for fact in facts(secretary, 0, "bridge_points.added") for site in fact["bridge_points"]]
        for site in sites[: len(sites) // 2]:  # by telephone
            secretary.do(SLUG, "site_command.acknowledge", site_command=issued["site_command"], bridge_point=site)
        time.sleep(SETTLING)
        take(guests, "control-room-trouble", "secretary", f"{M}/control/", HALL)
        for panel in ("orders", "messages", "outages"):
            take(guests, f"control-room-{panel}", "secretary", f"{M}/control/", HALL, press=f"#key-{panel}")


def badges(service: Service, guests: People) -> None:
    """Who has a badge, and a sheet of four."""
    load(service)
    client(service).do(SLUG, "badges.issue", everyone="on")
    take(guests, "badges-page", "secretary", f"{M}/badges/", DESK)
    badge_pictures.sheet(FOLDER / "badges.png")


def folders(service: Service, guests: People) -> None:
    """Emergency folders: four pages on paper, the list, and a roll typed from paper."""
    load(service)
    folder_pictures.pages(FOLDER / "folder-paper.png")
    take(guests, "folders", "secretary", f"{M}/folder/", DESK)
    take(guests, "folder-entry", "operator-15", f"{M}/folder/?code=8", DESK)


def thousands(service: Service, guests: People) -> None:
    """3,321 communes under the provinces, a few hundred of them really connected, some lost, some slow."""
    load(service, "--communes")
    with played_until(service, SPEECH):
        client(service).do(SLUG, "site_command.issue", kind="other", text=SITE_COMMAND)
        time.sleep(SETTLING)
        take(guests, "control-room-3321", "secretary", f"{M}/control/", HALL)
        take(guests, "control-room-3321-desk", "secretary", f"{M}/control/", DESK)
        take(
            guests,
            "control-room-3321-group",
            "secretary",
            f"{M}/control/",
            HALL,
            press="details.group:has-text('Lào Cai') summary",
        )


def doors(service: Service, guests: People) -> None:
    """A badge has been read at a door, on a telephone."""
    load(service)
    secretary = client(service)
    secretary.do(SLUG, "badges.issue", everyone="on")
    site = re.search(r'<option value="(\d+)"[^>]*>Tỉnh ủy Lào Cai<', secretary.get(f"{M}/doors/"))
    assert site, "the page of doors offers the bridge points"
    made = secretary.do(SLUG, "scanner.open", bridge_point=site[1], name="Điện thoại của tổ đón tiếp")
    address = re.search(r'href="(/s/[^"]+)"', secretary.get(made["address"]))
    assert address, "the page of a device has its address"
    page = guests.context(PHONE).new_page()
    page.goto(guests.url + address[1])
    page.wait_for_selector(".scan[data-ready]")
    page.locator("[data-open=list]").click()
    page.locator("#a-name").fill("15-01")
    page.locator(".found button").first.click()
    page.locator(".answer.ok:visible").wait_for()
    page.wait_for_timeout(300)
    page.screenshot(path=FOLDER / "scan-phone.png")


def votes(service: Service, guests: People) -> None:
    """A vote while it is open and when it has been declared."""
    load(service)
    with played_until(service, SPEECH):
        wall = service.demo["display_url"].removeprefix(service.url)
        voting_pictures.under_way(guests, take, take_public, client(service), SLUG, wall)


PARTS = (preparing, badges, doors, folders, papers, room, votes, record, trouble, thousands)

# --- how


def take_import(guests: People) -> None:
    """A list with mistakes, as it is judged before anything comes in."""
    book = openpyxl.Workbook()
    for row in MISTAKEN:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    page = guests.sign_in("secretary", DESK)
    _open(page, f"{guests.url}{M}/import/participants/")
    page.locator("input[type=file]").set_input_files(
        [{"name": "danh-sach-dai-bieu.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}]
    )
    page.locator("form[enctype] button").click()
    page.locator("tr[data-verdict]").first.wait_for()
    _shoot(page, "import")


def change_the_programme(secretary: Client) -> None:
    """Ten minutes more for the third item, and one item more, after the release."""
    [third] = [fact for fact in facts(secretary, 0, "item.added") if fact["position"] == 3]
    words = {name: third[name] for name in ("title", "presenter")} | {"kind": third["kind_of_item"]}
    answers = [
        secretary.do(SLUG, "item.edit", item=third["item"], version=1, minutes=third["minutes"] + 10, **words),
        secretary.do(SLUG, "item.add", title="Thảo luận tại hội trường", kind="discussion", minutes=20),
    ]
    assert [answer["state"] for answer in answers] == ["done", "done"], answers


def first_page(pdf: bytes, name: str) -> None:
    """Keep the first page of a paper as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=1.5).to_pil().save(FOLDER / f"{name}.png")


def load(service: Service, *words: str) -> None:
    """Load the demonstration anew."""
    service.demo.update(json.loads(service.manage("demo", "--reset", *words).strip().splitlines()[-1]))


@contextlib.contextmanager
def played_until(service: Service, moment: str) -> Iterator[None]:
    """Play until a time of the script; there the consoles stay connected and the clock runs at its ordinary rate."""
    playing = service.background("play", SLUG, "--speed", str(SPEED), "--until", moment)
    assert playing.stdout is not None
    try:
        if not any("Ctrl-C" in line for line in playing.stdout):
            raise RuntimeError(f"the play has ended before {moment}")
        yield
    finally:
        playing.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            playing.wait(timeout=20)
        playing.kill()


def client(service: Service) -> Client:
    """Return the secretary without a browser."""
    return Client(service.url, "secretary", service.demo["accounts"]["secretary"])


def facts(secretary: Client, after: int, kind: str) -> list[dict[str, Any]]:
    """Return the payloads of a kind of fact in a page of the journal."""
    entries = json.loads(secretary.get(f"{M}/journal/?after={after}"))["entries"]
    return [entry["payload"] for entry in entries if entry["kind"] == kind]


def show(secretary: Client, mode: str) -> None:
    """Steer every display; an announcement is published first."""
    if mode == "announcement":
        secretary.do(SLUG, "announcement.publish", text=ANNOUNCEMENT, show="on")
    else:
        secretary.do(SLUG, "displays.steer", mode=mode)


def take(
    guests: People, name: str, who: str, path: str, size: tuple[int, int], *, press: str = "", wait: str = ""
) -> None:  # fmt: skip
    """Take one picture as somebody, with a button pressed before, when something is there."""
    page = guests.sign_in(who, size)
    _open(page, guests.url + path)
    if press:
        page.locator(press).click()
    if wait:
        page.locator(wait).first.wait_for()
    _shoot(page, name)


def take_read(guests: People, name: str, path: str, size: tuple[int, int], *, press: str = "") -> None:
    """Take a paper that is open before the delegate."""
    page = guests.sign_in("delegate", size)
    _open(page, guests.url + path)
    page.locator(".leaf canvas").first.wait_for(timeout=30_000)
    if press:
        page.locator(press).first.click()
    _shoot(page, name)


def take_trace(guests: People) -> None:
    """From a part of the code on a page to whose copy it was."""
    reader = guests.sign_in("delegate", TABLET)
    _open(reader, f"{guests.url}{M}/papers/1/")
    code = str(reader.locator("[data-reader]").get_attribute("data-code"))
    reader.context.close()
    page = guests.sign_in("secretary", DESK)
    _open(page, f"{guests.url}{M}/papers/trace/")
    page.locator("#letters").fill(code[:9])
    page.locator("form.tracing button").click()
    page.locator("table.traces").wait_for()
    _shoot(page, "papers-trace")


def take_public(guests: People, name: str, path: str, size: tuple[int, int] = HALL) -> None:
    """Take what needs no account: a public display, the page behind a link."""
    page = guests.context(size).new_page()
    _open(page, guests.url + path)
    _shoot(page, name)


def _shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(1500)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.context.close()


def _open(page: Page, address: str) -> None:
    """Go to a page; a fault is no picture."""
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise RuntimeError(f"{address} answers {answer.status if answer else 'nothing'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
