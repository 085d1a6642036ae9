"""Settings: listed in docs/settings.md, refused in words when they cannot be, and none of them needed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.env import VARIABLES
from tests.config.commands import ROOT, done, manage, refused

BAD = [
    ("DATABASE_URL", "mysql://u:geheim@host/name"),
    ("DATABASE_URL", "garbage"),
    ("DATABASE_URL", "postgres://host"),
    ("DATABASE_URL", "postgres://u:geheim@host:port/name"),
    ("DATABASE_URL", "sqlite:///"),
    ("REDIS_URL", "http://host"),
    ("REDIS_URL", "redis://host:port"),
    ("HOST", "not an address"),
    ("HOST", "300.1.1.1"),
    ("PORT", "abc"),
    ("PORT", "0"),
    ("PORT", "70000"),
    ("PORT", "٨٠٠٠"),
    ("DIEMCAU_MODE", "production"),
    ("DIEMCAU_DATA", "/proc/nowhere"),
    ("DIEMCAU_DATA", "README.md"),
    ("DIEMCAU_SECRET_KEY", "short"),
    ("DIEMCAU_ALLOWED_HOSTS", "*"),
    ("DIEMCAU_ALLOWED_HOSTS", "https://hoinghi.example.vn"),
    ("DIEMCAU_PUBLIC_URL", "hoinghi.example.vn"),
    ("DIEMCAU_PUBLIC_URL", "https://"),
    ("DIEMCAU_PUBLIC_URL", "ftp://hoinghi.example.vn"),
    ("DIEMCAU_PROXIES", "proxy.example.vn"),
    ("DIEMCAU_ONE_TIME_DAYS", "0"),
    ("DIEMCAU_ONE_TIME_DAYS", "forever"),
    ("DIEMCAU_WORKERS", "9"),
    ("DIEMCAU_WORKERS", "-1"),
    ("DIEMCAU_SMTP_HOST", "not an address"),
    ("DIEMCAU_SMTP_PORT", "0"),
    ("DIEMCAU_SMTP_TLS", "ssl"),
    ("DIEMCAU_MAIL_FROM", "Văn phòng"),
    ("DIEMCAU_MAIL_FROM", "van.phong@example.vn\nBcc: ai@example.vn"),
    ("DIEMCAU_MAIL_PER_MINUTE", "0"),
    ("DIEMCAU_DEBUG", "yes"),
    ("DIEMCAU_LOG_LEVEL", "LOUD"),
]


def started(data: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Read the settings, and nothing else, in a process of its own."""
    code = "from config import settings; print(settings.ALLOWED_HOSTS, settings.PUBLIC_URL, settings.DATABASE['NAME'])"
    environment = {"PATH": os.defpath, "DIEMCAU_DATA": str(data)} | variables
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_page_lists_every_setting_with_its_default_and_meaning() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (?:`(.*?)`)? ?\| (.*) \|$", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    assert rows == [(variable.name, variable.default, variable.meaning) for variable in VARIABLES]


def test_every_setting_has_a_bad_value_here() -> None:
    of_any_form = {"DIEMCAU_SMTP_USER", "DIEMCAU_SMTP_PASSWORD"}
    assert {name for name, _value in BAD} == {variable.name for variable in VARIABLES} - of_any_form


def test_a_mail_server_needs_a_sender(tmp_path: Path) -> None:
    ended = started(tmp_path, DIEMCAU_SMTP_HOST="thu.example.vn")
    assert "DIEMCAU_MAIL_FROM is needed" in ended.stderr
    assert started(tmp_path, DIEMCAU_SMTP_HOST="thu.example.vn", DIEMCAU_MAIL_FROM="Văn phòng <a@example.vn>").returncode == 0


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_stops_the_start_and_names_its_setting(tmp_path: Path, name: str, value: str) -> None:
    ended = started(tmp_path, **{name: value})
    assert ended.returncode == 1
    said = ended.stderr.strip().splitlines()[-1]
    assert said.startswith(f"django.core.exceptions.ImproperlyConfigured: {name}")
    assert "geheim" not in ended.stderr


def test_a_command_says_it_in_one_sentence(tmp_path: Path) -> None:
    assert refused(tmp_path, "check", PORT="abc") == "PORT='abc': must be a port from 1 to 65535."
    assert "DIEMCAU_PROT" in refused(tmp_path, "migrate", DIEMCAU_PROT="9000")


def test_an_ipv6_address_stands_in_brackets_where_it_must(tmp_path: Path) -> None:
    ended = started(tmp_path, HOST="::1", PORT="9000")
    assert "http://[::1]:9000" in ended.stdout


def test_the_printed_address_and_the_named_hosts_are_answered(tmp_path: Path) -> None:
    ended = started(
        tmp_path, DIEMCAU_PUBLIC_URL="https://hoinghi.example.vn/", DIEMCAU_ALLOWED_HOSTS="a.example.vn, .b.example.vn"
    )
    for name in ("'hoinghi.example.vn'", "'a.example.vn'", "'.b.example.vn'", "'localhost'"):
        assert name in ended.stdout
    assert "https://hoinghi.example.vn " in ended.stdout


def test_what_an_address_of_a_database_asks_for_is_kept(tmp_path: Path) -> None:
    code = "from config.settings import DATABASES as all; print(*(one['OPTIONS']['sslmode'] for one in all.values()))"
    environment = {"PATH": os.defpath, "DIEMCAU_DATA": str(tmp_path), "DATABASE_URL": "postgres://u@host/name?sslmode=require"}
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["require", "require"]


def test_two_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    code = "from config.env import secret_key; from pathlib import Path; import sys; print(secret_key(Path(sys.argv[1])))"
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    keys = {process.communicate()[0] for process in running}
    assert len(keys) == 1
    assert len(keys.pop().strip()) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_an_empty_key_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("\n")
    assert "secret-key" in started(tmp_path).stderr


def test_the_data_of_an_office_are_never_a_demonstration(tmp_path: Path) -> None:
    (tmp_path / "diemcau.env").write_text(f"DIEMCAU_MODE=office\nDIEMCAU_SECRET_KEY={'k' * 60}\n")
    assert started(tmp_path).returncode == 0
    assert "the data of an office" in started(tmp_path, DIEMCAU_MODE="demo").stderr


def test_commands_run_with_nothing_set(tmp_path: Path) -> None:
    assert "setup_office" in done(tmp_path, "help")
    assert done(tmp_path, "check").startswith("System check identified no issues")
    done(tmp_path, "migrate", "-v", "0")
    assert (tmp_path / "diemcau.sqlite3").exists()


def test_mistakes_of_a_deployment_are_told_at_start(tmp_path: Path) -> None:
    office = {"DIEMCAU_MODE": "office", "DIEMCAU_SECRET_KEY": "k" * 60}
    assert "config.E003" in manage(tmp_path, "check", DIEMCAU_DEBUG="true", **office).stderr
    assert "config.E002" in manage(tmp_path, "check", HOST="0.0.0.0").stderr
    assert "config.W001" in manage(tmp_path, "check", HOST="0.0.0.0", **office).stderr
