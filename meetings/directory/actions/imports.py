"""Lists of the directory applied as one change: all of a list or nothing, told by one fact."""

from __future__ import annotations

from datetime import date
from typing import Any

from meetings.directory import facts
from meetings.importing import NEW, runs
from meetings.importing.models import ImportRun
from meetings.journal import office_transition
from meetings.procedure import Ability, Actor
from people.models import Organisation, Person, Position
from people.spelling import FoldedField

Rows = list[dict[str, Any]]
AT_ONCE = 500


def import_organisations(*, by: Actor, run: ImportRun, seen: str) -> None:
    """Add and change organisations as an uploaded list says; `seen`: the digest of what was shown."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        rows = runs.take(run, "organisations", meeting=None, seen=seen)
        new = [_organisation(row["data"]) for row in rows if row["does"] == NEW]
        added = Organisation.objects.bulk_create(new, batch_size=AT_ONCE)
        changed = _changed_organisations({row["target"]: row["data"] for row in rows if row["does"] != NEW})
        change.record(facts.OrganisationsImported(added=_told(added), changed=_told(changed)))
        runs.close(run, change)


def import_people(*, by: Actor, run: ImportRun, seen: str) -> None:
    """Add and change people and their positions as an uploaded list says; `seen`: the digest of what was shown."""
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        rows = runs.take(run, "people", meeting=None, seen=seen)
        people, added = _people(rows)
        changed = _contacts([row for row in rows if row["does"] != NEW])
        positions = _positions(rows, people)
        names = [{"id": person.pk, "name": person.full_name} for person in added]
        change.record(facts.PeopleImported(added=names, changed=changed, positions=positions))
        runs.close(run, change)


def _organisation(data: dict[str, Any]) -> Organisation:
    return Organisation(parent_id=data["parent"], **{name: value for name, value in data.items() if name != "parent"})


def _changed_organisations(data: dict[int, dict[str, Any]]) -> list[Organisation]:
    rows = list(Organisation.objects.filter(pk__in=data).order_by("pk"))
    folded = Organisation._meta.get_field("folded")
    assert isinstance(folded, FoldedField)
    for row in rows:
        for name, value in data[row.pk].items():
            setattr(row, "parent_id" if name == "parent" else name, value)
        folded.pre_save(row, False)
    names = ["name", "short_name", "code", "symbol", "body", "parent", "folded"]
    Organisation.objects.bulk_update(rows, names, batch_size=AT_ONCE)
    return rows


def _told(rows: list[Organisation]) -> list[dict[str, Any]]:
    return [{"id": row.pk, "name": row.name} for row in rows]


def _people(rows: Rows) -> tuple[dict[int, int], list[Person]]:
    """Make the new people; return the person of each row by its number, and who is new."""
    first = [row for row in rows if row["does"] == NEW and "as_row" not in row["data"]]
    made = Person.objects.bulk_create(
        [
            Person(full_name=row["data"]["name"], email=row["data"].get("email", ""), phone=row["data"].get("phone", ""))
            for row in first
        ],
        batch_size=AT_ONCE,
    )
    people = {row["number"]: person.pk for row, person in zip(first, made, strict=True)}
    for row in rows:
        if row["does"] != NEW:
            people[row["number"]] = row["target"]
        elif "as_row" in row["data"]:
            people[row["number"]] = people[row["data"]["as_row"]]
    return people, made


def _contacts(rows: Rows) -> list[dict[str, Any]]:
    """Write the contact data of people who are known; return who was changed, by name."""
    known = Person.objects.in_bulk([row["target"] for row in rows])
    for row in rows:
        person = known[row["target"]]
        person.email, person.phone = row["data"].get("email", person.email), row["data"].get("phone", person.phone)
    Person.objects.bulk_update(known.values(), ["email", "phone"], batch_size=AT_ONCE)
    return [{"id": person.pk, "name": person.full_name} for person in known.values()]


def _positions(rows: Rows, people: dict[int, int]) -> int:
    """Make and change positions; return how many."""
    told = [(people[row["number"]], row["data"]["position"]) for row in rows if "position" in row["data"]]
    new = [
        Position(
            person_id=person, organisation_id=held["unit"], title=held["title"],
            since=_day(held["since"]), until=_day(held["until"]),
        )
        for person, held in told
        if "pk" not in held
    ]  # fmt: skip
    Position.objects.bulk_create(new, batch_size=AT_ONCE)
    changes = {held["pk"]: held for _person, held in told if "pk" in held}
    known = list(Position.objects.filter(pk__in=changes))
    for position in known:
        held = changes[position.pk]
        position.since, position.until = _day(held["since"]) or position.since, _day(held["until"]) or position.until
    Position.objects.bulk_update(known, ["since", "until"], batch_size=AT_ONCE)
    return len(new) + len(known)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
