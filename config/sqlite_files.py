"""SQLite databases as files: copied while in use, worked on at another place, made whole for a move."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from django.utils.translation import gettext as _

from live.serving.presence import Occupied, alone


def is_sqlite() -> bool:
    """Tell whether this installation keeps its data in SQLite."""
    return settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"


def path_of_database() -> Path:
    """Return the installation's SQLite file."""
    return Path(settings.DATABASES["default"]["NAME"])


def copy(source: Path, target: Path) -> None:
    """Copy a database as it stands at one moment, while others read and write it."""
    with closing(sqlite3.connect(source, timeout=20)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    settle(target)


def settle(path: Path) -> None:
    """Fold everything into the one file, which only this account may read."""
    with closing(sqlite3.connect(path, timeout=2, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA journal_mode=DELETE")
    path.chmod(0o600)


def fault_of(path: Path) -> str:
    """Return what SQLite's own check finds wrong with a file; nothing when it is whole."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if answer == "ok" else str(answer)


def code_in(path: Path) -> set[str]:
    """Return the names of the triggers and views in a database: what would run by itself once it is used."""
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')")}


@contextmanager
def working_on(path: Path) -> Iterator[None]:
    """Let everything that uses the database use this file instead."""
    connection = connections["default"]
    connection.close()
    own = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
    settle(path)


@contextmanager
def data_to_ourselves() -> Iterator[None]:
    """Keep the service out while data are exchanged. Raises CommandError while anybody uses them."""
    try:
        with alone(Path(settings.DATA_DIR)):
            if is_sqlite() and path_of_database().exists():
                _close_for_others(path_of_database())
            yield
    except Occupied as error:
        raise CommandError(_("The service is running on these data. Stop it, then try again.")) from error


def _close_for_others(path: Path) -> None:
    connections.close_all()
    try:
        settle(path)
    except sqlite3.OperationalError as error:
        raise CommandError(_("Another process uses the database. Stop it, then try again.")) from error
    except sqlite3.DatabaseError:  # no database, or a broken one: it is moved aside as it is
        pass
