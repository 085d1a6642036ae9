"""``manage.py serve``: it serves, and says in one sentence why it does not."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.utils import translation
from pytest_django.fixtures import Settings

from live.management.commands.serve import listening_address
from live.serving.addresses import addresses_of, is_loopback, url_of
from tests.prepared import copy_sqlite

ROOT = Path(__file__).parent.parent.parent
ELSEWHERE = ["0.0.0.0", "::", "192.0.2.7", ""]


def environment(place: Path, **more: str) -> dict[str, str]:
    ours = ("DIEMCAU_", "DATABASE", "REDIS", "DJANGO_")  # the run's own settings would give each worker a folder of its own
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"DIEMCAU_DATA": str(place), **more}


def run(place: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment(place, **more), capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    copy_sqlite(folder / "diemcau.sqlite3")
    return folder


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("host", ELSEWHERE)
def test_a_demonstration_is_not_offered_to_a_network(host: str, settings: Settings, english: None) -> None:
    settings.DEMO_MODE = True
    with pytest.raises(CommandError, match=re.escape(f"must be 127.0.0.1, not “{host}”")):
        listening_address(host)


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1"), ("127.0.0.2", "127.0.0.2")])
def test_a_demonstration_listens_on_loopback(host: str, address: str, settings: Settings) -> None:
    settings.DEMO_MODE = True
    assert listening_address(host) == address


def test_an_office_listens_where_it_is_told(settings: Settings) -> None:
    settings.DEMO_MODE = False
    assert listening_address("0.0.0.0") == "0.0.0.0"


def test_a_host_that_is_no_address_is_named(settings: Settings, english: None) -> None:
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match=r"no-such-host\.invalid"):
        listening_address("no-such-host.invalid")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_the_refusal_is_one_sentence_and_the_exit_code_1(host: str, tmp_path: Path) -> None:
    for done in (run(tmp_path, "serve", HOST=host), run(tmp_path, "serve", "--host", host)):
        assert done.returncode == 1
        assert f"“{host}”" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_a_database_that_is_not_prepared_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", "--port", "0")
    assert done.returncode == 1
    assert "manage.py migrate" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_port_in_use_is_told(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(place, "serve", "--port", str(port))
    assert done.returncode == 1
    assert f"http://127.0.0.1:{port}/" in done.stderr
    assert "PORT" in done.stderr


def test_it_serves_prints_its_address_in_one_line_and_ends_on_sigterm(place: Path) -> None:
    command = [sys.executable, "manage.py", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(place), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = re.search(r"http://127\.0\.0\.1:(\d+)/\n$", process.stdout.readline())
            assert found
            connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=10)
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            assert (answer.status, answer.getheader("Server")) == (200, None)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=10) == 0
            assert process.stdout.read() == ""
        finally:
            process.kill()


# Addresses


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "::1", "[::1]", "localhost"])
def test_loopback_stays_on_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", " ", "0.0.0.0", "::", "[::]", "192.0.2.7", "2001:db8::1", "no-such-host.invalid", "0"])
def test_everything_else_does_not(host: str) -> None:
    assert not is_loopback(host)


def test_a_name_that_stands_for_nothing_has_no_address() -> None:
    assert addresses_of("no-such-host.invalid") == []


def test_an_address_for_all_is_shown_as_one_that_can_be_opened() -> None:
    assert [url_of(host, 80) for host in ("0.0.0.0", "::1", "127.0.0.1")] == [
        "http://127.0.0.1:80/",
        "http://[::1]:80/",
        "http://127.0.0.1:80/",
    ]
