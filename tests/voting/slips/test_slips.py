"""Opinion slips: asked by letter, reminded once by the service and now and then by hand, closed at the deadline."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jobs.models import Job
from mailing.models import Letter
from meetings.deadlines.workdays import WorkCalendar
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting
from tests.cast import Clients, Room
from tests.knocking import knock
from tests.make import make_participants, the_secretariat
from tests.polls import FOR, cast, make_poll, open_poll
from tests.slips import address, letters, slips
from voting.models import Poll, SlipReminder
from voting.polls import actions
from voting.polls.ending import close_due_polls
from voting.slips.actions import remind_by_itself, remind_slips
from voting.slips.asking import due_to_remind
from voting.slips.reminding import remind_of_slips

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def test_who_is_asked_gets_a_letter_and_finds_it_on_the_start_page(room: Room, clients: Clients) -> None:
    address(room, "delegate", "chair")
    poll = slips(room)
    assert room.meeting.state == Meeting.State.PLANNED
    assert sorted(letters()) == [
        ("chair@example.vn", "Phiếu lấy ý kiến"), ("delegate@example.vn", "Phiếu lấy ý kiến")
    ]  # fmt: skip
    text = Letter.objects.filter(key__startswith="slips:").first()
    assert text is not None
    assert poll.get_absolute_url() in text.text
    assert poll.question not in text.text + text.subject, "mail goes through foreign hands"
    assert poll.question in clients["delegate"].get("/").content.decode()
    assert poll.question not in clients["guest"].get("/").content.decode()
    cast(poll, room.people["delegate"], FOR, remark="Đề nghị làm rõ mục 2")
    assert poll.question not in clients["delegate"].get("/").content.decode()


def test_only_who_has_not_answered_is_reminded(room: Room) -> None:
    address(room, "delegate", "chair")
    poll = slips(room)
    letters()
    cast(poll, room.people["delegate"], FOR)
    remind_slips(room.meeting, by=the_secretariat(), poll=poll)
    assert letters()[2:] == [("chair@example.vn", "Nhắc gửi phiếu lấy ý kiến")]
    told = SlipReminder.objects.get()
    assert (told.mailed, told.asked, told.is_by_itself) == (1, poll.entitled - 1, False)
    assert fold_differences(room.meeting) == []


def test_a_second_reminder_waits_an_hour(room: Room) -> None:
    address(room, "chair")
    poll = slips(room)
    remind_slips(room.meeting, by=the_secretariat(), poll=poll)
    with pytest.raises(OutOfOrder):
        remind_slips(room.meeting, by=the_secretariat(), poll=poll)
    SlipReminder.objects.update(at=timezone.now() - timedelta(minutes=61))
    remind_slips(room.meeting, by=the_secretariat(), poll=poll)
    assert SlipReminder.objects.count() == 2


def test_who_answers_between_reminder_and_mail_gets_none(room: Room) -> None:
    address(room, "chair")
    poll = slips(room)
    letters()
    remind_slips(room.meeting, by=the_secretariat(), poll=poll)
    cast(poll, room.people["chair"], FOR)
    assert len(letters()) == 1, "only the letter that asked"


def test_nobody_is_reminded_who_cannot_be_reached(room: Room) -> None:
    poll = slips(room)
    with pytest.raises(OutOfOrder):
        remind_slips(room.meeting, by=the_secretariat(), poll=poll)
    assert not SlipReminder.objects.exists()
    assert not Job.objects.filter(name="slips.mail").exists()


def test_the_service_reminds_once_one_working_day_before_the_deadline(room: Room) -> None:
    address(room, "chair")
    poll = slips(room, days=0.5)
    Poll.objects.filter(pk=poll.pk).update(opened_at=timezone.now() - timedelta(days=9))
    for _time in range(3):
        remind_of_slips(lambda: True)
    told = SlipReminder.objects.get()
    assert (told.is_by_itself, told.closes_at) == (True, poll.closes_at)
    actions.extend_poll(room.meeting, by=the_secretariat(), poll=poll, closes_at=timezone.now() + timedelta(days=30))
    remind_of_slips(lambda: True)
    assert SlipReminder.objects.count() == 1, "of the new deadline it is not time yet"
    assert [subject for _to, subject in letters()][-1] == "Thay đổi thời hạn phiếu lấy ý kiến"


def test_slips_that_go_out_on_the_last_day_are_not_reminded_at_once(room: Room) -> None:
    address(room, "chair")
    slips(room, days=0.5)
    remind_of_slips(lambda: True)
    assert not SlipReminder.objects.exists()


def test_nobody_reminds_in_the_name_of_the_service(room: Room) -> None:
    with pytest.raises(NotAllowed):
        remind_by_itself(room.meeting, by=the_secretariat(), poll=slips(room))


@pytest.mark.parametrize(
    ("deadline", "reminded"),
    [
        ("2025-11-27 17:00", "2025-11-26 17:00"),  # Thursday, Wednesday
        ("2025-12-01 08:30", "2025-11-28 08:30"),  # Monday: the Friday before
        ("2026-01-02 17:00", "2025-12-31 17:00"),  # over New Year's Day
    ],
)
def test_one_working_day_before(deadline: str, reminded: str) -> None:
    closes_at = datetime.fromisoformat(deadline).replace(tzinfo=HANOI)
    assert f"{due_to_remind(closes_at, WorkCalendar(), HANOI):%Y-%m-%d %H:%M}" == reminded


def test_the_deadline_closes_slips_and_nothing_comes_later(room: Room) -> None:
    poll = slips(room)
    cast(poll, room.people["chair"], FOR)
    Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(OutOfOrder):
        cast(poll, room.people["delegate"], FOR)
    with pytest.raises(OutOfOrder):
        remind_slips(room.meeting, by=the_secretariat(), poll=poll)
    close_due_polls(lambda: True)
    poll.refresh_from_db()
    assert poll.state == Poll.State.CLOSED


def test_slips_without_a_deadline_do_not_go_out(room: Room) -> None:
    with pytest.raises(OutOfOrder):
        open_poll(make_poll(room.meeting, occasion=Poll.Occasion.SLIP))


def test_the_page_names_who_is_missing_and_reminds(room: Room, clients: Clients) -> None:
    address(room, "delegate")
    poll = slips(room)
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/polls/{poll.number}/slips/").content.decode()
    assert "Giàng A Đại" in page
    assert knock(clients["secretary"], room.meeting, "slips.remind", poll=poll.pk).status_code == 200
    assert clients["delegate"].get(f"/m/{room.meeting.slug}/polls/{poll.number}/slips/").status_code == 403


@pytest.mark.parametrize("more", [0, 30])
def test_the_page_asks_as_much_for_many_people_as_for_few(room: Room, clients: Clients, more: int) -> None:
    if more:
        make_participants(room.meeting, [f"Đại biểu {n}" for n in range(more)])
    poll = slips(room)
    page = f"/m/{room.meeting.slug}/polls/{poll.number}/slips/"
    clients["secretary"].get(page)  # the first page of a session asks more
    with CaptureQueriesContext(connection) as asked:
        assert clients["secretary"].get(page).context["left"] == 6 + more
    assert len(asked) == 11
