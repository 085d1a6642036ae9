"""The papers of a meeting in its rehearsal: those that can be read now, under their numbers, to the same people, on screen alone.

The files have a second name in the store, so that neither of the two meetings takes them from the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from meetings.hooks import Maps
from meetings.models import Meeting
from meetings.series.copying import twin
from meetings.series.parts import REHEARSAL
from packets.desk import facts, rows
from packets.models import Document, PageText, Release, Version
from packets.releasing import actions as releasing
from packets.releasing.actions import Openness
from packets.releasing.issued import issued_among
from packets.uploading import store


def copy_released(old: Meeting, new: Meeting, maps: Maps) -> None:
    """Enter the papers of a meeting in its rehearsal, with the version people read and the releases that stand.

    Whoever has no seat in the rehearsal reads nothing there; nothing is downloaded or printed from a rehearsal.
    """
    if REHEARSAL not in maps.wanted:
        return
    positions = dict(old.items.values_list("pk", "position"))
    items = {item.position: item for item in new.items.all()}
    found = old.documents.filter(is_removed=False).exclude(number__in=issued_among(old)).order_by("position", "pk")
    for row in found.prefetch_related("versions", "releases__audiences"):
        item = items.get(positions.get(row.item_id or 0, 0))
        paper = twin(row, meeting=new, item_id=item.pk if item else None, speech=None, edition=1)
        paper.save()
        maps.change.record(facts.DocumentAdded(**rows.told(paper, item)))
        version = next((one for one in row.versions.all() if one.state == Version.State.RELEASED and one.reading), None)
        read = _version(maps, paper, version) if version else None
        standing = [one for one in row.releases.all() if one.recalled_at is None]
        if read is not None or paper.is_placeholder:
            _releases(maps, paper, read, standing)


def _version(maps: Maps, paper: Document, old: Version) -> Version:
    """Copy a version that is read, with its text; its files get a second name."""
    names = {"original": _second_name(old.original.name), "reading": _second_name(old.reading.name)}
    made = twin(old, document=paper, unit=None, state=Version.State.APPROVED, released_at=None, released_by="", **names)
    made.save()
    texts = [twin(text, version=made) for text in PageText.objects.filter(version=old)]
    PageText.objects.bulk_create(texts, batch_size=100)
    maps.change.record(
        facts.VersionAdded(
            document=paper.number, version=made.number, title=paper.title, sha256=made.original_sha256, size=made.original_size
        )
    )
    for kind in (facts.VersionChecked, facts.VersionApproved):
        maps.change.record(kind(**rows.named(made, paper)))
    return made


def _second_name(name: str | None) -> str:
    """Give a file of the store a second name; it is taken back when the change comes to nothing, by what tidies up."""
    return store.second_name_of(name) if name else ""


def _releases(maps: Maps, paper: Document, version: Version | None, standing: Sequence[Release]) -> None:
    for release in standing:
        audiences = list(release.audiences.all())
        to = Openness(
            to_everyone=release.to_everyone, to_readers=release.to_readers, from_at=release.from_at, until_at=release.until_at,
            holds_for_item=release.holds_for_item, roles=[one.role for one in audiences if one.role],
            groups=[maps.groups[one.group_id] for one in audiences if one.group_id is not None],
            bridge_points=[maps.bridge_points[one.bridge_point_id] for one in audiences if one.bridge_point_id is not None],
            participants=[maps.participants[one.participant_id] for one in audiences if one.participant_id is not None],
        )  # fmt: skip
        if not to.is_to_nobody:
            releasing._release(maps.change, paper, version, to, is_late=False)
