"""Two at the same moment: no unit offers more than it may, no change is lost, nothing stands in the programme twice."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from agenda.models import AgendaItem, Speech, SpeechCall
from attendance.models import AskedUnit
from meetings.hooks import fold_differences
from people.models import User
from tests.at_once import together
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import make_speech

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def tab(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def codes(answers: list[HttpResponse]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_four_tabs_of_a_unit_offer_one_speech(room: Room, unit: AskedUnit, call: SpeechCall, cast: Cast) -> None:
    tabs = [tab(cast["focal_point"]) for _ in range(4)]
    answers = together(
        *(
            lambda n=n, client=client: knock(
                client, room.meeting, "speech.offer", call=call, unit=unit, title=f"Bài {n}", minutes="5"
            )
            for n, client in enumerate(tabs)
        )
    )
    assert codes(answers) == [200, 409, 409, 409]
    assert fold_differences(room.meeting) == []


def test_of_mending_and_picking_the_second_is_told(room: Room, unit: AskedUnit, call: SpeechCall, cast: Cast) -> None:
    made = make_speech(unit, call=call)
    mend = {"speech": made, "version": 1, "title": "Mới", "minutes": "5"}
    answers = together(
        lambda: knock(tab(cast["focal_point"]), room.meeting, "speech.edit", **mend),
        lambda: knock(tab(cast["secretary"]), room.meeting, "speech.pick", speech=made, version=1),
    )
    assert codes(answers) == [200, 409]
    made.refresh_from_db()
    assert (made.title, made.state) in {("Mới", "offered"), ("Số hóa văn bản", "picked")}


def test_two_who_schedule_make_each_item_once(room: Room, three: list[Speech], cast: Cast) -> None:
    call = three[0].call
    answers = together(
        *(
            lambda name=name: knock(tab(cast[name]), room.meeting, "speeches.schedule", call=call)
            for name in ("secretary", "secretariat")
        )
    )
    assert codes(answers) == [200, 409]
    assert AgendaItem.objects.filter(parent=call.item_id).count() == 3
    assert fold_differences(room.meeting) == []
