"""The check of a printed paper: a file is hashed in the browser and compared; it is sent nowhere."""

from __future__ import annotations

import hashlib

import pytest
from playwright.sync_api import expect

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
PAPER = "BIÊN BẢN\n".encode()
BODY = """<div data-expected="{}"><input type="file">
<p data-answer="working" hidden>Comparing</p><p data-answer="same" hidden>Same</p>
<p data-answer="different" hidden>Other: <b data-found></b></p><p data-answer="impossible" hidden>Impossible</p></div>"""


@pytest.mark.parametrize(("given", "answer"), [(PAPER, "same"), (PAPER + b" ", "different")])
def test_a_file_is_the_printed_one_or_it_is_not(bench: Bench, given: bytes, answer: str) -> None:
    """One space more is another file, and its own hash is shown."""
    page = bench.open(BODY.format(hashlib.sha256(PAPER).hexdigest().upper()), "hash.js")
    page.set_input_files("input", {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": given})
    expect(page.locator(f"[data-answer={answer}]")).to_be_visible()
    assert page.locator("[data-answer]:visible").count() == 1
    assert page.locator("[data-found]").text_content() == hashlib.sha256(given).hexdigest()
    assert bench.posted == []
