"""A rehearsal is a marked copy with all that is needed to play the meeting; nothing of the meeting changes but its journal."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from control.tokens import display_of, token_of
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.journal import first_fault
from meetings.models import Meeting
from meetings.queries import actor_for
from meetings.rehearsal.actions import end_rehearsal, rehearse_meeting
from tests.cast import Cast, Clients, Room
from tests.knocking import knock
from tests.make import actor_of, make_meeting, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db


def rehearse(room: Room) -> Meeting:
    return rehearse_meeting(room.meeting, by=the_secretariat())


def test_the_copy_has_everything_under_its_own_address_and_journal(prepared: Room) -> None:
    old, new = prepared.meeting, rehearse(prepared)
    assert (new.kind, new.slug, new.state) == (Meeting.Kind.REHEARSAL, f"{old.slug}-dien-tap", Meeting.State.PLANNED)
    assert new.title == f"Diễn tập – {old.title}"
    assert new.journal_id != old.journal_id
    assert new.journal.disposable
    for related in ("sittings", "bridge_points", "participants", "groups", "items", "bodies", "displays", "documents", "polls",
                    "doors", "releases"):  # fmt: skip
        assert getattr(new, related).count() == getattr(old, related).count() > 0, related
    assert fold_differences(new) == fold_differences_of_copies(old) == []
    assert first_fault(new.journal) is None


def fold_differences_of_copies(meeting: Meeting) -> list[str]:
    """Papers are written straight to the tables in tests: the fold knows nothing of them."""
    lines = fold_differences(Meeting.objects.get(pk=meeting.pk))
    return [line for line in lines if not line.startswith(("packets", "meetings ('participant'"))]


def test_the_same_people_sit_there_with_their_accounts_and_substitutes(prepared: Room, cast: Cast) -> None:
    new = rehearse(prepared)
    names = "person", "role", "name", "mode", "is_excused", "substitute_for__person", "bridge_point__number"
    assert set(new.participants.values_list(*names)) == set(prepared.meeting.participants.values_list(*names))
    assert actor_for(cast["operator"], new).bridge_point_id == new.bridge_points.get(number=prepared.lao_cai.number).pk
    assert set(new.bodies.get().members.values_list("name", flat=True)) == {"Nguyễn Văn Chủ", "Giàng A Đại"}


def test_papers_are_read_there_by_the_same_people_on_screen_alone(prepared: Room, clients: Clients) -> None:
    new = rehearse(prepared)
    paper, own = new.documents.get(), prepared.meeting.documents.get()
    version, kept = paper.versions.get(), own.versions.get()
    assert (paper.number, version.number, version.state) == (own.number, kept.number, "released")
    assert (paper.item_id, version.reading_sha256) == (new.items.get(position=prepared.items[1].position).pk, kept.reading_sha256)
    assert version.reading.name != kept.reading.name
    assert version.reading.read() == kept.reading.read()
    assert version.texts.count() == kept.texts.count() == 3
    release = paper.releases.get()
    assert (release.to_everyone, release.may_download, release.may_print) == (True, False, False)
    assert clients["delegate"].get(f"/m/{new.slug}/papers/{paper.number}/").status_code == 200


def test_a_display_has_another_address_and_shows_the_rehearsal(prepared: Room) -> None:
    new = rehearse(prepared)
    token, own = token_of(new.displays.get()), token_of(prepared.meeting.displays.get())
    found = display_of(token)
    assert token != own
    assert found is not None
    assert found.meeting == new
    html = Client().get(reverse("live:display", args=[token])).content.decode()
    assert "DIỄN TẬP – KHÔNG CÓ GIÁ TRỊ" in html


def test_questions_are_prepared_there_too(prepared: Room) -> None:
    new = rehearse(prepared)
    poll, own = new.polls.get(), prepared.meeting.polls.get()
    assert (poll.question, poll.state, poll.number) == (own.question, "draft", own.number)
    assert own.item is not None
    assert (poll.item.meeting_id, poll.body.meeting_id) == (new.pk, new.pk)  # type: ignore[union-attr]
    assert [one.text for one in poll.options.all()] == [one.text for one in own.options.all()]


def test_the_journal_of_the_meeting_says_that_a_rehearsal_began_and_nothing_else(prepared: Room) -> None:
    before = prepared.meeting.journal.entries.count()
    new = rehearse(prepared)
    entries = list(prepared.meeting.journal.entries.order_by("number"))[before:]
    assert [(one.kind, one.payload["slug"]) for one in entries] == [("meeting.rehearsed", new.slug)]
    prepared.meeting.refresh_from_db()
    assert prepared.meeting.state == Meeting.State.PLANNED


def test_there_is_one_at_a_time(room: Room, clients: Clients) -> None:
    first = rehearse(room)
    answer = knock(clients["secretary"], room.meeting, "meeting.rehearse")
    assert (answer.status_code, "đang có một buổi diễn tập" in answer.json()["reason"]) == (409, True)
    with pytest.raises(IntegrityError, match="cloned_from"):
        make_meeting(kind=Meeting.Kind.REHEARSAL, cloned_from=room.meeting)
    assert list(room.meeting.clones.all()) == [first]


def test_the_next_one_begins_when_the_first_was_ended_and_an_address_that_is_taken_gets_a_number(room: Room) -> None:
    make_meeting(slug=f"{room.meeting.slug}-dien-tap")
    first = rehearse(room)
    assert first.slug == f"{room.meeting.slug}-dien-tap-2"
    end_rehearsal(room.meeting, by=the_secretariat(), rehearsal=first.pk)
    assert rehearse(room).slug == first.slug


@pytest.mark.parametrize("kind", [Meeting.Kind.TEMPLATE, Meeting.Kind.REHEARSAL])
def test_only_what_will_be_held_is_rehearsed(kind: str) -> None:
    with pytest.raises(OutOfOrder, match="sẽ được tổ chức"):
        rehearse_meeting(make_meeting(kind=kind), by=the_secretariat())


def test_a_meeting_that_has_begun_is_not_rehearsed(room: Room) -> None:
    open_the_meeting(room.meeting)
    with pytest.raises(OutOfOrder, match="đã bắt đầu"):
        rehearse(room)


def test_who_prepares_the_meeting_may_and_who_runs_it_alone_may_not(room: Room, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        rehearse_meeting(room.meeting, by=actor_of(room.meeting, cast["chair"]))
    assert rehearse_meeting(room.meeting, by=actor_of(room.meeting, cast["secretary"])).kind == Meeting.Kind.REHEARSAL


def test_its_clock_can_be_set_and_the_meeting_stays_in_real_time(room: Room, clients: Clients) -> None:
    new = rehearse(room)
    sent = {"rate": "1", "base": "01/01/2099 08:00"}
    assert knock(clients["secretary"], new, "clock.set", **sent).status_code == 200
    assert knock(clients["secretary"], room.meeting, "clock.set", **sent).status_code == 409
    new.refresh_from_db()
    assert new.clock_base is not None
