"""The list of organisations as a sheet: communes with code, name and province; other units with the one above them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.importing import CHANGED, NEW, SAME, Column, Kind, Outcome, Values, choice, importing
from meetings.models import Meeting
from meetings.procedure import Ability
from people.models import Organisation
from people.spelling import alike, fold

Kinds = Organisation.Kind
KINDS = {
    Kinds.CENTRAL.value: (Kinds.CENTRAL.label, "Cơ quan Trung ương", "Trung ương"),
    Kinds.PROVINCE.value: (Kinds.PROVINCE.label, "Tỉnh", "Thành phố", "Tỉnh, thành phố"),
    Kinds.COMMUNE.value: (Kinds.COMMUNE.label, "Xã", "Phường", "Đặc khu", "Xã, phường", "Cấp xã"),
    Kinds.DEPARTMENT.value: (Kinds.DEPARTMENT.label, "Phòng", "Ban", "Đơn vị trực thuộc", "Phòng, ban"),
}
BODIES = {
    Organisation.Body.PARTY.value: (Organisation.Body.PARTY.label, "Đảng", "Khối Đảng"),
    Organisation.Body.STATE.value: (Organisation.Body.STATE.label, "Nhà nước", "Chính quyền"),
}
#: How the name of a commune begins.
COMMUNES = ("xa ", "phuong ", "dac khu ")
#: Spreadsheets take codes for numbers and drop their zeros; they are put back.
DIGITS = {Kinds.PROVINCE.value: 2, Kinds.COMMUNE.value: 5}
COMPARED = ("name", "short_name", "code", "symbol", "body")


@dataclass
class Scene:
    """The directory by key, code and name, and what rows before have named."""

    rows: dict[int, Organisation] = field(default_factory=dict)
    by_code: dict[tuple[str, str], int] = field(default_factory=dict)
    by_place: dict[tuple[int | None, str], int] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    seen: dict[Any, int] = field(default_factory=dict)

    def add(self, row: Organisation) -> None:
        """Know one organisation."""
        self.rows[row.pk] = row
        self.by_place[row.parent_id, alike(row.name)] = row.pk
        if row.code:
            self.by_code[row.kind, row.code] = row.pk
        for name in {alike(row.name), alike(row.short_name)}:
            self.by_name[name].add(row.pk)


@importing
class Organisations(Kind):
    """Organisations of the directory. An empty cell leaves what is known as it is."""

    name = "organisations"
    title = _("Import organisations")
    ability = Ability.MANAGE_DIRECTORY
    of_meeting = False
    command = "organisations.import"
    back = "meetings:directory"
    columns = (
        Column("code", _("Unit code"), ("Mã", "Mã đơn vị", "Mã xã", "Mã ĐVHC", "Code"), length=16, example=("02752", "")),
        Column("name", _("Name of the organisation"), ("Tên", "Tên đơn vị", "Tên xã", "Xã", "Đơn vị", "Name"), required=True,
               example=("Xã Mường Khương", "Vụ Tổng hợp")),
        Column("above", _("Belongs to"), ("Tỉnh", "Tỉnh, thành phố", "Mã tỉnh", "Thuộc", "Trực thuộc", "Đơn vị cấp trên",
               "Province"), example=("Lào Cai", "Văn phòng Trung ương Đảng")),
        Column("kind", _("Kind"), ("Loại", "Cấp"), read=choice(KINDS), example=("xã", "phòng")),
        Column("short_name", _("Short name"), ("Tên ngắn", "Tên gọi tắt"), length=80, example=("", "Vụ TH")),
        Column("symbol", _("Symbol"), ("Ký hiệu",), length=30, example=("", "VTH")),
        Column("body", _("Party or State"), ("Đảng hay Nhà nước", "Khối"), read=choice(BODIES), example=("Đảng", "Đảng")),
    )  # fmt: skip

    def scene(self, meeting: Meeting | None, rows: Sequence[Values]) -> Scene:
        """Read the whole directory of organisations: a few thousand."""
        scene = Scene()
        for one in Organisation.objects.all():
            scene.add(one)
        return scene

    def judge(self, row: Values, scene: Scene) -> Outcome:
        """Say which organisation the row is and what would change."""
        name, above = row.get("name"), self._above(row, scene)
        kind = row.get("kind") or _kind_of(name, above)
        code = _whole(row.get("code"), kind)
        known = self._known(row, scene, name, code, kind, above)
        self._refuse_twice(row, scene, name, code, kind, above)
        if known is not None:
            return self._changed(row, known, code, above, scene)
        if kind == Kinds.COMMUNE and (above is None or above.kind != Kinds.PROVINCE) and not row.worst:
            row.error("above", _("A commune belongs to a province. Write the province’s name or code."))
        if kind == Kinds.DEPARTMENT and above is None and not row.worst:
            row.error("above", _("A department belongs to a body. Write the name of the one above it."))
        data = {
            "name": name, "short_name": row.get("short_name") or name[:80], "kind": kind, "code": code,
            "symbol": row.get("symbol"), "body": row.get("body") or (above.body if above else Organisation.Body.PARTY.value),
            "parent": above.pk if above else None,
        }  # fmt: skip
        return Outcome(NEW, name, data)

    def allowed(self, meeting: Meeting | None) -> Mapping[str, Sequence[str]]:
        """Return the provinces, kinds and bodies there are."""
        provinces = Organisation.objects.filter(kind=Kinds.PROVINCE, is_closed=False).order_by("code")
        return {
            "above": list(provinces.values_list("short_name", flat=True)),
            "kind": [str(word) for word in Kinds.labels],
            "body": [str(word) for word in Organisation.Body.labels],
        }

    def _above(self, row: Values, scene: Scene) -> Organisation | None:
        wanted = row.get("above")
        if not wanted:
            return None
        code = wanted.zfill(2) if wanted.isdecimal() else wanted
        found = scene.by_code.get((Kinds.PROVINCE.value, code))
        named = scene.by_name.get(alike(wanted), set())
        provinces = {pk for pk in named if scene.rows[pk].kind == Kinds.PROVINCE}
        named = provinces if len(provinces) == 1 else named
        if found is None and len(named) == 1:
            (found,) = named
        if found is None:
            sentence = _("Several organisations are called “%(name)s”.") if named else _("“%(name)s” is not in the directory.")
            what_to_do = _("Write its whole name, and enter it first when it is new.")
            row.error("above", f"{sentence % {'name': wanted}} {what_to_do}")
            return None
        above = scene.rows[found]
        if above.is_closed:
            row.error("above", _("“%(name)s” is closed. Open it again, or choose another one.") % {"name": above.name})
        return above

    def _known(
        self, row: Values, scene: Scene, name: str, code: str, kind: str, above: Organisation | None
    ) -> Organisation | None:
        coded = scene.by_code.get((kind, code)) if code else None
        named = scene.by_place.get((above.pk if above else None, alike(name)))
        if named is None and above is None and coded is None:
            same = scene.by_name.get(alike(name), set())
            named = next(iter(same)) if len(same) == 1 and not row.get("kind") else None
        if coded is not None and named is not None and coded != named:
            words = {"code": code, "name": scene.rows[coded].name}
            row.error("code", _("The code %(code)s belongs to “%(name)s”. Enter another one.") % words)
        found = coded if coded is not None else named
        return scene.rows[found] if found is not None else None

    def _refuse_twice(self, row: Values, scene: Scene, name: str, code: str, kind: str, above: Organisation | None) -> None:
        keys: list[tuple[str, Any]] = [("name", (above.pk if above else None, alike(name)))]
        keys += [("code", (kind, code))] if code else []
        for column, key in keys:
            first = scene.seen.setdefault((column, key), row.number)
            if first != row.number:
                row.error(column, _("This stands in row %(row)d already.") % {"row": first})
                return

    def _changed(self, row: Values, known: Organisation, code: str, above: Organisation | None, scene: Scene) -> Outcome:
        told = {column: row.get(column) for column in COMPARED if row.get(column) != ""} | ({"code": code} if code else {})
        if alike(told["name"]) == alike(known.name):
            told["name"] = known.name  # perhaps spelt otherwise, but the same
        data = {column: value for column, value in told.items() if value != getattr(known, column)}
        bodies = dict(Organisation.Body.choices)
        changes = {
            column: (str(bodies.get(getattr(known, column), getattr(known, column))), str(bodies.get(value, value)))
            for column, value in data.items()
        }
        if row.get("kind") and row.get("kind") != known.kind:
            row.error("kind", _("“%(name)s” is of another kind in the directory. Change it there.") % {"name": known.name})
        if above is not None and above.pk != known.parent_id:
            if above.pk == known.pk:
                row.error(
                    "above", _("“%(name)s” cannot stand under itself or under one of its own units.") % {"name": known.name}
                )
            elif known.kind == Kinds.COMMUNE and above.kind == Kinds.PROVINCE:
                before = scene.rows.get(known.parent_id or 0)
                data["parent"] = above.pk
                changes["above"] = (before.name if before else "", above.name)
            else:
                row.error("above", _("“%(name)s” stands elsewhere in the directory. Move it there.") % {"name": known.name})
        return Outcome(CHANGED if data else SAME, known.name, data, known.pk, changes)


def _kind_of(name: str, above: Organisation | None) -> str:
    if fold(name).startswith(COMMUNES) and (above is None or above.kind == Kinds.PROVINCE):
        return Kinds.COMMUNE.value
    return Kinds.CENTRAL.value if above is None else Kinds.DEPARTMENT.value


def _whole(code: str, kind: str) -> str:
    return code.zfill(DIGITS.get(kind, 0)) if code.isdecimal() else code
