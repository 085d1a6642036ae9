"""Nơi nhận: the lines under a paper as they are picked, as they are printed, and whom each of them means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from django.db.models import Exists, OuterRef, Q, QuerySet

from mailing.posting import is_address
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup, Role
from minutes.models import Delivery
from minutes.papers.kinds import ALL_SITES
from packets.releasing.seeing import READS_FOR_ALL
from people.models import Organisation, Person, User

#: What stands on paper for everybody of a role; papers are Vietnamese whatever language the screens speak.
ROLES: dict[str, str] = {
    Role.CHAIR: "Chủ trì hội nghị",
    Role.SECRETARY: "Ban thư ký hội nghị",
    Role.DELEGATE: "Các đại biểu dự hội nghị",
    Role.GUEST: "Khách mời dự hội nghị",
    Role.OPERATOR: "Cán bộ phụ trách các điểm cầu",
}
MOST_LINES, LONGEST = 80, 200
#: Lines that name no row.
IN_WORDS = ("words", "text", "archive")


class Line(TypedDict):
    """One line: its kind (role, group, sites, bridge_point, unit, person, words, archive), of which row, and its words."""

    kind: str
    id: Any
    name: str


@dataclass(frozen=True)
class Target:
    """Somebody a line means: one of the three, or words alone; the mail address if one is known, and whether they sign in."""

    line: str
    name: str
    participant: int | None = None
    bridge_point: int | None = None
    organisation: int | None = None
    address: str = ""
    signs_in: bool = False

    def channel(self, *, by_mail: bool) -> str:
        """Return how a paper goes there: in the system, else by mail, else on paper."""
        if self.signs_in:
            return Delivery.Channel.SYSTEM
        return Delivery.Channel.MAIL if by_mail and self.address else Delivery.Channel.PAPER


@dataclass(frozen=True)
class Picked:
    """What somebody has picked: rows and words, not yet in their order."""

    units: Sequence[Organisation] = ()
    all_sites: bool = False
    bridge_points: Sequence[BridgePoint] = ()
    roles: Sequence[str] = ()
    groups: Sequence[ParticipantGroup] = ()
    participants: Sequence[Participant] = ()
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    archive: str = ""


def lines_of(picked: Picked) -> list[Line]:
    """Return the lines in the order in which papers name recipients: superiors in words, units, places, people, the archive."""
    found = [_words(one) for one in picked.above]
    found += [_line("unit", one.pk, one.name) for one in picked.units]
    found += [_line("sites", "", ALL_SITES)] if picked.all_sites else []
    found += [_line("bridge_point", one.pk, one.name) for one in picked.bridge_points]
    found += [_line("role", one, ROLES[one]) for one in ROLES if one in picked.roles]
    found += [_line("group", one.pk, one.name) for one in picked.groups]
    found += [
        _line("person", one.pk, f"Đồng chí {one.name}" + (f", {one.office}" if one.office else "")) for one in picked.participants
    ]
    found += [_words(one) for one in picked.below]
    found += [_line("archive", "", picked.archive)] if picked.archive else []
    return list({(one["kind"], str(one["id"]), one["name"]): one for one in found}.values())


def _line(kind: str, key: Any, name: str) -> Line:
    return Line(kind=kind, id=key, name=name[:LONGEST].strip(" -;,."))


def _words(text: str) -> Line:
    return _line("archive" if text.casefold().startswith("lưu") else "words", "", text)


def printed(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the lines as they are printed; the separators are the layout's."""
    return [str(one["name"]) for one in lines if one.get("name")]


def targets(meeting: Meeting, lines: Sequence[Mapping[str, Any]], *, by_mail: bool = True) -> list[Target]:
    """Return everybody the lines mean, each once, in their order. A constant number of queries, however many they are.

    `by_mail`: whether mails go out; without them an address reaches nobody.
    """
    found: dict[tuple[str, Any], Target] = {}
    rows = _Rows(meeting, lines, by_mail=by_mail)
    for line in lines:
        for target in rows.of(line):
            key = _key(target)
            found.setdefault(key, target)
    return list(found.values())


def reach(meeting: Meeting, papers: Sequence[Sequence[Mapping[str, Any]]]) -> list[bool]:
    """Tell of the lines of several papers whether they mean anybody, as `targets` does, in a constant number of queries."""
    wanted: dict[str, set[Any]] = {}
    for line in (line for lines in papers for line in lines):
        wanted.setdefault(str(line["kind"]), set()).add(line["id"])
    seats = meeting.participants.order_by()
    coming, sites = seats.filter(is_excused=False), meeting.bridge_points.order_by()
    known = {
        "role": coming.filter(role__in=wanted.get("role", ())).values_list("role", flat=True).distinct(),
        "group": coming.filter(group__in=wanted.get("group", ())).values_list("group", flat=True).distinct(),
        "person": seats.filter(pk__in=wanted.get("person", ())).values_list("pk", flat=True),
        "sites": sites.filter(parent=None).values_list("pk", flat=True)[:1],
        "bridge_point": sites.filter(pk__in=wanted.get("bridge_point", ())).values_list("pk", flat=True),
        "unit": Organisation.objects.filter(pk__in=wanted.get("unit", ())).order_by().values_list("pk", flat=True),
    }
    there = {kind: set(rows) for kind, rows in known.items() if kind in wanted}
    return [any(_means(line, there) for line in lines) for lines in papers]


def _means(line: Mapping[str, Any], there: Mapping[str, set[Any]]) -> bool:
    kind = str(line["kind"])
    if kind == "sites":
        return bool(there[kind])
    return line["id"] in there[kind] if kind in there else not is_kept(line)


