"""A file has arrived: it becomes a version of its paper, which is entered where it is new; its reading copy is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse

from attendance.models import AskedUnit
from meetings.errors import Refusal
from meetings.journal import Transition, lock, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import actor_for
from packets.desk import facts, rows
from packets.desk.actions import Stored, add_version
from packets.handing_in.taking import the_paper
from packets.models import Document, Upload, Version
from packets.preparing.work import prepare_version
from packets.uploading import store
from packets.uploading.wishes import title_of
from people.models import User


@dataclass(frozen=True)
class Arrived:
    """A file that lies somewhere of ours, complete. `upload`: which it was, when it came in chunks."""

    path: Path
    name: str
    size: int
    upload: Upload | None = None


def take_in(meeting: Meeting, *, by: Actor, file: Arrived, wishes: dict[str, Any]) -> Version:
    """Make a file the newest version of its paper. Hashing and moving are done before the journal is locked.

    Raises OutOfOrder when the paper has gone or is a placeholder, a refusal when a unit may not hand it in, Full when there is no
    room on the disk.
    """
    digest = store.digest_of(file.path)
    place = store.place_among_originals(file.path)
    ability = Ability.OFFER_SPEECH if "unit" in wishes else Ability.PREPARE
    try:
        with _judged_again(meeting, by) as now, transition(meeting, by=now, ability=ability) as change:
            if file.upload is not None:
                earlier = Upload.objects.select_for_update().get(pk=file.upload.pk).version
                if earlier is not None:
                    store.leave(place)
                    return earlier
            document, unit = _place(change, wishes, file)
            stored = Stored(path=place, name=file.name, size=file.size, sha256=digest)
            made = add_version(change, document, file=stored, note=wishes.get("note", ""), unit=unit)
            prepare_version(made, by=now, back=page_of(meeting, document.number, wishes))
            if file.upload is not None:
                Upload.objects.filter(pk=file.upload.pk).update(version=made)
    except BaseException:
        store.leave(place)
        raise
    return made


@contextmanager
def _judged_again(meeting: Meeting, by: Actor) -> Iterator[Actor]:
    """Lock the journal and return who sends with the rights that hold now: a large file takes long to be looked through."""
    with transaction.atomic():
        lock(meeting.journal_id)
        yield actor_for(User.objects.select_related("person", "organisation").get(pk=by.user.pk), meeting)


def finish(meeting: Meeting, upload: Upload, *, by: Actor) -> None:
    """Take an upload in whose last byte is there; what is said against it stays with the upload. Its half file goes."""
    file = Arrived(store.path_of(upload.key), upload.name, upload.size, upload)
    try:
        upload.version = take_in(meeting, by=by, file=file, wishes=upload.wishes)
    except Refusal as refusal:
        upload.wishes = upload.wishes | {"refused": refusal.reason}
        upload.save(update_fields=["wishes", "changed_at"])
    store.forget(upload.key)


def twin_of(version: Version) -> int | None:
    """Return the number of another standing paper of the meeting that has the same file; the same file twice is said."""
    same = Version.objects.filter(
        document__meeting_id=version.document.meeting_id, document__is_removed=False, original_sha256=version.original_sha256
    )
    found = same.exclude(document=version.document).order_by("document__number")
    return found.values_list("document__number", flat=True).first()


def page_of(meeting: Meeting, number: int, wishes: dict[str, Any]) -> str:
    """Return where who sent a file goes on with its paper: at the desk, or on the page of the speech."""
    if "unit" in wishes:
        return reverse("packets:speech_paper", args=[meeting.slug, wishes["speech"]])
    return reverse("packets:paper_desk", args=[meeting.slug, number])


def _place(change: Transition, wishes: dict[str, Any], file: Arrived) -> tuple[Document, AskedUnit | None]:
    """Return the paper a file belongs to, and the unit that hands it in, if one does."""
    if "unit" in wishes:
        return the_paper(change, wishes, file.size)
    return _document(change, wishes, file.name), None


def _document(change: Transition, wishes: dict[str, Any], name: str) -> Document:
    if wishes.get("document"):
        return rows.paper(change, Document(pk=wishes["document"]))
    # An item or a speech that has gone meanwhile: the paper is the meeting's, and nobody sends it again.
    item = change.meeting.items.filter(pk=wishes.get("item") or 0).first()
    speech = change.meeting.speeches.filter(pk=wishes.get("speech") or 0).first()
    title = title_of(wishes, name)
    row = rows.new_document(change, title=title, item=item, speech=speech, secrecy=wishes.get("secrecy") or "normal")
    change.record(facts.DocumentAdded(**rows.told(row, change.meeting.items.filter(pk=row.item_id or 0).first())))
    return row
