"""Invitations: one number for the letter, a link for each, mails once, answers asked anew when the time moves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from email.header import decode_header
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from icalendar import Calendar

from issuing.actions import cancel_number
from issuing.invitations import links, queries
from issuing.invitations.actions import (
    edit_invitation_text,
    issue_invitations,
    print_invitations,
    recall_invitations,
    remind_invitations,
    send_invitations,
)
from issuing.invitations.overview import invitations_step
from issuing.invitations.values import occasion
from issuing.models import Invitation, InvitationText, IssuedDocument, NumberRegister
from jobs.models import Job
from mailing.models import Letter
from meetings import hooks
from meetings.actions import remove_participant
from meetings.errors import NotAllowed, OutOfOrder
from meetings.models import JournalEntry, Meeting
from people.models import Organisation
from tests.cast import Cast, Room
from tests.issuing_papers import DAY, answer, give_address, invite, make_register, make_text, send, words_of
from tests.make import actor_of, the_secretariat

pytestmark = pytest.mark.django_db
Work = Callable[[], list[Job]]
State = Invitation.State


def states(room: Room) -> dict[str, str]:
    return dict(Invitation.objects.filter(meeting=room.meeting).values_list("participant__name", "state"))


def last_fact(meeting: Meeting) -> JournalEntry:
    return meeting.journal.entries.latest("number")


def event_of(letter: Letter) -> Any:
    """The one event of a letter's calendar file."""
    (event,) = Calendar.from_ical(bytes(letter.attachments.get().data)).walk("VEVENT")
    return event


def invited_all(room: Room) -> list[Invitation]:
    make_register()
    make_text(room.meeting)
    issue_invitations(room.meeting, by=the_secretariat(), everyone=True, dated=DAY)
    return list(Invitation.objects.filter(meeting=room.meeting))


def test_one_letter_with_one_number_invites_many(coming: Room) -> None:
    rows = invited_all(coming)
    paper = IssuedDocument.objects.get()
    assert (paper.symbol, paper.meeting, {row.document_id for row in rows}) == ("01-GM/VPTW", coming.meeting, {paper.pk})
    assert len({row.link_hash for row in rows}) == len(rows)
    roles = set(Invitation.objects.values_list("participant__role", flat=True))
    assert roles == {"chair", "secretary", "delegate", "guest"}
    assert hooks.fold_differences(coming.meeting) == []


def test_who_is_added_later_comes_under_the_same_number(coming: Room) -> None:
    invite(coming.meeting, coming.people["delegate"])
    (row,) = invite(coming.meeting, coming.people["guest"])
    assert row.document.symbol == "01-GM/VPTW"
    assert IssuedDocument.objects.count() == 1
    with pytest.raises(OutOfOrder):
        issue_invitations(coming.meeting, by=the_secretariat(), participants=[coming.people["guest"]], dated=DAY)


def test_without_register_text_or_signer_nothing_is_issued_and_the_refusal_says_what_to_do(coming: Room) -> None:
    with pytest.raises(OutOfOrder):
        issue_invitations(coming.meeting, by=the_secretariat(), everyone=True, dated=DAY)
    make_text(coming.meeting, signer="")
    with pytest.raises(OutOfOrder):
        issue_invitations(coming.meeting, by=the_secretariat(), everyone=True, dated=DAY)
    edit_invitation_text(coming.meeting, by=the_secretariat(), version=1, words=words_of(coming.meeting))
    with pytest.raises(OutOfOrder, match="20/11/2025"):
        issue_invitations(coming.meeting, by=the_secretariat(), everyone=True, dated=DAY)
    assert not Invitation.objects.exists()
    assert not IssuedDocument.objects.exists()


def test_a_state_body_s_year_begins_by_itself(coming: Room) -> None:
    Organisation.objects.filter(pk=coming.meeting.organiser_id).update(body="state", symbol="BNV")
    coming.meeting.refresh_from_db()
    make_text(coming.meeting)
    issue_invitations(coming.meeting, by=the_secretariat(), everyone=True, dated=DAY)
    assert IssuedDocument.objects.get().symbol == "01/GM-BNV"
    register = NumberRegister.objects.get()
    assert (register.period, register.since.year, register.is_disposable) == ("2025", 2025, False)


