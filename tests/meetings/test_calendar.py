"""Calendars: read by a calendar library and by the letter of the standard; a change arrives as a change."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar, Event
from pytest_django.fixtures import Settings

from meetings import actions
from meetings.calendar.actions import renew_calendar, renew_own_calendar
from meetings.calendar.addresses import whole
from meetings.calendar.feeds import calendar_of, calendar_of_account, invitations
from meetings.calendar.models import CalendarAddress
from meetings.hooks import fold_differences
from meetings.models import Meeting, Participant
from meetings.procedure import the_owner
from people.models import Person
from tests.cast import Cast, Room
from tests.make import START, make_bridge_points, make_meeting, make_participant, make_user, the_secretariat
from tests.meetings import strict

pytestmark = pytest.mark.django_db


def events(data: bytes) -> dict[str, Event]:
    """Return the events by UID, as a calendar program takes them in."""
    strict.read(data)
    return {str(event["uid"]): event for event in Calendar.from_ical(data).walk("VEVENT")}


def only(data: bytes) -> Event:
    (event,) = events(data).values()
    return event


def edit(meeting: Meeting, *sittings: object, **kw: object) -> None:
    data = {"title": meeting.title, "organiser": meeting.organiser, "mode": meeting.mode, "place": meeting.place}
    held = sittings or [(one.starts_at, one.ends_at) for one in meeting.sittings.all()]
    actions.edit_meeting(meeting, by=the_secretariat(), sittings=list(held), **data | kw)  # type: ignore[arg-type]


def address_of(user: object) -> str:
    renew_own_calendar(by=the_owner(user))  # type: ignore[arg-type]
    return whole(CalendarAddress.objects.get(account=user)).partition("://")[2].partition("/")[2]


def take(path: str, **headers: str) -> object:
    return Client().get(f"/{path}", **headers)


# What stands in it


def test_a_participant_finds_the_sitting_with_time_zone_role_and_bridge_point(room: Room, cast: Cast) -> None:
    event = only(calendar_of_account(cast["delegate"]))
    assert str(event["summary"]) == room.meeting.title
    assert event.decoded("dtstart").isoformat() == "2025-11-26T08:30:00+07:00"
    assert event.decoded("dtend").isoformat() == "2025-11-26T11:30:00+07:00"
    assert event["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert str(event["location"]).startswith("Điểm cầu Lào Cai")
    assert "Đại biểu" in str(event["description"])
    assert str(event["status"]) == "CONFIRMED"


def test_the_same_state_always_gives_the_same_bytes(room: Room, cast: Cast) -> None:
    assert calendar_of_account(cast["delegate"]) == calendar_of_account(cast["delegate"])


def test_the_zone_is_defined_with_seven_hours(room: Room, cast: Cast) -> None:
    calendar = strict.read(calendar_of_account(cast["delegate"]))
    zone = next(part for part in calendar.parts if part.name == "VTIMEZONE")
    assert zone.one("TZID") == "Asia/Ho_Chi_Minh"
    assert zone.parts[-1].one("TZOFFSETTO") == "+0700"


def test_all_meetings_of_an_account_stand_in_it_and_no_others(room: Room, cast: Cast) -> None:
    other, foreign = make_meeting(title="Hội nghị thứ hai"), make_meeting(title="Hội nghị khác")
    make_participant(other, "Giàng A Đại", user=cast["delegate"])
    make_participant(foreign, "Ai đó")
    titles = {str(event["summary"]) for event in events(calendar_of_account(cast["delegate"])).values()}
    assert titles == {room.meeting.title, "Hội nghị thứ hai"}


def test_a_template_is_in_nobody_s_calendar(cast: Cast) -> None:
    template = make_meeting(title="Mẫu", kind=Meeting.Kind.TEMPLATE)
    make_participant(template, "X", user=cast["stranger"])
    assert events(calendar_of_account(cast["stranger"])) == {}


def test_who_takes_part_online_is_not_sent_to_a_place(room: Room, cast: Cast) -> None:
    Participant.objects.filter(pk=room.people["delegate"].pk).update(mode="online")
    assert str(only(calendar_of_account(cast["delegate"]))["location"]) == "Trực tuyến"


def test_hostile_words_stay_words(room: Room, cast: Cast) -> None:
    title = 'Họp; \\n, BEGIN:VEVENT" 😀 ' + "ờ" * 150
    edit(room.meeting, title=title, place="A\r\nATTENDEE:mailto:x@y.vn")
    assert str(only(calendar_of_account(cast["guest"]))["summary"]) == title
    assert str(only(calendar_of(room.meeting))["summary"]) == title
    assert "ATTENDEE" not in {name for name, _p, _v in strict.read(calendar_of(room.meeting)).parts[-1].lines}


def test_a_sitting_without_an_end_gets_one_that_programs_can_show(cast: Cast) -> None:
    meeting = make_meeting(sittings=[(START, None)])
    event = only(calendar_of(meeting))
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=3)


#: Lines in which any figures may stand: names made at random, moments of the machine.
CHANCE = ("UID:", "DTSTAMP:", "CREATED:", "LAST-MODIFIED:")


def test_nothing_personal_of_others_stands_in_it(room: Room, cast: Cast) -> None:
    Person.objects.update(email="rieng@example.vn", phone="0912345678")
    for data in (calendar_of(room.meeting), calendar_of_account(cast["delegate"])):
        lines = data.decode().replace("\r\n ", "").split("\r\n")
        text = "\n".join(line for line in lines if not line.startswith(CHANCE))
        assert "@example.vn" not in text
        assert "0912" not in text
        assert "Trần Thị Thư" not in text


# Changes


def test_a_meeting_moved_is_the_same_event_with_a_higher_sequence(room: Room, cast: Cast) -> None:
    before = only(calendar_of_account(cast["delegate"]))
    later = START + timedelta(days=1)
    edit(room.meeting, (later, later + timedelta(hours=2)))
    after = only(calendar_of_account(cast["delegate"]))
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart") == later
    assert after.decoded("last-modified") >= before.decoded("last-modified")


def test_somebody_given_another_bridge_point_is_told_and_the_others_are_not(room: Room, cast: Cast) -> None:
    mine, theirs = calendar_of_account(cast["delegate"]), calendar_of_account(cast["other_operator"])
    one = room.people["delegate"]
    actions.edit_participant(
        room.meeting, by=the_secretariat(), participant=one, name=one.name, role=one.role, bridge_point=room.sites[3],
        position="", unit="",
    )  # fmt: skip
    after = only(calendar_of_account(cast["delegate"]))
    assert after["sequence"] > only(mine)["sequence"]
    assert "Cà Mau" in str(after["location"])
    assert calendar_of_account(cast["other_operator"]) == theirs


def test_a_sitting_taken_out_is_cancelled_under_its_own_name_and_the_others_keep_theirs() -> None:
    morning, afternoon = (START, START + timedelta(hours=3)), (START + timedelta(hours=5), START + timedelta(hours=8))
    meeting, user = make_meeting(sittings=[morning, afternoon]), make_user("dai-bieu")
    make_participant(meeting, "Đại biểu", user=user)
    before = events(calendar_of_account(user))
    assert [str(one["summary"])[-2:] for one in before.values()] == [" 1", " 2"]
    edit(meeting, actions.NewSitting(*afternoon, sitting=meeting.sittings.get(number=2).pk))
    after = events(calendar_of_account(user))
    assert set(after) == set(before)
    at = {one.decoded("dtstart"): uid for uid, one in before.items()}
    gone, stays = after[at[START]], after[at[afternoon[0]]]
    assert (str(gone["status"]), str(stays["status"])) == ("CANCELLED", "CONFIRMED")
    assert gone["sequence"] > before[at[START]]["sequence"]


def test_two_meetings_never_share_an_event(cast: Cast) -> None:
    one, two = make_meeting(), make_meeting()
    assert set(events(calendar_of(one))).isdisjoint(events(calendar_of(two)))


def test_who_is_taken_off_the_list_or_excused_has_it_no_more(room: Room, cast: Cast) -> None:
    Participant.objects.filter(pk=room.people["guest"].pk).update(is_excused=True)
    assert events(calendar_of_account(cast["guest"])) == {}
    actions.remove_participant(room.meeting, by=the_secretariat(), participant=room.people["observer"])
    assert events(calendar_of_account(cast["observer"])) == {}


@pytest.mark.parametrize("number", [2, 20])
def test_a_feed_costs_the_same_for_few_and_many_meetings(number: int, django_assert_num_queries: object) -> None:
    user = make_user("ban-ron")
    for n in range(number):
        meeting = make_meeting(title=f"Hội nghị {n}")
        make_participant(meeting, "Bận Rộn", user=user, site=make_bridge_points(meeting, "Lào Cai")[0])
    with django_assert_num_queries(5):  # type: ignore[operator]
        assert len(events(calendar_of_account(user))) == number


# Addresses


def test_a_feed_is_given_to_who_has_its_address_and_renewed_the_old_one_is_dead(room: Room, cast: Cast) -> None:
    old = address_of(cast["delegate"])
    answer = take(old)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"  # type: ignore[index]
    assert answer["Cache-Control"] == "private, no-cache"  # type: ignore[index]
    assert len(events(answer.content)) == 1  # type: ignore[attr-defined]
    new = address_of(cast["delegate"])
    assert (take(old).status_code, take(new).status_code) == (404, 200)  # type: ignore[attr-defined]
    assert new.rpartition("/")[0] == old.rpartition("/")[0]


def test_what_has_not_changed_answers_304(room: Room, cast: Cast) -> None:
    path = address_of(cast["delegate"])
    mark = take(path)["ETag"]  # type: ignore[index]
    again = take(path, HTTP_IF_NONE_MATCH=mark)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)  # type: ignore[attr-defined, index]
    edit(room.meeting, place="Hội trường khác")
    assert take(path, HTTP_IF_NONE_MATCH=mark).status_code == 200  # type: ignore[attr-defined]


def test_an_account_with_a_one_time_password_gets_nothing_until_it_has_its_own(room: Room, cast: Cast) -> None:
    path = address_of(cast["delegate"])
    cast["delegate"].must_change_password = True
    cast["delegate"].save()
    assert take(path).status_code == 404  # type: ignore[attr-defined]
    cast["delegate"].must_change_password = False
    cast["delegate"].save()
    assert take(path).status_code == 200  # type: ignore[attr-defined]


def test_a_closed_account_gets_nothing_at_once(room: Room, cast: Cast) -> None:
    path = address_of(cast["delegate"])
    cast["delegate"].is_active = False
    cast["delegate"].save()
    assert take(path).status_code == 404  # type: ignore[attr-defined]


def test_an_address_is_not_guessed_and_not_made_from_the_table(room: Room, cast: Cast, settings: Settings) -> None:
    path = address_of(cast["delegate"])
    row = CalendarAddress.objects.get()
    secret = path.rpartition("/")[2].removesuffix(".ics")
    assert secret not in str(vars(row))
    for wrong in (secret[:-1], secret + "x", secret.swapcase(), row.nonce, "x" * 500, "ế"):
        assert take(f"calendar/{row.pk}/{wrong}.ics").status_code == 404  # type: ignore[attr-defined]
    assert take(f"calendar/{row.pk + 1}/{secret}.ics").status_code == 404  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another key" * 8
    assert take(path).status_code == 404  # type: ignore[attr-defined]


def test_a_meeting_has_a_calendar_for_an_office_and_its_renewal_stands_in_the_journal(room: Room) -> None:
    for _time in range(2):
        renew_calendar(room.meeting, by=the_secretariat())
    path = whole(CalendarAddress.objects.get(meeting=room.meeting)).partition("://")[2].partition("/")[2]
    assert str(only(take(path).content)["location"]) == room.meeting.place  # type: ignore[attr-defined]
    fact = room.meeting.journal.entries.filter(kind="calendar.renewed").last()
    assert fact is not None
    assert fact.payload == {"renewal": 2}
    assert fold_differences(room.meeting) == []


# Invitations


def test_an_invitation_asks_one_person_to_one_sitting_by_the_standard(room: Room, settings: Settings, cast: Cast) -> None:
    settings.MAIL_FROM = "Văn phòng <van.phong@example.vn>"
    one = room.people["delegate"]
    Person.objects.filter(pk=one.person_id).update(email="dai@example.vn")
    Participant.objects.filter(pk=one.pk).update(name='Giàng "A"; Đại, x:y')
    asked = Calendar.from_ical(invitations(one)[0][2])
    assert str(asked["method"]) == "REQUEST"
    event = only(invitations(one)[0][2])
    assert str(event["organizer"]) == "mailto:van.phong@example.vn"
    assert str(event["attendee"]) == "mailto:dai@example.vn"
    assert event["attendee"].params["CN"] == "Giàng 'A'; Đại, x:y"
    assert event["uid"] == only(calendar_of_account(cast["delegate"]))["uid"]
    cancelled = only(invitations(one, "CANCEL")[0][2])
    assert (str(cancelled["status"]), cancelled["uid"]) == ("CANCELLED", event["uid"])
    with pytest.raises(ValueError, match="no invitation"):
        invitations(one, "PUBLISH")


def test_each_sitting_has_its_own_invitation(room: Room) -> None:
    edit(room.meeting, (START, START + timedelta(hours=3)), (START + timedelta(hours=5), None))
    found = invitations(room.people["delegate"])
    assert [name for _key, name, _data in found] == ["phien-1.ics", "phien-2.ics"]
    assert len({only(data)["uid"] for _key, _name, data in found}) == 2
    assert [key for key, _name, _data in found] == [sitting.pk for sitting in room.meeting.sittings.all()]


def test_moments_are_whole_seconds_in_utc(room: Room) -> None:
    stamp = strict.read(calendar_of(room.meeting)).parts[-1].one("DTSTAMP")
    assert datetime.strptime(stamp, "%Y%m%dT%H%M%SZ")
