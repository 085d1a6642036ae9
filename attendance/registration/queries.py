"""What is read of the registration: the board of units, one unit's list, whom it may pick, where its people may sit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, DateTimeField, F, IntegerField, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from attendance.registration import rules
from attendance.registration.models import AskedUnit, Registration, RegistrationTerms
from attendance.registration.places import TAKING, terms_of
from meetings import clock
from meetings.models import BridgePoint, Meeting, Participant, Role
from people.models import Organisation, Person, Position
from people.spelling import words

State, Stage = Registration.State, AskedUnit.Stage
ORDERS = {"code": ("organisation__code", "organisation__name"), "name": ("organisation__name",), "changed": ("-changed_at",)}
PICKED_AT_MOST = 30


@dataclass(frozen=True)
class Numbers:
    """How many of a unit's lines take a place, wait for a decision, were refused, were approved."""

    used: int = 0
    sent: int = 0
    refused: int = 0
    approved: int = 0


@dataclass(frozen=True)
class Row:
    """One unit on the board."""

    unit: AskedUnit
    count: Numbers
    until: datetime | None
    is_late: bool
    tone: str

    @property
    def is_unopened(self) -> bool:
        """Whether nobody of the unit has looked at its page yet."""
        return self.unit.opened_at is None and self.unit.stage == Stage.WAITING


@dataclass(frozen=True)
class Totals:
    """The board in numbers."""

    asked: int
    answered: int
    late: int
    unopened: int
    wishes: int
    used: int
    places: int | None
    sent: int
    approved: int


def until_of(terms: RegistrationTerms | None) -> Coalesce:
    """Return a unit's deadline as the database reckons it: its own, else that of all."""
    common = Value(terms.deadline if terms else None, output_field=DateTimeField())
    return Coalesce(F("deadline"), common, output_field=DateTimeField())


def search_units(meeting: Meeting, wanted: Mapping[str, Any]) -> QuerySet[AskedUnit]:
    """Return units by words (q), by stage or one of not_opened, late, wishes (stage), in an order (order)."""
    terms = terms_of(meeting)
    units = meeting.asked_units.select_related("organisation__parent", "bridge_point")
    found: QuerySet[Any] = units.annotate(until_when=until_of(terms))
    for word in words(str(wanted.get("q") or "")):
        found = found.filter(Q(organisation__folded__contains=word) | Q(organisation__parent__folded__contains=word))
    found = _of_stage(found, str(wanted.get("stage") or ""), meeting)
    return found.order_by(*ORDERS.get(str(wanted.get("order") or ""), ORDERS["code"]), "pk")


def _of_stage(found: QuerySet[Any], stage: str, meeting: Meeting) -> QuerySet[Any]:
    if stage == rules.NOT_OPENED:
        return found.filter(stage=Stage.WAITING, opened_at=None)
    if stage == rules.LATE:
        return found.filter(stage__in=rules.OWING, until_when__lt=clock.now(meeting))
    if stage == rules.WISHES:
        return found.exclude(wish="").filter(is_withdrawn=False)
    if stage in Stage.values:
        return found.filter(stage=stage)
    return found.exclude(is_withdrawn=True)


def board_rows(meeting: Meeting, units: Iterable[AskedUnit]) -> list[Row]:
    """Return units with their numbers, in two further questions however many they are."""
    listed, terms, now = list(units), terms_of(meeting), clock.now(meeting)
    counts = counts_of(listed)
    return [
        Row(
            unit=unit,
            count=counts.get(unit.pk, Numbers()),
            until=unit.until(terms),
            is_late=rules.is_late(unit.stage, unit.until(terms), now),
            tone=rules.TONES[Stage(unit.stage)],
        )
        for unit in listed
    ]


def counts_of(units: list[AskedUnit]) -> dict[int, Numbers]:
    """Return the numbers of units by key."""
    rows: Any = Registration.objects.filter(unit__in=[unit.pk for unit in units]).order_by().values("unit_id")
    counted = rows.annotate(
        used=Count("pk", filter=TAKING),
        **{name: Count("pk", filter=Q(state=state)) for name, state in _COUNTED.items()},
    )
    return {row.pop("unit_id"): Numbers(**row) for row in counted}


_COUNTED = {"sent": State.SENT, "refused": State.REFUSED, "approved": State.APPROVED}


def totals(meeting: Meeting) -> Totals:
    """Return the board in numbers, of the units that are asked."""
    terms, now = terms_of(meeting), clock.now(meeting)
    asked = meeting.asked_units.filter(is_withdrawn=False).annotate(until_when=until_of(terms))
    late = Q(stage__in=rules.OWING, until_when__lt=now)
    sums = asked.aggregate(
        places=Sum("quota"),
        unlimited=Count("pk", filter=Q(quota=None)),
        late=Count("pk", filter=late),
        unopened=Count("pk", filter=Q(stage=Stage.WAITING, opened_at=None)),
        wishes=Count("pk", filter=~Q(wish="")),
    )
    stages = dict(asked.order_by().values_list("stage").annotate(n=Count("pk")))
    lines = Registration.objects.filter(meeting=meeting, unit__is_withdrawn=False).aggregate(
        used=Count("pk", filter=TAKING),
        sent=Count("pk", filter=Q(state=State.SENT)),
        approved=Count("pk", filter=Q(state=State.APPROVED)),
    )
    return Totals(
        asked=sum(stages.values()), answered=sum(stages.get(stage, 0) for stage in rules.ANSWERED), late=sums["late"],
        unopened=sums["unopened"], wishes=sums["wishes"], places=None if sums["unlimited"] else sums["places"],
        **lines,
    )  # fmt: skip