def is_kept(line: Mapping[str, Any]) -> bool:
    """Tell whether a line in words is the archive's: its copy needs no receipt."""
    return line["kind"] == "archive" or str(line["name"]).casefold().startswith("lưu")


def _key(target: Target) -> tuple[str, Any]:
    for kind in ("participant", "bridge_point", "organisation"):
        if (value := getattr(target, kind)) is not None:
            return kind, value
    return "words", target.name


class _Rows:
    """The rows the lines name, read once."""

    def __init__(self, meeting: Meeting, lines: Sequence[Mapping[str, Any]], *, by_mail: bool) -> None:
        self._meeting, self._by_mail = meeting, by_mail
        self._wanted: dict[str, set[Any]] = {}
        for line in lines:
            self._wanted.setdefault(str(line["kind"]), set()).add(line["id"])
        self._people = self._read_people()
        self._near = self._read_near()
        self._sites = self._read_sites()
        self._units = self._read_units()

    def of(self, line: Mapping[str, Any]) -> Iterable[Target]:
        """Yield whom a line means."""
        kind, key, words = str(line["kind"]), line["id"], str(line["name"])
        if kind in _CHOSEN:
            for one in self._people:
                if _CHOSEN[kind](one, key):
                    yield self._person(one, words, by_name=kind == "person")
        elif kind in ("sites", "bridge_point"):
            for site in self._sites:
                if site.pk == key or (kind == "sites" and site.parent_id is None):
                    yield _site(site, words)
        elif kind == "unit":
            for unit in self._units:
                if unit.pk == key:
                    yield _unit(unit, words)
        elif not is_kept(line):
            yield Target(line=words, name=words)

    def _person(self, one: Participant, words: str, *, by_name: bool) -> Target:
        """Return a person; who is meant as one of many, and can be reached in no other way, has it from the own bridge point."""
        target = _person(one, words)
        site = self._near.get(one.bridge_point_id or 0)
        is_reached = target.signs_in or (target.address and self._by_mail)
        return target if by_name or is_reached or site is None else _site(site, words)

    def _read_near(self) -> dict[int, BridgePoint]:
        keys = {one.bridge_point_id for one in self._people if one.bridge_point_id is not None}
        found = with_readers(self._meeting.bridge_points.filter(pk__in=keys)).select_related("head__user") if keys else []
        return {site.pk: site for site in found if getattr(site, "is_read", False)}

    def _read_people(self) -> list[Participant]:
        roles, groups, people = (self._wanted.get(kind, set()) for kind in ("role", "group", "person"))
        if not (roles or groups or people):
            return []
        meant = Q(role__in=roles, is_excused=False) | Q(group__in=groups, is_excused=False) | Q(pk__in=people)
        found = self._meeting.participants.filter(meant).select_related("person__user", "bridge_point")
        return list(found.order_by("bridge_point__number", "pk"))

    def _read_sites(self) -> list[BridgePoint]:
        if "sites" not in self._wanted and "bridge_point" not in self._wanted:
            return []
        meant = Q(pk__in=self._wanted.get("bridge_point", set()))
        if "sites" in self._wanted:
            meant |= Q(parent=None)
        return list(with_readers(self._meeting.bridge_points.filter(meant)).select_related("head__user").order_by("number"))

    def _read_units(self) -> list[Organisation]:
        if "unit" not in self._wanted:
            return []
        own = Participant.objects.filter(
            meeting=self._meeting, organisation=OuterRef("pk"), role__in=READS_FOR_ALL, person__user__is_active=True
        )
        heads = User.objects.filter(organisation=OuterRef("pk"), office_role__in=READS_FOR_UNIT, is_active=True)
        found = Organisation.objects.filter(pk__in=self._wanted["unit"])
        return list(found.annotate(is_read=Exists(own) | Exists(heads)).order_by("code", "name"))


#: Accounts of a unit that read for it.
READS_FOR_UNIT = (User.OfficeRole.FOCAL_POINT, User.OfficeRole.UNIT_HEAD)
_CHOSEN: dict[str, Callable[[Participant, Any], bool]] = {
    "role": lambda one, key: one.role == key and not one.is_excused,
    "group": lambda one, key: one.group_id == key and not one.is_excused,
    "person": lambda one, key: one.pk == key,
}


def with_readers(sites: QuerySet[BridgePoint]) -> QuerySet[BridgePoint]:
    """Return bridge points with `is_read`: whether somebody there has an account and reads for it."""
    own = Participant.objects.filter(bridge_point=OuterRef("pk"), role__in=READS_FOR_ALL, person__user__is_active=True)
    heads = User.objects.filter(person=OuterRef("head"), is_active=True)
    return sites.annotate(is_read=Exists(own) | Exists(heads))


def _person(one: Participant, line: str) -> Target:
    user = getattr(one.person, "user", None)
    return Target(
        line, one.name, participant=one.pk, address=_address(one.person), signs_in=user is not None and user.is_active
    )  # fmt: skip


def _site(site: BridgePoint, line: str) -> Target:
    address = _address(site.head) if site.head else ""
    return Target(line, site.name, bridge_point=site.pk, address=address, signs_in=bool(getattr(site, "is_read", False)))


def _unit(unit: Organisation, line: str) -> Target:
    return Target(line, unit.name, organisation=unit.pk, signs_in=bool(getattr(unit, "is_read", False)))


def _address(person: Person) -> str:
    """Return where a mail reaches somebody; whose account is closed is written to no more."""
    user = getattr(person, "user", None)
    return person.email if is_address(person.email) and (user is None or user.is_active) else ""
