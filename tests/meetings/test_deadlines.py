"""Deadlines of a meeting: by the office's rules in working days, or by hand; and the office's pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from meetings import actions
from meetings.actions import NewSitting
from meetings.deadlines.actions import add_holiday, edit_deadline_rules, remove_holiday, reset_deadline, set_deadline
from meetings.deadlines.dues import Rule
from meetings.deadlines.models import DeadlineKind, Holiday
from meetings.deadlines.queries import deadlines_of, due_at
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting
from tests.cast import Room
from tests.knocking import knock
from tests.make import START, make_command_id, make_meeting, make_organisation, the_secretariat

pytestmark = pytest.mark.django_db
KIND = DeadlineKind


def due(meeting: Meeting, kind: str) -> str | None:
    moment = due_at(meeting, kind)
    return f"{moment.astimezone(START.tzinfo):%d/%m/%Y %H:%M}" if moment else None


def move(meeting: Meeting, start: datetime) -> None:
    data = {"title": meeting.title, "organiser": make_organisation(), "mode": "hybrid", "place": "P"}
    actions.edit_meeting(meeting, by=the_secretariat(), sittings=[NewSitting(start)], **data)


def test_a_deadline_follows_the_sitting_until_it_is_set_by_hand(room: Room) -> None:
    assert due(room.meeting, KIND.INVITATIONS) == "21/11/2025 17:00"
    move(room.meeting, START + timedelta(days=7))
    assert due(room.meeting, KIND.INVITATIONS) == "28/11/2025 17:00"
    set_deadline(room.meeting, by=the_secretariat(), kind=KIND.INVITATIONS, due_at=START)
    move(room.meeting, START + timedelta(days=14))
    assert due(room.meeting, KIND.INVITATIONS) == "26/11/2025 08:30"
    assert due(room.meeting, KIND.PAPERS) == "05/12/2025 17:00"
    reset_deadline(room.meeting, by=the_secretariat(), kind=KIND.INVITATIONS)
    assert due(room.meeting, KIND.INVITATIONS) == "05/12/2025 17:00"
    with pytest.raises(OutOfOrder):
        reset_deadline(room.meeting, by=the_secretariat(), kind=KIND.INVITATIONS)
    assert fold_differences(room.meeting) == []


def test_a_meeting_may_have_no_deadline_of_a_kind(room: Room) -> None:
    set_deadline(room.meeting, by=the_secretariat(), kind=KIND.PAPERS, due_at=None)
    assert due(room.meeting, KIND.PAPERS) is None
    assert deadlines_of(room.meeting)[KIND.PAPERS].is_by_hand
    assert fold_differences(room.meeting) == []


def test_rules_and_holidays_hold_in_every_meeting_at_once(room: Room) -> None:
    edit_deadline_rules(
        by=the_secretariat(), rules={KIND.PAPERS: Rule(10, in_working_days=False), KIND.PROGRAMME: Rule(1, is_on=False)}
    )
    assert (due(room.meeting, KIND.PAPERS), due(room.meeting, KIND.PROGRAMME)) == ("16/11/2025 17:00", None)
    holiday = add_holiday(by=the_secretariat(), day=date(2025, 11, 24), title="Ngày nghỉ", is_working=False)
    assert due(room.meeting, KIND.INVITATIONS) == "20/11/2025 17:00"
    add_holiday(by=the_secretariat(), day=date(2025, 11, 22), title="Làm bù", is_working=True)
    assert due(room.meeting, KIND.INVITATIONS) == "21/11/2025 17:00"
    with pytest.raises(OutOfOrder):
        add_holiday(by=the_secretariat(), day=date(2025, 11, 24), title="Lần nữa", is_working=False)
    remove_holiday(by=the_secretariat(), holiday=holiday)
    with pytest.raises(OutOfOrder):
        remove_holiday(by=the_secretariat(), holiday=holiday)


def test_the_conclusions_are_due_after_the_meeting_was_adjourned(room: Room) -> None:
    assert due(room.meeting, KIND.CONCLUSION) == "03/12/2025 17:00"
    Meeting.objects.filter(pk=room.meeting.pk).update(adjourned_at=START + timedelta(days=1))
    room.meeting.refresh_from_db()
    assert due(room.meeting, KIND.CONCLUSION) == "04/12/2025 17:00"


def test_a_template_has_none() -> None:
    assert deadlines_of(make_meeting(kind=Meeting.Kind.TEMPLATE)) == {}


@pytest.mark.parametrize(
    "body",
    [{"kind": "x", "due_at": ""}, {"kind": "papers", "due_at": "26/11/2025"}, {"kind": "papers", "due_at": "hôm qua"},
     {"due_at": ""}, {"kind": "papers", "due_at": "01/01/2300 8:00"}],
)  # fmt: skip
def test_what_is_no_deadline_is_refused(body: dict[str, str], room: Room, clients: dict[str, Client]) -> None:
    assert knock(clients["secretary"], room.meeting, "deadline.set", **body).status_code == 400


def test_the_page_of_a_meeting_shows_and_changes_them(room: Room, clients: dict[str, Client]) -> None:
    assert knock(clients["secretary"], room.meeting, "deadline.set", kind="papers", due_at="20/11/2025 12h").status_code == 200
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/deadlines/").content.decode()
    assert "12:00, 20/11/2025" in page
    assert 'data-command="deadline.reset"' in page
    seen = clients["chair"].get(f"/m/{room.meeting.slug}/deadlines/").content.decode()
    assert "12:00, 20/11/2025" in seen
    assert "data-command=" not in seen.replace('data-command="deadline.set"', "")


def test_the_office_s_page_changes_rules_and_holidays(room: Room, clients: dict[str, Client]) -> None:
    client, rules = (
        clients["secretariat"],
        {f"{k}_{part}": v for k in KIND.values for part, v in (("days", "4"), ("in", "working"))},
    )

    def send(command: str, **body: object) -> int:
        sent = body | {"command_id": make_command_id()}
        return client.post(f"/do/{command}/", sent, HTTP_ACCEPT="application/json").status_code

    assert send("deadline_rules.edit", **rules | {"papers_on": "on"}) == 200
    assert (due(room.meeting, KIND.PAPERS), due(room.meeting, KIND.INVITATIONS)) == ("20/11/2025 17:00", None)
    for wrong in ("", "-1", "366", "x"):
        assert send("deadline_rules.edit", **rules | {"papers_days": wrong}) == 400
    assert send("holiday.add", day="24/11/2025", title="Ngày nghỉ") == 200
    assert send("holiday.add", day="24/11/2025", title="Ngày nghỉ") == 409
    for wrong in ("", "30/02/2026", "24/11", "1/1/1800"):
        assert send("holiday.add", day=wrong, title="x") == 400
    page = client.get("/deadlines/?year=2025").content.decode()
    assert "24/11/2025" in page
    assert "24/11/2025" not in client.get("/deadlines/?year=2024").content.decode()
    for year in ("0", "x", "99999999999999", "-5"):
        assert client.get(f"/deadlines/?year={year}").status_code == 200


def test_the_office_s_page_asks_the_same_number_of_questions_for_few_and_for_many(
    room: Room, clients: dict[str, Client], django_assert_num_queries: object
) -> None:
    client = clients["secretariat"]
    for first, number in ((1, 3), (4, 60)):
        days = [date(2025, 1, 1) + timedelta(days=n) for n in range(first, first + number)]
        Holiday.objects.bulk_create(Holiday(day=day, title="Nghỉ") for day in days)
        client.get("/deadlines/")
        with django_assert_num_queries(6):  # type: ignore[operator]
            client.get("/deadlines/?year=2025")
