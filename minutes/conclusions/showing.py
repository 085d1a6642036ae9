"""What the pages of the conclusions show, read for one page or fragment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from agenda.models import AgendaItem
from meetings import clock
from meetings.forms.moments import DAY_FORMAT
from meetings.models import Meeting, Role
from meetings.queries import number_in
from minutes.conclusions.phrases import PHRASES, from_item
from minutes.conclusions.queries import is_over, items_of, wording_of
from minutes.conclusions.wording import TEXT_LIMIT, Part, compare
from minutes.models import Conclusion, ConclusionRevision, MinutesBlock

SPOKEN_SHOWN = 6
State = Conclusion.State


@dataclass(frozen=True)
class Row:
    """One conclusion as a line: its item, if the programme still has it, and whether its day has passed."""

    conclusion: Conclusion
    item: AgendaItem | None
    is_past: bool
    is_first: bool = False
    is_last: bool = False


def listed(meeting: Meeting) -> dict[str, Any]:
    """Return all conclusions: proposals in their order, adopted ones by number, withdrawn ones last."""
    every = list(meeting.conclusions.all())
    items, today = items_of(meeting, every), _today(meeting)

    def rows(state: str) -> list[Row]:
        found = [one for one in every if one.state == state]
        if state != State.PROPOSED:
            found.sort(key=lambda one: (one.number or 0, one.position))
        return [
            Row(one, items.get(one.item_id or 0), _is_past(one, today), at == 0, at == len(found) - 1)
            for at, one in enumerate(found)
        ]

    return {
        "proposed": rows(State.PROPOSED),
        "adopted": rows(State.ADOPTED),
        "withdrawn": rows(State.WITHDRAWN),
        "in_session": meeting.state in (meeting.State.OPEN, meeting.State.SUSPENDED),
        "is_over": is_over(meeting),
    }


def offers(meeting: Meeting) -> dict[str, Any]:
    """Return what helps to word: items, quick phrases, what the chair has said by the minutes; and today, for the due day."""
    items = list(meeting.items.all())
    running = [from_item({"title": one.title}) for one in items if one.state == AgendaItem.State.OPEN]
    spoken = MinutesBlock.objects.filter(minutes__meeting=meeting, speaker__role=Role.CHAIR, is_left_out=False)
    return {
        "items": items,
        "phrases": [*running, *PHRASES],
        "spoken": list(spoken.order_by("-changed_at", "-pk")[:SPOKEN_SHOWN]),
        "today": _today(meeting),
        "text_limit": TEXT_LIMIT,
        "in_session": meeting.state in (meeting.State.OPEN, meeting.State.SUSPENDED),
    }


def begun(meeting: Meeting, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the form's first words: of a withdrawn conclusion, of an item, of what the chair has said, else nothing.

    A proposal that nothing is said of belongs to the open item.
    """
    again, block, item = (number_in(asked.get(name, "")) for name in ("again", "block", "item"))
    if again is not None and (row := meeting.conclusions.filter(pk=again).first()):
        return _entered(row) | {"item": row.item_id, "organisation": row.organisation_id}
    running = meeting.items.filter(state=AgendaItem.State.OPEN).first()
    words: dict[str, Any] = {"item": running.pk if running else None}
    if block is not None and (said := MinutesBlock.objects.filter(minutes__meeting=meeting, pk=block).first()):
        return words | {"text": said.text[:TEXT_LIMIT]}
    if item is not None and (chosen := meeting.items.filter(pk=item).first()):
        return {"item": chosen.pk, "text": from_item({"title": chosen.title})}
    return words


def one(meeting: Meeting, row: Conclusion, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return one conclusion with every wording it has had; two of them side by side, if two are asked for."""
    revisions = list(row.revisions.all())
    by_version = {one.version: one for one in revisions}
    old, new = (by_version.get(number_in(asked.get(name, "")) or 0) for name in ("old", "new"))
    since = by_version.get(number_in(asked.get("version", "")) or 0)
    return {
        "row": Row(row, items_of(meeting, [row]).get(row.item_id or 0), _is_past(row, _today(meeting))),
        "revisions": revisions,
        "words": _entered(row) | {"organisation": row.organisation_id},
        "compared": _compared(old, new),
        "since": _compared(since, by_version.get(row.version)) if since and since.version != row.version else None,
        "in_session": meeting.state in (meeting.State.OPEN, meeting.State.SUSPENDED),
        "is_over": is_over(meeting),
    }


def _entered(row: Conclusion) -> dict[str, Any]:
    """Return the words as they are entered in the form: the day in figures."""
    return wording_of(row).words | {"due": f"{row.due:{DAY_FORMAT}}" if row.due else ""}


def _compared(old: ConclusionRevision | None, new: ConclusionRevision | None) -> dict[str, Any] | None:
    if old is None or new is None:
        return None
    parts: list[Part] = compare(old.words, new.words)
    return {"old": old, "new": new, "parts": parts}


def _today(meeting: Meeting) -> Any:
    return timezone.localtime(clock.now(meeting)).date()


def _is_past(row: Conclusion, today: Any) -> bool:
    return row.due is not None and row.due < today and row.state != State.WITHDRAWN
