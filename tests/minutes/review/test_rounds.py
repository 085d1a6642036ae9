"""Rounds of a review: to whom, until when, what they hold; extended, reminded of, closed, agreed to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command

from jobs.queue import claim_next
from jobs.runner import carry_out
from mailing.models import Letter
from meetings import clock
from meetings.actions import adjourn_meeting, remove_bridge_point, remove_participant
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import BridgePoint, Meeting
from minutes.actions import approve_minutes
from minutes.blocks.actions import edit_block, exclude_block
from minutes.blocks.telling import told_of
from minutes.models import Circulation
from minutes.review.actions import rounds
from minutes.review.actions.remarks import take_remark
from minutes.review.queries import obstacles
from minutes.review.rewriting import Rewording
from people.models import Person
from printing.papers import DEMONSTRATION_MARK
from tests.cast import Room
from tests.make import the_secretariat
from tests.review_doors import LATE, held, make_remark, make_round, make_two_rounds, reader_of, reading_as
from texts.reading import from_plain

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def work() -> None:
    while (one := claim_next()) is not None:
        carry_out(one)


def address(room: Room, *names: str) -> None:
    for name in names:
        Person.objects.filter(pk=room.people[name].person_id).update(email=f"{name}@example.vn")


def test_a_round_keeps_the_words_as_they_were_and_the_journal_their_digest(room: Room) -> None:
    row = make_round(room)
    before = row.snapshot
    edit_block(room.meeting, by=the_secretariat(), key="time", version=0, heading="Thời gian", text="Chữ mới.")
    row.refresh_from_db()
    assert row.snapshot == before
    assert {one["key"] for one in before} >= {"issuer", "abstract", "time", "chair"}
    assert room.meeting.journal.entries.get(kind="circulation.opened").payload["readers"] == [
        [f"site:{room.lao_cai.pk}", "Điểm cầu Lào Cai"],
        [f"person:{room.people['guest'].pk}", "Lê Văn Khách"],
    ]
    assert fold_differences(room.meeting) == []


def test_what_is_left_out_is_not_sent_out(room: Room) -> None:
    held(room)
    exclude_block(room.meeting, by=the_secretariat(), key="composition", version=0)
    assert "composition" not in {one["key"] for one in make_round(room).snapshot}


def test_everywhere_means_every_bridge_point_on_top_but_the_central_hall_once_each(room: Room) -> None:
    row = make_round(room, everywhere=True, bridge_points=[room.lao_cai, room.sites[0]], participants=[])
    assert [one.name for one in row.readers.all()] == [one.name for one in [*room.sites[1:], room.sites[0]]]


def test_nothing_is_sent_out_before_the_meeting_was_opened(room: Room) -> None:
    with pytest.raises(OutOfOrder):
        rounds.open_circulation(room.meeting, by=the_secretariat(), bridge_points=[room.lao_cai], deadline=LATE)
    assert not Circulation.objects.exists()


def test_a_round_needs_readers_and_a_deadline_to_come(room: Room) -> None:
    with pytest.raises(OutOfOrder, match="Choose who"):
        make_round(room, bridge_points=[], participants=[])
    with pytest.raises(OutOfOrder, match="over already"):
        make_round(room, deadline=clock.now(room.meeting))


def test_one_round_at_a_time(room: Room) -> None:
    first = make_round(room)
    with pytest.raises(OutOfOrder, match="Close that round first"):
        make_round(room)
    rounds.close_circulation(room.meeting, by=the_secretariat(), circulation=first)
    assert make_round(room).number == 2
    assert fold_differences(room.meeting) == []


def test_a_deadline_is_only_moved_to_a_later_moment_and_opens_a_round_again_that_was_over(room: Room) -> None:
    row = make_round(room)
    with pytest.raises(OutOfOrder, match="not later"):
        rounds.extend_circulation(room.meeting, by=the_secretariat(), circulation=row, deadline=LATE)
    Circulation.objects.update(deadline=clock.now(room.meeting) - timedelta(seconds=1))
    with pytest.raises(OutOfOrder, match="Văn phòng"):
        make_remark(room)
    rounds.extend_circulation(room.meeting, by=the_secretariat(), circulation=row, deadline=LATE + timedelta(days=1))
    assert make_remark(room).number == 1
    assert fold_differences(room.meeting) == []


def test_who_has_said_nothing_is_reminded_by_mail_and_who_has_not(room: Room) -> None:
    address(room, "operator", "guest", "technician")
    row = make_round(room)
    work()
    assert sorted(Letter.objects.values_list("to", flat=True)) == ["guest@example.vn", "operator@example.vn"]
    make_remark(room)
    rounds.remind_circulation(room.meeting, by=the_secretariat(), circulation=row)
    work()
    letters = Letter.objects.order_by("pk")
    assert [one.to for one in letters][2:] == ["guest@example.vn"]
    assert "17:00 ngày 25/11/2099" in letters[2].text
    assert f"/m/{room.meeting.slug}/minutes/review/" in letters[2].text
    assert room.meeting.journal.entries.get(kind="circulation.reminded").payload == {"number": 1, "readers": 1, "mailed": 1}


def test_a_letter_holds_no_word_of_the_minutes(room: Room) -> None:
    address(room, "operator")
    held(room)
    edit_block(room.meeting, by=the_secretariat(), key="time", version=0, heading="Thời gian", text="Lời kín đáo.")
    make_round(room)
    work()
    assert "kín đáo" not in Letter.objects.get().text + Letter.objects.get().subject


def test_a_letter_ends_with_who_asks_and_of_a_demonstration_begins_with_that(room: Room) -> None:
    address(room, "operator")
    make_round(room)
    work()
    own = Letter.objects.get()
    assert own.text.endswith(f"\n\nTrân trọng.\n{room.meeting.organiser.name}\n")
    assert DEMONSTRATION_MARK not in own.text
    Meeting.objects.update(kind=Meeting.Kind.DEMO)
    rounds.remind_circulation(room.meeting, by=the_secretariat(), circulation=Circulation.objects.get())
    work()
    assert Letter.objects.exclude(pk=own.pk).get().text.startswith(f"{DEMONSTRATION_MARK}\n\nKính gửi: ")


def test_a_letter_is_sent_once_however_often_its_job_is_run(room: Room) -> None:
    address(room, "operator")
    make_round(room)
    job = claim_next()
    assert job is not None
    carry_out(job)
    type(job).objects.filter(pk=job.pk).update(state="waiting", done=0)
    work()
    assert Letter.objects.count() == 1


def test_reminding_nobody_is_refused_and_says_so(room: Room) -> None:
    row = make_round(room)
    with pytest.raises(OutOfOrder, match="call them"):
        rounds.remind_circulation(room.meeting, by=the_secretariat(), circulation=row)
    for role in ("operator", "guest"):
        rounds.agree_circulation(room.meeting, by=reading_as(room, role), reader=reader_of(room, role))
    with pytest.raises(OutOfOrder, match="nobody to remind"):
        rounds.remind_circulation(room.meeting, by=the_secretariat(), circulation=row)


def test_who_had_no_further_remark_can_have_one_after_all(room: Room) -> None:
    make_round(room)
    rounds.agree_circulation(room.meeting, by=reading_as(room), reader=reader_of(room))
    assert reader_of(room).agreed_by == "Lý Thị Vận"
    assert fold_differences(room.meeting) == []
    make_remark(room)
    assert reader_of(room).agreed_at is None
    assert fold_differences(room.meeting) == []


def test_nobody_agrees_for_another_reader(room: Room) -> None:
    make_round(room)
    with pytest.raises(NotAllowed):
        rounds.agree_circulation(room.meeting, by=reading_as(room, "guest"), reader=reader_of(room, "operator"))


def test_a_closed_round_takes_nothing_more_and_says_whom_to_call(room: Room) -> None:
    row = make_round(room)
    make_remark(room)
    rounds.close_circulation(room.meeting, by=the_secretariat(), circulation=row)
    with pytest.raises(OutOfOrder, match="Call Văn phòng"):
        make_remark(room)
    with pytest.raises(OutOfOrder):
        rounds.close_circulation(room.meeting, by=the_secretariat(), circulation=row)
    closed = room.meeting.journal.entries.get(kind="circulation.closed").payload
    assert (closed["readers"], closed["opened"], closed["agreed"]) == (2, 1, 0)
    assert fold_differences(room.meeting) == []


def test_an_open_round_and_open_remarks_stand_in_the_way_of_approval(room: Room) -> None:
    row = make_round(room)
    make_remark(room)
    assert [text.split(" ")[0] for text in obstacles(row.minutes)] == ["Round", "1"]
    rounds.close_circulation(room.meeting, by=the_secretariat(), circulation=row)
    assert len(obstacles(row.minutes)) == 1
    row.remarks.update(state="answered")
    assert obstacles(row.minutes) == []


def test_minutes_are_approved_when_all_remarks_are_dealt_with_and_not_before(room: Room) -> None:
    row = make_round(room)
    remark = make_remark(room)
    adjourn_meeting(room.meeting, by=the_secretariat())
    room.meeting.refresh_from_db()

    def approve() -> None:
        row.minutes.refresh_from_db()
        read = {"revision": row.minutes.revision, "up_to": told_of(room.meeting).number}
        approve_minutes(room.meeting, by=the_secretariat(), **read)

    with pytest.raises(OutOfOrder, match="Round 1 of reading"):
        approve()
    rounds.close_circulation(room.meeting, by=the_secretariat(), circulation=row)
    with pytest.raises(OutOfOrder, match="1 remark has been neither"):
        approve()
    new = Rewording(version=0, heading="Thời gian", body=from_plain("Theo góp ý."))
    take_remark(room.meeting, by=the_secretariat(), remark=remark, version=1, rewording=new)
    approve()
    row.minutes.refresh_from_db()
    assert row.minutes.state == "approved"
    with pytest.raises(OutOfOrder, match="approved"):
        make_round(room)
    assert fold_differences(room.meeting) == []


def test_whoever_was_asked_stays_on_the_lists_with_what_they_said(room: Room) -> None:
    make_round(room)
    with pytest.raises(OutOfOrder):
        remove_participant(room.meeting, by=the_secretariat(), participant=room.people["guest"])
    room.meeting.participants.filter(bridge_point=room.lao_cai).delete()
    with pytest.raises(OutOfOrder):
        remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=BridgePoint.objects.get(pk=room.lao_cai.pk))


def test_the_journal_finds_words_changed_behind_it(room: Room) -> None:
    make_round(room)
    make_remark(room)
    call_command("check_journal", room.meeting.slug)
    reader_of(room).remarks.update(text="Khác.")
    assert any("remark" in line for line in fold_differences(room.meeting))


def test_a_second_round_has_its_own_readers_and_numbers(room: Room) -> None:
    row = make_two_rounds(room)
    assert (row.number, row.readers.count(), make_remark(room).number) == (2, 2, 1)
    assert fold_differences(room.meeting) == []
