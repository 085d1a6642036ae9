"""What every page and every log line must have, whoever wrote it."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from config.checks import is_loopback
from config.logs import DiscreetFormatter
from tests.config.commands import done, refused


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/", "/nowhere/", "/healthz"])
def test_every_answer_forbids_what_no_page_of_ours_needs(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_no_script_reads_a_cookie(client: Client) -> None:
    client.get("/sign-in/")
    client.post("/language/", {"language": "en"})
    assert client.cookies
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax"), cookie


@pytest.mark.django_db
def test_a_host_we_do_not_know_is_not_answered(client: Client) -> None:
    assert client.get("/sign-in/", HTTP_HOST="evil.example").status_code == 400
    assert "*" not in settings.ALLOWED_HOSTS


def test_behind_https_cookies_and_browsers_keep_to_it(tmp_path: Path) -> None:
    address = "https://hoinghi.example.vn"
    said = done(tmp_path, "check", "--deploy", "--fail-level", "WARNING", DIEMCAU_MODE="office", DIEMCAU_PUBLIC_URL=address)
    assert "no issues" in said


@pytest.mark.parametrize(
    "setting", [{"DIEMCAU_PUBLIC_URL": "https://demo.example.vn"}, {"DIEMCAU_ALLOWED_HOSTS": "demo.example.vn"}]
)
def test_a_demonstration_answers_to_no_name_of_a_network(tmp_path: Path, setting: dict[str, str]) -> None:
    said = refused(tmp_path, "check", **setting)
    assert "config.E002" in said
    assert "demo.example.vn" in said


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Internal Server Error: /d/MTI:abc-DEF_1/", "Internal Server Error: /d/…/"),
        ("GET /d/MTI:abc-DEF_1/live/?after=3", "GET /d/…/live/?after=3"),
        ("Forbidden (CSRF cookie not set.): /s/MQ:KzS2-abc_1/list/", "Forbidden (CSRF cookie not set.): /s/…/list/"),
        ("Internal Server Error: /s/MQ:KzS2-abc_1/", "Internal Server Error: /s/…/"),
        ("Not Found: /s/worker.js", "Not Found: /s/worker.js"),
        ("/ws/m/vptw-2025/?ticket=eyJ.abc:x&a=1", "/ws/m/vptw-2025/?ticket=…&a=1"),
        ("Not Found: /m/vptw-2025/minutes/", "Not Found: /m/vptw-2025/minutes/"),
    ],
)
def test_an_address_that_is_a_right_is_not_logged(said: str, written: str) -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s", (said,), None)
    assert DiscreetFormatter("{message}", style="{").format(record) == written


def test_nor_does_a_traceback_tell_it() -> None:
    try:
        raise ValueError("/d/MTI:abc/ went wrong")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "failed", (), sys.exc_info())
    assert "abc" not in DiscreetFormatter("{message}", style="{").format(record)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "localhost.example.vn", "hoinghi", ""])
def test_everything_else_is_the_network(host: str) -> None:
    assert not is_loopback(host)
