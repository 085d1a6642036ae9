"""Holding the demonstration's meeting from a browser, without waiting for its play: opening it, and item after item."""

from __future__ import annotations

from playwright.sync_api import Page

MEETING = "/m/vptw-2025"
POST = """async ([url, fields]) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  data.set("command_id", crypto.randomUUID());
  const headers = { Accept: "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
  return (await fetch(url, { method: "POST", body: data, headers })).status;
}"""
FIELDS = "(form) => [...form.querySelectorAll('input[type=hidden]')].map((one) => [one.name, one.value])"


def do(page: Page, command: str, **fields: str) -> None:
    """Carry out a command as the one whose page this is."""
    assert page.evaluate(POST, [f"{MEETING}/do/{command}/", fields]) == 200, command


def open_meeting(page: Page, url: str, items: int) -> None:
    """Open the meeting and so many of its items, one after the other; the last one stays open."""
    page.goto(f"{url}{MEETING}/control/")
    do(page, "meeting.open")
    for _ in range(items):
        next_item(page, url)


def next_item(page: Page, url: str) -> None:
    """Open the next item, closing the one that is open."""
    page.goto(f"{url}{MEETING}/control/")
    form = page.locator('form[data-command="item.open"]').first
    form.wait_for(state="attached")
    fields = {name: value for name, value in form.evaluate(FIELDS) if name not in ("csrfmiddlewaretoken", "command_id", "next")}
    do(page, "item.open", **fields)
