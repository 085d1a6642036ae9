"""The pictures of README and docs, taken anew from the demonstration: `make pictures`."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser import DESK, HALL, PHONE, TABLET, People, people
from tests.client import Client
from tests.service import Service, running_service

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SLUG = "vptw-2025"
M = f"/m/{SLUG}"
TROUBLE, SPEECH = "09:30:40", "09:38:00"  # Cà Mau has been lost for minutes; the third speech is over its time
SPEED = 100_000  # the clock leaps: facts bear the times of the script, however busy the machine is
SETTLING = 18  # seconds until each console has answered a heartbeat of the ordinary clock, and the board shows it
MODES = ("item", "speaker", "announcement", "count", "welcome", "blank")
ANNOUNCEMENT = "Hội nghị tiếp tục làm việc sau 05 phút nữa. Kính mời các đồng chí ổn định chỗ ngồi."
SITE_COMMAND = "Tắt micro khi chưa được mời phát biểu. Đề nghị điểm cầu kiểm tra micro và xác nhận."


def main(*wanted: str) -> None:
    """Play the conference three times and take every picture, or those of the parts named: room, trouble, thousands."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_service() as service, people(service.url, service.demo["accounts"]) as guests:
        for part in (room, trouble, thousands):
            if not wanted or part.__name__ in wanted:
                part(service, guests)


def room(service: Service, guests: People) -> None:
    """The third speech runs over: every screen, and a display in each mode."""
    load(service)
    take(guests, "workspace", "secretary", f"{M}/", DESK)
    take(guests, "programme", "secretary", f"{M}/programme/", DESK)
    with played_until(service, SPEECH):
        take(guests, "control-room", "secretary", f"{M}/control/", HALL)
        take(guests, "chair", "chair", f"{M}/chair/", TABLET)
        take(guests, "delegate", "delegate", f"{M}/delegate/", PHONE)
        take(guests, "displays", "secretary", f"{M}/displays/", DESK)
        secretary = client(service)
        secretary.do(SLUG, "site_command.issue", kind="other", text=SITE_COMMAND)
        take(guests, "console", "operator-15", f"{M}/console/", DESK)
        display = service.demo["display_url"].removeprefix(service.url)
        take_wall(guests, "display", display)
        for mode in MODES:
            show(secretary, mode)
            take_wall(guests, f"display-{mode}", display)


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


# --- how


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


def take(guests: People, name: str, who: str, path: str, size: tuple[int, int], *, press: str = "") -> None:
    """Take one picture as somebody, with a button pressed before."""
    page = guests.sign_in(who, size)
    _open(page, guests.url + path)
    if press:
        page.locator(press).click()
    page.wait_for_timeout(1500)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.context.close()


def take_wall(guests: People, name: str, path: str) -> None:
    """Take a public display, which needs no account."""
    page = guests.context(HALL).new_page()
    _open(page, guests.url + path)
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
