"""Files that must not be here any more: gone from the store once that is committed, with their text; the rows stay."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from packets.models import Binding, Document, PageText, Version
from packets.preparing.work import forget_work_on


def erase_files(document: Document) -> None:
    """Forget originals, reading copies, bound packets and texts of a paper; what was recorded of them (hash, who, when) stays."""
    PageText.objects.filter(version__document=document).delete()
    _unbind(document)
    for version in document.versions.all():
        for kept in (version.original, version.reading):
            if kept.name:
                transaction.on_commit(partial(kept.storage.delete, kept.name), robust=True)
        transaction.on_commit(partial(forget_work_on, version.pk), robust=True)
        version.original, version.reading = "", ""
        version.contents, version.anchors, version.stamps = [], {}, []
        if version.copy == Version.Copy.WAITING:
            version.copy = Version.Copy.REFUSED
        version.save(update_fields=["original", "reading", "contents", "anchors", "stamps", "copy"])


def _unbind(document: Document) -> None:
    """Forget bound packets that hold any version of the paper: they are made anew without it."""
    gone = set(document.versions.values_list("pk", flat=True))
    for bound in Binding.objects.filter(meeting=document.meeting_id):
        if gone.intersection(bound.versions):
            transaction.on_commit(partial(bound.file.storage.delete, str(bound.file.name)), robust=True)
            bound.delete()