def test_a_demonstration_takes_no_number_of_the_office(coming: Room) -> None:
    register = make_register()
    Meeting.objects.filter(pk=coming.meeting.pk).update(kind=Meeting.Kind.DEMO)
    make_text(coming.meeting)
    issue_invitations(coming.meeting, by=the_secretariat(), everyone=True, dated=DAY)
    register.refresh_from_db()
    assert register.last == 0
    assert IssuedDocument.objects.get().register.is_disposable


def test_only_who_issues_papers_invites(coming: Room, cast: Cast) -> None:
    make_register()
    make_text(coming.meeting)
    for name in ("chair", "delegate", "operator"):
        with pytest.raises(NotAllowed):
            issue_invitations(coming.meeting, by=actor_of(coming.meeting, cast[name]), everyone=True, dated=DAY)


def test_a_mail_is_posted_once_with_link_and_calendar(coming: Room, work: Work) -> None:
    (row,) = invite(coming.meeting, coming.people["delegate"])
    send(coming.meeting, coming.people["delegate"])
    assert [job.state for job in work()] == ["done"]
    letter = Letter.objects.get()
    assert letter.to == "dai.bieu@example.vn"
    assert links.address_of(row) in letter.text
    assert links.address_of(row).startswith(settings.PUBLIC_URL)
    assert "Giàng A Đại" in letter.text
    assert "{" not in letter.text + letter.subject
    event = event_of(letter)
    assert event["DTSTART"].dt == datetime(2099, 1, 5, 1, tzinfo=UTC)
    Job.objects.update(state=Job.State.WAITING)
    work()
    assert Letter.objects.count() == 1


def test_who_has_no_address_is_not_mailed_but_handed_a_paper(coming: Room, work: Work) -> None:
    one = coming.people["delegate"]
    invite(coming.meeting, one)
    with pytest.raises(OutOfOrder):
        send_invitations(coming.meeting, by=the_secretariat(), everyone=True)
    assert queries.totals(coming.meeting).to_hand_over == 1
    send_invitations(coming.meeting, by=the_secretariat(), participants=[one], channel="paper")
    row = Invitation.objects.get()
    assert (row.state, row.channel) == ("sent", "paper")
    assert work() == []


def test_sent_again_it_is_a_new_letter_and_an_answer_stays(coming: Room, work: Work) -> None:
    one = coming.people["delegate"]
    (row,) = invite(coming.meeting, one)
    send(coming.meeting, one)
    answer(row, State.ACCEPTED)
    send(coming.meeting, one)
    work()
    assert Letter.objects.count() == 2
    assert states(coming) == {one.name: "accepted"}
    assert last_fact(coming.meeting).payload["asked"] == []


def test_another_time_asks_anew_and_moves_the_calendar(coming: Room, work: Work) -> None:
    one = coming.people["delegate"]
    (row,) = invite(coming.meeting, one)
    send(coming.meeting, one)
    answer(row, State.ACCEPTED)
    work()
    coming.meeting.sittings.update(starts_at=datetime(2099, 1, 6, 1, tzinfo=UTC), ends_at=datetime(2099, 1, 6, 4, tzinfo=UTC))
    text = InvitationText.objects.get()
    fresh = Meeting.objects.get(pk=coming.meeting.pk)
    assert queries.told_otherwise(fresh, occasion(fresh, text)) == 1
    send_invitations(fresh, by=the_secretariat(), everyone=True)
    work()
    row.refresh_from_db()
    assert (row.state, row.round, row.answered_at) == ("sent", 2, None)
    letter = Letter.objects.latest("pk")
    assert letter.subject.startswith("Thay đổi: ")
    event = event_of(letter)
    assert event["DTSTART"].dt == datetime(2099, 1, 6, 1, tzinfo=UTC)
    assert queries.told_otherwise(fresh, occasion(fresh, text)) == 0
    assert hooks.fold_differences(fresh) == []


