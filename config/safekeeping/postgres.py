"""PostgreSQL's own programs, told by the environment where the database is: a password on a command line is public."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

SNAPSHOT = "snapshot"


def refuse_unreachable() -> None:
    """Raise CommandError, with the server's own reason, when the database does not answer."""
    connection = connections["default"]
    try:
        psycopg.connect(**connection.get_connection_params() | {"connect_timeout": 5}).close()
    except psycopg.OperationalError as error:
        raise CommandError(_("The database does not answer: %(reason)s") % {"reason": error}) from error


@contextmanager
def dumping(target: Path) -> Iterator[str]:
    """Dump the database as it stands at one moment; yield the alias through which that same moment can be read."""
    with transaction.atomic(using=SNAPSHOT):
        with connections[SNAPSHOT].cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (moment,) = cursor.fetchone()
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={moment}", f"--file={target}")
        target.chmod(0o600)
        yield SNAPSHOT


def load(source: Path) -> None:
    """Put a dump into the database, whole or not at all; what empty tables stand there already are replaced."""
    connections.close_all()
    options = ("--single-transaction", "--clean", "--if-exists", "--no-owner", "--no-acl", "--exit-on-error")
    _run("pg_restore", *options, str(source))


def _run(program: str, *arguments: str) -> None:
    (_psql, *where, name), variables = DatabaseClient.settings_to_cmd_args_env(settings.DATABASES["default"], [])
    ended = subprocess.run(
        [_find(program), *where, f"--dbname={name}", *arguments],
        env=os.environ | {"PGCONNECT_TIMEOUT": "20"} | (variables or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise CommandError(f"{program}: {ended.stderr.strip()}")


def _find(program: str) -> str:
    """Return a program's path; Debian keeps some off the path, one folder per version."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(program)
    if not found:
        raise CommandError(_("%(program)s is missing. Install the package postgresql-client.") % {"program": program})
    return found
