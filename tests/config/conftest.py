"""A demonstration and an office, each made once in a run by the commands themselves and copied for every test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tests import prepared
from tests.config.commands import add_accounts, done, insert, set_up

# What only a server can show is for the run that has one.
collect_ignore = [] if os.environ.get("DATABASE_URL", "").startswith("postgres") else ["test_postgres.py"]


@pytest.fixture(autouse=True)
def sentences_as_written() -> Iterator[None]:
    """Where a test looks for words, they are those of the code."""
    with translation.override(None, deactivate=True):
        yield


@pytest.fixture(scope="session")
def made_demo() -> Path:
    return prepared.once("made-demo", _make_demo)


def _make_demo(data: Path) -> None:
    prepared.copy_sqlite(data / "diemcau.sqlite3")
    done(data, "migrate", "-v", "0")
    (data / "files").mkdir()
    (data / "files" / "paper").write_text("demo")
    insert(data, "INSERT INTO people_person (full_name, email, phone, folded) VALUES ('Người trình diễn', '', '', '')")


@pytest.fixture(scope="session")
def made_office() -> Path:
    return prepared.once("made", _make_office) / "office"


def _make_office(folder: Path) -> None:
    folder.mkdir()
    set_up(folder / "office", folder)
    add_accounts(folder / "office", 3)
    (folder / "office" / "files" / "Tài liệu").mkdir()
    (folder / "office" / "files" / "Tài liệu" / "số 1.pdf").write_bytes(b"%PDF" + bytes(range(256)) * 500)
    (folder / "office" / "files" / "rỗng").touch()


@pytest.fixture
def demo(made_demo: Path, tmp_path: Path) -> Path:
    """A data folder in demo mode with a database and a file."""
    return Path(shutil.copytree(made_demo, tmp_path / "data"))


@pytest.fixture
def office(made_office: Path, tmp_path: Path) -> Path:
    """The data folder of an office with four accounts and two files."""
    return Path(shutil.copytree(made_office, tmp_path / "office"))