def test_only_those_who_have_not_answered_are_reminded(coming: Room, work: Work) -> None:
    people = [coming.people[name] for name in ("delegate", "ca_mau", "ha_tinh")]
    rows = invite(coming.meeting, *people)
    send(coming.meeting, people[0], people[1])
    answer(rows[0], State.ACCEPTED)
    work()
    remind_invitations(coming.meeting, by=the_secretariat(), everyone=True)
    assert last_fact(coming.meeting).payload == {"participants": [people[1].pk]}
    answer(rows[1], State.DECLINED)  # in the very moment before the mail is written
    work()
    assert Letter.objects.filter(subject__startswith="Nhắc").count() == 0
    with pytest.raises(OutOfOrder):
        remind_invitations(coming.meeting, by=the_secretariat(), everyone=True)


def test_a_recalled_invitation_leads_nowhere_and_leaves_the_calendar(coming: Room, work: Work) -> None:
    one = coming.people["delegate"]
    (row,) = invite(coming.meeting, one)
    send(coming.meeting, one)
    work()
    recall_invitations(coming.meeting, by=the_secretariat(), participants=[one])
    work()
    letter = Letter.objects.latest("pk")
    assert letter.subject.startswith("Thu hồi: ")
    assert links.address_of(row) not in letter.text
    assert b"METHOD:CANCEL" in bytes(letter.attachments.get().data)
    assert hooks.fold_differences(coming.meeting) == []
    (again,) = invite(coming.meeting, one)
    assert again.link_hash != row.link_hash
    assert links.find(links.token_of(one.pk, row.nonce)) is None


def test_letters_that_wait_are_not_sent_to_who_was_recalled_or_removed(coming: Room, work: Work) -> None:
    gone, recalled = coming.people["delegate"], coming.people["guest"]
    invite(coming.meeting, gone, recalled)
    send(coming.meeting, gone, recalled)
    remove_participant(coming.meeting, by=the_secretariat(), participant=gone)
    Invitation.objects.filter(participant=recalled).update(state=State.RECALLED)
    work()
    assert not Letter.objects.exists()


def test_who_is_taken_off_the_list_has_no_link_any_more(coming: Room) -> None:
    one = coming.people["ca_mau"]
    (row,) = invite(coming.meeting, one)
    token = links.token_of(one.pk, row.nonce)
    assert links.find(token) == row
    remove_participant(coming.meeting, by=the_secretariat(), participant=one)
    assert links.find(token) is None
    assert hooks.fold_differences(coming.meeting) == []


def test_a_paper_people_are_invited_by_is_not_cancelled(coming: Room) -> None:
    invite(coming.meeting, coming.people["delegate"])
    paper = IssuedDocument.objects.get()
    with pytest.raises(OutOfOrder):
        cancel_number(by=the_secretariat(), document=paper, reason="Sai")
    recall_invitations(coming.meeting, by=the_secretariat(), everyone=True)
    cancel_number(by=the_secretariat(), document=paper, reason="Sai")
    (row,) = invite(coming.meeting, coming.people["delegate"])
    assert row.document.symbol == "02-GM/VPTW"


def test_facts_hold_neither_addresses_nor_reasons(coming: Room, work: Work) -> None:
    one = coming.people["delegate"]
    (row,) = invite(coming.meeting, one)
    send(coming.meeting, one)
    answer(row, State.DECLINED, reason="Đi viện")
    answer(row, State.SUBSTITUTED, substitute_name="Lò Thị Thay", substitute_phone="0912345678")
    work()
    every = str(list(JournalEntry.objects.values_list("payload", flat=True)))
    for secret in ("dai.bieu@example.vn", "Đi viện", "0912345678", row.nonce, links.token_of(one.pk, row.nonce), row.link_hash):
        assert secret not in every


HOSTILE = "=cmd|' /C calc'!A0\r\nBcc: other@example.vn\x00<script>{liên kết}"


