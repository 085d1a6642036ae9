"""Which accounts there are, and who has none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Participant, Role
from meetings.queries import number_in
from people.models import Organisation, Person, User
from people.spelling import words

STATES = (
    ("open", _("Open")),
    ("closed", _("Closed")),
    ("locked", _("Locked after wrong attempts")),
    ("never", _("Never signed in")),
    ("one_time", _("One-time password not yet changed")),
    ("expired", _("One-time password expired")),
)
SORTS = {
    "username": ("-is_active", "username"),
    "name": ("-is_active", "person__full_name", "username"),
    "seen": ("-is_active", "-last_login", "username"),
}


def accounts_found(query: Mapping[str, str]) -> QuerySet[User]:
    """Return the accounts that a search and its filters leave, each with `locked_until`; open ones first."""
    now = timezone.now()
    found = User.objects.select_related("person", "organisation").annotate(locked_until=_locked_until(now))
    for word in words(query.get("q", "")):
        found = found.filter(
            Q(username__icontains=word) | Q(person__folded__contains=word) | Q(organisation__folded__contains=word)
        )
    if query.get("role"):
        found = found.filter(office_role="" if query["role"] == "none" else query["role"])
    unit = number_in(query.get("unit", ""))
    if unit is not None:
        found = found.filter(organisation=unit)
    if query.get("meeting"):
        found = found.filter(Q(pk__in=of_meeting(query["meeting"])))
    return _in_state(found, query.get("state", ""), now).order_by(*SORTS.get(query.get("sort", ""), SORTS["username"]))


def of_meeting(slug: str) -> QuerySet[User]:
    """Return the accounts of a meeting: of its people, and of its provinces' focal points."""
    people = Participant.objects.filter(meeting__slug=slug).values("person_id")
    units = Organisation.objects.filter(bridge_points__meeting__slug=slug, kind=Organisation.Kind.PROVINCE).values("pk")
    return User.objects.filter(Q(person__in=people) | Q(office_role=User.OfficeRole.FOCAL_POINT, organisation__in=units))


def staff_and_focal_points(meeting: Meeting) -> QuerySet[User]:
    """Return the open accounts that a meeting's one click makes: of its operators, technicians and focal points."""
    staff = meeting.participants.filter(role__in=(Role.OPERATOR, Role.TECHNICIAN)).values("person_id")
    units = Organisation.objects.filter(bridge_points__meeting=meeting, kind=Organisation.Kind.PROVINCE).values("pk")
    wanted = Q(person__in=staff) | Q(office_role=User.OfficeRole.FOCAL_POINT, organisation__in=units)
    now = timezone.now()
    found = User.objects.filter(wanted, is_active=True).annotate(locked_until=_locked_until(now))
    return found.select_related("person", "organisation").order_by("username")


def people_without_account(sought: str) -> QuerySet[Person]:
    """Return the people who have no account, by name."""
    found = Person.objects.filter(user=None, merged_into=None).order_by("folded", "pk")
    for word in words(sought):
        found = found.filter(folded__contains=word)
    return found


def units_with_accounts() -> QuerySet[Organisation]:
    """Return the units that accounts belong to."""
    return Organisation.objects.filter(accounts__isnull=False).distinct().order_by("kind", "code", "name")


def _locked_until(now: datetime) -> Max:
    return Max("sign_in_counts__waits_until", filter=Q(sign_in_counts__waits_until__gt=now))


def _in_state(found: QuerySet[User], state: str, now: datetime) -> QuerySet[User]:
    one_time = Q(is_active=True, must_change_password=True)
    wanted = {
        "open": Q(is_active=True),
        "closed": Q(is_active=False),
        "locked": Q(locked_until__isnull=False),
        "never": Q(is_active=True, last_login=None),
        "one_time": one_time & (Q(one_time_until=None) | Q(one_time_until__gt=now)),
        "expired": one_time & Q(one_time_until__lte=now),
    }
    return found.filter(wanted[state]) if state in wanted else found
