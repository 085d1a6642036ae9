"""What an import cannot do without: the sheet read by its library, as many rows inserted at once. Told by bench.imports."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import django


def main(path: str, rows: int) -> None:
    """Answers each order with the seconds that reading, and inserting, have taken."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from python_calamine import load_workbook

    from bench.demonstration import SLUG
    from bench.lines import say
    from meetings.models import Journal, Meeting, Participant
    from people.models import Person

    meeting = Meeting.objects.create(
        slug="bench-bare", title="Bare", organiser=Meeting.objects.get(slug=SLUG).organiser, place="",
        journal=Journal.objects.create(disposable=True),
    )  # fmt: skip
    people = Person.objects.bulk_create(Person(full_name=f"Bare {n}") for n in range(rows))
    for _line in sys.stdin:
        start = time.perf_counter()
        with Path(path).open("rb") as file:
            cells = load_workbook(file).get_sheet_by_index(0).to_python()
        read = time.perf_counter() - start
        listed = [
            Participant(meeting=meeting, person=person, name=str(row[1]), position=str(row[2]), unit=str(row[3]))
            for person, row in zip(people, cells[3:], strict=True)
        ]
        start = time.perf_counter()
        Participant.objects.bulk_create(listed)
        inserted = time.perf_counter() - start
        meeting.participants.all().delete()
        say({"read_s": read, "insert_s": inserted})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
