"""Running manage.py as an office does: in a process of its own, with nothing in the environment but what a test gives."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]
PASSWORD = "mot-mat-khau-dai"
ADD_ACCOUNTS = """
from meetings.accounts.actions import add_account
from meetings.queries import office_actor
from people.models import User
by = office_actor(User.objects.get(username="quan.tri"))
for n in range({number}):
    add_account(by=by, full_name=f"Người {{n}}", username=f"{name}.{{n}}", password_hash="!")
"""


def manage(data: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one command of manage.py over a data folder; return what it said and how it ended."""
    environment = {"PATH": "/usr/bin:/bin", "DIEMCAU_DATA": str(data)} | variables
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def done(data: Path, *arguments: str, **variables: str) -> str:
    """Run a command that must succeed; return what it said."""
    ended = manage(data, *arguments, **variables)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def refused(data: Path, *arguments: str, **variables: str) -> str:
    """Run a command that must refuse in words; return them."""
    ended = manage(data, *arguments, **variables)
    assert ended.returncode != 0, ended.stdout
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stderr.strip()


def set_up(data: Path, folder: Path, **variables: str) -> str:
    """Make an office with an administrator; return what the command said."""
    return done(data, *setting_up(folder), **variables)


def setting_up(folder: Path, password: str = PASSWORD) -> tuple[str, ...]:
    """Return the words of setup_office, with a password in a file."""
    file = folder / "password"
    file.write_text(f"{password}\n")
    return "setup_office", "--username", "quan.tri", "--full-name", "Đỗ Thị Quản", "--password-file", str(file)


def add_accounts(data: Path, number: int, **variables: str) -> None:
    """Add accounts through the action, in the office's journal."""
    done(data, "shell", "-v", "0", "-c", ADD_ACCOUNTS.format(number=number, name="nguoi"), **variables)


def insert(data: Path, *statements: str) -> None:
    """Write to a database behind the back of everything."""
    with closing(sqlite3.connect(data / "diemcau.sqlite3")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def rows(data: Path, question: str) -> list[tuple[object, ...]]:
    """Ask a database of a data folder."""
    with closing(sqlite3.connect(data / "diemcau.sqlite3")) as database:
        return database.execute(question).fetchall()


def dumped(data: Path) -> list[str]:
    """Return a database as text: its schema and every row, but not the epochs of journals, which a restore changes."""
    schema = rows(data, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
    found = [repr(one) for one in schema]
    for kind, name, _sql in schema:
        if kind == "table":
            found += [f"{name}{row}" for row in rows(data, f'SELECT * FROM "{name}" ORDER BY 1, 2')]
    text = "\n".join(found)
    for (epoch,) in rows(data, "SELECT epoch FROM meetings_journal"):
        text = text.replace(str(epoch), "EPOCH")
    return text.splitlines()
