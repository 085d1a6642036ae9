"""Two tabs and two focal points of one unit at the same moment: no quota is exceeded, nothing is overwritten silently."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from attendance.models import AskedUnit, Registration
from attendance.registration import actions
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Participant
from people.models import User
from tests.at_once import together
from tests.attendance.registration.conftest import limit
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import make_registration, make_user, the_secretariat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def tab(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def second_of(unit: AskedUnit) -> User:
    return make_user("dau-moi-hai", office_role=User.OfficeRole.FOCAL_POINT, organisation=unit.organisation)


def test_eight_tabs_of_two_focal_points_fill_three_places_and_no_more(room: Room, unit: AskedUnit, cast: Cast) -> None:
    limit(unit, 3)
    tabs = [tab(user) for user in (cast["focal_point"], second_of(unit)) for _ in range(4)]
    answers: list[HttpResponse] = together(
        *(
            lambda n=n, client=client: knock(client, room.meeting, "registration.add", unit=unit, name=f"Đại biểu {n}")
            for n, client in enumerate(tabs)
        )
    )
    assert sorted(a.status_code for a in answers) == [200] * 3 + [409] * 5
    assert all("3" in a.json()["reason"] for a in answers if a.status_code == 409)
    assert unit.registrations.count() == 3
    assert fold_differences(room.meeting) == []


def test_of_two_who_change_one_line_the_second_is_told(room: Room, unit: AskedUnit, cast: Cast) -> None:
    made = make_registration(unit)
    answers: list[HttpResponse] = together(
        *(
            lambda client=client, name=name: knock(
                client, room.meeting, "registration.edit", registration=made, version=1, name=name
            )
            for client, name in ((tab(cast["focal_point"]), "Tên Thứ Nhất"), (tab(second_of(unit)), "Tên Thứ Hai"))
        )
    )
    assert sorted(a.status_code for a in answers) == [200, 409]
    made.refresh_from_db()
    won = "Tên Thứ Nhất" if answers[0].status_code == 200 else "Tên Thứ Hai"
    assert (made.name, made.version) == (won, 2)


def test_sending_and_changing_at_once_leaves_no_line_half_sent(room: Room, unit: AskedUnit, cast: Cast) -> None:
    made, user = make_registration(unit), cast["focal_point"]
    edit = {"registration": made, "version": 1, "name": "Tên Mới"}
    answers: list[HttpResponse] = together(
        lambda: knock(tab(user), room.meeting, "registration.edit", **edit),
        lambda: knock(tab(user), room.meeting, "registrations.send", unit=unit),
    )
    assert answers[1].status_code == 200
    made.refresh_from_db()
    first = answers[0].status_code == 200
    assert (made.name, made.state) == (("Tên Mới" if first else "Lò Văn Mới"), "sent")
    assert fold_differences(room.meeting) == []


def test_two_who_approve_one_list_make_each_person_once(room: Room, unit: AskedUnit, cast: Cast) -> None:
    lines = [make_registration(unit, f"Đại biểu {n}") for n in range(5)]
    actions.send_registrations(room.meeting, by=the_secretariat(), unit=unit)
    lines = list(Registration.objects.filter(unit=unit))
    by = the_secretariat()
    results = together(*[lambda: actions.approve_registrations(room.meeting, by=by, registrations=lines)] * 2)
    assert sorted(type(r).__name__ for r in results) == sorted(["int", OutOfOrder.__name__])
    assert Participant.objects.filter(registration__unit=unit).count() == 5
    assert fold_differences(room.meeting) == []
