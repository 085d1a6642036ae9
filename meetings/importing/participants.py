"""The list of participants as a sheet: its columns, and who of the list, of the directory or of nobody yet each row is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.importing.columns import Column, choice, email, phone, yes_or_no
from meetings.importing.kinds import CHANGED, NEW, SAME, Kind, Outcome, importing
from meetings.importing.people import Known, known_people, same_unit, trimmed
from meetings.importing.places import Names, names_of_sites
from meetings.importing.rows import Values
from meetings.models import Meeting, Participant, ParticipantGroup, Role
from meetings.procedure import Ability
from people.models import Organisation
from people.spelling import alike

MODES = {
    Participant.Mode.IN_PERSON.value: (Participant.Mode.IN_PERSON.label, "trực tiếp", "trực tiếp tại hội trường", "offline"),
    Participant.Mode.ONLINE.value: (Participant.Mode.ONLINE.label, "trực tuyến", "online", "từ xa"),
}
ROLES = {
    Role.CHAIR.value: (Role.CHAIR.label, "Chủ trì", "Chủ toạ", "Đồng chủ trì"),
    Role.SECRETARY.value: (Role.SECRETARY.label, "Thư ký"),
    Role.DELEGATE.value: (Role.DELEGATE.label, "Đại biểu", "Thành viên"),
    Role.GUEST.value: (Role.GUEST.label, "Khách mời", "Khách"),
    Role.OPERATOR.value: (Role.OPERATOR.label, "Cán bộ điểm cầu", "Phụ trách điểm cầu", "Operator"),
    Role.TECHNICIAN.value: (Role.TECHNICIAN.label, "Kỹ thuật", "Kỹ thuật viên", "Cán bộ kỹ thuật"),
    Role.OBSERVER.value: (Role.OBSERVER.label, "Quan sát viên", "Dự thính", "Phóng viên"),
}
STAFF = (Role.OPERATOR, Role.TECHNICIAN)
#: Columns that are written to the participant as they are read: column → field.
PLAIN = {"position": "position", "role": "role", "mode": "mode", "standing": "is_standing"}


@dataclass(frozen=True)
class Scene:
    """What rows are judged against; `taken`: participants that a row before has named, with its number."""

    people: Known
    sites: Names
    groups: dict[str, ParticipantGroup]
    units: Mapping[str, int]
    titles: dict[int, str]
    taken: dict[int, int]
    seen: dict[str, list[tuple[str, int]]]
    new_groups: dict[str, str]


@importing
class Participants(Kind):
    """Who takes part in a meeting. An empty cell leaves what is known as it is."""

    name = "participants"
    title = _("Import delegates")
    ability = Ability.PREPARE
    command = "participants.import"
    back = "attendance:participants"
    part = "delegates"
    tab = "meetings:import_participants"
    columns = (
        Column("name", _("Full name"), ("Họ và tên", "Họ tên", "Họ & tên", "Tên đại biểu", "Đại biểu", "Name"), required=True,
               length=120, example=("Đại biểu 15-01", "Đại biểu 15-02")),
        Column("position", _("Position"), ("Chức vụ", "Chức danh", "Title"), length=160, example=("Phó Bí thư", "Chuyên viên")),
        Column("unit", _("Unit"), ("Đơn vị", "Cơ quan", "Đơn vị công tác", "Cơ quan, đơn vị", "Organisation", "Organization"),
               example=("Tỉnh ủy Lào Cai", "Tỉnh ủy Lào Cai")),
        Column("site", _("Bridge point"), ("Điểm cầu", "Dự tại điểm cầu", "Mã tỉnh", "Site"), example=("Lào Cai", "15")),
        Column("role", _("Role"), ("Vai trò", "Tư cách", "Thành phần"), read=choice(ROLES), example=("Đại biểu", "Đại biểu")),
        Column("mode", _("Takes part"), ("Hình thức", "Hình thức tham dự", "Mode"), read=choice(MODES),
               example=("Trực tiếp", "Trực tuyến")),
        Column("group", _("Group"), ("Nhóm", "Nhóm đại biểu", "Khối"), length=80, example=("Khối tỉnh", "")),
        Column("email", _("E-mail"), ("Email", "Thư điện tử", "Địa chỉ email"), read=email, length=254,
               example=("dai.bieu@example.vn", "")),
        Column("phone", _("Telephone"), ("Điện thoại", "Số điện thoại", "SĐT", "ĐT", "Di động", "Phone"), read=phone, length=40,
               example=("0912 345 678", "")),
        Column("substitute", _("Stands in for"), ("Dự thay", "Dự thay cho", "Thay cho", "Thay đồng chí"), length=120,
               example=("", "Đại biểu 15-03")),
        Column("standing", _("Comes every time"), ("Thường xuyên", "Đại biểu thường xuyên"), read=yes_or_no, example=("x", "")),
    )  # fmt: skip

    def scene(self, meeting: Meeting | None, rows: Sequence[Values]) -> Scene:
        """Read the meeting's list, its bridge points and groups, the organisations, and the people of these names."""
        assert meeting is not None
        groups = {alike(group.name): group for group in meeting.groups.all()}
        units: dict[str, int] = {}
        titles: dict[int, str] = {}
        for pk, name, short in Organisation.objects.filter(is_closed=False).values_list("pk", "name", "short_name"):
            titles[pk] = name
            for spelling in {alike(name), alike(short)}:
                units[spelling] = 0 if spelling in units else pk
        return Scene(known_people(meeting, rows), names_of_sites(meeting), groups, units, titles, {}, {}, {})

    def judge(self, row: Values, scene: Scene) -> Outcome:
        """Say who the row is and what would change."""
        name = trimmed(row.get("name"))
        site = scene.sites.find(row, "site")
        data: dict[str, Any] = {"name": name}
        data |= {field: row.get(column) for column, field in PLAIN.items() if row.get(column) != ""}
        data |= {column: row.get(column) for column in ("email", "phone") if row.get(column)}
        if site is not None:
            data["bridge_point"] = site
        self._unit(row, scene, data)
        self._group(row, scene, data)
        if not name:
            return Outcome(NEW, "", data)
        self._refuse_twice(row, scene, name, data.get("unit", ""))
        own = scene.people.of_meeting(row, name, data.get("unit", ""))
        if own is not None:
            return self._changed(row, scene, own, data)
        return self._new(row, scene, data)

    def allowed(self, meeting: Meeting | None) -> Mapping[str, Sequence[str]]:
        """Return the bridge points, roles, modes and groups there are."""
        assert meeting is not None
        return {
            "site": list(meeting.bridge_points.values_list("short_name", flat=True)[:500]),
            "role": [str(label) for label in Role.labels],
            "mode": [str(label) for label in Participant.Mode.labels],
            "group": list(meeting.groups.values_list("name", flat=True)),
        }

    def _unit(self, row: Values, scene: Scene, data: dict[str, Any]) -> None:
        """Take the unit as it is written, and the organisation of that name; without one, that of the bridge point."""
        unit = row.get("unit")
        if unit:
            organisation = scene.units.get(alike(unit)) or None
            data |= {"unit": scene.titles[organisation] if organisation else unit, "organisation": organisation}

    def _group(self, row: Values, scene: Scene, data: dict[str, Any]) -> None:
        wanted = row.get("group")
        if not wanted:
            return
        known = scene.groups.get(alike(wanted))
        if known is None and alike(wanted) not in scene.new_groups:
            scene.new_groups[alike(wanted)] = wanted
            row.warn("group", _("There is no group “%(name)s” yet: it is added with the list.") % {"name": wanted})
        data |= {"group": known.pk} if known else {"new_group": scene.new_groups[alike(wanted)]}

    def _refuse_twice(self, row: Values, scene: Scene, name: str, unit: str) -> None:
        """Refuse the same name with the same unit in two rows, or where one of them has no unit."""
        before = scene.seen.setdefault(alike(name), [])
        for other, first in before:
            if not unit or not other:
                sentence = _("%(name)s stands in row %(row)d too, and a unit is missing. Write both units.")
                row.error("name", sentence % {"name": name, "row": first})
            elif same_unit(unit, other):
                row.error("name", _("%(name)s stands in row %(row)d already, with the same unit.") % {"name": name, "row": first})
        before.append((unit, row.number))

    def _changed(self, row: Values, scene: Scene, own: Participant, data: dict[str, Any]) -> Outcome:
        first = scene.taken.setdefault(own.pk, row.number)
        if first != row.number:
            row.error("name", _("%(name)s stands in row %(row)d already.") % {"name": own.name, "row": first})
        role, at = data.get("role", own.role), data.get("bridge_point", own.bridge_point_id)
        if role in STAFF and at is None:
            row.error("site", _("An operator or technician belongs to a bridge point. Choose it."))
        if "unit" in data and same_unit(data["unit"], own.unit):
            del data["unit"], data["organisation"]  # perhaps spelt otherwise, but the same
        if "position" in data and alike(data["position"]) == alike(own.position):
            del data["position"]
        data["name"] = own.name
        if row.get("substitute") and (
            own.substitute_for is None or alike(own.substitute_for.name) != alike(row.get("substitute"))
        ):
            row.warn(
                "substitute", _("%(name)s is on the list already; whom they stand in for is not changed.") % {"name": own.name}
            )
        changes = _differences(own, data, scene)
        return Outcome(CHANGED if changes else SAME, own.name, data, own.pk, changes)

    def _new(self, row: Values, scene: Scene, data: dict[str, Any]) -> Outcome:
        data.setdefault("role", Role.DELEGATE.value)
        if data["role"] in STAFF and "bridge_point" not in data and not row.get("site"):
            row.error("site", _("An operator or technician belongs to a bridge point. Choose it."))
        if "unit" not in data:
            organisation = scene.sites.organisation_of(data.get("bridge_point"))
            if organisation in scene.titles:
                data |= {"unit": scene.titles[organisation], "organisation": organisation}
                row.warn("unit", _("The unit is missing: taken from the bridge point, %(unit)s.") % {"unit": data["unit"]})
            else:
                row.warn("unit", _("The unit is missing."))
        data["person"] = scene.people.in_directory(row, data["name"], data.get("unit", ""))
        if row.get("substitute"):
            data["substitute_for"] = scene.people.replaced(row, row.get("substitute"))
        return Outcome(NEW, data["name"], data)


