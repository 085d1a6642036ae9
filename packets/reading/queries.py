"""What is read of reading: what is new to a reader, and what has changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from meetings.models import Meeting
from packets.models import Opening, Version
from people.models import User

NEW, CHANGED, READ = "new", "changed", "read"


def news_of(meeting: Meeting, account: User, *, versions: Collection[Version] | None = None) -> dict[int, str]:
    """Return what each paper is to an account, by the document's id: `new`, `changed` since it was last opened, or `read`.

    `versions`: those the account sees (a list has them at hand); without them the newest released one of each paper.
    Two or three queries whatever the number of papers.
    """
    current = {row.document_id: row.pk for row in versions} if versions is not None else newest_released(meeting)
    opened = opened_versions(meeting, account.pk)
    known = set(documents_of(opened).values())
    return {
        document: READ if version in opened else CHANGED if document in known else NEW for document, version in current.items()
    }


def opened_versions(meeting: Meeting, account: int) -> set[int]:
    """Return the versions an account has opened a copy of, whatever way, in a bound packet too."""
    rows = Opening.objects.filter(meeting=meeting, account=account).order_by().values_list("version_id", "binding_versions")
    return {key for version, bound in rows for key in ([version] if version is not None else bound)}


def newest_released(meeting: Meeting) -> dict[int, int]:
    """Return the newest released version of each paper that has not been taken out, both by their ids."""
    found = Version.objects.filter(document__meeting=meeting, document__is_removed=False, state=Version.State.RELEASED)
    return dict(found.order_by("number").values_list("document_id", "pk"))


def documents_of(versions: Iterable[int]) -> dict[int, int]:
    """Return the document of each version, both by their ids."""
    return dict(Version.objects.filter(pk__in=list(versions)).values_list("pk", "document_id"))
