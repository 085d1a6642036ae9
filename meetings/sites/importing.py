"""The list of bridge points as a sheet, as it is given out (meetings/sites/lists.py)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.directory.finding import pickable_people
from meetings.directory.labels import APART
from meetings.importing import CHANGED, NEW, SAME, Column, Kind, Outcome, Values, choice, importing, number
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability
from meetings.sites.video import BadAddress, read_address
from people.models import Organisation, Person
from people.spelling import alike, fold

Kinds = BridgePoint.Kind
KINDS = {
    Kinds.CENTRAL.value: (Kinds.CENTRAL.label, "Trung tâm", "Điểm cầu trung tâm"),
    Kinds.PROVINCE.value: (Kinds.PROVINCE.label, "Tỉnh", "Tỉnh, thành phố", "Cấp tỉnh"),
    Kinds.COMMUNE.value: (Kinds.COMMUNE.label, "Xã", "Phường", "Đặc khu", "Cấp xã"),
    Kinds.AGENCY.value: (Kinds.AGENCY.label, "Cơ quan", "Đơn vị"),
    Kinds.OTHER.value: (Kinds.OTHER.label, "Khác"),
}
#: What is written as it is read.
PLAIN = ("short_name", "kind", "place", "seats", "equipment", "video_address")


@dataclass
class Scene:
    """The meeting's bridge points, the organisations and the people of the heads' names, and what rows before have named."""

    sites: dict[str, BridgePoint] = field(default_factory=dict)
    short: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    of_unit: dict[int, BridgePoint] = field(default_factory=dict)
    keys: dict[int, BridgePoint] = field(default_factory=dict)
    parents: set[int] = field(default_factory=set)
    units: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    titles: dict[int, Organisation] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[Any, int] = field(default_factory=dict)
    above: dict[str, int] = field(default_factory=dict)  # names of rows before that stand on top
    has_central: bool = False


@importing
class BridgePoints(Kind):
    """The bridge points of a meeting. An empty cell leaves what is known as it is."""

    name = "bridge_points"
    title = _("Import bridge points")
    ability = Ability.PREPARE
    command = "bridge_points.import"
    back = "meetings:bridge_points"
    part = "sites"
    columns = (
        Column("name", _("Name of the bridge point"), ("Tên điểm cầu", "Điểm cầu", "Tên", "Name"), required=True,
               example=("Điểm cầu Tỉnh ủy Lào Cai", "Xã Mường Khương")),
        Column("short_name", _("Short name"), ("Tên ngắn", "Tên gọi tắt"), length=80, example=("Lào Cai", "Mường Khương")),
        Column("kind", _("Kind"), ("Loại", "Cấp"), read=choice(KINDS), example=("Tỉnh", "Xã")),
        Column("place", _("Place"), ("Địa điểm", "Nơi đặt", "Địa chỉ"), example=("Hội trường Tỉnh ủy", "UBND xã")),
        Column("above", _("Stands under"), ("Thuộc điểm cầu", "Trực thuộc", "Điểm cầu cấp trên"), example=("", "Lào Cai")),
        Column("organisation", _("Organisation"), ("Cơ quan", "Đơn vị"),
               example=("Tỉnh ủy Lào Cai", "02752")),
        Column("head", _("Head"), ("Người phụ trách", "Phụ trách", "Trưởng điểm cầu"), length=300, example=("", "")),
        Column("seats", _("Seats"), ("Số chỗ", "Chỗ ngồi"), read=number, example=("120", "40")),
        Column("equipment", _("Equipment"), ("Thiết bị", "Trang thiết bị"), length=2000, example=("2 màn hình, 4 micro", "")),
        Column("video_address", _("Address of its video conference"), ("Địa chỉ hội nghị truyền hình", "Địa chỉ truyền hình",
               "Địa chỉ VC"), length=300, example=("", "")),
    )  # fmt: skip

    def scene(self, meeting: Meeting | None, rows: Sequence[Values]) -> Scene:
        """Read the bridge points, the open organisations and the people who may be heads."""
        assert meeting is not None
        scene = Scene()
        for site in meeting.bridge_points.select_related("head", "parent"):
            scene.sites[alike(site.name)] = scene.keys[site.pk] = site
            scene.short[alike(site.short_name)].add(site.pk)
            scene.parents |= {site.parent_id} if site.parent_id else set()
            scene.has_central = scene.has_central or site.is_central
            if site.organisation_id is not None:
                scene.of_unit[site.organisation_id] = site
        for unit in Organisation.objects.filter(is_closed=False):
            scene.titles[unit.pk] = unit
            for spelling in {alike(unit.name), alike(unit.short_name), unit.code} - {""}:
                scene.units[spelling].add(unit.pk)
        heads = {fold(row.get("head").partition(APART)[0]) for row in rows if row.get("head")}
        for person in pickable_people().filter(folded__in=heads) if len(heads) <= 900 else pickable_people():
            scene.people[fold(person.full_name)].append(person)
        return scene

    def judge(self, row: Values, scene: Scene) -> Outcome:
        """Say which bridge point the row is and what would change."""
        name, unit = row.get("name"), self._unit(row, scene)
        first = scene.seen.setdefault(("name", alike(name)), row.number)
        if name and first != row.number:
            row.error("name", _("This stands in row %(row)d already.") % {"row": first})
        data = {column: row.get(column) for column in PLAIN if row.get(column) != ""}
        self._video(row, data)
        head = self._head(row, scene)
        data |= {"head": head.pk} if head else {}
        known = scene.sites.get(alike(name)) or (scene.of_unit.get(unit) if unit is not None else None)
        data |= self._above(row, scene, known)
        if known is not None:
            return self._changed(row, scene, known, data, head)
        if unit is not None:
            data["organisation"] = unit
            twice = scene.seen.setdefault(("unit", unit), row.number)
            if twice != row.number:
                row.error("organisation", _("This stands in row %(row)d already.") % {"row": twice})
        self._kind(row, scene, data, unit)
        data |= {"name": name, "short_name": data.get("short_name") or name[:80]}
        if "parent" not in data and "above_row" not in data:
            scene.above[alike(name)] = scene.above[alike(data["short_name"])] = row.number
        return Outcome(NEW, name, data)

    def allowed(self, meeting: Meeting | None) -> Mapping[str, Sequence[str]]:
        """Return the kinds, and the bridge points on top."""
        assert meeting is not None
        top = meeting.bridge_points.filter(parent=None, is_central=False)
        return {"kind": [str(word) for word in Kinds.labels], "above": list(top.values_list("short_name", flat=True)[:500])}

    def _unit(self, row: Values, scene: Scene) -> int | None:
        wanted = row.get("organisation")
        if not wanted:
            return None
        for spelling in (alike(wanted), wanted, wanted.zfill(5), wanted.zfill(2)):
            found = scene.units.get(spelling, set())
            if len(found) == 1:
                return next(iter(found))
        row.error("organisation", _("“%(name)s” is not in the directory.") % {"name": wanted})
        return None

    def _video(self, row: Values, data: dict[str, Any]) -> None:
        """Keep the address of its video conference as it is read; one that is none is an error of its cell."""
        if "video_address" in data:
            try:
                data["video_address"] = read_address(data["video_address"]).text
            except BadAddress as error:
                row.error("video_address", error.reason)

    def _head(self, row: Values, scene: Scene) -> Person | None:
        wanted = row.get("head")
        if not wanted:
            return None
        found = scene.people.get(fold(wanted.partition(APART)[0]), [])
        if len(found) == 1:
            return found[0]
        words = {"name": wanted}
        if found:
            row.error(
                "head", _("Several people are called %(name)s. Merge them in the directory, or choose on the page.") % words
            )
        else:
            row.error("head", _("%(name)s is not in the directory. Enter the person there first.") % words)
        return None

    def _above(self, row: Values, scene: Scene, known: BridgePoint | None) -> dict[str, int]:
        """Return under which one it stands: of the meeting, or of a row before."""
        wanted = row.get("above")
        if not wanted:
            return {}
        spelling = alike(wanted)
        shorts = scene.short.get(spelling, set())
        above = scene.sites.get(spelling) or (scene.keys[next(iter(shorts))] if len(shorts) == 1 else None)
        if above is None and spelling in scene.above:
            return {"above_row": scene.above[spelling]}
        words = {"name": wanted}
        if above is None:
            row.error("above", _("There is no bridge point “%(name)s” yet. Put it in a row before this one.") % words)
        elif above.parent_id is not None or above.is_central:
            sentence = _("“%(name)s” stands under another bridge point itself. There are two levels: choose one on top.")
            row.error("above", sentence % words)
        elif known is not None and (known.pk == above.pk or known.pk in scene.parents or known.is_central):
            row.error("above", _("“%(name)s” stays on top: others stand under it.") % {"name": known.name})
        return {"parent": above.pk} if above else {}

    def _kind(self, row: Values, scene: Scene, data: dict[str, Any], unit: int | None) -> None:
        guess = {"province": Kinds.PROVINCE.value, "commune": Kinds.COMMUNE.value}
        if "kind" not in data:
            data["kind"] = guess.get(scene.titles[unit].kind, Kinds.AGENCY.value) if unit is not None else Kinds.OTHER.value
        if data["kind"] == Kinds.CENTRAL:
            if scene.has_central:
                row.error("kind", _("The meeting already has its central bridge point."))
            scene.has_central = True

    def _changed(self, row: Values, scene: Scene, known: BridgePoint, data: dict[str, Any], head: Person | None) -> Outcome:
        if data.get("kind") and (data["kind"] == Kinds.CENTRAL) != known.is_central:
            row.error("kind", _("Which bridge point is the central one is not changed by a list."))
        first = scene.seen.setdefault(("site", known.pk), row.number)
        if first != row.number:
            row.error("name", _("This stands in row %(row)d already.") % {"row": first})
        changes: dict[str, tuple[str, str]] = {}
        kinds = dict(Kinds.choices)
        told: dict[str, Any] = {}
        for column in PLAIN:
            before = getattr(known, column)
            if column in data and data[column] != before:
                told[column] = data[column]
                changes[column] = (
                    str(kinds.get(before, "" if before is None else before)),
                    str(kinds.get(data[column], data[column])),
                )
        if head is not None and head.pk != known.head_id:
            told["head"] = head.pk
            changes["head"] = (known.head.full_name if known.head else "", head.full_name)
        if "above_row" in data or ("parent" in data and data["parent"] != known.parent_id):
            told |= {key: data[key] for key in ("parent", "above_row") if key in data}
            changes["above"] = (known.parent.short_name if known.parent else "", row.get("above"))
        return Outcome(CHANGED if told else SAME, known.name, told, known.pk, changes)
