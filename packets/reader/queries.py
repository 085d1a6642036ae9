"""What the reader reads: a paper before somebody's eyes, those beside it, one's own marks, where one left off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404

from meetings.models import Meeting
from meetings.procedure import Actor
from packets.models import Bookmark, Document, PageText, Reading, Version
from packets.reader.searching import needle_of
from packets.releasing.issued import issued_among
from packets.releasing.seeing import LARGEST, Sight, sight_of, sights
from people.models import User

MOST_BOOKMARKS = 500  # of one reader in one paper


def sight_or_404(meeting: Meeting, actor: Actor, number: int, version: int | None = None) -> Sight:
    """Return a paper as an actor sees it now (in exactly this version); to whom it is not open it is not there."""
    sight = sight_of(meeting, actor, number, version=version)
    if sight is None:
        raise Http404
    return sight


def readable_or_404(meeting: Meeting, actor: Actor, number: int, version: int | None = None) -> tuple[Sight, Version]:
    """Return the same with the version one reads; a paper without a reading copy has no pages."""
    sight = sight_or_404(meeting, actor, number, version)
    if sight.version is None or not sight.version.is_readable:
        raise Http404
    return sight, sight.version


def recalled_of(meeting: Meeting, account: User, number: int) -> Document | None:
    """Return an issued paper that was recalled after an account had opened it; nothing: it never had it, or it still stands."""
    found = Document.objects.filter(meeting=meeting, number=min(number, LARGEST), is_removed=True)
    found = found.filter(versions__openings__account=account.pk, number__in=issued_among(meeting))
    return found.distinct().first()


@dataclass(frozen=True)
class Place:
    """Where a paper stands: in a row with those of the same item (or of none) that its reader sees, itself among them.

    `item`: its title, if any; an item taken out of the programme has none.
    """

    row: Sequence[Sight]
    item: str


def placed_or_404(meeting: Meeting, actor: Actor, number: int) -> tuple[Sight, Place]:
    """Return a paper as an actor sees it now and where it stands. Who sees what is asked once for all papers of the row."""
    there = Document.objects.filter(meeting=meeting, number=min(number, LARGEST), is_removed=False).order_by()
    for item, title in there.values_list("item_id", "item__title"):
        row = sights(meeting, actor, documents=Q(item_id=item))
        for sight in row:
            if sight.document.number == number:
                return sight, Place(row, title or "")
    raise Http404


def contents_of(version: Version) -> list[list[Any]]:
    """Return a version's own table of contents: level, title, page."""
    return list(Version.objects.values_list("contents", flat=True).get(pk=version.pk))


def last_page(version: Version, account: User) -> int:
    """Return the page at which an account left off, 1 for who begins."""
    pages = Reading.objects.filter(version=version, account=account).order_by().values_list("last_page", flat=True)
    return min(next(iter(pages), 1), version.pages or 1)


def texts_with(version: Version, query: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of the pages that may hold the words of a query, in order."""
    found = PageText.objects.filter(version=version)
    for word in needle_of(query).split():
        found = found.filter(folded__contains=word)
    return found.order_by("page").values_list("page", "text").iterator(chunk_size=50)


def bookmarks_of(document: Document, account: User) -> list[dict[str, Any]]:
    """Return an account's own marks in a paper, in the order of the pages."""
    rows = Bookmark.objects.filter(document=document, account=account).order_by("page").values_list("page", "words")
    return [{"page": page, "words": words} for page, words in rows]


def keep_bookmark(document: Document, account: User, page: int, words: str) -> bool:
    """Mark a page, or change the words of its mark; false when there are too many already."""
    own = Bookmark.objects.filter(document=document, account=account)
    if own.filter(page=page).update(words=words):
        return True
    if own.count() >= MOST_BOOKMARKS:
        return False
    try:
        with transaction.atomic():
            Bookmark.objects.create(document=document, account=account, page=page, words=words)
    except IntegrityError:  # the same reader in another tab was quicker
        own.filter(page=page).update(words=words)
    return True


def remove_bookmark(document: Document, account: User, page: int) -> None:
    """Take a mark away, if it is there."""
    Bookmark.objects.filter(document=document, account=account, page=page).delete()
