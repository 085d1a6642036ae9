"""Putting a backup in the place of the present data, which go aside."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from config import exchange, office
from config.env import OFFICE_FILE
from config.safekeeping import archive, figures, postgres
from config.sqlite_files import code_in, data_to_ourselves, fault_of, is_sqlite, working_on
from jobs.queue import end_after_restore
from mailing.sending import hold_after_restore
from meetings import hooks
from meetings.models import Journal, Meeting
from people.models import User

MEMBERS = {"database.sqlite3": True, "database.pgdump": False}


def refuse_unless_possible(manifest: archive.Manifest) -> None:
    """Raise CommandError when what the backup holds does not belong here."""
    about, names = manifest.about, {member.name for member in manifest.members}
    if not _is_ours(about) or office.SECRET_KEY not in names or len(names & MEMBERS.keys()) != 1:
        raise CommandError(_("This is not a backup of this product."))
    if (names & MEMBERS.keys()).pop() != _database_member():
        raise CommandError(
            _("The backup was made on another kind of database (SQLite or PostgreSQL). Set DATABASE_URL to match it.")
        )
    newer = set(about["migrations"]) - {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer:
        raise CommandError(_("The backup was made by a newer version, %(version)s. Install that first.") % about)
    if about["mode"] == "demo" and not settings.DEMO_MODE:
        raise CommandError(_("The backup holds a demonstration; this is an office. Nothing was changed."))
    if not is_sqlite():
        postgres.refuse_unreachable()
    if not is_sqlite() and (office.has_rows(User) or office.has_rows(Meeting)):
        raise CommandError(
            _("The PostgreSQL database holds accounts or meetings. A backup goes into an empty one: name it in DATABASE_URL.")
        )
    if shutil.disk_usage(settings.DATA_DIR).free < manifest.size:
        raise CommandError(_("There is not enough room for the backup in %(folder)s.") % {"folder": settings.DATA_DIR})


def _is_ours(about: dict[str, Any]) -> bool:
    shape = {"version": str, "migrations": list, "rows": dict, "journals": list, "faults": dict}
    return (
        about.get("product") == "diemcau"
        and about.get("mode") in ("demo", "office")
        and all(isinstance(about.get(name), kind) for name, kind in shape.items())
        and all(isinstance(name, str) for name in about["migrations"])
    )


def put_back(path: Path) -> tuple[archive.Manifest, Path | None]:
    """Restore an archive; return what it says of itself, and where the data that stood here went.

    Everything is checked on a copy. Whatever is wrong raises CommandError or archive.Damaged, with nothing changed.
    """
    manifest = archive.read_manifest(path)
    refuse_unless_possible(manifest)
    data = Path(settings.DATA_DIR)
    with data_to_ourselves(), exchange.preparation(data) as folder:
        (folder / office.FILES).mkdir(mode=0o700)
        if archive.extract(path, folder) != manifest:
            raise archive.Damaged(_("it was changed while it was being read"))
        _bring_in(folder, manifest.about)
        _ready_key(folder, manifest.about)
        aside = exchange.decide(folder, data=data, aside=f"before-restore-{office.stamp()}", places=office.places())
    return manifest, aside if aside.exists() else None


def _bring_in(folder: Path, about: dict[str, Any]) -> None:
    """Check the database, bring it to this version and give its journals a new epoch, so that every screen starts afresh."""
    source = folder / _database_member()
    if not is_sqlite():
        return _load_dump(source, about)
    if fault := fault_of(source):
        raise archive.Damaged(_("its database is damaged: %(reason)s") % {"reason": fault})
    if foreign := sorted(code_in(source).difference(*(guard.NAMES for guard in hooks.guards))):
        raise archive.Damaged(_("its database is damaged: %(reason)s") % {"reason": f"TRIGGER, VIEW {', '.join(foreign)[:200]}"})
    source.rename(folder / office.DATABASE)
    with working_on(folder / office.DATABASE):
        return _settle_in(about)


def _load_dump(source: Path, about: dict[str, Any]) -> None:
    postgres.load(source)
    source.unlink()
    try:
        _settle_in(about)
    except archive.Damaged as fault:
        raise CommandError(
            _("The database has been filled, but %(reason)s. Empty it before you try another backup.") % {"reason": fault}
        ) from fault


def _settle_in(about: dict[str, Any]) -> None:
    if (figures.rows_of("default"), figures.heads_of("default")) != (about["rows"], about["journals"]):
        raise archive.Damaged(_("its figures are not those of its database"))
    if figures.faults_of("default") != about["faults"]:
        raise archive.Damaged(_("a journal in it has been altered"))
    call_command("migrate", verbosity=0)
    for guard in hooks.guards:
        guard.install(connections["default"])  # an archive that came without its triggers does not stay so
    # What waited then may have been done since.
    end_after_restore()
    hold_after_restore()
    for journal in Journal.objects.all():
        journal.epoch = uuid.uuid4()
        journal.save(update_fields=["epoch"])
    connections.close_all()


def _ready_key(folder: Path, about: dict[str, Any]) -> None:
    """Keep the key that links and tickets were signed with: in the office's file, or beside the demonstration."""
    if about["mode"] == "demo":
        return
    key = (folder / office.SECRET_KEY).read_text().strip()
    (folder / office.SECRET_KEY).unlink()
    present = Path(settings.DATA_DIR) / OFFICE_FILE
    lines = present.read_text().splitlines() if present.exists() else []
    further = [line for line in lines if not line.startswith(("#", "DIEMCAU_MODE=", "DIEMCAU_SECRET_KEY="))]
    office.write_secretly(folder / OFFICE_FILE, office.office_file(key, *further))


def _database_member() -> str:
    return next(name for name, sqlite in MEMBERS.items() if sqlite == is_sqlite())
