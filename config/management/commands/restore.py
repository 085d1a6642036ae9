"""restore FILE: verifies a backup and puts it in the place of the present data, which go aside."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from config.management.commands.backup import figures_line
from config.safekeeping import archive, restore


class Command(BaseCommand):
    """Refuses, and changes nothing, while the service runs or when anything in the archive is not as it says."""

    help = "Restore a backup: verified first; the present data are moved aside, never deleted."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the archive's name."""
        parser.add_argument("file", type=Path, help="an archive that backup has written")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Put it back and say what is there now."""
        if not file.is_file():
            raise CommandError(_("There is no file %(file)s.") % {"file": file})
        try:
            manifest, aside = restore.put_back(file)
        except archive.Damaged as error:
            raise CommandError(_("This backup is not usable: %(reason)s. Nothing was changed.") % {"reason": error}) from error
        if aside:
            self.stdout.write(_("The data that stood here are kept in %(folder)s.") % {"folder": aside})
        if manifest.about["mode"] == "office" and "DIEMCAU_SECRET_KEY" in os.environ and settings.DEMO_MODE:
            self.stderr.write(_("DIEMCAU_SECRET_KEY stands in the environment and has precedence over the key of the backup."))
        self.stdout.write(_("Restored and verified: %(figures)s.") % {"figures": figures_line(manifest)})
