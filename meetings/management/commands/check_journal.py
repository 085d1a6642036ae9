"""check_journal: is a meeting's journal whole, and do the tables say the same?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meetings.hooks import fold_differences
from meetings.journal import first_fault
from meetings.models import Meeting


class Command(BaseCommand):
    """Prints `ok entries=N head=HASH`, or names the first bad entry (exit 1)."""

    help = "Check that a meeting's journal is whole and agrees with the tables."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the meeting's slug."""
        parser.add_argument("slug")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        """Check the chain, then fold it and compare with the tables."""
        meeting = Meeting.objects.select_related("journal").filter(slug=slug).first()
        if meeting is None:
            raise CommandError(f"There is no meeting {slug}.")
        fault = first_fault(meeting.journal)
        if fault is not None:
            raise CommandError(f"bad entry={fault}: missing, altered or out of its chain")
        differences = fold_differences(meeting)
        if differences:
            raise CommandError("the journal and the tables differ:\n" + "\n".join(differences[:20]))
        self.stdout.write(f"ok entries={meeting.journal.head} head={meeting.journal.head_hash}")