def test_hostile_names_stay_words_in_the_mail_and_the_calendar(coming: Room, work: Work) -> None:
    one = coming.people["delegate"]
    one.name = HOSTILE.replace("\x00", "")
    one.save()
    Meeting.objects.filter(pk=coming.meeting.pk).update(title='Họp\r\nX-Header: 1 {tên}"')
    (row,) = invite(Meeting.objects.get(pk=coming.meeting.pk), one)
    send(Meeting.objects.get(pk=coming.meeting.pk), one)
    work()
    letter = Letter.objects.get()
    for header in (letter.name, letter.subject, letter.to):
        assert "\n" not in header
        assert "\r" not in header
    assert "{tên}" in letter.subject  # what a title says is not read again
    assert letter.text.count(links.address_of(row)) == 1
    event = event_of(letter)
    assert "Bcc" not in event
    assert "X-HEADER" not in event
    assert decode_header(letter.subject)


def test_the_words_are_not_overwritten_by_who_read_older_ones(coming: Room) -> None:
    make_text(coming.meeting)
    with pytest.raises(OutOfOrder):
        make_text(coming.meeting)
    edit_invitation_text(coming.meeting, by=the_secretariat(), version=1, words=words_of(coming.meeting, content="Mới"))
    assert InvitationText.objects.get().version == 2


def test_the_overview_says_how_many_have_answered(coming: Room) -> None:
    assert invitations_step(coming.meeting).count == 0
    rows = invited_all(coming)
    for row in rows:
        row.participant.person.email = "a@example.vn"
        row.participant.person.save()
    send_invitations(coming.meeting, by=the_secretariat(), everyone=True)
    answer(rows[0], State.ACCEPTED)
    step = invitations_step(coming.meeting)
    assert (step.count, step.of, step.done) == (1, len(rows), False)
    assert f"1 of {len(rows)}" in str(step.missing) or f"1/{len(rows)}" in str(step.missing)


def test_after_the_opening_nobody_is_invited(coming: Room) -> None:
    (row,) = invite(coming.meeting, coming.people["delegate"])
    Meeting.objects.filter(pk=coming.meeting.pk).update(state="open")
    steps: list[Callable[..., Any]] = [issue_invitations, send_invitations, remind_invitations]
    for step in steps:
        more = {"dated": DAY} if step is issue_invitations else {}
        with pytest.raises(OutOfOrder):
            step(coming.meeting, by=the_secretariat(), everyone=True, **more)
    assert row.state == "issued"


def test_letters_are_printed_one_page_each_or_one_file_each(coming: Room, work: Work) -> None:
    people = [coming.people[name] for name in ("delegate", "ca_mau")]
    invite(coming.meeting, *people)
    for form in ("pdf", "zip"):
        print_invitations(coming.meeting, by=the_secretariat(), everyone=True, form=form)
    done = work()
    assert [job.state for job in done] == ["done", "done"]
    files = [job.files.get(is_part=False) for job in done]
    assert [one.name for one in files] == ["giay-moi.pdf", "giay-moi.zip"]
    with files[0].file.open("rb") as file, pikepdf.open(io.BytesIO(file.read())) as whole:
        assert len(whole.pages) == 2
        boxes = {tuple(round(float(side)) for side in page.mediabox) for page in whole.pages}
        assert boxes == {(0, 0, 595, 842)}
    with files[1].file.open("rb") as file:
        names = zipfile.ZipFile(io.BytesIO(file.read())).namelist()
    assert names == ["0001-giang-a-dai.pdf", "0002-lam-ut-tu.pdf"]


def test_everybody_told_is_still_whom_the_list_shows(coming: Room) -> None:
    give_address(coming.people["delegate"])
    rows = invited_all(coming)
    every = queries.tracked(coming.meeting, {})
    assert {one.pk for one in every if hasattr(one, "invitation")} == {row.participant_id for row in rows}
    assert queries.tracked(coming.meeting, {"state": "no_address"}).count() == len(rows) - 1
    assert queries.tracked(coming.meeting, {"q": "giang dai"}).count() == 1
    assert queries.tracked(coming.meeting, {"site": "9" * 30, "state": "???"}).count() == every.count()
