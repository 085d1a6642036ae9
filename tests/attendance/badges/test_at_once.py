"""Two people issue badges to the same list, or replace the same badge, in the same moment: everybody has one that is valid."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from attendance.badges.models import BadgeKey, Credential
from meetings.hooks import fold_differences
from tests.at_once import together
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import make_participants

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def tab(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast[who])
    return client


def test_two_who_issue_to_everyone_at_once_issue_once(room: Room, cast: Cast) -> None:
    make_participants(room.meeting, [f"Đại biểu {n}" for n in range(200)])
    tabs = [tab(cast, who) for who in ("secretary", "secretariat", "administrator", "secretary")]
    answers: list[HttpResponse] = together(
        *(lambda client=client: knock(client, room.meeting, "badges.issue", everyone="on") for client in tabs)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert BadgeKey.objects.count() == 1
    assert Credential.objects.filter(revoked_at=None).count() == room.meeting.participants.count()
    assert fold_differences(room.meeting) == []


def test_of_badges_replaced_at_once_one_is_valid(room: Room, cast: Cast) -> None:
    one = room.people["delegate"]
    knock(tab(cast, "secretary"), room.meeting, "badges.issue", participants=[one])
    together(
        *(
            lambda client=client: knock(client, room.meeting, "badges.reissue", participants=[one])
            for client in [tab(cast, "secretary"), tab(cast, "secretariat"), tab(cast, "administrator")]
        )
    )
    assert one.credentials.count() == 4
    assert one.credentials.filter(revoked_at=None).count() == 1
    assert fold_differences(room.meeting) == []
