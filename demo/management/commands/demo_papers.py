"""``manage.py demo_papers``: sets the demonstration's papers in type anew, for whoever has changed their texts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from demo.preparing.texts import set_in_type


class Command(BaseCommand):
    """Writes the PDFs beside the texts in demo/data/papers; loading the demonstration takes them as they are."""

    help = "Set the papers of the demonstration in type anew, from their texts in demo/data/papers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each PDF whose bytes have changed."""
        for path, data in set_in_type():
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
                self.stdout.write(path.name)
