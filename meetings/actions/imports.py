"""Lists that were uploaded, looked at and are applied now: all rows or none, one fact."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from meetings import facts
from meetings.actions.participants import PARTICIPANT_LIMIT
from meetings.errors import OutOfOrder
from meetings.importing import runs
from meetings.importing.kinds import NEW
from meetings.importing.models import ImportRun
from meetings.journal import transition
from meetings.models import Meeting, Participant, ParticipantGroup
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over
from meetings.telling import participant_row
from people.models import Person

#: Fields of a participant that a row of a list may write.
FIELDS = ("name", "position", "unit", "role", "mode", "is_standing")
CONTACTS = _(
    "%(name)s: the directory knows another telephone number or mail address. Only the office changes it, in the directory. "
    "Leave the cell empty. Nothing was imported."
)
KEYS = {"bridge_point": "bridge_point_id", "organisation": "organisation_id", "group": "group_id"}


def import_participants(meeting: Meeting, *, by: Actor, run: ImportRun, seen: str) -> None:
    """Add and change participants as an uploaded list says. `seen`: the digest of what was shown to who says so now."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        rows = runs.take(run, "participants", meeting=meeting, seen=seen)
        if not by.may(Ability.MANAGE_DIRECTORY):
            _refuse_known_contacts(meeting, rows)
        groups = _missing_groups(meeting, rows)
        added = _added(meeting, [row["data"] for row in rows if row["does"] == NEW])
        edited = _edited(meeting, {row["target"]: row["data"] for row in rows if row["does"] != NEW})
        change.record(
            facts.ParticipantsImported(
                participants=[participant_row(p) for p in added],
                edited=[participant_row(p) for p in edited],
                groups=[{"id": g.pk, "number": g.number, "name": g.name} for g in groups],
            )
        )
        runs.close(run, change)


def _refuse_known_contacts(meeting: Meeting, rows: list[dict[str, Any]]) -> None:
    """Let who prepares one meeting fill in how to reach people, not change it: the letters of all meetings go there."""
    people = dict(meeting.participants.values_list("pk", "person_id"))
    known = {row["data"].get("person") if row["does"] == NEW else people.get(row["target"]): row["data"] for row in rows}
    for person in Person.objects.filter(pk__in=[pk for pk in known if pk]).order_by("pk"):
        said = known[person.pk]
        if any(
            getattr(person, way) and said.get(way, getattr(person, way)) != getattr(person, way) for way in ("email", "phone")
        ):
            raise OutOfOrder(CONTACTS % {"name": person.full_name})


def _missing_groups(meeting: Meeting, rows: list[dict[str, Any]]) -> list[ParticipantGroup]:
    """Add the groups a list names and the meeting has not, and put their keys into the rows."""
    names = list(dict.fromkeys(row["data"]["new_group"] for row in rows if "new_group" in row["data"]))
    number = meeting.groups.aggregate(last=Max("number"))["last"] or 0
    made = [ParticipantGroup(meeting=meeting, number=number + n, name=name) for n, name in enumerate(names, start=1)]
    groups = {group.name: group for group in ParticipantGroup.objects.bulk_create(made)}
    for row in rows:
        if "new_group" in row["data"]:
            row["data"]["group"] = groups[row["data"]["new_group"]].pk
    return list(groups.values())


def _added(meeting: Meeting, data: list[dict[str, Any]]) -> list[Participant]:
    if meeting.participants.count() + len(data) > PARTICIPANT_LIMIT:
        raise OutOfOrder(_("A meeting holds at most %(limit)d participants.") % {"limit": PARTICIPANT_LIMIT})
    fresh = [one for one in data if not one.get("person")]
    known = {one["person"]: one for one in data if one.get("person")}
    people = [Person(full_name=one["name"], email=one.get("email", ""), phone=one.get("phone", "")) for one in fresh]
    for one, person in zip(fresh, Person.objects.bulk_create(people), strict=True):
        one["person"] = person.pk
    _write_contacts(known)
    made = []
    for one in data:
        participant = Participant(meeting=meeting, person_id=one["person"], substitute_for_id=one.get("substitute_for"))
        made.append(_set(participant, one))
    replaced = [one["substitute_for"] for one in data if one.get("substitute_for")]
    meeting.participants.filter(pk__in=replaced).update(is_excused=True)
    return Participant.objects.bulk_create(made)


def _edited(meeting: Meeting, data: dict[int, dict[str, Any]]) -> list[Participant]:
    rows = [_set(p, data[p.pk]) for p in meeting.participants.filter(pk__in=data).order_by("pk")]
    _write(rows, [*FIELDS, *KEYS, "folded"])
    _write_contacts({p.person_id: data[p.pk] for p in rows})
    return rows


def _set(row: Participant, data: dict[str, Any]) -> Participant:
    for field in FIELDS:
        if field in data:
            setattr(row, field, data[field])
    for name, field in KEYS.items():
        if name in data:
            setattr(row, field, data[name])
    return row


def _write_contacts(data: dict[int, dict[str, Any]]) -> None:
    people = list(Person.objects.filter(pk__in=[pk for pk, one in data.items() if "email" in one or "phone" in one]))
    for person in people:
        person.email = data[person.pk].get("email", person.email)
        person.phone = data[person.pk].get("phone", person.phone)
    _write(people, ["email", "phone"])


def _write(rows: list[Any], fields: list[str]) -> None:
    """Write rows back, hundreds to a statement: an insert that meets its own key updates."""
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=fields)
