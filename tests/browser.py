"""Debian's Chromium driven by Playwright: one browser, a fresh profile for each person."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOT_OURS = "ERR_NETWORK_CHANGED"  # the machine itself got or lost a network meanwhile
USUAL = 5_000  # ms Playwright waits for what is expected
DESK, TABLET, PHONE, HALL = (1440, 900), (1024, 768), (390, 844), (1920, 1080)


@dataclass
class People:
    """Opens pages as somebody; notes what the browser complained about."""

    browser: Browser
    url: str
    accounts: dict[str, str]
    complaints: list[str] = field(default_factory=list)

    def context(self, size: tuple[int, int] = DESK, language: str = "vi", dark: bool = False) -> BrowserContext:
        """Return a fresh profile with a screen of a size and a chosen language."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, has_touch=size == PHONE, is_mobile=size == PHONE, locale="en-US"
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": self.url}])
        context.on(
            "console", lambda said: said.type == "error" and NOT_OURS not in said.text and self.complaints.append(said.text)
        )
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        return context

    def sign_in(self, who: str, size: tuple[int, int] = DESK, language: str = "vi") -> Page:
        """Sign in by name and password and return the page one lands on."""
        page = self.context(size, language).new_page()
        page.goto(f"{self.url}/sign-in/")
        page.locator("input[name=username]:not([type=hidden])").fill(who)
        page.locator("input[name=password]").fill(self.accounts[who])
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page


@contextlib.contextmanager
def patient(within: int) -> Iterator[None]:
    """Let everything that is expected meanwhile come within so many ms: this machine may do much else at the same time."""
    expect.set_options(timeout=within)
    try:
        yield
    finally:
        expect.set_options(timeout=USUAL)


def own_profile(playwright: Playwright, folder: Path) -> BrowserContext:
    """Start a Chromium of its own on a profile that outlives it."""
    return playwright.chromium.launch_persistent_context(
        str(folder), executable_path="/usr/bin/chromium", args=ARGUMENTS, viewport={"width": PHONE[0], "height": PHONE[1]}
    )


def kill(context: BrowserContext, folder: Path) -> None:
    """Kill the browser of a profile without a word."""
    for process in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            words = (process / "cmdline").read_bytes().split(b"\0") if process.name.isdigit() else []
            if f"--user-data-dir={folder}".encode() in words and not any(word.startswith(b"--type=") for word in words):
                os.kill(int(process.name), signal.SIGKILL)
    with contextlib.suppress(Exception):
        context.close()


@contextlib.contextmanager
def people(url: str, accounts: dict[str, str]) -> Iterator[People]:
    """Open a browser for the people of a service."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        try:
            yield People(browser=browser, url=url, accounts=accounts)
        finally:
            browser.close()
