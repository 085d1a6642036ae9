"""axe finds nothing on any page, in both languages, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import DESK, HALL, PHONE, TABLET, People, people
from tests.service import Service, running_service

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
M = "/m/vptw-2025"
# who, address, size
PAGES = (
    ("", "/sign-in/", DESK),
    ("secretary", "/", DESK),
    ("secretary", "/m/new/", DESK),
    ("secretary", "/password/", PHONE),
    ("secretary", f"{M}/", DESK),
    ("secretary", f"{M}/edit/", DESK),
    ("secretary", f"{M}/programme/", DESK),
    ("secretary", f"{M}/participants/", DESK),
    ("secretary", f"{M}/bridge-points/", PHONE),
    ("secretary", f"{M}/displays/", DESK),
    ("secretary", f"{M}/control/", HALL),
    ("secretary", f"{M}/minutes/", DESK),
    ("chair", f"{M}/chair/", TABLET),
    ("delegate", f"{M}/delegate/", PHONE),
    ("observer", f"{M}/delegate/", PHONE),
    ("operator-15", f"{M}/console/", DESK),
    ("delegate", f"{M}/nowhere/", DESK),
    ("wall", "", HALL),
)


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """A service whose conference is in its third item, so that every part has something in it."""
    with running_service() as running:
        yield running


@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing(service: Service, language: str) -> None:
    """Every page of every role, before and during the meeting."""
    assert AXE.exists(), "axe-core is missing: make setup-dev installs it"
    with people(service.url, service.demo["accounts"]) as guests:
        found = [
            line
            for who in ("", "secretary", "chair", "delegate", "observer", "operator-15", "wall")
            for line in _of(service, guests, who, language)
        ]
    assert found == []
    assert [c for c in guests.complaints if "404" not in c] == []


def _of(service: Service, guests: People, who: str, language: str) -> Iterator[str]:
    for size in (DESK, PHONE, TABLET, HALL):
        paths = [path for name, path, at in PAGES if name == who and at == size]
        if not paths:
            continue
        page = guests.sign_in(who, size, language) if who not in ("", "wall") else guests.context(size, language).new_page()
        for path in paths:
            page.goto(service.demo["display_url"] if who == "wall" else service.url + path)
            page.wait_for_load_state("networkidle")
            yield from _violations(page, f"{language} {who} {path}")
        page.context.close()


def _violations(page: Any, where: str) -> Iterator[str]:
    # The page's own policy forbids foreign scripts; the browser's debugger may still bring axe in.
    page.evaluate(AXE.read_text())
    answer = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    for violation in answer["violations"]:
        nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
        yield f"{where}: {violation['id']}: {nodes}"
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if width[0] > width[1]:
        yield f"{where}: scrolls sideways ({width[0]} > {width[1]})"