def _differences(own: Participant, data: dict[str, Any], scene: Scene) -> dict[str, tuple[str, str]]:
    """Return what a row would change, column → (before, after), in words."""
    roles, modes = dict(Role.choices), dict(Participant.Mode.choices)
    changes: dict[str, tuple[str, str]] = {}

    def compare(column: str, before: Any, after: Any, shown: Any = str) -> None:
        if before != after:
            changes[column] = (shown(before), shown(after))

    for column, words in (("position", str), ("role", lambda v: str(roles[v])), ("mode", lambda v: str(modes[v]))):
        if column in data:
            compare(column, getattr(own, column), data[column], words)
    if "unit" in data:
        compare("unit", own.unit, data["unit"])
    if "bridge_point" in data:
        compare("site", own.bridge_point_id, data["bridge_point"], scene.sites.name_of)
    names = {group.pk: group.name for group in scene.groups.values()}
    if "group" in data:
        compare("group", own.group_id, data["group"], lambda pk: names.get(pk, ""))
    if "new_group" in data:
        changes["group"] = (names.get(own.group_id or 0, ""), data["new_group"])
    if "is_standing" in data:
        compare("standing", own.is_standing, data["is_standing"], lambda value: "x" if value else "")
    for column in ("email", "phone"):
        if column in data:
            compare(column, getattr(own.person, column), data[column])
    return changes
