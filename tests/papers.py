"""Builders of papers, written straight to the tables: documents, versions with a reading copy, releases. Not for the journal."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from importlib.util import find_spec
from typing import Any

from django.core.files.base import ContentFile

from agenda.models import AgendaItem
from meetings import clock
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup
from packets.binding.planning import Entry, plan_of
from packets.models import Audience, Binding, Document, PageText, Release, Version
from tests.pdfs import as_stored, make_pdf, page_texts, plain_texts

_stored: dict[tuple[Any, ...], tuple[bytes, dict[str, Any]]] = {}


def make_document(meeting: Meeting, title: str = "Báo cáo tổng kết", *, item: AgendaItem | None = None, **kw: Any) -> Document:
    """Return a new paper at the end of the list, without a version."""
    last = meeting.documents.order_by("-number").first()
    number = last.number + 1 if last else 1
    return Document.objects.create(meeting=meeting, title=title, item=item, **{"number": number, "position": number} | kw)


def stored_copy(texts: Sequence[str], contents: Sequence[tuple[str, int]] = (), **kw: Any) -> tuple[bytes, dict[str, Any]]:
    """Return a reading copy as it is stored, and its anchors (none before copies/marking.py is there); made once."""
    key = (tuple(texts), tuple(contents), *sorted(kw.items()))
    if key not in _stored:
        plain = make_pdf(tuple(texts), contents=tuple(contents), **kw)
        _stored[key] = as_stored(plain) if find_spec("copies.marking") else (plain, {})
    return _stored[key]


def make_version(
    document: Document,
    *,
    pages: int = 3,
    texts: Sequence[str] = (),
    data: bytes | None = None,
    state: str = "approved",
    **kw: Any,
) -> Version:
    """Return a new version with a reading copy: of so many pages, of these texts, or this PDF as it is.

    The first sentence of every fifth page stands in its table of contents.
    """
    words = list(texts) or page_texts(pages, document.title)
    marks = [(f"Phần {n}", n) for n in range(1, len(words) + 1, 5)]
    copy, anchors = stored_copy(words, marks) if data is None else (data, {})
    newest = document.versions.order_by("-number").first()
    number = newest.number + 1 if newest else 1
    digest = sha256(copy).hexdigest()
    fields: dict[str, Any] = {
        "name": "bao-cao.pdf", "kind": "pdf", "original_size": len(copy), "original_sha256": digest, "copy": Version.Copy.REBUILT,
        "reading_size": len(copy), "reading_sha256": digest, "pages": len(words), "anchors": anchors,
        "contents": [[1, title, page] for title, page in marks], "uploaded_by": "Văn phòng",
        "uploaded_at": clock.now(document.meeting),
    }  # fmt: skip
    version = Version(document=document, number=number, state=state, **fields | kw)
    version.original.save("original.bin", ContentFile(copy), save=False)
    version.reading.save("reading.pdf", ContentFile(copy), save=False)
    if state == Version.State.RELEASED and version.released_at is None:
        version.released_at, version.released_by = clock.now(document.meeting), "Văn phòng"
    version.save()
    PageText.objects.bulk_create(PageText(version=version, page=n, text=text) for n, text in enumerate(plain_texts(words), 1))
    return version


def make_release(
    document: Document,
    *,
    roles: Sequence[str] = (),
    groups: Sequence[ParticipantGroup] = (),
    sites: Sequence[BridgePoint] = (),
    participants: Sequence[Participant] = (),
    **kw: Any,
) -> Release:
    """Release the newest version of a paper (made when there is none): to everyone unless somebody is named."""
    now = clock.now(document.meeting)
    if not document.is_placeholder:
        version = document.versions.order_by("-number").first() or make_version(document)
        version.state, version.released_at, version.released_by = Version.State.RELEASED, now, "Văn phòng"
        version.save(update_fields=["state", "released_at", "released_by"])
    named = bool(roles or groups or sites or participants)
    release = Release.objects.create(
        document=document, **{"to_everyone": not named, "released_at": now, "released_by": "Văn phòng"} | kw
    )
    Audience.objects.bulk_create(
        [
            *(Audience(release=release, role=role) for role in roles),
            *(Audience(release=release, group=group) for group in groups),
            *(Audience(release=release, bridge_point=site) for site in sites),
            *(Audience(release=release, participant=participant) for participant in participants),
        ]
    )
    return release


def make_paper(meeting: Meeting, title: str = "Báo cáo tổng kết", *, pages: int = 3, item: AgendaItem | None = None) -> Document:
    """Return a paper that everybody who takes part may read."""
    document = make_document(meeting, title, item=item)
    make_version(document, pages=pages)
    make_release(document)
    return document


def make_packet(document: Document) -> Binding:
    """Return a packet of one paper alone, bound once for whoever may read that one: the copy itself stands for the file."""
    version = document.versions.order_by("-number")[0]
    plan = plan_of(document.meeting, [Entry(document, version)])
    bound = Binding.objects.filter(meeting=document.meeting, key=plan.key).first()
    if bound is not None:
        return bound
    with version.reading.open("rb") as file:
        kept = ContentFile(file.read())
    row = Binding(
        meeting=document.meeting, key=plan.key, size=version.reading_size, pages=version.pages, anchors=version.anchors,
        versions=[version.pk], made_at=clock.now(document.meeting),
    )  # fmt: skip
    row.file.save("packet.pdf", kept, save=True)
    return row


def recall(release: Release) -> None:
    """Recall a release."""
    release.recalled_at, release.recalled_by = clock.now(release.document.meeting), "Văn phòng"
    release.save(update_fields=["recalled_at", "recalled_by"])
