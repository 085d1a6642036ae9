"""What the page of the reader needs, for a paper and for a bound packet alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from packets.models import Version
from packets.reader import queries
from packets.releasing.seeing import Sight
from packets.releasing.watching import watching


@dataclass(frozen=True)
class Shown:
    """A copy in the reader.

    `file`: address of the marked PDF (nothing: there is nothing to read, `why` says so); `code`: its trace code as people read
    it; `page`: where to begin; `contents`: level, title, page (nothing: the script asks the file); `find`, `bookmarks`,
    `download`, `printing`: addresses, empty where there is none; `tokens`: the releases it is open under; `awaiting`: a newer
    version that the reader is asked to approve (`is_asked`), or whose unit has handed it in; `approving`: where this one is
    approved or returned.
    """

    title: str
    file: str = ""
    code: str = ""
    pages: int = 0
    page: int = 1
    number: int | None = None
    version: Version | None = None
    item: str = ""
    why: str = ""
    tokens: Sequence[str] = ()
    contents: Sequence[Sequence[Any]] = ()
    find: str = ""
    bookmarks: str = ""
    marks: Sequence[dict[str, Any]] = field(default_factory=list)
    download: str = ""
    printing: str = ""
    beside: Sequence[Sight] = ()
    previous: Sight | None = None
    following: Sight | None = None
    awaiting: Version | None = None
    is_asked: bool = False
    approving: str = ""


def neighbours(row: Sequence[Sight], document: int) -> tuple[Sight | None, Sight | None]:
    """Return the papers before and after one in a row."""
    at = next((n for n, sight in enumerate(row) if sight.document.pk == document), None)
    if at is None:
        return None, None
    return (row[at - 1] if at else None), (row[at + 1] if at + 1 < len(row) else None)


def reader_context(
    meeting: Meeting, actor: Actor, shown: Shown, seen: Sequence[Sight] = (), version: int | None = None
) -> dict[str, Any]:
    """Return the context of templates/packets/reader.html.

    `seen`: the papers in the copy, watched while it stands open; `version`: the one version of a paper that was asked for.
    """
    context = {"meeting": meeting, "actor": actor, "shown": shown, "back": reverse("packets:papers", args=[meeting.slug])}
    if not shown.file:
        return context
    progress = reverse("packets:progress", args=[meeting.slug, shown.code.replace("-", "")])
    return context | {"progress": progress} | watching(meeting, seen, version)


def of_paper(
    meeting: Meeting,
    actor: Actor,
    sight: Sight,
    place: queries.Place,
    *,
    file: str,
    code: str,
    page: int | None,
    only: int | None = None,
) -> Shown:
    """Return a paper as the reader shows it.

    `page`: one the address names, else where the reader left off; `only`: the one version the address names, if any.
    """
    document, version, account = sight.document, sight.version, actor.user
    previous, following = neighbours(place.row, document.pk)
    frame: dict[str, Any] = {
        "title": document.title, "number": document.number, "version": version, "item": place.item,
        "tokens": sight.grants,
        "beside": place.row, "previous": previous, "following": following, "awaiting": sight.awaiting,
        "is_asked": sight.is_asked, "approving": _approving(meeting, actor, sight),
    }  # fmt: skip
    if not file or version is None:
        return Shown(**frame, why=_why(sight))
    here, which = [meeting.slug, document.number], f"?version={only}" if only is not None else ""
    return Shown(
        **frame,
        file=file,
        code=code,
        pages=version.pages,
        page=min(page, version.pages or 1) if page else queries.last_page(version, account),
        contents=queries.contents_of(version),
        find=reverse("packets:find_in_paper", args=here) + which,
        bookmarks=reverse("packets:bookmarks", args=here) + which,
        marks=queries.bookmarks_of(document, account),
        download=reverse("packets:download", args=here) + which if sight.may_download else "",
        printing=reverse("packets:print_copy", args=here) + which if sight.may_print else "",
    )


def _approving(meeting: Meeting, actor: Actor, sight: Sight) -> str:
    is_asked = sight.version is not None and sight.version.state == Version.State.CHECKED and actor.may(Ability.APPROVE_PAPERS)
    return reverse("packets:paper_desk", args=[meeting.slug, sight.document.number]) if is_asked else ""


def _why(sight: Sight) -> str:
    """Say in a word why there is nothing to read."""
    if sight.document.is_placeholder:
        return "on_paper"
    if sight.version is None:
        return "nothing_yet"
    return "refused" if sight.version.copy == Version.Copy.REFUSED else "waiting"
