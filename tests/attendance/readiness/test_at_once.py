"""Two technicians at the same moment: one mark of a point, one run, one signing off."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from attendance.readiness.models import Point, ReadinessCheck
from meetings.hooks import fold_differences
from meetings.models import JournalEntry
from tests.at_once import together
from tests.cast import Cast, Room, signed_in
from tests.checking_doors import make_check
from tests.knocking import knock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def recorded(room: Room, kind: str) -> int:
    return JournalEntry.objects.filter(journal=room.meeting.journal_id, kind=kind).count()


def both(room: Room, cast: Cast, command: str, *fields: dict[str, object]) -> list[int]:
    tabs: list[Client] = [signed_in(cast["operator"]), signed_in(cast["technician"])]
    answers: list[HttpResponse] = together(
        *(lambda tab=tab, own=own: knock(tab, room.meeting, command, **own) for tab, own in zip(tabs, fields, strict=True))
    )
    return sorted(answer.status_code for answer in answers)


def test_two_marks_of_one_point_leave_the_later_one_and_the_journal_both(room: Room, cast: Cast) -> None:
    check = make_check(room.lao_cai, marked=False, signed=False)
    mark = {"check": check, "points": ["printer"]}
    assert both(room, cast, "readiness.mark", mark | {"state": "good"}, mark | {"state": "without"}) == [200, 200]
    assert (check.marks.count(), recorded(room, "readiness.marked")) == (1, 2)
    assert both(room, cast, "readiness.mark", *[mark | {"state": "fault", "note": "Hết giấy"}] * 2) == [200, 409]
    assert fold_differences(room.meeting) == []


def test_two_who_begin_and_two_who_sign_off_do_it_once(room: Room, cast: Cast) -> None:
    assert both(room, cast, "readiness.begin", {}, {}) == [200, 409]
    check = ReadinessCheck.objects.get()
    knock(signed_in(cast["operator"]), room.meeting, "readiness.mark", check=check, points=Point.values, state="good")
    assert both(room, cast, "readiness.sign", {"check": check}, {"check": check}) == [200, 409]
    assert (recorded(room, "readiness.begun"), recorded(room, "readiness.signed")) == (1, 1)
    assert fold_differences(room.meeting) == []
