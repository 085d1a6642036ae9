"""A device in words, and the address somebody really comes from."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from people.addresses import address_of, net_of
from people.devices import device_of

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome · Windows"),
        (CHROME + " Edg/131.0.0.0", "Edge · Windows"),
        (CHROME.replace("Chrome", "coc_coc_browser/130.0 Chrome"), "Cốc Cốc · Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox · Linux"),
        ("", ""),
        ("<script>alert(1)</script>" * 1000, ""),
    ],
)
def test_a_device_is_told_in_words(agent: str, words: str) -> None:
    assert device_of(agent) == words


@pytest.mark.parametrize(
    ("other_end", "told", "address"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # nobody chooses the own address
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),  # what the visitor wrote stands in front
        ("127.0.0.1", "garbage", ""),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::ffff:203.0.113.7", "", "203.0.113.7"),
        ("", "", ""),
    ],
)
def test_the_address_is_the_proxy_s_word_and_nobody_else_s(settings: Any, other_end: str, told: str, address: str) -> None:
    settings.PROXIES = frozenset({"127.0.0.1"})
    headers = {"HTTP_X_FORWARDED_FOR": told} if told else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=other_end, **headers)) == address


def test_a_line_with_many_addresses_counts_as_one() -> None:
    assert net_of("2001:db8:1:2::99") == net_of("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert net_of("203.0.113.7") == "203.0.113.7"
    assert net_of("") == ""
