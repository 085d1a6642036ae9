"""The page of the minutes in a browser, without a service: what this browser alone has is shown when nobody takes it any more."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.static.conftest import HOST, Bench

pytestmark = pytest.mark.browser
BODY = (
    '<div data-lost-local></div><template data-lost-card><section><p data-why></p><div class="theirs"></div></section></template>'
)


def test_words_that_came_too_late_for_the_approval_are_shown_to_be_copied(bench: Bench) -> None:
    page = bench.open(BODY, "minutes/store.js")
    paragraphs = [{"type": "paragraph", "content": [{"type": "text", "text": words}]} for words in ("Đang gõ <b>", "dòng hai")]
    typed = {"key": "item:7", "url": f"{HOST}/copy/", "serial": 5, "version": 1, "heading": "Đề mục"}
    typed["body"] = json.dumps({"type": "doc", "content": paragraphs})
    page.evaluate("async (typed) => (await import('/static/js/minutes/store.js')).put(typed)", typed)
    refused = json.dumps({"state": "refused", "reason": "The minutes have been approved."})
    page.route(f"{HOST}/copy/", lambda route: route.fulfill(status=409, body=refused, content_type="application/json"))
    for _time in range(2):
        page = bench.open(BODY, "minutes/page.js")
        expect(page.locator("[data-why]")).to_have_text("The minutes have been approved.")
        assert page.locator(".theirs p").all_inner_texts() == ["Đề mục", "Đang gõ <b>", "dòng hai"]
