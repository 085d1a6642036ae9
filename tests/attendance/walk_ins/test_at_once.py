"""Two operators of one bridge point add the same person at the same moment: one is told, nobody stands on the list twice."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from attendance.models import WalkIn
from meetings.hooks import fold_differences
from meetings.models import Participant
from tests.at_once import together
from tests.cast import Cast, Room
from tests.knocking import knock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_one_person_added_twice_at_once_comes_once(room: Room, cast: Cast) -> None:
    def tab(name: str) -> Client:
        client = Client()
        client.force_login(cast[name])
        return client

    replaced = room.people["lao_cai_2"]
    body = {"bridge_point": room.lao_cai, "name": "Lò Văn Đột", "substitute_for": replaced}
    tabs = [tab(who) for who in ("operator", "secretary", "operator")]
    answers: list[HttpResponse] = together(*(lambda c=c: knock(c, room.meeting, "walk_in.add", **body) for c in tabs))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert (WalkIn.objects.count(), Participant.objects.filter(substitute_for=replaced).count()) == (1, 1)
    assert fold_differences(room.meeting) == []
