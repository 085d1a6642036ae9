"""The list of people as a sheet: one row for each position somebody holds, at one time or another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.directory.labels import office_of
from meetings.importing import CHANGED, NEW, SAME, Column, Kind, Outcome, Values, day, email, importing, phone
from meetings.models import Meeting
from meetings.procedure import Ability
from people.models import Organisation, Person, Position
from people.spelling import alike, fold


@dataclass
class Scene:
    """The people of these names with their positions, the organisations by name, and what rows before have named."""

    people: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    positions: dict[int, list[Position]] = field(default_factory=lambda: defaultdict(list))
    units: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    titles: dict[int, str] = field(default_factory=dict)
    seen: dict[Any, int] = field(default_factory=dict)
    held: set[Any] = field(default_factory=set)


@importing
class People(Kind):
    """People of the directory with a position each. An empty cell leaves what is known as it is."""

    name = "people"
    title = _("Import people")
    ability = Ability.MANAGE_DIRECTORY
    of_meeting = False
    command = "people.import"
    back = "meetings:people"
    columns = (
        Column("name", _("Full name"), ("Họ và tên", "Họ tên", "Name"), required=True, length=120,
               example=("Đại biểu 15-01", "Đại biểu 15-01")),
        Column("title", _("Position"), ("Chức vụ", "Chức danh", "Title"), length=160, example=("Phó Bí thư", "Ủy viên")),
        Column("unit", _("Unit"), ("Đơn vị", "Cơ quan", "Đơn vị công tác", "Organisation"),
               example=("Tỉnh ủy Lào Cai", "Văn phòng Trung ương Đảng")),
        Column("since", _("Since"), ("Từ", "Từ ngày", "Ngày nhận chức"), read=day, example=("01/07/2025", "")),
        Column("until", _("Until"), ("Đến", "Đến ngày", "Ngày thôi"), read=day, example=("", "")),
        Column("email", _("Mail address"), ("Email", "E-mail", "Thư điện tử"), read=email, length=254,
               example=("dai.bieu@example.vn", "dai.bieu@example.vn")),
        Column("phone", _("Telephone"), ("Điện thoại", "Số điện thoại", "SĐT", "Di động", "Phone"), read=phone, length=40,
               example=("0912 345 678", "")),
    )  # fmt: skip

    def scene(self, meeting: Meeting | None, rows: Sequence[Values]) -> Scene:
        """Read the people of these names, their positions, and the open organisations."""
        scene = Scene()
        names = {fold(row.get("name")) for row in rows}
        for person in Person.objects.filter(merged_into=None).order_by("pk"):
            if person.folded in names:
                scene.people[alike(person.full_name)].append(person)
        known = {person.pk for people in scene.people.values() for person in people}
        for position in Position.objects.select_related("organisation").order_by("pk"):
            if position.person_id in known:
                scene.positions[position.person_id].append(position)
        for pk, name, short in Organisation.objects.filter(is_closed=False).values_list("pk", "name", "short_name"):
            scene.titles[pk] = name
            for spelling in {alike(name), alike(short)}:
                scene.units[spelling].add(pk)
        return scene

    def judge(self, row: Values, scene: Scene) -> Outcome:
        """Say who the row is and what would change."""
        name, unit = row.get("name"), self._unit(row, scene)
        if row.get("title") and unit is None and not row.worst:
            row.error("unit", _("Write the unit in which the position is held."))
        if row.get("since") and row.get("until") and row.get("until") < row.get("since"):
            row.error("until", _("The position ends before it begins. Change one of the days."))
        self._refuse_twice(row, scene, unit)
        data = {"name": name} | {column: row.get(column) for column in ("email", "phone") if row.get(column)}
        if unit is not None:
            data["position"] = {"unit": unit, "title": row.get("title"), "since": row.get("since"), "until": row.get("until")}
        person = self._known(row, scene, unit)
        if person is not None:
            return self._changed(row, scene, person, data)
        key = (alike(name), row.get("email") or unit)
        first = scene.seen.setdefault(key, row.number)
        return Outcome(NEW, name, data | ({"as_row": first} if first != row.number else {}))

    def _unit(self, row: Values, scene: Scene) -> int | None:
        wanted = row.get("unit")
        found = scene.units.get(alike(wanted), set()) if wanted else set()
        if len(found) == 1:
            return next(iter(found))
        if wanted:
            sentence = _("Several organisations are called “%(name)s”.") if found else _("“%(name)s” is not in the directory.")
            what_to_do = _("Write its whole name, and enter it first when it is new.")
            row.error("unit", f"{sentence % {'name': wanted}} {what_to_do}")
        return None

    def _refuse_twice(self, row: Values, scene: Scene, unit: int | None) -> None:
        key = (alike(row.get("name")), unit, alike(row.get("title")), row.get("since"), row.get("email"))
        if key in scene.held:
            row.error("name", _("%(name)s stands here twice with the same position.") % {"name": row.get("name")})
        scene.held.add(key)

    def _known(self, row: Values, scene: Scene, unit: int | None) -> Person | None:
        """Return who is meant: by mail address, by name and unit, or the only one of the name when nothing tells against it."""
        same = scene.people.get(alike(row.get("name")), [])
        if row.get("email") and (mailed := [p for p in same if p.email.lower() == row.get("email")]):
            return mailed[0]
        here = [p for p in same if any(held.organisation_id == unit for held in scene.positions[p.pk])]
        free = [p for p in same if not scene.positions[p.pk]]
        for candidates in (here, free if not here else [], same if unit is None else []):
            if len(candidates) == 1:
                return candidates[0]
            if len(candidates) > 1:
                sentence = _("Several people are called %(name)s. Merge them in the directory, or write the mail address.")
                row.error("name", sentence % {"name": row.get("name")})
                return candidates[0]
        if same:
            offices = "; ".join(office_of(p) for p in scene.positions[same[0].pk])
            sentence = _("%(name)s is in the directory elsewhere (%(offices)s): taken for another person.")
            row.warn("name", sentence % {"name": row.get("name"), "offices": offices})
        return None

    def _changed(self, row: Values, scene: Scene, person: Person, data: dict[str, Any]) -> Outcome:
        changes: dict[str, tuple[str, str]] = {}
        told: dict[str, Any] = {"name": person.full_name}
        for column in ("email", "phone"):
            if column in data and data[column] != getattr(person, column):
                told[column] = data[column]
                changes[column] = (getattr(person, column), data[column])
        wanted = data.get("position")
        if wanted is not None:
            held = [p for p in scene.positions[person.pk] if _is(p, wanted)]
            days = [(p, _told_days(p, wanted)) for p in held]
            if not held:
                told["position"] = wanted
                changes["title"] = ("", f"{wanted['title']}, {scene.titles[wanted['unit']]}")
            elif changed := days[0][1]:
                told["position"] = wanted | {"pk": held[0].pk}
                changes |= {column: (_iso(getattr(held[0], column)), value) for column, value in changed.items()}
        return Outcome(CHANGED if changes else SAME, person.full_name, told, person.pk, changes)


def _is(position: Position, wanted: dict[str, Any]) -> bool:
    same = position.organisation_id == wanted["unit"] and alike(position.title) == alike(wanted["title"] or position.title)
    return same and (not wanted["since"] or position.since is None or position.since.isoformat() == wanted["since"])


def _told_days(position: Position, wanted: dict[str, Any]) -> dict[str, str]:
    return {c: wanted[c] for c in ("since", "until") if wanted[c] and wanted[c] != _iso(getattr(position, c))}


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""