_FIRST = (State.REFUSED, State.DRAFT, State.SENT, State.APPROVED)


def lines_of(unit: AskedUnit) -> QuerySet[Registration]:
    """Return a unit's list, what must be looked at first."""
    order = Case(*(When(state=state, then=Value(n)) for n, state in enumerate(_FIRST)), output_field=IntegerField())
    lines = unit.registrations.select_related("bridge_point", "group", "concerns", "participant")
    return lines.annotate(turn=order).order_by("turn", "pk")


@dataclass(frozen=True)
class Place:
    """Places of a unit, in all or in one group."""

    name: str
    used: int
    quota: int | None

    @property
    def left(self) -> int | None:
        """How many are left; nothing where there is no limit."""
        return rules.left(self.quota, self.used)


def places_of(unit: AskedUnit) -> list[Place]:
    """Return the places of a unit: in all first, then in each group that has its own number."""
    taken = list(unit.registrations.filter(TAKING).values_list("group_id", flat=True))
    quotas = unit.group_quotas.select_related("group")
    return [Place("", len(taken), unit.quota), *(Place(q.group.name, taken.count(q.group_id), q.places) for q in quotas)]


def _within(unit: AskedUnit, path: str) -> Q:
    """Say that a row's organisation is the unit's, or under it."""
    own = unit.organisation_id
    return Q(**{path: own}) | Q(**{f"{path}__parent": own}) | Q(**{f"{path}__parent__parent": own})


def sites_of(unit: AskedUnit) -> QuerySet[BridgePoint]:
    """Return where a unit's people may sit: in the central hall, or at its own bridge point and those under it."""
    own = Q(is_central=True) | _within(unit, "organisation")
    if unit.bridge_point_id:
        own |= Q(pk=unit.bridge_point_id) | Q(parent=unit.bridge_point_id) | Q(parent__parent=unit.bridge_point_id)
    return unit.meeting.bridge_points.filter(own).order_by("number")


def people_on_the_list(unit: AskedUnit) -> QuerySet[Participant]:
    """Return who takes part already for a unit: of its organisation or one under it, registered by it, or at its own hall."""
    own = Q(registration__unit=unit) | _within(unit, "organisation")
    if unit.bridge_point_id:
        own |= Q(bridge_point=unit.bridge_point_id, bridge_point__is_central=False)
    people = unit.meeting.participants.filter(own, role__in=(Role.DELEGATE, Role.GUEST))
    return people.select_related("bridge_point", "substitute").order_by("name", "pk")


def people_of(unit: AskedUnit) -> QuerySet[Person]:
    """Return whom the directory knows of a unit: who holds or held an office there, or has taken part for it."""
    here = Q(positions__in=_positions(unit)) | Q(participations__in=_participations(unit))
    return Person.objects.filter(here, merged_into=None).distinct()


def _positions(unit: AskedUnit) -> QuerySet[Position]:
    return Position.objects.filter(_within(unit, "organisation"))


def _participations(unit: AskedUnit) -> QuerySet[Participant]:
    return Participant.objects.filter(_within(unit, "organisation"))


def pick_people(unit: AskedUnit, sought: str) -> list[Person]:
    """Return people of a unit whose names have the words and who do not take part yet, each with the newest office there."""
    found = people_of(unit).exclude(participations__meeting=unit.meeting)
    for word in words(sought):
        found = found.filter(folded__contains=word)
    return list(found.prefetch_related("positions__organisation")[:PICKED_AT_MOST])


def office_in(unit: AskedUnit, person: Person) -> tuple[str, Organisation | None]:
    """Return a person's title and organisation: the newest held in the unit or under it, else as they last took part for it."""
    held = person.positions.filter(_within(unit, "organisation"), until=None).select_related("organisation").first()
    if held:
        return held.title, held.organisation
    last = person.participations.filter(_within(unit, "organisation")).select_related("organisation").order_by("-pk").first()
    return (last.position, last.organisation) if last else ("", None)


def is_of(unit: AskedUnit, person: Person) -> bool:
    """Tell whether a person is of a unit now: holds an office there, or, who holds none anywhere, last took part for it.

    Who has gone elsewhere can still be picked by name; how to reach them is no longer the unit's to read.
    """
    held = person.positions.filter(Q(until=None) | Q(until__gte=timezone.localdate()))
    if held.exists():
        return held.filter(_within(unit, "organisation")).exists()
    last = person.participations.order_by("-pk").first()
    return last is not None and person.participations.filter(_within(unit, "organisation"), pk=last.pk).exists()


def last_change(meeting: Meeting) -> datetime | None:
    """Return when the units last changed their answers."""
    newest: datetime | None = meeting.asked_units.aggregate(at=Max("changed_at"))["at"]
    return newest


def asked_organisations(meeting: Meeting, whom: str, organisation: Organisation | None) -> list[Organisation]:
    """Return whom to ask: provinces, those with a bridge point here, one organisation, or the communes (under one)."""
    every = Organisation.objects.filter(is_closed=False).order_by("code", "name")
    match whom:
        case "provinces":
            return list(every.filter(kind=Organisation.Kind.PROVINCE))
        case "sites":
            return list(every.filter(bridge_points__meeting=meeting, bridge_points__is_central=False).distinct())
        case "communes":
            communes = every.filter(kind=Organisation.Kind.COMMUNE)
            return list(communes.filter(parent=organisation) if organisation else communes)
        case _:
            return [organisation] if organisation else []
