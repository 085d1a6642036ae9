"""What holds for every page: in which encoding it is written to, and that nobody keeps it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast, Room

pytestmark = pytest.mark.django_db
BODY = '--XX\r\nContent-Disposition: form-data; name="username"\r\n\r\n{}\r\n--XX--\r\n'


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "raw_unicode_escape", "utf-7", "utf-16", "idna", "hex", "rot13", "latin-1"]
)
def test_a_body_in_another_encoding_is_refused(charset: str, client: Client) -> None:
    typed = f"multipart/form-data; boundary=XX; charset={charset}"
    assert client.generic("POST", "/sign-in/", BODY.format("\\ud800"), typed).status_code == 400


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8", "; charset=utf_8", "; charset=no-such"])
def test_a_body_in_utf_8_is_taken(charset: str, client: Client) -> None:
    typed = f"multipart/form-data; boundary=XX{charset}"
    assert client.generic("POST", "/sign-in/", BODY.format("x"), typed).status_code == 200


def test_no_page_is_kept_for_who_comes_after(room: Room, cast: Cast, client: Client) -> None:
    client.force_login(cast["secretary"])
    for page in ("", "edit/", "programme/", "participants/", "bridge-points/", "displays/", "minutes/", "control/", "nothing/"):
        assert "no-store" in client.get(f"/m/{room.meeting.slug}/{page}")["Cache-Control"], page
    assert "no-store" in client.get("/")["Cache-Control"]
    assert "no-store" in client.get("/password/")["Cache-Control"]
