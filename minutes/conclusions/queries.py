"""Which conclusions a meeting has: adopted ones by number, proposals in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agenda.models import AgendaItem
from meetings.models import Meeting
from minutes.conclusions.wording import Wording
from minutes.models import Conclusion, Minutes


def adopted(meeting: Meeting) -> list[Conclusion]:
    """Return what the meeting has adopted and not withdrawn, by number."""
    return list(meeting.conclusions.filter(state=Conclusion.State.ADOPTED).order_by("number"))


def proposed(meeting: Meeting) -> list[Conclusion]:
    """Return what is proposed and not adopted yet, in the order of the desk."""
    return list(meeting.conclusions.filter(state=Conclusion.State.PROPOSED))


def is_over(meeting: Meeting) -> bool:
    """Tell whether nothing more is concluded: the minutes, approved after the meeting alone, tell what was."""
    if meeting.state != Meeting.State.ADJOURNED:
        return False
    return Minutes.objects.filter(meeting=meeting, state=Minutes.State.APPROVED).exists()


def wording_of(row: Conclusion) -> Wording:
    """Return the words of a conclusion."""
    return Wording(text=row.text, who=row.who, along=row.along, due=row.due, product=row.product)


def wordings_of(meeting: Meeting) -> dict[int, Wording]:
    """Return the words of the conclusions that have a number, by key: nobody changes them any more."""
    return {row.pk: wording_of(row) for row in meeting.conclusions.exclude(number=None)}


def rows_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Return the adopted conclusions as plain values, for papers and for what follows them up."""
    rows = adopted(meeting)
    items = items_of(meeting, rows)
    return [row_of(row, items) for row in rows]


def row_of(row: Conclusion, items: Mapping[int, AgendaItem]) -> dict[str, Any]:
    """Return one conclusion as plain values: moments and days in ISO 8601, nothing where there is none."""
    item = items.get(row.item_id or 0)
    return {
        "number": row.number,
        "state": row.state,
        "text": row.text,
        "item": {"number": item.number, "title": item.title} if item else None,
        "who": row.who,
        "organisation": row.organisation_id,
        "along": row.along,
        "due": row.due.isoformat() if row.due else None,
        "product": row.product,
        "adopted_at": row.adopted_at.isoformat() if row.adopted_at else None,
        "adopted_by": row.adopted_by,
    }


def items_of(meeting: Meeting, rows: list[Conclusion]) -> dict[int, AgendaItem]:
    """Return the items that conclusions belong to, by key; one that was removed from the programme is not there."""
    keys = {row.item_id for row in rows if row.item_id}
    return meeting.items.in_bulk(keys) if keys else {}
