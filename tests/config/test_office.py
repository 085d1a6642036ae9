"""setup_office: from the demonstration to an office, once, with nothing lost; refused in words wherever it must be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from config.env import OFFICE_FILE
from live.serving.presence import serving
from tests.config.commands import PASSWORD, done, dumped, refused, rows, set_up, setting_up


def everything(data: Path) -> dict[str, bytes]:
    """Every file but the database, whose header tells how it was opened last; that one as text."""
    found = {str(path.relative_to(data)): path.read_bytes() for path in data.rglob("*") if path.is_file()}
    return found | {"diemcau.sqlite3": "\n".join(dumped(data)).encode()}


def test_the_demonstration_goes_aside_and_an_office_begins(demo: Path, tmp_path: Path) -> None:
    old_key = (demo / "secret-key").read_text()
    said = set_up(demo, tmp_path)
    (aside,) = demo.glob("demo-*")
    assert str(aside) in said
    assert PASSWORD not in said
    assert not [name for name, content in everything(demo).items() if PASSWORD.encode() in content]
    assert (aside / "files" / "paper").read_text() == "demo"
    assert (aside / "secret-key").read_text() == old_key
    assert rows(aside, "SELECT full_name FROM people_person") == [("Người trình diễn",)]
    assert rows(demo, "SELECT username, office_role, is_active FROM people_user") == [("quan.tri", "administrator", 1)]
    assert rows(demo, "SELECT kind, count(*) FROM people_organisation GROUP BY kind") == [("province", 34)]
    assert rows(demo, "SELECT number, kind, actor FROM meetings_journalentry") == [(1, "account.added", "Đỗ Thị Quản")]
    assert not list((demo / "files").iterdir())
    check_mode_and_key(demo)
    check_that_a_second_time_refuses(demo, tmp_path)


def check_mode_and_key(demo: Path) -> None:
    lines = (demo / OFFICE_FILE).read_text().splitlines()
    assert "DIEMCAU_MODE=office" in lines
    assert len(next(line for line in lines if line.startswith("DIEMCAU_SECRET_KEY="))) > 60
    assert (demo / OFFICE_FILE).stat().st_mode & 0o777 == 0o600
    assert (demo / "diemcau.sqlite3").stat().st_mode & 0o777 == 0o600
    said = done(demo, "shell", "-v", "0", "-c", "from django.conf import settings as s; print(s.MODE, len(s.SECRET_KEY))")
    assert said.split() == ["office", "86"]
    assert not (demo / "secret-key").exists()


def check_that_a_second_time_refuses(demo: Path, tmp_path: Path) -> None:
    before = everything(demo)
    refused(demo, *setting_up(tmp_path))
    assert everything(demo) == before


def test_while_the_service_runs_it_refuses_and_changes_nothing(demo: Path, tmp_path: Path) -> None:
    with serving(demo):
        before = everything(demo)
        refused(demo, *setting_up(tmp_path))
        assert everything(demo) == before


def test_while_anybody_has_the_database_open_it_refuses(demo: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(demo / "diemcau.sqlite3")) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT count(*) FROM people_user").fetchall()
        refused(demo, *setting_up(tmp_path))
    assert not (demo / OFFICE_FILE).exists()


def test_what_a_killed_server_left_beside_its_database_goes_along(demo: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(demo / "diemcau.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("INSERT INTO people_person (full_name, email, phone, folded) VALUES ('Người cuối', '', '', '')")
        database.commit()
        for ending in ("", "-wal"):
            (tmp_path / f"copy{ending}").write_bytes((demo / f"diemcau.sqlite3{ending}").read_bytes())
    for ending in ("", "-wal"):
        (tmp_path / f"copy{ending}").rename(demo / f"diemcau.sqlite3{ending}")
    set_up(demo, tmp_path)
    (aside,) = demo.glob("demo-*")
    assert ("Người cuối",) in rows(aside, "SELECT full_name FROM people_person")
    assert not list(demo.glob("*-wal"))


def test_a_start_in_the_middle_of_the_exchange_finishes_it(demo: Path, office: Path, tmp_path: Path) -> None:
    """As a kill -9 right after the decision leaves it: the next command of any kind sees the office."""
    incoming = demo / "incoming"
    incoming.mkdir()
    for name in ("diemcau.sqlite3", OFFICE_FILE, "files"):
        (office / name).rename(incoming / name)
    moves = ",".join(f'["{name}", "{demo / name}", true]' for name in ("files", OFFICE_FILE, "diemcau.sqlite3"))
    (incoming / "plan.json").write_text(f'{{"aside": "demo-then", "moves": [{moves}]}}')
    refused(demo, *setting_up(tmp_path))
    assert ("quan.tri",) in rows(demo, "SELECT username FROM people_user")
    assert (demo / "demo-then" / "files" / "paper").read_text() == "demo"


def test_an_office_without_accounts_is_completed(tmp_path: Path) -> None:
    set_up(tmp_path / "data", tmp_path, DIEMCAU_MODE="office")
    assert (tmp_path / "data" / OFFICE_FILE).exists()
    assert rows(tmp_path / "data", "SELECT username FROM people_user") == [("quan.tri",)]


@pytest.mark.parametrize(
    ("username", "full_name", "password"),
    [("có dấu cách", "A", "mot-mat-khau-dai"), ("a", " ", "mot-mat-khau-dai"), ("quan.tri.vien", "A", "quan.tri.vien")],
)  # fmt: skip
def test_bad_names_and_passwords_are_refused_with_nothing_changed(
    tmp_path: Path, username: str, full_name: str, password: str
) -> None:
    data = tmp_path / "data"
    (command, *_others, file) = setting_up(tmp_path, password)
    refused(data, command, "--username", username, "--full-name", full_name, "--password-file", file)
    assert {path.name for path in data.iterdir()} <= {"secret-key"}


def test_without_a_terminal_or_a_file_it_says_what_to_do(tmp_path: Path) -> None:
    assert "--password-file" in refused(tmp_path, "setup_office", "--username", "a", "--full-name", "A")
    missing = str(tmp_path / "missing")
    assert missing in refused(tmp_path, "setup_office", "--username", "a", "--full-name", "A", "--password-file", missing)


def test_an_environment_that_says_demo_is_refused(tmp_path: Path) -> None:
    assert "DIEMCAU_MODE=demo" in refused(tmp_path / "data", *setting_up(tmp_path), DIEMCAU_MODE="demo")
