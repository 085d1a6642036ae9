"""A rehearsal is deleted whole: after it no row of any table is left of it, no file and no job; the journal tells of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.utils import timezone

from attendance.badges.actions import issue_badges
from attendance.scanning.models import Scan
from control.actions import begin_outages
from jobs.queue import enqueue
from meetings import actions, replies
from meetings.errors import OutOfOrder
from meetings.models import JournalEntry, Meeting
from meetings.procedure import the_system
from meetings.rehearsal.actions import end_rehearsal, rehearse_meeting
from meetings.rehearsal.queries import Running
from meetings.sites.work import CONTACT_SHEET
from meetings.wiping import wipe
from packets.models import Opening
from packets.tracing.openings import open_copy
from people.models import Person
from tests.cast import Cast, Clients, Room
from tests.knocking import knock
from tests.make import (
    actor_of,
    ask_for_floor,
    give_floor,
    make_announcement,
    make_command_id,
    make_message,
    make_minutes,
    make_print,
    make_site_command,
    mark_present,
    open_the_item,
    the_secretariat,
)
from tests.polls import FOR, cast, close_poll, declare_poll, open_poll
from tests.scans import Device, make_scanner
from voting.models import Ballot

pytestmark = pytest.mark.django_db

Rows = dict[str, set[Any]]


def rows() -> Rows:
    """The keys of all rows there are, table by table."""
    tables = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return {model._meta.label: set(model._base_manager.values_list("pk", flat=True)) for model in tables}


def files() -> set[Path]:
    return {path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()}


def play(new: Meeting, prepared: Room, cast_: Cast) -> None:
    """Do in a rehearsal what is done in a meeting: people, floor, hand, votes, badges, papers, minutes, an outage, a job."""
    by, site = the_secretariat(), new.bridge_points.get(number=prepared.lao_cai.number)
    issue_badges(new, by=by, everyone=True)
    device = Device(make_scanner(site))
    device.scan(short=new.credentials.get(participant__name="Vàng Seo Hai").short_code, way="typed")
    actions.open_meeting(new, by=actor_of(new, cast_["chair"]))
    open_the_item(new.items.order_by("position")[2])
    delegate = new.participants.get(name="Giàng A Đại")
    mark_present(delegate)
    give_floor(ask_for_floor(delegate))
    make_announcement(new, sites=[site], show=True)
    make_site_command(new)
    make_message(site)
    begin_outages(new, by=the_system(), lost=[(site.pk, new.opened_at)])
    poll = open_poll(new.polls.get())
    cast(poll, delegate, FOR)
    declare_poll(close_poll(poll))
    version = new.documents.get().versions.get()
    open_copy(new, actor_of(new, cast_["delegate"]), version=version)
    make_minutes(new)
    make_print(new)
    actions.add_participants(new, by=by, participants=[actions.NewParticipant(name="Người Đi Ngang")])
    enqueue(CONTACT_SHEET, by=cast_["secretary"], title="Danh sách", scope=new.pk, meeting=new.pk)


def end(room: Room, new: Meeting) -> None:
    end_rehearsal(room.meeting, by=the_secretariat(), rehearsal=new.pk)


def test_nothing_of_it_is_left_in_any_table_or_folder(
    prepared: Room, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    the_secretariat()
    before, on_disk = rows(), files()
    new = rehearse_meeting(prepared.meeting, by=the_secretariat())
    begun, journal = rows(), new.journal_id
    play(new, prepared, cast)
    played = rows()
    assert Scan.objects.filter(meeting=new).exists()
    assert Ballot.objects.filter(poll__meeting=new).exists()
    with django_capture_on_commit_callbacks(execute=True):
        end(prepared, new)
    left = {label: keys - before[label] for label, keys in rows().items() if keys - before[label]}
    told = {one.pk for one in JournalEntry.objects.filter(kind__in=("meeting.rehearsed", "rehearsal.ended"))}
    assert left.pop("meetings.JournalEntry") == told
    assert left.pop("attendance.BadgeKey")  # of the installation
    assert left.pop("packets.Opening") == played["packets.Opening"] - begun["packets.Opening"]  # handed over, see below
    assert left == {}
    assert not JournalEntry.objects.filter(journal=journal).exists()
    assert {label: before[label] - keys for label, keys in rows().items() if before[label] - keys} == {}
    assert files() == on_disk


def test_every_table_that_can_refer_to_a_meeting_was_played_or_is_deleted_with_it() -> None:
    """A row that a new room hangs on a meeting by SET_NULL or DO_NOTHING would stay behind: those that may are named here."""
    named = {"meetings.Meeting.cloned_from", "issuing.IssuedDocument.meeting"}
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Meeting
        and field.remote_field.on_delete is not models.CASCADE
    }  # fmt: skip
    assert found == named


def test_who_opened_a_paper_in_it_stays_on_record_with_the_meeting(prepared: Room, cast: Cast) -> None:
    new = rehearse_meeting(prepared.meeting, by=the_secretariat())
    opening = open_copy(new, actor_of(new, cast["delegate"]), version=new.documents.get().versions.get())
    end(prepared, new)
    kept = Opening.objects.get(code=opening.code)
    assert kept.version == prepared.meeting.documents.get().versions.get()
    assert (kept.meeting, kept.participant) == (prepared.meeting, prepared.people["delegate"].pk)


def test_the_journal_tells_that_it_took_place_and_who_took_part(prepared: Room, cast: Cast) -> None:
    new = rehearse_meeting(prepared.meeting, by=the_secretariat())
    play(new, prepared, cast)
    entries = new.journal.entries.count()
    end(prepared, new)
    told = prepared.meeting.journal.entries.get(kind="rehearsal.ended").payload
    assert (told["entries"], told["outages"], told["was_opened"], told["slug"]) == (entries, 1, True, new.slug)
    assert set(told["people"]) == {"Nguyễn Văn Chủ", "Văn phòng"}
    assert told["since"] < told["until"]


def test_somebody_entered_in_it_goes_and_somebody_of_the_directory_stays(prepared: Room) -> None:
    known = Person.objects.create(full_name="Người Trong Danh Bạ")
    new = rehearse_meeting(prepared.meeting, by=the_secretariat())
    came = [actions.NewParticipant(name="Người Đi Ngang"), actions.NewParticipant(name=known.full_name, person=known)]
    actions.add_participants(new, by=the_secretariat(), participants=came)
    end(prepared, new)
    assert not Person.objects.filter(full_name="Người Đi Ngang").exists()
    assert Person.objects.filter(pk=known.pk).exists()


def test_a_rehearsal_that_was_ended_already_is_refused_and_its_address_is_gone(room: Room, clients: Clients) -> None:
    new = rehearse_meeting(room.meeting, by=the_secretariat())
    pk, browser = new.pk, clients["secretary"]
    assert knock(browser, room.meeting, "rehearsal.end", rehearsal=pk + 1).status_code == 409
    done = knock(browser, room.meeting, "rehearsal.end", rehearsal=pk)
    assert (done.status_code, done.json()["address"]) == (200, room.meeting.get_absolute_url())
    assert browser.get(f"/m/{new.slug}/").status_code == 404
    assert knock(browser, new, "meeting.open").status_code == 404
    again = knock(browser, room.meeting, "rehearsal.end", rehearsal=pk)
    assert (again.status_code, "đã kết thúc" in again.json()["reason"]) == (409, True)


def test_a_command_that_waited_for_it_is_refused_with_a_sentence(room: Room) -> None:
    new = rehearse_meeting(room.meeting, by=the_secretariat())
    waiting = new.journal_id
    end(room, new)
    with pytest.raises(OutOfOrder, match="đã bị xóa"):
        replies.once(waiting, UUID(make_command_id()), by=the_secretariat(), asked="", run=dict)


def test_what_holds_a_journal_that_is_kept_is_never_wiped(room: Room) -> None:
    with pytest.raises(ValueError, match="to be kept"):
        wipe(room.meeting)
    assert Meeting.objects.filter(pk=room.meeting.pk).exists()


def test_it_is_ended_from_the_meeting_and_not_from_within(room: Room) -> None:
    new = rehearse_meeting(room.meeting, by=the_secretariat())
    with pytest.raises(OutOfOrder, match="đã kết thúc"):
        end_rehearsal(new, by=the_secretariat(), rehearsal=new.pk)


def test_the_overview_shows_one_that_is_left_over_with_its_age_and_those_that_were_held(room: Room, clients: Clients) -> None:
    browser, page = clients["secretary"], f"/m/{room.meeting.slug}/"
    assert "Begin a rehearsal" in english(browser, page)
    new = rehearse_meeting(room.meeting, by=the_secretariat())
    assert "Under way" in english(browser, page)
    assert "left over" not in english(browser, page)
    assert Running(new.pk, new.slug, since=timezone.now() - timedelta(days=3, hours=5)).days == 3
    own = english(browser, f"/m/{new.slug}/")
    assert f'action="/m/{room.meeting.slug}/do/rehearsal.end/"' in own
    assert f'action="/m/{new.slug}/do/clock.set/"' in own
    end(room, new)
    assert "not opened" in english(browser, page)


def english(browser: Client, page: str) -> str:
    browser.cookies["django_language"] = "en"
    return browser.get(page).content.decode()
