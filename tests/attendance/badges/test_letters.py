"""The letter of invitation carries the same code as the badge: given with the letter, renewed with the badge."""

from __future__ import annotations

import pytest
from django.urls import reverse

from attendance.badges import queries
from attendance.badges.actions import reissue_badges, revoke_badges, rotate_badge_key
from attendance.badges.short_code import spelled
from attendance.models import BadgeKey
from issuing.invitations import paper
from issuing.models import Invitation, InvitationText
from meetings.hooks import fold_differences
from meetings.models import Participant
from tests.cast import Cast, Clients, Room
from tests.issuing_papers import invite, later
from tests.make import actor_of, the_secretariat
from tests.printing.measuring import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def coming(room: Room) -> Room:
    """The room, its meeting years ahead."""
    later(room.meeting)
    return room


def letter_to(room: Room, one: Participant) -> str:
    """Return the words of somebody's letter as it is printed now."""
    row = Invitation.objects.select_related("document", "participant__bridge_point").get(participant=one)
    text = InvitationText.objects.get(meeting=room.meeting)
    made = paper.letter(room.meeting, text, row.document, [row.participant]).print(row.participant, row)
    pages = texts(made)
    assert len(pages) == 1
    return " ".join(pages[0].split())


def short_of(one: Participant) -> str:
    return spelled(one.credentials.get(revoked_at=None).short_code)


def test_who_is_invited_gets_a_badge_in_the_same_change_and_the_letter_shows_it(coming: Room) -> None:
    one = coming.people["delegate"]
    invite(coming.meeting, one)
    kinds = list(coming.meeting.journal.entries.order_by("-number").values_list("kind", flat=True)[:2])
    assert kinds == ["badges.issued", "invitations.issued"]
    assert f"Mã vào hội nghị: {short_of(one)}" in letter_to(coming, one)
    assert fold_differences(coming.meeting) == []


def test_whoever_had_a_badge_keeps_it(coming: Room) -> None:
    invite(coming.meeting, coming.people["delegate"])
    before = queries.codes(queries.valid(coming.meeting))
    invite(coming.meeting, coming.people["ca_mau"])
    after = queries.codes(queries.valid(coming.meeting))
    assert {pk: after[pk] for pk in before} == before
    assert len(after) == 2


def test_the_next_print_has_the_new_code_and_none_when_it_was_revoked(coming: Room) -> None:
    one = coming.people["delegate"]
    invite(coming.meeting, one)
    old = short_of(one)
    reissue_badges(coming.meeting, by=the_secretariat(), participants=[one])
    said = letter_to(coming, one)
    assert short_of(one) in said
    assert old not in said
    revoke_badges(coming.meeting, by=the_secretariat(), participants=[one])
    assert "Mã vào hội nghị" not in letter_to(coming, one)


def test_a_draft_carries_no_code(coming: Room, clients: Clients) -> None:
    one = coming.people["delegate"]
    invite(coming.meeting, coming.people["ca_mau"])
    answer = clients["secretary"].get(reverse("issuing:letter", args=[coming.meeting.slug, one.pk]))
    assert "Mã vào hội nghị" not in texts(answer.content)[0]


def test_a_lost_secret_key_is_said_in_words(coming: Room, cast: Cast) -> None:
    one = coming.people["delegate"]
    invite(coming.meeting, one)
    BadgeKey.objects.update(sealed="")
    client = Clients(cast)["secretary"]
    answer = client.get(reverse("issuing:letter", args=[coming.meeting.slug, one.pk]))
    assert answer.status_code == 409
    rotate_badge_key(by=actor_of(coming.meeting, cast["administrator"]))
    reissue_badges(coming.meeting, by=the_secretariat(), participants=[one])
    assert short_of(one) in letter_to(coming, one)
