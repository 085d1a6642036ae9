"""``manage.py demo``: loads the demonstration conference and prints where it is and who signs in."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from demo.communes import COMMUNES
from demo.loading import ensure, find, is_empty, summary
from demo.mode import prepare_database, refuse_in_office


class Command(BaseCommand):
    """Prints one line of JSON; an existing demonstration is left as it is unless ``--reset``."""

    help = "Load the demonstration conference; print its addresses and accounts as one line of JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do when there is something already."""
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--reset", action="store_true", help="remove the demonstration wholly and load it anew")
        choice.add_argument("--if-empty", action="store_true", help="only into a demo database without a meeting or account")
        communes = f"with {COMMUNES:,} bridge points of communes under the provinces, to see how thousands look"
        parser.add_argument("--communes", action="store_true", help=communes)

    def handle(self, *args: Any, reset: bool, if_empty: bool, communes: bool, **options: Any) -> None:
        """Load what is missing; with --if-empty an office or a database in use is passed over in silence."""
        if if_empty and not settings.DEMO_MODE:
            return
        refuse_in_office()
        prepare_database()
        if if_empty and not is_empty() and find() is None:
            return
        self.stdout.write(json.dumps(summary(ensure(reset=reset, communes=communes)), ensure_ascii=False))
