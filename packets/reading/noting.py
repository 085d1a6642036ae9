"""Writing down how far somebody has read: soft, outside the journal, for the copy the reader has opened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meetings import clock
from meetings.models import Meeting
from meetings.procedure import Actor
from packets.models import Opening, Reading, Version
from packets.reading import progress
from packets.releasing.seeing import sights
from packets.tracing.codes import is_code


@dataclass(frozen=True)
class Report:
    """What a reader's page says: pages that stood before the eyes, seconds of reading, and where it is now."""

    pages: Collection[int]
    seconds: int
    page: int


def opening_of(meeting: Meeting, actor: Actor, code: str) -> Opening | None:
    """Return the actor's own opened copy of a code; nothing when it is somebody else's, or the paper may not be seen any more."""
    if not is_code(code):
        return None
    found = Opening.objects.select_related("version", "binding").filter(meeting=meeting, account=actor.user.pk, code=code).first()
    if found is None:
        return None
    keys = [found.version_id] if found.version_id is not None else found.binding_versions
    documents = set(Version.objects.filter(pk__in=keys).values_list("document_id", flat=True))
    seen = {sight.document.pk for sight in sights(meeting, actor, documents=documents)}
    return found if documents and documents <= seen else None


def note_progress(meeting: Meeting, actor: Actor, opening: Opening, report: Report) -> None:
    """Add a report to what is known of the reader and the version; one page of a bound packet belongs to its version."""
    now = clock.now(meeting)
    for version, pages, page, seconds in _shares(opening, report):
        _add(meeting, actor, opening, version, Report(pages, seconds, page), now)


def _shares(opening: Opening, report: Report) -> list[tuple[Version, list[int], int, int]]:
    """Return the report as it concerns each version: (version, pages, page it stands at, seconds).

    In a bound packet the time belongs to the version that stands before the eyes now.
    """
    if opening.version is not None:
        return [(opening.version, list(report.pages), _within(report.page, opening.version), report.seconds)]
    found = []
    for version, first in _bound(opening):
        pages = [page - first + 1 for page in report.pages if first <= page < first + version.pages]
        is_here = first <= report.page < first + version.pages
        if pages or is_here:
            page = report.page if is_here else max(pages) + first - 1
            found.append((version, pages, _within(page - first + 1, version), report.seconds if is_here else 0))
    return found


def _within(page: int, version: Version) -> int:
    return min(max(page, 1), max(version.pages, 1))


def _bound(opening: Opening) -> list[tuple[Version, int]]:
    """Return the versions in a bound packet, each with the page of the whole on which it begins: they follow the front pages."""
    binding = opening.binding
    if binding is None:
        return []
    known = Version.objects.filter(pk__in=binding.versions).defer("contents", "removed", "stamps", "anchors").in_bulk()
    versions = [known[key] for key in binding.versions if key in known]
    at, found = binding.pages - sum(version.pages for version in versions) + 1, []
    for version in versions:
        found.append((version, at))
        at += version.pages
    return found


def _add(meeting: Meeting, actor: Actor, opening: Opening, version: Version, report: Report, now: datetime) -> None:
    with transaction.atomic():
        begun = {"first_at": opening.opened_at, "last_at": opening.opened_at}
        row, _made = Reading.objects.select_for_update().get_or_create(version=version, account=actor.user, defaults=begun)
        row.seconds += progress.counted(report.seconds, since=row.last_at, now=now, rate=meeting.clock_rate)
        row.pages_seen = progress.marked(row.pages_seen, report.pages, version.pages)
        row.last_page, row.last_at = report.page, now
        row.participant = actor.participant or row.participant
        row.save()
