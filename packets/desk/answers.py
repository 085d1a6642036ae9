"""What the desk of papers answers when a lower floor asks: what is still to release, what a new meeting takes over."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.deadlines.models import DeadlineKind
from meetings.hooks import Maps, Step
from meetings.models import Meeting
from packets.desk import facts, rows
from packets.models import Document, Release
from packets.releasing.issued import issued_among


def papers_step(meeting: Meeting) -> Step | None:
    """Answer for the papers: each of them is released; nothing where there are none."""
    is_open = Exists(Release.objects.filter(document=OuterRef("pk"), recalled_at=None))
    standing = Document.objects.filter(meeting=meeting, is_removed=False).annotate(is_open=is_open)
    counted = standing.aggregate(all=Count("pk"), released=Count("pk", filter=Q(is_open=True)))
    if not counted["all"]:
        return None
    left = counted["all"] - counted["released"]
    return Step(
        title=_("Papers"),
        count=counted["released"],
        of=counted["all"],
        done=left == 0,
        missing=_("Papers not released yet: %(count)d.") % {"count": left},
        url=reverse("packets:papers", args=[meeting.slug]),
        deadline=DeadlineKind.PAPERS.value,
    )


def copy_papers(old: Meeting, new: Meeting, maps: Maps) -> None:
    """Enter in a new meeting the papers that the old one had, by title and item, without any file: the same will be needed.

    Not what was issued there: it belongs to that meeting alone.
    """
    if "papers" not in maps.wanted:
        return
    places = dict(old.items.values_list("pk", "position"))
    items = {item.position: item for item in new.items.all()} if "programme" in maps.wanted else {}
    wanted = old.documents.filter(is_removed=False).exclude(number__in=issued_among(old))
    for number, row in enumerate(wanted.order_by("position", "pk"), start=1):
        item = items.get(places.get(row.item_id or 0, 0))
        made = Document.objects.create(
            meeting=new, number=number, position=number, title=row.title, secrecy=row.secrecy, item_id=item.pk if item else None
        )
        maps.change.record(facts.DocumentAdded(**rows.told(made, item)))
