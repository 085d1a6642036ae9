"""What a rehearsal cannot touch: numbers, registers, letters, calendars; badges open the doors of their own meeting alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from attendance.registration.actions import approve_registrations, remind_units, set_terms
from issuing.models import IssuedDocument, NumberRegister
from issuing.numbering import register_of
from jobs.models import Job
from mailing.models import Letter
from meetings import actions, clock
from meetings.calendar.feeds import calendar_of_account
from meetings.commands import commands
from meetings.errors import OutOfOrder
from meetings.journal import transition
from meetings.models import Meeting
from meetings.procedure import NOT_REHEARSED, Ability
from meetings.rehearsal.actions import rehearse_meeting
from minutes.review.actions.rounds import open_circulation, remind_circulation
from packets.reading.actions import remind_papers
from people.models import Person
from tests.cast import Cast, Clients, Room
from tests.knocking import knock
from tests.make import make_asked_unit, make_minutes, make_registration, open_the_meeting, the_secretariat
from tests.polls import make_poll, open_poll
from tests.scans import Device, make_badge, make_scanner
from voting.models import Poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def new(prepared: Room) -> Meeting:
    Person.objects.update(email="ai-do@vi-du.vn")
    return rehearse_meeting(prepared.meeting, by=the_secretariat())


def test_no_register_gives_a_number_to_it(new: Meeting) -> None:
    by = the_secretariat()
    with transition(new, by=by, ability=Ability.PREPARE) as change, pytest.raises(OutOfOrder, match="không phát hành"):
        register_of(change, new.organiser, "GM", timezone.localdate())
    assert not NumberRegister.objects.exists()


@pytest.mark.parametrize(
    "command",
    ["invitation_text.edit", "invitations.issue", "invitations.send", "invitations.remind", "paper.issue", "recipients.set"],
)
def test_what_issues_papers_is_refused_with_a_sentence(command: str, new: Meeting) -> None:
    assert commands()[command].ability in NOT_REHEARSED
    by = the_secretariat()
    with pytest.raises(OutOfOrder, match="không phát hành"), transition(new, by=by, ability=Ability.ISSUE_PAPERS):
        pytest.fail("somebody could issue papers")


def test_the_page_of_invitations_is_not_offered_there_and_its_buttons_are_refused(new: Meeting, clients: Clients) -> None:
    browser = clients["secretary"]
    assert "/invitations/" not in browser.get(f"/m/{new.slug}/participants/").content.decode()
    answer = knock(browser, new, "invitations.issue", dated="26/11/2025", everyone="on")
    assert answer.status_code in (400, 409)
    assert not IssuedDocument.objects.exists()


def test_no_reminder_leaves_it(new: Meeting, prepared: Room) -> None:
    by = the_secretariat()
    unit = make_asked_unit(new)
    for refused in (
        lambda: remind_units(new, by=by, units=[unit]),
        lambda: remind_papers(new, by=by),
    ):
        with pytest.raises(OutOfOrder, match="không gửi thư"):
            refused()
    assert not Letter.objects.exists()
    assert not Job.objects.exists()


def test_nobody_of_the_directory_gets_an_address_made_up_in_it(new: Meeting, prepared: Room) -> None:
    person = Person.objects.create(full_name="Người Có Sẵn")
    soon = timezone.now() + timedelta(days=1)
    set_terms(new, by=the_secretariat(), deadline=soon, message="", asks_phone=True, asks_email=True, asks_needs=False)
    line = make_registration(make_asked_unit(new), "Người Có Sẵn", person=person, email="thu@vi-du.vn", phone="0900", sent=True)
    approve_registrations(new, by=the_secretariat(), registrations=[line])
    person.refresh_from_db()
    assert new.participants.filter(person=person).exists()
    assert (person.email, person.phone) == ("", "")


def test_its_minutes_are_read_without_a_letter(new: Meeting) -> None:
    by = the_secretariat()
    open_the_meeting(new)
    make_minutes(new)
    actions.adjourn_meeting(new, by=by)
    readers = list(new.participants.filter(role="delegate"))
    row = open_circulation(new, by=by, deadline=timezone.now() + timedelta(days=1), participants=readers)
    with pytest.raises(OutOfOrder, match="không gửi thư"):
        remind_circulation(new, by=by, circulation=row)
    assert not Job.objects.exists()


def test_opinion_slips_in_it_write_to_nobody(new: Meeting) -> None:
    poll = make_poll(new, occasion=Poll.Occasion.SLIP)
    open_poll(poll, closes_at=clock.now(new) + timedelta(days=9))
    assert not Job.objects.exists()
    assert not Letter.objects.exists()


def test_it_stands_in_nobodys_calendar(new: Meeting, prepared: Room, cast: Cast) -> None:
    calendar = calendar_of_account(cast["delegate"]).decode()
    assert calendar.count("BEGIN:VEVENT") == prepared.meeting.sittings.count()
    assert "Diễn tập" not in calendar


def test_files_given_out_say_what_they_are(new: Meeting, clients: Clients) -> None:
    browser = clients["secretary"]
    for page in ("bridge-points/list.csv", "participants/list.csv"):
        found = browser.get(f"/m/{new.slug}/{page}")
        assert found.status_code == 200
        assert "dien-tap" in found["Content-Disposition"]


def test_badges_open_the_doors_of_their_own_meeting_alone(new: Meeting, prepared: Room) -> None:
    inside = new.participants.get(name="Vàng Seo Hai")
    ours, theirs = make_badge(prepared.people["lao_cai_2"]), make_badge(inside)
    real = Device(make_scanner(prepared.lao_cai, "Cửa phụ"))
    assert real.scan(theirs) == ("refused", "other_meeting")
    assert real.scan(ours)[0] == "admitted"
    played = Device(make_scanner(inside.bridge_point, "Cửa phụ"))
    assert played.scan(ours) == ("refused", "other_meeting")
    assert played.scan(theirs)[0] == "admitted"
