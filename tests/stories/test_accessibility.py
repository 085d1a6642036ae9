"""axe finds nothing on any page, in both languages, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import DESK, HALL, PHONE, TABLET, People, people
from tests.service import Service

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# All rules are run; what they found in order is not told at length (a third of the time).
RULES = "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']"
# Colours know no language: of a page in its second one the contrast (two thirds of the time) has been judged already.
WITHOUT_COLOURS = f"{RULES}, rules: {{'color-contrast': {{enabled: false}}}}"
M = "/m/vptw-2025"
# who, address, size
PAGES = (
    ("", "/sign-in/", DESK),
    ("secretary", "/", DESK),
    ("secretary", "/m/new/", DESK),
    ("secretary", "/m/new/?from=vptw-2025&first_day=25/11/2026", DESK),
    ("secretary", "/series/", PHONE),
    ("secretary", "/templates/", DESK),
    ("secretary", "/deadlines/?year=2025", DESK),
    ("secretary", f"{M}/deadlines/", DESK),
    ("secretary", f"{M}/compare/?with=mau-hoi-nghi-truc-tuyen-toan-quoc&part=participants", DESK),
    ("secretary", "/password/", PHONE),
    ("secretary", "/accounts/", DESK),
    ("secretary", "/accounts/1/", DESK),
    ("secretary", "/accounts/new/", DESK),
    ("secretary", "/me/", PHONE),
    ("secretary", f"{M}/accounts/", PHONE),
    ("secretary", f"{M}/", DESK),
    ("secretary", f"{M}/edit/", DESK),
    ("secretary", f"{M}/programme/", DESK),
    ("chair", f"{M}/course/", DESK),
    ("secretary", f"{M}/hand-over/", PHONE),
    ("secretary", f"{M}/papers/", DESK),
    ("secretary", f"{M}/papers/", PHONE),
    ("secretary", f"{M}/papers/3/desk/", DESK),
    ("secretary", f"{M}/papers/new/", PHONE),
    ("secretary", f"{M}/papers/reading/", DESK),
    ("secretary", f"{M}/papers/reading/people/?paper=3", PHONE),
    ("secretary", f"{M}/papers/hand-outs/", DESK),
    ("secretary", f"{M}/papers/10/hand-out/", PHONE),
    ("secretary", f"{M}/participants/", DESK),
    ("secretary", f"{M}/participants/groups/", PHONE),
    ("secretary", f"{M}/bodies/", PHONE),
    ("secretary", f"{M}/bodies/1/", DESK),
    ("secretary", f"{M}/badges/", DESK),
    ("secretary", f"{M}/badges/chosen/?found=on&q=01", PHONE),
    ("secretary", f"{M}/participants/new/", DESK),
    ("secretary", f"{M}/attendance/", DESK),
    ("secretary", f"{M}/attendance/1/", PHONE),
    ("secretary", f"{M}/attendance/conflicts/", DESK),
    ("secretary", f"{M}/attendance/report/", PHONE),
    ("secretary", f"{M}/readiness/", DESK),
    ("chair", f"{M}/readiness/?state=ready", PHONE),
    ("secretary", f"{M}/readiness/8/", PHONE),
    ("operator-15", f"{M}/attendance/", PHONE),
    ("operator-15", f"{M}/attendance/walk-in/", PHONE),
    ("secretary", f"{M}/import/participants/", DESK),
    ("secretary", f"{M}/bridge-points/", PHONE),
    ("secretary", f"{M}/registration/", DESK),
    ("secretary", f"{M}/registration/ask/", DESK),
    ("secretary", f"{M}/registration/chosen/?found=on&stage=late", PHONE),
    ("focal-15", f"{M}/my-unit/", PHONE),
    ("focal-96", f"{M}/my-unit/", DESK),
    ("focal-15", f"{M}/papers/speeches/2/", PHONE),
    ("secretary", f"{M}/displays/", DESK),
    ("secretary", f"{M}/polls/", PHONE),
    ("secretary", f"{M}/polls/new/", DESK),
    ("secretary", f"{M}/proxies/", PHONE),
    ("delegate", f"{M}/polls/", PHONE),
    ("secretary", f"{M}/doors/", DESK),
    ("operator-15", f"{M}/doors/", PHONE),
    ("secretary", f"{M}/control/", HALL),
    ("secretary", f"{M}/minutes/", DESK),
    ("secretary", "/layouts/HD05-2026/", PHONE),
    ("secretary", "/layouts/HD05-2026/post/", DESK),
    ("secretary", f"{M}/minutes/rounds/", DESK),
    ("secretary", f"{M}/minutes/rounds/new/", PHONE),
    ("secretary", f"{M}/minutes/conclusions/", DESK),
    ("secretary", f"{M}/official/", PHONE),
    ("secretary", "/paper-templates/TB/HD05-2026/", DESK),
    ("chair", f"{M}/minutes/conclusions/", PHONE),
    ("chair", f"{M}/chair/", TABLET),
    ("delegate", f"{M}/papers/packet/", PHONE),
    ("delegate", f"{M}/delegate/", PHONE),
    ("observer", f"{M}/delegate/", PHONE),
    ("operator-15", f"{M}/console/", DESK),
    ("delegate", f"{M}/papers/my-reading/", PHONE),
    ("delegate", f"{M}/nowhere/", DESK),
    ("wall", "", HALL),
)


def test_axe_finds_nothing(service: Service) -> None:
    """Every page of every role, before and during the meeting, in both languages."""
    assert AXE.exists(), "axe-core is missing: make setup-dev installs it"
    with people(service.url, service.demo["accounts"]) as guests:
        found = [
            line
            for who in ("", "secretary", "chair", "delegate", "observer", "operator-15", "focal-15", "focal-96", "wall")
            for line in _of(service, guests, who)
        ]
    assert found == []
    assert [c for c in guests.complaints if "404" not in c] == []


def _of(service: Service, guests: People, who: str) -> Iterator[str]:
    """Look at somebody's pages, signed in once: on a phone, and on the larger screens, which differ by their size alone."""
    session: list[Any] = []
    for sizes in ((DESK, TABLET, HALL), (PHONE,)):
        paths = [(path, at) for size in sizes for name, path, at in PAGES if name == who and at == size]
        if not paths:
            continue
        page = _page(guests, who, paths[0][1], session)
        for path, size in paths:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            for language in ("vi", "en"):
                page.context.add_cookies([{"name": "django_language", "value": language, "url": service.url}])
                page.goto(service.demo["display_url"] if who == "wall" else service.url + path)
                page.wait_for_load_state("networkidle")
                assert page.locator(f"html[lang={language}]").count() == 1
                yield from _violations(page, f"{language} {who} {path}", RULES if language == "vi" else WITHOUT_COLOURS)
        session = page.context.cookies()
        page.context.close()


def _page(guests: People, who: str, size: tuple[int, int], session: list[Any]) -> Page:
    if who not in ("", "wall") and not session:
        return guests.sign_in(who, size)
    context = guests.context(size)
    context.add_cookies(session)
    return context.new_page()


def _violations(page: Page, where: str, rules: str = RULES) -> Iterator[str]:
    if not page.evaluate("'axe' in window"):
        # The page's own policy forbids foreign scripts; the browser's debugger may still bring axe in.
        page.evaluate(AXE.read_text())
    answer = page.evaluate(f"axe.run(document, {{{rules}}})")
    for violation in answer["violations"]:
        nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
        yield f"{where}: {violation['id']}: {nodes}"
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if width[0] > width[1]:
        yield f"{where}: scrolls sideways ({width[0]} > {width[1]})"
