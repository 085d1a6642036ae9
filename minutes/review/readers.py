"""Who reads for whom: the person asked; for a bridge point its operators, its head, and the accounts of its unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import OuterRef, Q, QuerySet

from mailing.posting import is_address
from meetings.models import Meeting, Participant, Role
from minutes.models import Circulated
from people.models import Organisation, User

#: Roles of the office that speak for a whole unit.
OF_A_UNIT = (User.OfficeRole.FOCAL_POINT, User.OfficeRole.UNIT_HEAD)


def read_by(user: User) -> Q:
    """Return which rows of readers an account reads for, in all meetings."""
    found = Q(pk__in=[])
    if user.person_id:
        operated = Participant.objects.filter(person=user.person_id, role=Role.OPERATOR).values("bridge_point")
        found |= Q(participant__person=user.person_id) | Q(bridge_point__head=user.person_id) | Q(bridge_point__in=operated)
    if user.organisation_id and user.office_role in OF_A_UNIT:
        department = Q(children=user.organisation_id, children__kind=Organisation.Kind.DEPARTMENT)
        units = Organisation.objects.filter(Q(pk=user.organisation_id) | department).values("pk")
        found |= Q(bridge_point__organisation__in=units)
    return found


def asked_in(meeting: Meeting | OuterRef, user: User) -> QuerySet[Circulated]:
    """Return for which readers an account is or was asked to read the minutes of a meeting, or of an outer query's."""
    return Circulated.objects.filter(read_by(user), circulation__minutes__meeting=meeting)


def accounts_of(readers: Iterable[Circulated]) -> dict[int, list[User]]:
    """Return the open accounts that read for each, by the reader's key: as many questions for one as for thousands.

    `readers` have their bridge point and participant with them.
    """
    rows = list(readers)
    people: dict[int, set[int]] = {}  # person → readers
    units: dict[int, set[int]] = {}  # organisation → readers
    of_site: dict[int, int] = {}
    for row in rows:
        if row.participant is not None:
            people.setdefault(row.participant.person_id, set()).add(row.pk)
        if row.bridge_point is not None:
            of_site[row.bridge_point.pk] = row.pk
            if row.bridge_point.head_id:
                people.setdefault(row.bridge_point.head_id, set()).add(row.pk)
            if row.bridge_point.organisation_id:
                units.setdefault(row.bridge_point.organisation_id, set()).add(row.pk)
    operators = Participant.objects.filter(bridge_point__in=list(of_site), role=Role.OPERATOR)
    for person, site in operators.order_by("pk").values_list("person_id", "bridge_point_id"):
        people.setdefault(person, set()).add(of_site[site])
    return _by_reader(rows, people, units)


def _by_reader(rows: Sequence[Circulated], people: dict[int, set[int]], units: dict[int, set[int]]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {row.pk: [] for row in rows}
    under = Q(organisation__kind=Organisation.Kind.DEPARTMENT, organisation__parent__in=list(units))
    speaks = Q(office_role__in=OF_A_UNIT) & (Q(organisation__in=list(units)) | under)
    accounts = User.objects.filter(Q(person__in=list(people)) | speaks, is_active=True)
    for user in accounts.select_related("person", "organisation").order_by("pk"):
        keys = set(people.get(user.person_id or 0, ()))
        if user.office_role in OF_A_UNIT and user.organisation is not None:
            keys |= units.get(user.organisation.pk, set())
            if user.organisation.kind == Organisation.Kind.DEPARTMENT:
                keys |= units.get(user.organisation.parent_id or 0, set())
        for key in keys:
            found[key].append(user)
    return found


def reachable(accounts: Iterable[User]) -> list[User]:
    """Return those a letter reaches."""
    return [user for user in accounts if user.person is not None and is_address(user.person.email)]


def code_of(reader: Circulated) -> str:
    """Return how facts name a reader."""
    return f"site:{reader.bridge_point_id}" if reader.bridge_point_id else f"person:{reader.participant_id}"
