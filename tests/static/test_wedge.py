"""Scanners that behave like a keyboard: heard wherever the focus is, at any speed, in spite of input methods; people type on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.static.conftest import Bench

pytestmark = pytest.mark.browser
CODE = "0123456789" * 20 + "7"
BODY = """<main><input id="a" value="abc"><button id="b" type="button">B</button><textarea id="c"></textarea>
<form id="f"><input id="d" inputmode="numeric"></form></main>"""


@pytest.fixture
def page(bench: Bench) -> Page:
    shown = bench.open(BODY)
    shown.evaluate("""async () => {
      const { listen } = await import("/static/js/scan/wedge.js");
      Object.assign(window, { heard: [], pressed: 0, sent: 0, short: 0 });
      listen((digits) => heard.push(digits), () => (short += 1));
      b.addEventListener("click", () => (pressed += 1));
      f.addEventListener("submit", (event) => { event.preventDefault(); sent += 1; });
    }""")
    return shown


def scan(page: Page, digits: str = CODE) -> None:
    page.keyboard.type(digits)
    page.keyboard.press("Enter")


def heard(page: Page) -> list[str]:
    found: list[str] = page.evaluate("heard")
    return found


@pytest.mark.parametrize("focus", ["body", "#a", "#b", "#c", "#d"])
def test_a_scan_is_heard_whole_and_leaves_no_trace(page: Page, focus: str) -> None:
    if focus != "body":
        page.locator(focus).focus()
    scan(page)
    scan(page)
    assert heard(page) == [CODE, CODE]
    assert page.evaluate("[a.value, c.value, d.value, pressed, sent]") == ["abc", "", "", 0, 0]


def test_digits_typed_before_in_a_field_are_no_part_of_the_next_scan(page: Page) -> None:
    page.locator("#c").press_sequentially("15-04", delay=60)
    page.locator("#b").focus()
    scan(page)
    assert heard(page) == [CODE]
    assert page.locator("#c").input_value() == "15-04"


def test_people_type_digits_and_press_enter_as_ever(page: Page) -> None:
    page.locator("#d").press_sequentially("482915307", delay=70)
    page.keyboard.press("Enter")
    assert (heard(page), page.locator("#d").input_value(), page.evaluate("sent")) == ([], "482915307", 1)
    page.locator("#b").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("pressed") == 1


def test_a_slow_scanner_is_heard_where_no_field_has_the_focus(page: Page) -> None:
    page.keyboard.type("482915307", delay=80)
    page.keyboard.press("Enter")
    assert heard(page) == ["482915307"]


@pytest.mark.parametrize("place", ["#a", "#b"])
@pytest.mark.parametrize("falters", [[4], [100], [197], [4, 9, 100, 150, 201]])
def test_a_scanner_that_falters_is_heard_whole_wherever_the_focus_is(place: str, falters: list[int], page: Page) -> None:
    """The times are those of the keys, as on a busy machine; a field takes what is not kept from it."""
    page.evaluate(
        """([place, keys, falters]) => {
      const focused = document.querySelector(place);
      let now = 5000;
      focused.focus();
      for (const [at, key] of keys.entries()) {
        const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
        Object.defineProperty(event, "timeStamp", { value: (now += falters.includes(at) ? 700 : 5) });
        if (focused.dispatchEvent(event) && key !== "Enter" && "selectionStart" in focused) focused.value += key;
      }
    }""",
        [place, [*CODE, "Enter"], falters],
    )
    assert (heard(page), page.locator("#a").input_value()) == ([CODE], "abc")


def test_an_input_method_in_between_does_not_swallow_digits(page: Page) -> None:
    """Vietnamese input methods announce keys as "Process"; the place of the key is known all the same."""
    page.evaluate(
        """(digits) => {
      const about = { bubbles: true, cancelable: true };
      const send = (key, code) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code, ...about }));
      for (const digit of digits) send("Process", `Digit${digit}`);
      send("Enter", "Enter");
    }""",
        CODE,
    )
    assert heard(page) == [CODE]


def test_what_is_too_short_or_has_letters_is_no_scan(page: Page) -> None:
    for typed in ("12345678", "12345x67890", "abc"):
        scan(page, typed)
    assert heard(page) == []


def test_what_is_no_code_is_told_where_nobody_types(page: Page) -> None:
    for typed, told in (("12", 0), ("12345", 1), ("123456789", 1)):
        scan(page, typed)
        assert page.evaluate("short") == told
    assert heard(page) == ["123456789"]
    page.locator("#d").focus()
    scan(page, "12345")
    assert (page.evaluate("[short, sent]"), page.locator("#d").input_value()) == ([1, 1], "12345")
