"""For commands of the office beyond accounts: what must be there, and the body with which it would be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from meetings.directory.lists.organisations import Organisations
from meetings.directory.lists.people import People
from meetings.importing import Kind, runs
from meetings.models import DeadlineKind, Holiday, Meeting, Series
from people.models import Organisation, Person, Position, SignInCount, User
from sheets import write_csv
from tests.badge_doors import KEYS
from tests.issuing_papers import NUMBERING
from tests.layout_doors import LAYOUTS
from tests.long_work import make_letter
from tests.make import make_meeting, make_organisation, the_secretariat
from tests.paper_desk import TEMPLATES

Body = dict[str, Any]
NOW = timezone.now()


def _unit_head() -> User:
    return User.objects.get(office_role=User.OfficeRole.UNIT_HEAD)


def _locked() -> Body:
    SignInCount.objects.create(key="k", kind="pair", account=_unit_head(), touched_at=NOW, waits_until=NOW + timedelta(hours=9))
    return {}


def _province() -> Organisation:
    return Organisation.objects.get(kind="province", code="15")


def _department(**kw: Any) -> Organisation:
    data = {"kind": "department", "name": "Cục A", "short_name": "Cục A", "parent": make_organisation()} | kw
    return Organisation.objects.create(**data)


def _person(**kw: Any) -> Person:
    return Person.objects.create(full_name="Giàng A Đại", **kw)


def _position() -> Position:
    return Position.objects.create(person=_person(), organisation=_province(), title="Ủy viên")


def _meeting() -> Body:
    data = {"title": "Hội nghị mới", "organiser": make_organisation().pk, "mode": "hybrid", "place": "Hà Nội"}
    return data | {"starts_1": "05/01/2026 8:00", "ends_1": "11h30"}


def _clone() -> Body:
    return _meeting() | {"source": Meeting.objects.earliest("pk").pk, "parts": ["bridge_points", "chair"]}


def _series() -> int:
    return Series.objects.get_or_create(title="Hội nghị hằng năm")[0].pk


def _template() -> int:
    template = make_meeting(kind=Meeting.Kind.TEMPLATE)
    template.journal.entries.all().delete()  # they go with it: what is counted is what has been written
    return template.pk


def _rules() -> Body:
    return {f"{kind}_{part}": value for kind in DeadlineKind.values for part, value in (("days", 4), ("in", "calendar"))}


def _uploaded(kind: Kind, columns: list[str], rows: list[list[str]]) -> Body:
    run = runs.start(kind, None, by=the_secretariat().user, name="danh-sach.csv", data=write_csv(columns, rows))
    return {"run": run.pk, "seen": run.judged["digest"]}


ORGANISATION = {"name": "Ban mới", "short_name": "Ban mới", "kind": "central", "body": "party", "code": "", "symbol": ""}
OFFICE_HELD: Callable[[], Body] = lambda: {"organisation": _province().pk, "title": "Bí thư"}  # noqa: E731

#: Command → the body, made when it is asked for.
IN_OFFICE: dict[str, Callable[[], Body]] = {
    **KEYS,
    **NUMBERING,
    **LAYOUTS,
    **TEMPLATES,
    "account.unlock": _locked,
    "accounts.close": lambda: {"accounts": _unit_head().pk},
    "meeting.create": _meeting,
    "meeting.clone": _clone,
    "letters.release": lambda: {"letters": make_letter("discarded").pk},
    "letters.discard": lambda: {"letters": make_letter().pk},
    "letters.settle": lambda: {"letters": make_letter("unsure").pk},
    "series.add": lambda: {"title": "Hội nghị hằng năm"},
    "series.rename": lambda: {"series": _series(), "title": "Hội nghị tổng kết năm"},
    "series.remove": lambda: {"series": _series()},
    "template.remove": lambda: {"template": _template()},
    "deadline_rules.edit": _rules,
    "holiday.add": lambda: {"day": "17/02/2026", "title": "Tết Nguyên đán"},
    "holiday.remove": lambda: {"holiday": Holiday.objects.create(day=date(2026, 2, 17), title="Tết").pk},
    "organisation.add": lambda: dict(ORGANISATION),
    "organisation.edit": lambda: ORGANISATION | {"organisation": make_organisation().pk},
    "organisation.move": lambda: {"organisation": _department().pk, "parent": _province().pk},
    "organisation.close": lambda: {"organisation": _department().pk},
    "organisation.reopen": lambda: {"organisation": _department(is_closed=True).pk},
    "person.add": lambda: {"full_name": "Giàng A Mới"},
    "person.edit": lambda: {"person": _person().pk, "full_name": "Giàng A Mới"},
    "contact.erase": lambda: {"person": _person(phone="0912").pk},
    "position.add": lambda: {"person": _person().pk} | OFFICE_HELD(),
    "position.edit": lambda: {"position": _position().pk} | OFFICE_HELD(),
    "position.remove": lambda: {"position": _position().pk},
    "organisations.import": lambda: _uploaded(Organisations(), ["Tên", "Tỉnh"], [["Xã Mới", "Lào Cai"]]),
    "people.import": lambda: _uploaded(People(), ["Họ và tên"], [["Giàng A Mới"]]),
    "people.merge": lambda: {"kept": _person().pk, "merged": _person().pk},
}

#: Page of the directory → the number of the row it shows.
IN_DIRECTORY: dict[str, Callable[[], int]] = {
    "meetings:account": lambda: _unit_head().pk,
    "meetings:one_series": _series,
    "agenda:speaking": _series,
    "agenda:speaking_file": _series,
    "meetings:organisation": lambda: _province().pk,
    "meetings:directory_under": lambda: _province().pk,
    "meetings:person": lambda: _person().pk,
    "meetings:personal_data": lambda: _person().pk,
}
