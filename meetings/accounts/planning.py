"""Which accounts are still missing, and what they would be called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from meetings.accounts import naming
from meetings.models import BridgePoint, Meeting, Participant, Role
from people.models import Organisation, Person, User

AT_ONCE = 200  # accounts in one step: 25 sheets, some seconds of printing
POSTS = {Role.OPERATOR: naming.OPERATOR, Role.TECHNICIAN: naming.TECHNICIAN}


@dataclass(frozen=True)
class Missing:
    """An account that could be made: of a person, or of a province's focal point (then without a person)."""

    wanted: str
    who: str
    unit: str
    person: Person | None = None
    organisation: Organisation | None = None
    office_role: str = ""
    username: str = ""


def missing_of(meeting: Meeting) -> list[Missing]:
    """Return what a meeting lacks: its provinces' focal points, then the staff of its bridge points, in their order."""
    found = [*_focal_points(meeting), *_staff(meeting)]
    return named(found)


def of_people(people: Iterable[Person], office_role: str = "", organisation: Organisation | None = None) -> list[Missing]:
    """Return accounts for chosen people, in their order."""
    return [
        Missing(
            wanted=naming.of_person(person.full_name), who=person.full_name, unit=organisation.name if organisation else "",
            person=person, organisation=organisation, office_role=office_role,
        )
        for person in people
    ]  # fmt: skip


def named(found: Iterable[Missing]) -> list[Missing]:
    """Give each a user name nobody has, whether the account is open or closed."""
    taken = {name.casefold() for name in User.objects.values_list("username", flat=True)}
    lines = []
    for one in found:
        username = naming.free(one.wanted, taken)
        taken.add(username)
        lines.append(Missing(one.wanted, one.who, one.unit, one.person, one.organisation, one.office_role, username=username))
    return lines


def _focal_points(meeting: Meeting) -> list[Missing]:
    provinces = Organisation.objects.filter(kind=Organisation.Kind.PROVINCE, bridge_points__meeting=meeting).distinct()
    focal = User.objects.filter(office_role=User.OfficeRole.FOCAL_POINT, is_active=True, organisation__isnull=False)
    have = set(focal.values_list("organisation_id", flat=True))
    return [
        Missing(
            wanted=naming.of_post(naming.FOCAL_POINT, unit.code), who=f"Đầu mối {unit.short_name}", unit=unit.name,
            organisation=unit, office_role=User.OfficeRole.FOCAL_POINT,
        )
        for unit in provinces.order_by("code")
        if unit.pk not in have
    ]  # fmt: skip


def _staff(meeting: Meeting) -> list[Missing]:
    people = meeting.participants.filter(role__in=POSTS, person__user=None, person__merged_into=None)
    found = people.select_related("person", "bridge_point__organisation").order_by("bridge_point__number", "role", "pk")
    return [_of_staff(one) for one in found]


def _of_staff(one: Participant) -> Missing:
    site = one.bridge_point
    assert site is not None  # a constraint of the database
    wanted = naming.of_post(POSTS[Role(one.role)], code_of(site))
    return Missing(wanted=wanted, who=one.name, unit=site.name, person=one.person)


def code_of(site: BridgePoint) -> str:
    """Return what names a bridge point in a user name: the code of its province, `tw` in the centre, else its number."""
    if site.is_central:
        return "tw"
    if site.organisation is not None and site.organisation.code:
        return site.organisation.code
    return f"dc{site.number}"
