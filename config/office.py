"""Leaving the demonstration: an office with its own key, its first administrator and an empty directory."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from config import exchange
from config.env import OFFICE_FILE
from config.safekeeping import postgres
from config.sqlite_files import data_to_ourselves, is_sqlite, path_of_database, working_on
from meetings.accounts.actions import appoint_administrator
from meetings.models import Meeting
from people.models import User

DATABASE, FILES, SECRET_KEY = "diemcau.sqlite3", "files", "secret-key"


def refuse_unless_possible() -> None:
    """Raise CommandError when there is an office already, or nothing could become one."""
    if not is_sqlite():
        postgres.refuse_unreachable()
    if not settings.DEMO_MODE and has_rows(User):
        raise CommandError(
            _("This is an office already; nothing was changed. Its administrator adds accounts on the page /accounts/.")
        )
    if os.environ.get("DIEMCAU_MODE", "").strip() == "demo":
        raise CommandError(_("DIEMCAU_MODE=demo stands in the environment. Take it away, then try again."))
    if not is_sqlite() and (has_rows(User) or has_rows(Meeting)):
        raise CommandError(
            _("The PostgreSQL database holds accounts or meetings. An office begins with an empty one: name it in DATABASE_URL.")
        )


def establish(*, username: str, full_name: str, password: str) -> Path | None:
    """Make this an office; return the folder the demonstration went to, if there was one.

    Interrupted at any point, it leaves the demonstration or an office; an office without an administrator yet (PostgreSQL
    alone) is completed by asking again. Raises CommandError while the service runs.
    """
    first = {"username": username, "full_name": full_name, "password_hash": make_password(password)}
    with data_to_ourselves():
        if settings.DEMO_MODE:
            return _replace_demonstration(first)
        if not places()[OFFICE_FILE].exists():
            write_secretly(places()[OFFICE_FILE], office_file(secrets.token_urlsafe(64)))
        _furnish(first)
        return None


def has_rows(model: type[User | Meeting]) -> bool:
    """Tell whether a table is there and holds anything."""
    return model._meta.db_table in connection.introspection.table_names() and model._default_manager.exists()


def places() -> dict[str, Path]:
    """Return where the parts of an installation stand, the database last and only when it is a file."""
    data = Path(settings.DATA_DIR)
    found = {FILES: Path(settings.FILES_DIR), OFFICE_FILE: data / OFFICE_FILE, SECRET_KEY: data / SECRET_KEY}
    return found | ({DATABASE: path_of_database()} if is_sqlite() else {})


def office_file(key: str, *further: str) -> str:
    """Return the text of the file that makes a data folder an office's, with further lines."""
    head = "# Makes this folder an office's. Keep it secret; what the environment says has precedence."
    return "\n".join((head, "DIEMCAU_MODE=office", f"DIEMCAU_SECRET_KEY={key}", *further, ""))


def write_secretly(path: Path, text: str) -> None:
    """Write a new file that only this account may read."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)


def stamp() -> str:
    """Return the time as part of a folder's name."""
    return timezone.localtime().strftime("%Y%m%d-%H%M%S")


def _furnish(first: dict[str, str]) -> None:
    """Prepare the database the settings name and enter its first account."""
    call_command("migrate", verbosity=0)
    appoint_administrator(**first)


def _replace_demonstration(first: dict[str, str]) -> Path | None:
    data = Path(settings.DATA_DIR)
    with exchange.preparation(data) as folder:
        if is_sqlite():
            with working_on(folder / DATABASE):
                _furnish(first)
        (folder / FILES).mkdir(mode=0o700)
        write_secretly(folder / OFFICE_FILE, office_file(secrets.token_urlsafe(64)))
        aside = exchange.decide(folder, data=data, aside=f"demo-{stamp()}", places=places())
    if not is_sqlite():
        _furnish(first)
    return aside if aside.exists() else None
