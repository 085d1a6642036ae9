"""The last change of a programme, kept so that it can be undone: what every item was before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from django.db.models import F

from agenda.models import AgendaItem, ProgrammeStep
from meetings.journal import Transition
from meetings.models import Meeting

# What happens to a programme: after any of these an earlier change can no longer be undone.
KINDS = (
    "item.added", "items.added", "item.edited", "items.retimed", "item.moved", "item.removed", "programme.undone",
    "item.opened", "item.closed", "item.deferred", "item.skipped", "item.restored", "item.merged", "item.advanced",
    "item.restricted", "item.unrestricted",
)  # fmt: skip
_PLAIN = ("parent_id", "sitting_id", "number", "kind", "title", "presenter", "minutes", "speech_minutes", "note", "in_camera",
          "in_camera_reason", "has_secret_title")  # fmt: skip


def kept(rows: Sequence[AgendaItem]) -> list[dict[str, Any]]:
    """Return all that a change of the programme can touch of its items, in the running order."""
    people = _named(AgendaItem.people.through, "participant_id", rows)
    closed = [row for row in rows if row.in_camera]
    sites = _named(AgendaItem.admitted.through, "bridgepoint_id", closed)
    admitted = _named(AgendaItem.admitted_people.through, "participant_id", closed)
    return [
        {"item": row.pk, "begins_at": row.begins_at.isoformat() if row.begins_at else "", "people": people.get(row.pk, [])}
        | {"sites": sites.get(row.pk, []), "admitted": admitted.get(row.pk, [])}
        | {name: getattr(row, name) for name in _PLAIN}
        for row in rows
    ]


def _named(through: type, key: str, rows: Sequence[AgendaItem]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    if rows:
        named = through.objects.filter(agendaitem__in=[row.pk for row in rows])  # type: ignore[attr-defined]
        for item, one in named.values_list("agendaitem_id", key):
            found.setdefault(item, []).append(one)
    return found


def remember(change: Transition, before: list[dict[str, Any]]) -> None:
    """Keep what the programme was before the change that has just been recorded."""
    number = change.entries[-1].number
    ProgrammeStep.objects.update_or_create(meeting=change.meeting, defaults={"number": number, "before": before})


def last_change(meeting: Meeting) -> int:
    """Return the number of the last entry that is about the programme; 0 when there is none."""
    found = meeting.journal.entries.filter(kind__in=KINDS).order_by("-number").values_list("number", flat=True).first()
    return found or 0


def bring_back(meeting: Meeting, before: list[dict[str, Any]]) -> None:
    """Make the items what they were: those that are gone come back under their own key, those that are new go."""
    AgendaItem.objects.filter(meeting=meeting).exclude(pk__in=[one["item"] for one in before]).delete()
    have = {row.pk: row for row in meeting.items.all()}
    AgendaItem.objects.filter(meeting=meeting).update(position=F("position") + 1_000_000)
    present = set(meeting.participants.values_list("pk", flat=True))
    sittings = set(meeting.sittings.values_list("pk", flat=True))
    places = set(meeting.bridge_points.values_list("pk", flat=True)) if any(one.get("in_camera") for one in before) else set()
    for position, one in enumerate(before, start=1):
        row = have.get(one["item"]) or AgendaItem(pk=one["item"], meeting=meeting)
        for name in _PLAIN:
            setattr(row, name, one.get(name, getattr(row, name)))
        row.sitting_id = one["sitting_id"] if one["sitting_id"] in sittings else None
        row.begins_at = time.fromisoformat(one["begins_at"]) if one["begins_at"] else None
        row.position, row.version = position, row.version + 1
        row.save(force_insert=one["item"] not in have)
        row.people.set([person for person in one["people"] if person in present])
        if row.in_camera:
            row.admitted.set([site for site in one["sites"] if site in places])
            row.admitted_people.set([person for person in one["admitted"] if person in present])
