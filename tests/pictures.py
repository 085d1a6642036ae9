"""The pictures of README and docs, taken anew from the demonstration: `make pictures`."""

from __future__ import annotations

import re
import time
from pathlib import Path

from tests.browser import DESK, HALL, PHONE, TABLET, People, people
from tests.service import Service, running_service

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
M = "/m/vptw-2025"
STOP_AT = re.compile(r"09:3\d")  # meeting time at which the third speech runs over


def main() -> None:
    """Play the conference until its third speech, then take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_service() as service, people(service.url, service.demo["accounts"]) as guests:
        take(guests, "workspace", "secretary", f"{M}/", DESK)
        take(guests, "programme", "secretary", f"{M}/programme/", DESK)
        _play_until_the_speeches(service)
        take(guests, "control-room", "secretary", f"{M}/control/", HALL)
        take(guests, "chair", "chair", f"{M}/chair/", TABLET)
        take(guests, "delegate", "delegate", f"{M}/delegate/", PHONE)
        take(guests, "console", "operator-15", f"{M}/console/", DESK)
        _take_display(service, guests)


def take(guests: People, name: str, who: str, path: str, size: tuple[int, int]) -> None:
    """Take one picture as somebody."""
    page = guests.sign_in(who, size)
    page.goto(guests.url + path)
    page.wait_for_timeout(1500)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.context.close()


def _take_display(service: Service, guests: People) -> None:
    page = guests.context(HALL).new_page()
    page.goto(service.demo["display_url"])
    page.wait_for_timeout(1500)
    page.screenshot(path=FOLDER / "display.png")
    page.context.close()


def _play_until_the_speeches(service: Service) -> None:
    playing = service.background("play", "vptw-2025", "--speed", "240")
    assert playing.stdout is not None
    try:
        for line in playing.stdout:
            if STOP_AT.search(line) and "floor.give" in line:
                time.sleep(2)
                break
    finally:
        playing.send_signal(2)
        playing.wait(timeout=30)


if __name__ == "__main__":
    main()
