"""backup FILE: one archive with database, files and key, made while the service runs, and read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from config.safekeeping import backup


class Command(BaseCommand):
    """Prints one line with figures; journals that do not hold are named on the error stream."""

    help = "Back up database, files and key into one archive, while the service runs; what was written is verified."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the archive's name."""
        parser.add_argument("file", type=Path, help="the archive to write, such as diemcau-2026-11-21.tar.gz")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Make it and say what is in it."""
        manifest = backup.make(file)
        for journal, entry in manifest.about["faults"].items():
            told = {"journal": journal, "entry": entry}
            self.stderr.write(_("Journal %(journal)s is bad from entry %(entry)d on; it was saved as it is.") % told)
        self.stdout.write(_("Saved and verified: %(figures)s.") % {"figures": figures_line(manifest)})


def figures_line(manifest: Any) -> str:
    """Return the figures of a backup as words."""
    journals = manifest.about["journals"]
    return _("%(rows)d rows, %(journals)d journals with %(entries)d entries, %(files)d files, %(size).1f MB") % {
        "rows": sum(manifest.about["rows"].values()),
        "journals": len(journals),
        "entries": sum(journal["head"] for journal in journals),
        "files": sum(member.name.startswith("files/") for member in manifest.members),
        "size": manifest.size / 1e6,
    }
