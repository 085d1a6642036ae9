"""What stands in a bound packet and in which order: all that a class of readers may read now, along the programme."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from agenda.models import AgendaItem, Speech
from meetings.models import Meeting
from packets.models import Document, Version
from packets.releasing.seeing import Sight

# Papers are Vietnamese whatever the screens speak (printing/papers.py); counted up when the form of the packet changes.
LANGUAGE, FORM = "vi", 2


@dataclass(frozen=True)
class Entry:
    """One paper of a packet. `version`: None when it is only handed out on paper, or cannot be read yet."""

    document: Document
    version: Version | None

    @property
    def note(self) -> str:
        """What its line says instead of a page, or beside it: Vietnamese, as the whole packet."""
        if self.document.is_placeholder:
            return "Phát bản giấy"
        if self.version is None:
            return "Chưa có bản đọc"
        return "" if self.version.state == Version.State.RELEASED else "Chưa phát hành"


@dataclass(frozen=True)
class Part:
    """The papers of one item of the programme; without a title: those of the whole meeting."""

    number: str
    title: str
    entries: list[Entry]

    @property
    def heading(self) -> str:
        """What stands above them in the packet."""
        return f"Nội dung {self.number}: {self.title}" if self.number else self.title


@dataclass(frozen=True)
class Plan:
    """A packet before it is bound. `key` names its class: the same key, the same file."""

    meeting: Meeting
    parts: list[Part]

    @property
    def entries(self) -> list[Entry]:
        """All papers in their order."""
        return [entry for part in self.parts for entry in part.entries]

    @property
    def versions(self) -> list[Version]:
        """What is bound, in order."""
        return [entry.version for entry in self.entries if entry.version is not None]

    @property
    def key(self) -> str:
        """Hash of everything that is seen in the file: versions and their order, titles, notes, the meeting's words."""
        said = [
            FORM, LANGUAGE, self.meeting.title, self.meeting.place, self.meeting.organiser_id, self.meeting.kind,
            [
                [part.heading, [[one.document.number, one.document.title, one.version.pk if one.version else 0, one.note]
                                for one in part.entries]]
                for part in self.parts
            ],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def plan_from(meeting: Meeting, seen: Iterable[Sight]) -> Plan:
    """Return the packet of everything that somebody sees."""
    return plan_of(meeting, [_entry(sight) for sight in seen])


def plan_again(meeting: Meeting, named: Collection[tuple[int, int | None]]) -> Plan:
    """Return the packet of papers named by document and version, as they stand now; what is gone is left out."""
    documents = Document.objects.filter(meeting=meeting, is_removed=False).in_bulk([document for document, _version in named])
    versions = Version.objects.filter(document__meeting=meeting).in_bulk([version for _document, version in named if version])
    rows = [(documents.get(document), versions.get(version or 0)) for document, version in named]
    return plan_of(meeting, [Entry(document, version) for document, version in rows if document is not None])


def plan_of(meeting: Meeting, entries: Iterable[Entry]) -> Plan:
    """Put papers in order: those of the whole meeting first, then along the programme; in an item as the desk has them."""
    found = list(entries)
    under = _items([entry.document for entry in found])
    items = AgendaItem.objects.filter(pk__in=[key for key in under.values() if key], meeting=meeting).order_by("position")
    order = {item.pk: item for item in items}
    parts = [Part("", "", [entry for entry in found if under[entry.document.pk] not in order])]
    for item in order.values():
        parts.append(Part(item.number, item.title, [entry for entry in found if under[entry.document.pk] == item.pk]))
    return Plan(meeting, [part for part in parts if part.entries])


def _items(documents: Collection[Document]) -> dict[int, int | None]:
    """Under which item each paper stands: that of its speech once it stands in the programme, else its own."""
    speeches = Speech.objects.filter(pk__in=[one.speech_id for one in documents if one.speech_id])
    spoken = dict(speeches.values_list("pk", "item_id"))
    return {one.pk: spoken.get(one.speech_id or 0) or one.item_id for one in documents}


def _entry(sight: Sight) -> Entry:
    version = sight.version
    return Entry(sight.document, version if version is not None and version.is_readable else None)
