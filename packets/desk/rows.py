"""The rows of papers under the lock: found as they stand, put into their order, told as facts hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from agenda.models import AgendaItem, Speech
from meetings.errors import Changed, OutOfOrder
from meetings.journal import Transition
from packets.models import Document, Version

GONE = _("This has been removed by somebody else in the meantime.")


def paper(change: Transition, document: Document, edition: int | None = None) -> Document:
    """Return a paper as it stands; raise OutOfOrder when it was taken out, Changed when it is another edition by now."""
    row = change.fresh(document)
    if row.is_removed:
        raise OutOfOrder(_("Paper %(number)d has been taken out.") % {"number": row.number})
    if edition is not None and row.edition != edition:
        words = _(
            "Somebody has changed paper %(number)d in the meantime: it is called “%(title)s” now. Look at it, then save again."
        )
        raise Changed(words % {"number": row.number, "title": row.title}, version=row.edition)
    return row


def newest(rows: Iterable[int]) -> dict[int, Version]:
    """Return the newest version of each of these papers, by the paper's key."""
    found = Version.objects.filter(document__in=list(rows)).order_by("document", "number")
    return {version.document_id: version for version in found.defer("contents", "removed", "anchors")}


def new_document(
    change: Transition, *, title: str, item: AgendaItem | None = None, speech: Speech | None = None, secrecy: str = "normal"
) -> Document:
    """Enter a paper as the last of its item, under a number that no paper of the meeting has had."""
    about = item_of(change, item, speech)
    last = Document.objects.filter(meeting=change.meeting).aggregate(number=Max("number"), position=Max("position"))
    row = Document.objects.create(
        meeting=change.meeting, number=(last["number"] or 0) + 1, position=(last["position"] or 0) + 1, title=title,
        item_id=about.pk if about else None, speech=speech, secrecy=secrecy,
    )  # fmt: skip
    return row


def item_of(change: Transition, item: AgendaItem | None, speech: Speech | None) -> AgendaItem | None:
    """Return the item a paper belongs to; that of a speech belongs to the item under which speeches were registered."""
    if speech is not None:
        key = change.fresh(speech).call.item_id
        return change.meeting.items.filter(pk=key or 0).first()
    return change.fresh(item) if item is not None else None


def told(row: Document, about: AgendaItem | None) -> dict[str, Any]:
    """Return a paper as the facts of adding and changing hold it."""
    return {
        "document": row.number, "title": row.title, "secrecy": row.secrecy, "item": row.item_id,
        "item_title": about.title if about else "", "speech": row.speech_id,
    }  # fmt: skip


def named(version: Version, document: Document) -> dict[str, Any]:
    """Return a version as its facts hold it."""
    return {"document": document.number, "version": version.number, "title": document.title}


def in_order(change: Transition) -> list[Document]:
    """Return all papers that stand, in their order."""
    return list(Document.objects.filter(meeting=change.meeting, is_removed=False).order_by("position", "pk"))


def write_order(rows: Sequence[Document]) -> None:
    """Write the order where it has changed."""
    changed = []
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            changed.append(row)
    Document.objects.bulk_update(changed, ["position"], batch_size=200)


def versions_at(change: Transition, versions: Sequence[Version]) -> list[tuple[Document, Version]]:
    """Return versions with their papers as they stand, in the order of the papers; raise OutOfOrder for what is gone."""
    keys = {version.pk for version in versions}
    standing = Q(document__meeting=change.meeting, document__is_removed=False)
    found = Version.objects.filter(standing, pk__in=keys).select_related("document").order_by("document__position", "pk")
    rows = [(version.document, version) for version in found.defer("contents", "removed", "anchors")]
    if len(rows) != len(keys):
        raise OutOfOrder(GONE)
    last = newest(row.pk for row, _version in rows)
    stale = [row.number for row, version in rows if last[row.pk].pk != version.pk]
    if stale:
        words = _("There is a newer version by now of: %(papers)s. Look at it first.")
        raise OutOfOrder(words % {"papers": numbers(stale)})
    return rows


def numbers(found: Iterable[int]) -> str:
    """Return numbers of papers as a sentence lists them."""
    return ", ".join(map(str, sorted(found)))
