"""Making a backup while the service runs."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

import jobs
from config import office
from config.safekeeping import archive, figures, postgres
from config.sqlite_files import copy, fault_of, is_sqlite, path_of_database, working_on
from config.version import VERSION
from people.models import User

#: Folders of files that a backup leaves out.
NOT_KEPT = {jobs.FOLDER, "uploads"}


def make(path: Path) -> archive.Manifest:
    """Write a backup and read it again. Raises CommandError, with nothing left behind, when it cannot be made."""
    if path.exists():
        raise CommandError(_("%(file)s exists already. A backup never replaces another: choose a new name.") % {"file": path})
    if not path.absolute().parent.is_dir():
        raise CommandError(_("There is no folder %(folder)s.") % {"folder": path.absolute().parent})
    if is_sqlite() and not path_of_database().exists():
        raise CommandError(_("There is no database yet, so there is nothing to back up."))
    if not is_sqlite():
        postgres.refuse_unreachable()
    with TemporaryDirectory(prefix=".backup-", dir=settings.DATA_DIR) as folder:
        return _make(path, Path(folder))


def _make(path: Path, folder: Path) -> archive.Manifest:
    held = _hold(folder / "held")
    with _copied(folder) as (database, alias):
        if User._meta.db_table not in connections[alias].introspection.table_names():
            raise CommandError(_("The database has no tables yet, so there is nothing to back up."))
        about = _about(alias)
    office.write_secretly(folder / office.SECRET_KEY, settings.SECRET_KEY)
    sources = {database.name: database, office.SECRET_KEY: folder / office.SECRET_KEY} | held | _hold(folder / "held")
    try:
        return archive.write(path, about, sources)
    except (OSError, UnicodeError, archive.Damaged) as error:
        raise CommandError(
            _("The backup could not be written: %(reason)s. Nothing is left of it.") % {"reason": error}
        ) from error


@contextmanager
def _copied(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the copy of the database and the alias under which exactly what it holds can be read."""
    if not is_sqlite():
        target = folder / "database.pgdump"
        with postgres.dumping(target) as alias:
            yield target, alias
        return
    target = folder / "database.sqlite3"
    copy(path_of_database(), target)
    if fault := fault_of(target):
        raise CommandError(_("The database is damaged: %(reason)s. Restore the last good backup.") % {"reason": fault})
    with working_on(target):
        yield target, "default"


def _about(alias: str) -> dict[str, Any]:
    return {
        "product": "diemcau",
        "version": VERSION,
        "made_at": timezone.now().isoformat(),
        "mode": settings.MODE,
        "migrations": figures.migrations_of(alias),
        "rows": figures.rows_of(alias),
        "journals": figures.heads_of(alias),
        "faults": figures.faults_of(alias),
    }


def _hold(folder: Path) -> dict[str, Path]:
    """Give every file that is kept a second name, which stays while the archive is written; return them by their names in it.

    Done before and after the database is copied, so that what its rows name is there. Links are none of ours and stay out,
    and so does what changes or goes meanwhile and can be sent or made anew: half uploads, what jobs have made, work under way.
    """
    root = Path(settings.FILES_DIR)
    found = {}
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root)
        if place.parts[0] in NOT_KEPT or any(part.startswith(".") for part in place.parts) or not _is_plain(path):
            continue
        held = folder / place
        with suppress(FileNotFoundError):  # gone since it was listed
            _give(path, held)
            found[f"files/{place.as_posix()}"] = held
    return found


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _give(path: Path, held: Path) -> None:
    held.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, held)
    except FileExistsError:
        pass
    except OSError as error:
        if error.errno == errno.ENOENT:
            raise
        shutil.copyfile(path, held)  # a file system without links
