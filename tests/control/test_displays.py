"""Public displays: an address of their own, worthless once revoked or forged."""

from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client

from control import actions
from control.models import Display
from control.tokens import display_of, token_of
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from tests.cast import Room
from tests.make import make_display, make_meeting, the_secretariat

pytestmark = pytest.mark.django_db


def test_a_display_needs_no_account(room: Room) -> None:
    token = token_of(make_display(room.meeting))
    for address in (f"/d/{token}/", f"/d/{token}/live/", f"/d/{token}/ticket/"):
        assert Client().get(address).status_code == 200


def test_a_revoked_display_shows_nothing(room: Room) -> None:
    display = make_display(room.meeting)
    token = token_of(display)
    actions.revoke_display(room.meeting, by=the_secretariat(), display=display)
    assert display_of(token) is None
    for address in (f"/d/{token}/", f"/d/{token}/live/", f"/d/{token}/ticket/"):
        assert Client().get(address).status_code == 404
    with pytest.raises(OutOfOrder):
        actions.revoke_display(room.meeting, by=the_secretariat(), display=display)
    assert fold_differences(room.meeting) == []


def test_no_altered_address_opens_a_display(room: Room) -> None:
    token = token_of(make_display(room.meeting))
    for n in range(len(token)):
        altered = token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :]
        assert display_of(altered) is None, altered
    for forged in ("", "1", "MQ:abc", token[:-1], token + "A", token.partition(":")[0]):
        assert display_of(forged) is None


def test_a_key_that_a_restore_hands_out_again_does_not_open_another_display(room: Room) -> None:
    display = make_display(room.meeting)
    token, pk = token_of(display), display.pk
    Display.objects.all().delete()  # the backup was made before it was opened
    again = Display.objects.create(pk=pk, meeting=make_meeting(title="Hội nghị kín"), name="Sảnh")
    assert display_of(token) is None
    assert display_of(token_of(again)) == again


def test_an_address_that_hangs_on_a_wall_since_before_the_nonces_still_opens_its_display(room: Room) -> None:
    display = make_display(room.meeting)
    Display.objects.update(nonce="")
    old = signing.Signer(salt="control.display").sign_object(display.pk)
    display.refresh_from_db()
    assert (token_of(display), display_of(old)) == (old, display)


def test_a_display_shows_its_own_meeting_only(room: Room) -> None:
    other = make_meeting(title="Hội nghị kín")
    page = Client().get(f"/d/{token_of(make_display(room.meeting))}/").content.decode()
    assert room.meeting.title in page
    assert other.title not in page
    assert "csrf-token" not in page


def test_a_name_is_given_to_one_open_display(room: Room) -> None:
    first = make_display(room.meeting, "Sảnh")
    with pytest.raises(OutOfOrder, match="Sảnh"):
        make_display(room.meeting, "Sảnh")
    actions.revoke_display(room.meeting, by=the_secretariat(), display=first)
    make_display(room.meeting, "Sảnh")
    assert fold_differences(room.meeting) == []
