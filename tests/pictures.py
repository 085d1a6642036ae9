"""The pictures of README and docs, taken anew from the demonstration: `make pictures`."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from tests.browser import DESK, HALL, PHONE, TABLET, People, people
from tests.client import Client
from tests.displays import announce, open_displays
from tests.service import Service, running_service

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SLUG = "vptw-2025"
M = f"/m/{SLUG}"
SPEED = 240
MODES = ("item", "speaker", "count", "announcement", "welcome", "blank")
SPEECH, SECONDS = 3, 8 * 60 + 40  # the speech that runs over, and how far into it the pictures are taken


def main() -> None:
    """Play the conference until its third speech, then take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_service() as service, people(service.url, service.demo["accounts"]) as guests:
        take(guests, "workspace", "secretary", f"{M}/", DESK)
        take(guests, "programme", "secretary", f"{M}/programme/", DESK)
        with _stopped_in_the_third_speech(service):
            take(guests, "control-room", "secretary", f"{M}/control/", HALL)
            _take_displays(service, guests)
            take(guests, "chair", "chair", f"{M}/chair/", TABLET)
            take(guests, "delegate", "delegate", f"{M}/delegate/", PHONE)
            take(guests, "console", "operator-15", f"{M}/console/", DESK)


def take(guests: People, name: str, who: str, path: str, size: tuple[int, int]) -> None:
    """Take one picture as somebody."""
    page = guests.sign_in(who, size)
    page.goto(guests.url + path)
    page.wait_for_timeout(1500)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.context.close()


def _take_displays(service: Service, guests: People) -> None:
    """Take the hall's own display, and one more in each mode."""
    take_display(guests, "display", service.demo["display_url"])
    secretary = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    walls = open_displays(secretary, SLUG, MODES)
    said = announce(secretary, SLUG, "Hội nghị nghỉ giải lao 15 phút, tiếp tục làm việc lúc 10 giờ 15 phút")
    for mode in MODES:
        extra = {"announcement": said} if mode == "announcement" else {}
        assert secretary.do(SLUG, "displays.steer", mode=mode, displays=walls[mode][0], **extra)["state"] == "done"
        take_display(guests, f"display-{mode}", service.url + walls[mode][1])
    for mode in MODES:
        secretary.do(SLUG, "display.revoke", display=walls[mode][0])
    secretary.do(SLUG, "announcement.withdraw", announcement=said)


def take_display(guests: People, name: str, address: str) -> None:
    """Take one picture of a wall."""
    page = guests.context(HALL).new_page()
    page.goto(address)
    page.wait_for_timeout(1500)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.context.close()


@contextlib.contextmanager
def _stopped_in_the_third_speech(service: Service) -> Iterator[None]:
    """Play into the third speech and hold still there: the consoles stay connected, the clock runs at its ordinary rate."""
    playing = service.background("play", "vptw-2025", "--speed", str(SPEED))
    assert playing.stdout is not None
    given = (line for line in playing.stdout if "floor.give" in line)
    for _speech in range(SPEECH):
        next(given)
    time.sleep(SECONDS / SPEED)
    secretary = Client(service.url, "secretary", service.demo["accounts"]["secretary"])
    playing.send_signal(signal.SIGSTOP)
    secretary.do("vptw-2025", "clock.set", rate=1)
    try:
        yield
    finally:
        playing.kill()


if __name__ == "__main__":
    main()
