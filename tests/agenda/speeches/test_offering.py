"""Units offer speeches: their own only, so many, so long, until the deadline; and mend what was sent back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from agenda.models import Speech, SpeechCall
from agenda.speeches import actions
from attendance.models import AskedUnit
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting
from meetings.procedure import Actor
from tests.cast import Cast, Clients, Room
from tests.knocking import knock
from tests.make import make_asked_unit, make_item, make_speech, make_speech_call, the_secretariat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_journal_says_what_the_tables_say(room: Room) -> Iterator[None]:
    yield
    ours = ("speeches ", "agenda ")
    assert [line for line in fold_differences(room.meeting) if line.startswith(ours)] == []


def ask_again(call: SpeechCall, **kw: Any) -> SpeechCall:
    data = {"item": call.item, "deadline": call.deadline, "minutes": 8, "per_unit": 1, "call": call} | kw
    return actions.set_speech_call(call.meeting, by=the_secretariat(), **data)


def over(call: SpeechCall) -> SpeechCall:
    return ask_again(call, deadline=timezone.now() - timedelta(minutes=1))


def test_a_unit_offers_a_speech_and_names_the_speaker_later(room: Room, unit: AskedUnit, focal: Actor, call: SpeechCall) -> None:
    made = actions.offer_speech(room.meeting, by=focal, call=call, unit=unit, title="Số hóa", outline="Một. Hai.", minutes=7)
    actions.edit_speech(
        room.meeting, by=focal, speech=made, version=1, title="Số hóa", outline="Một. Hai.", minutes=7,
        speaker=room.people["delegate"],
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.state, made.speaker, made.version) == ("offered", room.people["delegate"], 2)
    offered, edited = room.meeting.journal.entries.filter(kind__startswith="speech.").order_by("number")
    assert (offered.payload["title"], offered.payload["name"], edited.payload["name"]) == ("Số hóa", "", "Giàng A Đại")
    assert "Hai." not in str(offered.payload) + str(edited.payload)


def test_a_focal_point_offers_for_its_own_unit_only(room: Room, focal: Actor, call: SpeechCall) -> None:
    other = make_asked_unit(room.meeting)
    with pytest.raises(NotAllowed):
        actions.offer_speech(room.meeting, by=focal, call=call, unit=other, title="T", minutes=5)
    made = make_speech(other, call=call)
    for act in (
        lambda: actions.edit_speech(room.meeting, by=focal, speech=made, version=1, title="T", minutes=5),
        lambda: actions.withdraw_speech(room.meeting, by=focal, speech=made, version=1),
        lambda: actions.pick_speech(room.meeting, by=focal, speech=made, version=1),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_unit_offers_as_many_as_it_may(room: Room, unit: AskedUnit, focal: Actor, call: SpeechCall) -> None:
    made = make_speech(unit, call=call)
    with pytest.raises(OutOfOrder, match="1"):
        actions.offer_speech(room.meeting, by=focal, call=call, unit=unit, title="Hai", minutes=5)
    actions.withdraw_speech(room.meeting, by=focal, speech=made, version=1)
    actions.offer_speech(room.meeting, by=focal, call=call, unit=unit, title="Hai", minutes=5)
    ask_again(call, per_unit=2)
    actions.offer_speech(room.meeting, by=focal, call=call, unit=unit, title="Ba", minutes=5)
    with pytest.raises(OutOfOrder, match="2"):
        actions.offer_speech(room.meeting, by=the_secretariat(), call=call, unit=unit, title="Bốn", minutes=5)


def test_a_speech_is_not_longer_than_asked(room: Room, unit: AskedUnit, focal: Actor, call: SpeechCall) -> None:
    with pytest.raises(OutOfOrder, match="8"):
        actions.offer_speech(room.meeting, by=focal, call=call, unit=unit, title="T", minutes=9)


def test_the_speaker_takes_part_for_the_unit(room: Room, unit: AskedUnit, focal: Actor, call: SpeechCall) -> None:
    for stranger in ("ca_mau", "chair"):
        with pytest.raises(OutOfOrder):
            actions.offer_speech(
                room.meeting, by=focal, call=call, unit=unit, title="T", minutes=5, speaker=room.people[stranger]
            )


def test_after_the_deadline_only_the_secretariat_changes_anything(
    room: Room, unit: AskedUnit, focal: Actor, call: SpeechCall
) -> None:
    made = make_speech(unit, call=call)
    over(call)
    for act in (
        lambda: actions.edit_speech(room.meeting, by=focal, speech=made, version=1, title="T", minutes=5),
        lambda: actions.withdraw_speech(room.meeting, by=focal, speech=made, version=1),
        lambda: actions.offer_speech(room.meeting, by=focal, call=call, unit=unit, title="T", minutes=5),
    ):
        with pytest.raises(OutOfOrder):
            act()
    actions.edit_speech(room.meeting, by=the_secretariat(), speech=made, version=1, title="Mới", minutes=5)
    actions.withdraw_speech(room.meeting, by=the_secretariat(), speech=made, version=2)


def test_the_deadline_goes_by_the_clock_of_the_meeting(room: Room, unit: AskedUnit, focal: Actor, call: SpeechCall) -> None:
    now = timezone.now()
    ask_again(call, deadline=now + timedelta(days=30))
    later = {"clock_base": now + timedelta(days=31), "clock_anchor": now, "kind": Meeting.Kind.REHEARSAL}
    Meeting.objects.filter(pk=room.meeting.pk).update(**later)
    with pytest.raises(OutOfOrder):
        actions.offer_speech(room.meeting, by=focal, call=call, unit=unit, title="T", minutes=5)


def test_a_closed_registration_takes_nothing_until_it_is_set_again(
    room: Room, unit: AskedUnit, focal: Actor, call: SpeechCall
) -> None:
    actions.close_speech_call(room.meeting, by=the_secretariat(), call=call)
    with pytest.raises(OutOfOrder):
        actions.offer_speech(room.meeting, by=focal, call=call, unit=unit, title="T", minutes=5)
    with pytest.raises(OutOfOrder):
        actions.close_speech_call(room.meeting, by=the_secretariat(), call=call)
    ask_again(call)
    actions.offer_speech(room.meeting, by=focal, call=call, unit=unit, title="T", minutes=5)


def test_a_stale_form_is_refused(room: Room, unit: AskedUnit, focal: Actor, call: SpeechCall) -> None:
    made = make_speech(unit, call=call)
    actions.edit_speech(room.meeting, by=the_secretariat(), speech=made, version=1, title="Mới", minutes=5)
    with pytest.raises(OutOfOrder, match="Văn phòng"):
        actions.edit_speech(room.meeting, by=focal, speech=made, version=1, title="Cũ", minutes=5)
    with pytest.raises(OutOfOrder):
        actions.pick_speech(room.meeting, by=the_secretariat(), speech=made, version=1)
    made.refresh_from_db()
    assert made.title == "Mới"


def test_what_is_sent_back_is_mended_and_offered_again(room: Room, unit: AskedUnit, focal: Actor, call: SpeechCall) -> None:
    made = make_speech(unit, call=call)
    actions.return_speech(room.meeting, by=the_secretariat(), speech=made, version=1, reason="Trùng với báo cáo")
    made.refresh_from_db()
    assert (made.state, made.reason) == ("returned", "Trùng với báo cáo")
    assert not room.meeting.journal.entries.filter(payload__icontains="Trùng với").exists()
    actions.edit_speech(room.meeting, by=focal, speech=made, version=2, title="Khác", minutes=5)
    made.refresh_from_db()
    assert (made.state, made.reason) == ("offered", "")


def test_of_a_picked_speech_its_unit_changes_the_speaker_only(
    room: Room, unit: AskedUnit, focal: Actor, call: SpeechCall
) -> None:
    made = make_speech(unit, call=call, picked=True)
    same = {"title": made.title, "outline": made.outline, "minutes": made.minutes}
    with pytest.raises(OutOfOrder):
        actions.edit_speech(room.meeting, by=focal, speech=made, version=2, **same | {"title": "Khác"})
    with pytest.raises(OutOfOrder):
        actions.withdraw_speech(room.meeting, by=focal, speech=made, version=2)
    actions.edit_speech(room.meeting, by=focal, speech=made, version=2, **same, speaker=room.people["delegate"])
    made.refresh_from_db()
    assert (made.state, made.speaker) == ("picked", room.people["delegate"])


def test_one_item_has_one_registration(room: Room, call: SpeechCall) -> None:
    with pytest.raises(OutOfOrder):
        actions.set_speech_call(room.meeting, by=the_secretariat(), item=call.item, deadline=None, minutes=5)
    other = make_item(room.meeting, "Thảo luận", kind="discussion")
    second = make_speech_call(room.meeting, item=other)
    with pytest.raises(OutOfOrder):
        ask_again(second, item=call.item)


def test_nothing_changes_in_a_meeting_that_is_over(room: Room, unit: AskedUnit, call: SpeechCall) -> None:
    made = make_speech(unit, call=call)
    Meeting.objects.filter(pk=room.meeting.pk).update(state=Meeting.State.ADJOURNED)
    for act in (
        lambda: actions.pick_speech(room.meeting, by=the_secretariat(), speech=made, version=1),
        lambda: actions.offer_speech(room.meeting, by=the_secretariat(), call=call, unit=unit, title="T", minutes=5),
        lambda: actions.schedule_speeches(room.meeting, by=the_secretariat(), call=call),
    ):
        with pytest.raises(OutOfOrder):
            act()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""), ("title", "t" * 301), ("title", " \u200b "), ("outline", "x" * 5001), ("outline", "a\0b"),
        ("minutes", "0"),
        ("minutes", "١٢x"), ("minutes", "999"), ("unit", "9" * 30), ("call", "-1"), ("speaker", "x"),
    ],
)  # fmt: skip
def test_malformed_offers_are_named(
    field: str, value: str, room: Room, unit: AskedUnit, call: SpeechCall, clients: Clients
) -> None:
    body = {"call": call, "unit": unit, "title": "Số hóa", "minutes": "5"} | {field: value}
    answer = knock(clients["focal_point"], room.meeting, "speech.offer", **body)
    assert (answer.status_code, field in answer.json()["errors"]) == (400, True)
    assert not Speech.objects.exists()


def test_hostile_words_are_kept_as_words(room: Room, unit: AskedUnit, call: SpeechCall, cast: Cast, clients: Clients) -> None:
    words = "<script>alert(1)</script>"
    body = {"call": call, "unit": unit, "title": words, "outline": words + "\r\n'", "minutes": "5"}
    assert knock(clients["focal_point"], room.meeting, "speech.offer", **body).status_code == 200
    made = Speech.objects.get()
    assert made.outline == words + "\n'"
    for path in ("", f"{made.pk}/", f"{made.pk}/edit/"):
        for who in ("focal_point", "secretary"):
            page = clients[who].get(f"/m/{room.meeting.slug}/programme/speeches/{path}").content.decode()
            assert words not in page
            assert "&lt;script&gt;" in page
