"""Papers that another room has approved and issued: entered and released within its change, recalled and taken out with it.

Their reading copies are made before the change begins. What an issued paper needs of checking and approving has been done
where it was approved; the facts say so, so that the journal tells its whole way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from copies.making import Made
from meetings.journal import Transition
from meetings.models import Meeting
from packets.desk import facts as desk
from packets.desk import rows
from packets.desk.actions import Stored, add_version
from packets.models import Document, Version
from packets.preparing.work import write_copy
from packets.releasing import actions
from packets.releasing.actions import Openness

#: The numbers that papers of the room which issues them have among those of a meeting, recalled ones too.
numbers_of_issued: list[Callable[[Meeting], Collection[int]]] = []


def issued_among(meeting: Meeting) -> set[int]:
    """Return the numbers of those of a meeting's papers that were issued."""
    return {number for numbers in numbers_of_issued for number in numbers(meeting)}


@dataclass(frozen=True)
class Copy:
    """A file of the store with its reading copy."""

    original: Stored
    place: Path
    made: Made


def release_issued(change: Transition, *, title: str, copy: Copy, approved_by: str, to: Openness) -> Document:
    """Enter an issued paper and open it to whom it goes, if that is anybody who takes part.

    One whose text holds words of secrecy is entered, and waits for somebody to answer for them: like every other paper.
    """
    document = rows.new_document(change, title=title)
    change.record(desk.DocumentAdded(**rows.told(document, None)))
    version = add_version(change, document, file=copy.original)
    write_copy(version, copy.place, copy.made)
    version.state, version.checked_by, version.approved_by = Version.State.APPROVED, approved_by, approved_by
    version.save(update_fields=["state", "checked_by", "approved_by"])
    change.record(desk.VersionChecked(**rows.named(version, document)))
    change.record(desk.VersionApproved(**rows.named(version, document)))
    if not to.is_to_nobody and not version.stamps:
        actions._release(change, document, version, to, is_late=False)
    return document


def recall_issued(change: Transition, number: int) -> None:
    """End what is open of an issued paper and take it out, so that nobody opens it again by an oversight."""
    document = Document.objects.filter(meeting=change.meeting, number=number, is_removed=False).first()
    if document is None:
        return
    open_ones = actions._open_releases([document]).get(document.pk, [])
    if open_ones:
        actions._recall(change, document, open_ones)
    document.is_removed, document.edition = True, document.edition + 1
    document.save(update_fields=["is_removed", "edition"])
    change.record(desk.DocumentRemoved(document=document.number, title=document.title, erased=False))
