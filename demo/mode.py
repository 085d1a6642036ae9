"""Whether this installation is a demonstration at all, and its database prepared."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _


def refuse_in_office() -> None:
    """Raise CommandError in an office: nothing invented comes into its database."""
    if not settings.DEMO_MODE:
        raise CommandError(_("This is an office's installation, not a demonstration: nothing is loaded or played here."))


def prepare_database() -> None:
    """Bring the demonstration's database up to date, so that its commands work on an empty folder too."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
