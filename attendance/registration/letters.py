"""Reminders: a letter to each focal point of a unit that still owes its answer, where there is an address."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from attendance.registration.models import AskedUnit, RegistrationTerms
from attendance.registration.places import terms_of
from mailing.posting import is_address, post
from meetings.journal import Transition
from people.models import Organisation, User

# Letters are in the office's language whatever the reader's pages speak.
SUBJECT = "Đề nghị đăng ký đại biểu: {title}"
TEXT = """Kính gửi: {unit}

Văn phòng đề nghị đơn vị đăng ký đại biểu dự {title}{until}.
Đến nay đơn vị {state}.

Trang đăng ký: {address}
"""
STATES = {
    AskedUnit.Stage.WAITING: "chưa đăng ký",
    AskedUnit.Stage.ANSWERING: "đã nhập danh sách nhưng chưa gửi",
    AskedUnit.Stage.REFUSED: "còn đại biểu cần sửa và gửi lại",
}


def post_reminders(change: Transition, units: Sequence[AskedUnit]) -> int:
    """Put the letters into the outbox, within the change that reminds; return how many."""
    by_unit = focal_points(units)
    terms, count = terms_of(change.meeting), 0
    for unit in units:
        for user in by_unit.get(unit.organisation_id, []):
            if user.person is None or not is_address(user.person.email):
                continue
            count += 1
            post(
                key=f"registration:{unit.pk}:{change.journal.head + 1}:{user.pk}",
                to=user.person.email,
                name=user.display_name,
                subject=SUBJECT.format(title=change.meeting.title),
                text=_text(change, unit, terms),
                by=change.by.user,
                keep=change.meeting.is_demonstration,
            )
    return count


def focal_points(units: Sequence[AskedUnit]) -> dict[int, list[User]]:
    """Return the accounts that answer for units, by the unit's organisation: its own, and those of its departments."""
    wanted = {unit.organisation_id for unit in units}
    department = Q(organisation__kind=Organisation.Kind.DEPARTMENT, organisation__parent__in=wanted)
    accounts = User.objects.filter(
        Q(organisation__in=wanted) | department, office_role=User.OfficeRole.FOCAL_POINT, is_active=True
    )
    found: dict[int, list[User]] = {}
    for user in accounts.select_related("person", "organisation").order_by("pk"):
        assert user.organisation is not None
        own, above = user.organisation_id, user.organisation.parent_id
        key = own if own in wanted else above
        if key is not None:
            found.setdefault(key, []).append(user)
    return found


def _text(change: Transition, unit: AskedUnit, terms: RegistrationTerms | None) -> str:
    until = unit.until(terms)
    with override("vi"):
        moment = f", hạn cuối {timezone.localtime(until):%H:%M ngày %d/%m/%Y}" if until else ""
    return TEXT.format(
        unit=unit.organisation.name,
        title=change.meeting.title,
        until=moment,
        state=STATES[AskedUnit.Stage(unit.stage)],
        address=settings.PUBLIC_URL + reverse("attendance:my_unit", args=[change.meeting.slug]),
    )
