"""What all workers of a test run need and one makes: a migrated database (ten seconds of a processor), an office."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "diemcau_migrated"


def folder() -> Path:
    """Return the folder all workers of this run share (tests/settings.py)."""
    return Path(os.environ["PREPARED_INSTALLATION"])


def migrated_sqlite() -> Path:
    """Return an SQLite file with all tables and no row that no migration writes; made by whoever asks first."""
    file = folder() / "migrated.sqlite3"
    with _alone():
        if not file.exists():
            fresh = file.with_suffix(".new")
            _migrate(f"sqlite:///{fresh}")
            _close_the_log(fresh)
            fresh.rename(file)
    return file


def copy_sqlite(target: Path) -> None:
    """Begin a database with the migrated tables."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(migrated_sqlite())) as source, contextlib.closing(sqlite3.connect(target)) as fresh:
        source.backup(fresh)


def once(name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder of this run; whoever asks first fills it, with a path to one that does not exist yet."""
    found = folder() / name
    with _alone(name):
        if not found.exists():
            fresh = found.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            make(fresh)
            fresh.rename(found)
    return found


def begin(alias: str = "default") -> None:
    """Let Django's test database begin as a copy of the migrated one; its own migrate then finds nothing to do."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        copy_sqlite(Path(connection.settings_dict["TEST"]["NAME"]))
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = _migrated_postgres(os.environ["DATABASE_URL"])


def _migrated_postgres(url: str) -> str:
    import psycopg

    made = folder() / "postgres-migrated"
    with _alone():
        if not made.exists():
            own = connections["default"].settings_dict
            with psycopg.connect(host=own["HOST"], user=own["USER"], dbname="postgres", autocommit=True) as server:
                server.execute(f"CREATE DATABASE {TEMPLATE}")
            _migrate(urlunsplit(urlsplit(url)._replace(path=urlsplit(url).path.rpartition("/")[0] + f"/{TEMPLATE}")))
            made.touch()
    return TEMPLATE


@contextlib.contextmanager
def _alone(name: str = "migrated") -> Iterator[None]:
    with (folder() / f"lock-{name}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(url: str) -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("DIEMCAU_", "DJANGO_"))}
    env |= {"DATABASE_URL": url, "DIEMCAU_DATA": str(folder() / "for-migrating")}
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    done = subprocess.run(migrate, cwd=ROOT, env=env, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def _close_the_log(file: Path) -> None:
    """Bring what stands in the write-ahead log into the file itself."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("PRAGMA journal_mode=DELETE")
