"""An office on PostgreSQL: begun in an empty database, saved at one moment, restored into an empty one only."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from config.env import OFFICE_FILE
from config.safekeeping import archive
from tests.config.commands import add_accounts, done, refused, set_up, setting_up
from tests.prepared import copy_sqlite

pytestmark = pytest.mark.postgres
SERVER, _, _NAME = os.environ.get("DATABASE_URL", "").rpartition("/")


@pytest.fixture
def empty() -> Iterator[list[str]]:
    """Addresses of two empty databases."""
    names = [f"office_{uuid.uuid4().hex}" for _ in range(2)]
    with psycopg.connect(_psycopg(os.environ["DATABASE_URL"]), autocommit=True) as server:
        for name in names:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield [f"{SERVER}/{name}" for name in names]
        for name in names:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _psycopg(address: str) -> str:
    """The address as libpq writes it: our tests put a socket's folder where libpq wants a host."""
    from environ import Env

    found = Env.db_url_config(address)
    pairs = {"dbname": found["NAME"], "user": found["USER"], "host": found["HOST"], "port": found["PORT"]}
    return " ".join(f"{key}={value}" for key, value in pairs.items() if value)


def asked(address: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(_psycopg(address)) as database:
        return database.execute(question).fetchall()


def test_an_office_moves_from_one_database_to_another(empty: list[str], tmp_path: Path) -> None:
    old, new = empty
    (tmp_path / "old" / "files").mkdir(parents=True)
    (tmp_path / "old" / "files" / "paper").write_text("demo")
    set_up(tmp_path / "old", tmp_path, DATABASE_URL=old)
    (aside,) = (tmp_path / "old").glob("demo-*")
    assert (aside / "files" / "paper").read_text() == "demo"
    assert asked(old, "SELECT username, office_role FROM people_user") == [("quan.tri", "administrator")]
    assert asked(old, "SELECT count(*) FROM people_organisation") == [(34,)]

    add_accounts(tmp_path / "old", 3, DATABASE_URL=old)
    (tmp_path / "old" / "files" / "số 1.pdf").write_bytes(b"%PDF")
    done(tmp_path / "old", "backup", str(tmp_path / "a.tar.gz"), DATABASE_URL=old)
    assert archive.read_manifest(tmp_path / "a.tar.gz").about["rows"]["people_user"] == 4

    done(tmp_path / "new", "migrate", "-v", "0", DATABASE_URL=new)  # tables, but nothing of anybody's in them
    done(tmp_path / "new", "restore", str(tmp_path / "a.tar.gz"), DATABASE_URL=new)
    entries = "SELECT number, kind, payload, hash FROM meetings_journalentry ORDER BY number"
    assert asked(new, entries) == asked(old, entries)
    accounts = "SELECT id, username, password FROM people_user ORDER BY id"
    assert asked(new, accounts) == asked(old, accounts)
    assert asked(new, "SELECT epoch FROM meetings_journal") != asked(old, "SELECT epoch FROM meetings_journal")
    assert (tmp_path / "new" / "files" / "số 1.pdf").read_bytes() == b"%PDF"
    assert (tmp_path / "new" / OFFICE_FILE).read_text() == (tmp_path / "old" / OFFICE_FILE).read_text()
    last = "SELECT last_value FROM people_user_id_seq"
    assert asked(new, last) == asked(old, last)

    refused(tmp_path / "new", "restore", str(tmp_path / "a.tar.gz"), DATABASE_URL=new)
    refused(tmp_path / "new", *setting_up(tmp_path), DATABASE_URL=new)
    refused(tmp_path / "third", *setting_up(tmp_path), DATABASE_URL=new)
    assert not (tmp_path / "third" / OFFICE_FILE).exists()


def test_a_backup_of_the_other_kind_of_database_is_refused(empty: list[str], tmp_path: Path) -> None:
    copy_sqlite(tmp_path / "lite" / "diemcau.sqlite3")
    done(tmp_path / "lite", "backup", str(tmp_path / "a.tar.gz"))
    refused(tmp_path / "new", "restore", str(tmp_path / "a.tar.gz"), DATABASE_URL=empty[0])
    assert asked(empty[0], "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'") == [(0,)]


def test_a_database_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    nowhere = f"postgres://u:geheim@/{tmp_path}/none"
    for command in (["backup", str(tmp_path / "a.tar.gz")], [*setting_up(tmp_path)]):
        assert "geheim" not in refused(tmp_path / "data", *command, DATABASE_URL=nowhere)
    assert not (tmp_path / "a.tar.gz").exists()
