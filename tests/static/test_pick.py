"""Picking from the directory and opening a tree, in the browser: by keyboard, by finger, and nothing is lost on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from tests.static.conftest import HOST, Bench

pytestmark = pytest.mark.browser
FOUND = """<li role="option" aria-selected="false" data-pk="7" data-label="Lê An – Bí thư, Lào Cai" data-name="Lê An"
  data-title="Bí thư" data-unit="Lào Cai"><span>Lê An</span></li>
<li role="option" aria-selected="false" data-pk="8" data-label="Lê Anh" data-name="Lê Anh"
  data-title="" data-unit=""><span>Lê Anh</span></li>"""
NOBODY = '<li role="option" aria-disabled="true" aria-selected="false">Nothing</li>'
BODY = """<dialog id="box" open><form data-command="x" action="/do/x" method="post"><label for="head">Head</label>
<span class="chooser" data-find="/find/person/" data-fills="name:name position:title"><input type="text" id="head" name="head">
<input type="hidden" name="head_pk"><span class="sr" role="status" data-found="{n} found"></span></span>
<input name="name"><input name="position" value="old"><button>Save</button></form></dialog>"""
TREE = """<table><tbody><tr data-level="0"><td><a class="twig" href="/below" data-branch="/branch"
  aria-expanded="false">85</a></td></tr>
<tr data-level="0"><td>Other</td></tr></tbody></table>"""


def opened(bench: Bench, body: str = BODY) -> Page:
    page = bench.open(body)
    asked: list[str] = []

    def find(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=NOBODY if "zz" in route.request.url else FOUND, content_type="text/html; charset=utf-8")

    page.route(f"{HOST}/find/**", find)
    return page


def test_one_picks_with_the_arrows_and_enter_and_the_form_is_not_sent(bench: Bench) -> None:
    page = opened(bench)
    field = page.locator("#head")
    field.press_sequentially("le a")
    page.locator("[role=option]").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator("[role=status]").inner_text() == "2 found"
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == page.locator("[role=option]").first.get_attribute("id")
    field.press("Enter")
    assert field.input_value() == "Lê An – Bí thư, Lào Cai"
    assert page.locator("[name=head_pk]").input_value() == "7"
    assert page.locator("[name=name]").input_value() == "Lê An"
    assert page.locator("[name=position]").input_value() == "Bí thư"
    assert bench.posted == []


def test_who_types_on_has_picked_nobody(bench: Bench) -> None:
    page = opened(bench)
    page.locator("#head").press_sequentially("le")
    page.locator("[role=option]").nth(1).click()
    assert page.locator("[name=head_pk]").input_value() == "8"
    assert page.locator("[name=position]").input_value() == "old", "what is not known is left alone"
    page.locator("#head").press_sequentially("zz")
    assert page.locator("[name=head_pk]").input_value() == ""


def test_escape_closes_the_list_and_not_the_box_around_it(bench: Bench) -> None:
    page = opened(bench)
    field = page.locator("#head")
    field.press_sequentially("le")
    page.locator("[role=option]").first.wait_for()
    field.press("Escape")
    assert not page.locator("[role=listbox]").is_visible()
    assert page.locator("#box").is_visible()
    field.press("ArrowDown")
    page.locator("[role=option]").first.wait_for()
    page.locator("[name=name]").focus()
    assert not page.locator("[role=listbox]").is_visible()


def test_nobody_found_cannot_be_picked(bench: Bench) -> None:
    page = opened(bench)
    page.locator("#head").press_sequentially("zz")
    page.locator("[role=option]").first.wait_for()
    page.locator("#head").press("ArrowDown")
    page.locator("[role=option]").first.click(force=True)
    assert page.locator("[name=head_pk]").input_value() == ""


def test_a_branch_is_fetched_once_and_folded_in_again(bench: Bench) -> None:
    page = bench.open(TREE)
    asked: list[str] = []

    def branch(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body='<tr data-level="1"><td>Below</td></tr>', content_type="text/html; charset=utf-8")

    page.route(f"{HOST}/branch", branch)
    twig, below = page.locator(".twig"), page.locator("tr[data-level='1']")
    twig.press("ArrowRight")
    below.wait_for()
    assert twig.get_attribute("aria-expanded") == "true"
    assert page.locator("tr").nth(1).inner_text() == "Below"
    twig.click()
    assert not below.is_visible()
    twig.click()
    assert below.is_visible()
    assert len(asked) == 1
