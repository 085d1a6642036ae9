"""setup_office: leaves the demonstration and begins an office with its first administrator."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from config import office
from people.models import Person, User


class Command(BaseCommand):
    """Refuses, and changes nothing, where there is an office already or the service is running."""

    help = "Make this installation an office: moves the demonstration aside, makes keys, enters the first administrator."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the first administrator's names."""
        parser.add_argument("--username", required=True, help="user name of the first administrator")
        parser.add_argument("--full-name", required=True, help="full name of the first administrator")
        parser.add_argument("--password-file", type=Path, help="file whose first line is the password; asked for otherwise")

    def handle(self, *args: Any, username: str, full_name: str, password_file: Path | None, **options: Any) -> None:
        """Refuse first, ask then, change last."""
        office.refuse_unless_possible()
        person, user = Person(full_name=full_name.strip()), User(username=username.strip())
        _refuse_bad(person, ["full_name"])
        _refuse_bad(user, ["username"])
        password = _read(password_file) if password_file else _ask()
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        aside = office.establish(username=user.username, full_name=person.full_name, password=password)
        if aside:
            self.stdout.write(_("The demonstration is kept in %(folder)s.") % {"folder": aside})
        self.stdout.write(_("This is an office now. Start it with make run and sign in as %(name)s.") % {"name": user.username})


def _refuse_bad(row: Person | User, wanted: list[str]) -> None:
    others = {field.name for field in row._meta.fields} - set(wanted)
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        sentences = [f"{field}: {' '.join(found)}" for field, found in error.message_dict.items()]
        raise CommandError(" ".join(sentences)) from error


def _read(path: Path) -> str:
    try:
        return (path.read_text(encoding="utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(_("The password file cannot be read: %(reason)s.") % {"reason": error}) from error


def _ask() -> str:
    if not sys.stdin.isatty():
        raise CommandError(_("Nobody is there to be asked for a password: use --password-file FILE."))
    first = getpass(_("Password of the first administrator") + ": ")
    if getpass(_("The same again") + ": ") != first:
        raise CommandError(_("The two passwords differ; nothing was changed."))
    return first
