"""backup and restore: what was answered is there again, on an empty machine too; anything doubtful changes nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from config.env import OFFICE_FILE
from config.safekeeping import archive
from live.serving.presence import serving
from tests.config.commands import ADD_ACCOUNTS, ROOT, done, dumped, insert, refused, rows

BEHIND_THE_TRIGGERS = (
    "DROP TRIGGER journal_entry_is_never_changed",
    "UPDATE meetings_journalentry SET actor = 'Kẻ khác' WHERE number = 2",
)


def epochs(data: Path) -> set[object]:
    return {epoch for (epoch,) in rows(data, "SELECT epoch FROM meetings_journal")}


def files(data: Path) -> dict[str, bytes]:
    return {p.relative_to(data).as_posix(): p.read_bytes() for p in (data / "files").rglob("*") if p.is_file()}


def test_an_office_stands_again_on_an_empty_machine(office: Path, tmp_path: Path) -> None:
    said = done(office, "backup", str(tmp_path / "a.tar.gz"))
    assert "4" in said  # entries
    new = tmp_path / "new"
    done(new, "restore", str(tmp_path / "a.tar.gz"))
    assert dumped(new) == dumped(office)
    assert files(new) == files(office)
    assert (new / OFFICE_FILE).read_text() == (office / OFFICE_FILE).read_text()
    assert (new / OFFICE_FILE).stat().st_mode & 0o777 == 0o600
    assert epochs(new).isdisjoint(epochs(office))


def test_what_stood_there_goes_aside_whole(office: Path, tmp_path: Path) -> None:
    done(office, "backup", str(tmp_path / "a.tar.gz"))
    insert(office, "INSERT INTO people_person (full_name, email, phone, folded) VALUES ('Người sau', '', '', '')")
    (office / "files" / "sau").write_text("later")
    with (office / OFFICE_FILE).open("a") as file:
        file.write("DIEMCAU_LOG_LEVEL=WARNING\n")
    later = dumped(office)
    done(office, "restore", str(tmp_path / "a.tar.gz"))
    (aside,) = office.glob("before-restore-*")
    assert dumped(aside) == later
    assert (aside / "files" / "sau").read_text() == "later"
    assert not any("Người sau" in line for line in dumped(office))
    assert not (office / "files" / "sau").exists()
    assert "DIEMCAU_LOG_LEVEL=WARNING" in (office / OFFICE_FILE).read_text()


def test_a_demonstration_is_restored_with_its_key_and_never_over_an_office(demo: Path, office: Path, tmp_path: Path) -> None:
    done(demo, "backup", str(tmp_path / "a.tar.gz"))
    done(tmp_path / "new", "restore", str(tmp_path / "a.tar.gz"))
    assert (tmp_path / "new" / "secret-key").read_text() == (demo / "secret-key").read_text()
    assert not (tmp_path / "new" / OFFICE_FILE).exists()
    before = dumped(office)
    refused(office, "restore", str(tmp_path / "a.tar.gz"))
    assert dumped(office) == before


def test_a_backup_made_while_people_work_is_of_one_moment(office: Path, tmp_path: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "DIEMCAU_DATA": str(office)}
    code = ADD_ACCOUNTS.format(number=100_000, name="khi")
    writer = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code], cwd=ROOT, env=environment, stderr=subprocess.PIPE
    )
    try:
        _wait_until_growing(office)
        done(office, "backup", str(tmp_path / "a.tar.gz"))
        assert writer.poll() is None, writer.communicate()
    finally:
        writer.kill()
        writer.communicate()
    (journal,) = archive.read_manifest(tmp_path / "a.tar.gz").about["journals"]
    assert journal["head"] > 4
    done(tmp_path / "new", "restore", str(tmp_path / "a.tar.gz"))  # compares figures and checks the chain


def _wait_until_growing(data: Path) -> None:
    for _ in range(200):
        with closing(sqlite3.connect(data / "diemcau.sqlite3", timeout=20)) as database:
            (count,) = database.execute("SELECT count(*) FROM people_user").fetchone()
        if count > 6:
            return
        time.sleep(0.05)
    pytest.fail("nobody works")


def test_an_altered_archive_changes_nothing(office: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    done(office, "backup", str(path))
    whole, before = path.read_bytes(), dumped(office)
    path.write_bytes(whole[: len(whole) * 3 // 4])
    refused(office, "restore", str(path))
    assert dumped(office) == before
    assert files(office)
    assert not list(office.glob("before-restore-*"))


def test_a_journal_altered_before_the_archive_was_made_by_hand_is_refused(office: Path, tmp_path: Path) -> None:
    """Hashes all right, figures all right, and still an entry is not what it was."""
    done(office, "backup", str(tmp_path / "a.tar.gz"))
    manifest = archive.read_manifest(tmp_path / "a.tar.gz")
    archive.extract(tmp_path / "a.tar.gz", tmp_path / "x")
    sources = {member.name: tmp_path / "x" / member.name for member in manifest.members}
    sources["database.sqlite3"].rename(tmp_path / "x" / "diemcau.sqlite3")
    insert(tmp_path / "x", *BEHIND_THE_TRIGGERS)
    sources["database.sqlite3"] = tmp_path / "x" / "diemcau.sqlite3"
    archive.write(tmp_path / "b.tar.gz", manifest.about, sources)
    refused(tmp_path / "new", "restore", str(tmp_path / "b.tar.gz"))
    assert not (tmp_path / "new" / "diemcau.sqlite3").exists()


def test_a_database_comes_with_the_journals_triggers_and_no_others(office: Path, tmp_path: Path) -> None:
    insert(office, "DROP TRIGGER journal_entry_is_never_changed")
    done(office, "backup", str(tmp_path / "a.tar.gz"))
    done(tmp_path / "new", "restore", str(tmp_path / "a.tar.gz"))
    assert rows(tmp_path / "new", "SELECT 1 FROM sqlite_master WHERE name = 'journal_entry_is_never_changed'")
    insert(office, "CREATE TRIGGER evil AFTER INSERT ON django_session BEGIN DELETE FROM meetings_meeting; END")
    done(office, "backup", str(tmp_path / "b.tar.gz"))
    assert "evil" in refused(tmp_path / "another", "restore", str(tmp_path / "b.tar.gz"))
    assert not (tmp_path / "another" / "diemcau.sqlite3").exists()


def test_a_damaged_journal_is_saved_as_it_is_and_named(office: Path, tmp_path: Path) -> None:
    insert(office, *BEHIND_THE_TRIGGERS)
    done(office, "backup", str(tmp_path / "a.tar.gz"))
    assert list(archive.read_manifest(tmp_path / "a.tar.gz").about["faults"].values()) == [2]
    done(tmp_path / "new", "restore", str(tmp_path / "a.tar.gz"))


def test_a_backup_of_a_newer_version_is_refused(office: Path, tmp_path: Path) -> None:
    insert(office, "INSERT INTO django_migrations (app, name, applied) VALUES ('meetings', '9999_later', '2030-01-01')")
    done(office, "backup", str(tmp_path / "a.tar.gz"))
    refused(tmp_path / "new", "restore", str(tmp_path / "a.tar.gz"))


def test_while_the_service_runs_a_backup_is_made_and_a_restore_refused(office: Path, tmp_path: Path) -> None:
    with serving(office):
        done(office, "backup", str(tmp_path / "a.tar.gz"))
        refused(office, "restore", str(tmp_path / "a.tar.gz"))
    assert not list(office.glob("before-restore-*"))


def test_a_backup_replaces_nothing(office: Path, tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").write_text("precious")
    refused(office, "backup", str(tmp_path / "a.tar.gz"))
    assert (tmp_path / "a.tar.gz").read_text() == "precious"
    refused(office, "backup", str(tmp_path / "no folder" / "a.tar.gz"))
    assert [p.name for p in office.glob(".*")] == []


def test_where_there_is_nothing_nothing_is_backed_up_or_restored(tmp_path: Path) -> None:
    refused(tmp_path / "data", "backup", str(tmp_path / "a.tar.gz"))
    refused(tmp_path / "data", "restore", str(tmp_path / "missing.tar.gz"))
    assert not (tmp_path / "a.tar.gz").exists()
