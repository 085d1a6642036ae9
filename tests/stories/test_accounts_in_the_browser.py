"""From one click to an own password: a slip is made, read from the paper, typed on a phone, changed, and its sign-ins ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, People, people
from tests.service import Service

pytestmark = pytest.mark.browser
OWN = "mot-mat-khau-rat-dai"
SLIP = re.compile(r"(daumoi-\d\d)\s+Mật khẩu dùng một lần\s+([a-z2-9]{4}(?:-[a-z2-9]{4}){3})")


@pytest.fixture(scope="module")
def guests(service: Service) -> Iterator[People]:
    """A browser for everybody."""
    with people(service.url, service.demo["accounts"]) as opened:
        yield opened


def sign_in(page: Page, url: str, username: str, password: str) -> None:
    page.goto(url + "/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.locator("form:has([name=password]) button").click()
    page.wait_for_load_state()


def test_a_slip_opens_an_account_once(service: Service, guests: People, tmp_path: Path) -> None:
    office = guests.sign_in("secretary")
    office.goto(f"{service.url}/m/vptw-2025/accounts/")
    with office.expect_download() as file:
        office.locator("section[aria-labelledby=missing] [data-slips]").click()
    expect(office.locator("[data-handed]")).to_be_visible()
    file.value.save_as(tmp_path / "phieu.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "phieu.pdf")
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    found = SLIP.search(text)
    assert found is not None, text[:800]
    office.locator("[data-handed] a:not([download])").click()
    expect(office.locator("section[aria-labelledby=missing]")).to_have_count(0)

    phone = guests.context(PHONE).new_page()
    sign_in(phone, service.url, found[1], found[2])
    assert phone.url == f"{service.url}/password/"
    phone.goto(f"{service.url}/me/")
    assert phone.url == f"{service.url}/password/"
    phone.fill("[name=old_password]", found[2])
    phone.fill("[name=new_password1]", OWN)
    phone.fill("[name=new_password2]", OWN)
    phone.locator("main form button").click()
    phone.wait_for_load_state()
    assert phone.url == f"{service.url}/"

    second = guests.context(PHONE).new_page()
    sign_in(second, service.url, found[1], found[2])
    assert second.url.startswith(f"{service.url}/sign-in/")
    sign_in(second, service.url, found[1], OWN)
    assert second.url == f"{service.url}/"
    phone.goto(f"{service.url}/me/")
    expect(phone.locator(".sign-ins form")).to_have_count(1)
    phone.locator(".sign-ins form button").click()
    expect(phone.locator(".sign-ins form")).to_have_count(0)
    second.reload()
    assert second.url.startswith(f"{service.url}/sign-in/")


def test_new_slips_are_asked_about_and_a_list_without_a_tick_is_told(service: Service, guests: People) -> None:
    office = guests.sign_in("secretary")
    office.goto(f"{service.url}/accounts/?role=focal_point")
    office.locator("#chosen [data-slips]").click()
    office.locator("#confirm [value=yes]").click()
    expect(office.locator("#toasts .toast")).to_be_visible()
    expect(office.locator("[data-handed]")).to_be_hidden()
    office.locator("[data-all-of=accounts]").check()
    assert office.locator("input[name=accounts]:checked").count() == office.locator("input[name=accounts]").count()
