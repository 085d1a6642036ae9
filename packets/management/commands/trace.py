"""trace: whose copy was it? From a trace code, or a part of one, to the access records."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from packets.models import Opening
from packets.tracing.codes import SHORTEST, part_of, shown
from packets.tracing.queries import SHOWN_AT_MOST, openings_like


class Command(BaseCommand):
    """Prints one line for each copy that the letters lead to, the newest first (exit 1: none)."""

    help = "Find the access record of a copy by its trace code, or by at least four letters of it that stand together."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what could be made out of the code."""
        parser.add_argument("code", nargs="+", help="as it stands on the copy; O and 0, I, L and 1 are the same, ? is any letter")

    def handle(self, *args: Any, code: list[str], **options: Any) -> None:
        """Look in all meetings."""
        part = part_of(" ".join(code))
        if not part:
            raise CommandError(
                f"Give at least {SHORTEST} letters of the code that stand together, ? for one that cannot be read."
            )
        rows = openings_like(part)
        found = list(rows[:SHOWN_AT_MOST])
        if not found:
            raise CommandError(f"No copy carries {part}. Look again at letters that are easily misread, or give fewer of them.")
        for row in found:
            self.stdout.write(line_of(row))
        left = rows.count() - len(found)
        if left:
            self.stdout.write(f"… and {left} more: give more letters.")


def line_of(row: Opening) -> str:
    """Return an access record as one line: code, time of the meeting's clock, way, reader, unit, meeting and paper, account."""
    at = timezone.localtime(row.opened_at).strftime("%d/%m/%Y %H:%M:%S")
    version = row.version
    paper = f"paper={version.document.number} version={version.number}" if version else f"packet={len(row.binding_versions)}"
    who = ", ".join(part for part in (row.reader, row.unit) if part)
    return f"{shown(row.code)}  {at}  {row.way}  {who}  meeting={row.meeting.slug} {paper} account={row.account}"
