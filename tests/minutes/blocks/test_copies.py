"""Working copies: nothing typed is lost, nothing older replaces anything newer, nobody sees another one's."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from minutes.actions import approve_minutes
from minutes.models import WorkingCopy
from tests.cast import Cast, Room, furnish
from tests.knocking import knock
from tests.make import the_secretariat
from tests.minutes.blocks.blocks import write
from tests.minutes.blocks.test_actions import adjourned
from texts.nodes import document, paragraph, text

pytestmark = pytest.mark.django_db


def said(words: str) -> str:
    return json.dumps(document([paragraph(text(words))]))


def send(client: Client, room: Room, key: str = "time", serial: int = 1, words: str = "Gõ dở", **kw: Any) -> Any:
    body = {"version": 0, "serial": serial, "heading": "Thời gian", "body": said(words)} | kw
    return client.post(f"/m/{room.meeting.slug}/minutes/blocks/{key}/copy/", body)


def typed(room: Room, key: str = "time") -> list[tuple[int, Any]]:
    found = WorkingCopy.objects.filter(minutes__meeting=room.meeting, key=key)
    return [(copy.serial, copy.body and copy.body["content"][0]["content"][0]["text"]) for copy in found]


def form(client: Client, room: Room, key: str = "time") -> str:
    return str(client.get(f"/m/{room.meeting.slug}/minutes/blocks/{key}/?part=form").content.decode())


def test_what_is_typed_is_there_again_and_changes_nothing(running: Room, clients: dict[str, Client]) -> None:
    before = running.meeting.journal.entries.count()
    assert send(clients["secretary"], running, words="Gõ dở từ trước").json()["state"] == "kept"
    assert running.meeting.journal.entries.count() == before
    html = form(clients["secretary"], running)
    assert "Gõ dở từ trước" in html
    assert "data-resumed-note" in html
    page = clients["secretary"].get(f"/m/{running.meeting.slug}/minutes/").content.decode()
    assert "Gõ dở từ trước" not in page
    assert "mark unsaved" in page


def test_an_older_state_replaces_no_newer_one_and_is_told_so(running: Room, clients: dict[str, Client]) -> None:
    secretary = clients["secretary"]
    for serial, words in ((3, "ba"), (2, "hai"), (3, "ba khác"), (4, "bốn")):
        answer = send(secretary, running, serial=serial, words=words).json()
        assert answer["state"] == ("older" if serial == 2 else "kept")
    assert typed(running) == [(4, "bốn")]


def test_saving_forgets_the_copy_and_a_state_that_comes_late_is_none_any_more(running: Room, clients: dict[str, Client]) -> None:
    secretary = clients["secretary"]
    send(secretary, running, serial=5)
    body = {"key": "time", "version": 0, "heading": "Thời gian", "body": said("Đã lưu"), "serial": 6}
    assert knock(secretary, running.meeting, "block.edit", **body).status_code == 200
    send(secretary, running, serial=6, words="tới muộn")
    assert typed(running) == [(7, None)]
    assert "data-resumed-note" not in form(secretary, running)
    assert 'data-serial="7"' in form(secretary, running)


def test_what_is_thrown_away_is_gone_and_what_is_typed_next_is_kept(running: Room, clients: dict[str, Client]) -> None:
    secretary = clients["secretary"]
    send(secretary, running, serial=2)
    assert send(secretary, running, serial=2, gone="1").json() == {"state": "discarded", "serial": 3}
    assert send(secretary, running, serial=4, words="mới").json()["state"] == "kept"
    assert typed(running) == [(4, "mới")]


def test_what_another_window_has_typed_further_is_not_thrown_away_nor_forgotten_by_saving(
    running: Room, clients: dict[str, Client]
) -> None:
    secretary = clients["secretary"]
    send(secretary, running, serial=2, words="hai")
    send(secretary, running, serial=3, words="ba, từ cửa sổ khác")
    assert send(secretary, running, serial=2, gone="1").status_code == 200
    assert typed(running) == [(3, "ba, từ cửa sổ khác")]
    body = {"key": "time", "version": 0, "heading": "Thời gian", "body": said("hai"), "serial": 2}
    assert knock(secretary, running.meeting, "block.edit", **body).status_code == 200
    assert typed(running) == [(3, "ba, từ cửa sổ khác")]
    assert "data-resumed-note" in form(secretary, running)


def test_nobody_sees_another_one_s_words_but_who_is_writing(running: Room, clients: dict[str, Client], cast: Cast) -> None:
    send(clients["secretary"], running, words="Của riêng thư ký")
    office = clients["secretariat"]
    assert "Của riêng thư ký" not in form(office, running)
    since = office.get(f"/m/{running.meeting.slug}/minutes/since/").json()
    assert since["writers"] == {"time": [cast["secretary"].display_name]}
    assert "Của riêng thư ký" not in json.dumps(since, ensure_ascii=False)
    WorkingCopy.objects.update(at=timezone.now() - timedelta(seconds=13))
    assert office.get(f"/m/{running.meeting.slug}/minutes/since/").json()["writers"] == {}


def test_a_sign_of_life_without_words_is_no_copy(running: Room, clients: dict[str, Client]) -> None:
    send(clients["secretary"], running, serial=0, body="", heading="")
    assert typed(running) == [(0, None)]
    assert "data-resumed-note" not in form(clients["secretary"], running)
    assert "time" in clients["secretariat"].get(f"/m/{running.meeting.slug}/minutes/since/").json()["writers"]


def test_words_for_a_block_that_is_not_added_yet_are_kept_too(running: Room, clients: dict[str, Client]) -> None:
    secretary = clients["secretary"]
    assert send(secretary, running, key="new:course", words="Ý kiến mới").status_code == 200
    assert "Ý kiến mới" in form(secretary, running, "new:course")
    assert "Ý kiến mới" in secretary.get(f"/m/{running.meeting.slug}/minutes/").content.decode()
    knock(secretary, running.meeting, "block.add", after="course", body=said("Ý kiến mới"), serial=1)
    assert typed(running, "new:course") == [(2, None)]


@pytest.mark.parametrize(
    ("key", "kw", "status"),
    [
        ("khong-co", {}, 404), ("new:khong-co", {}, 404), ("x" * 41, {}, 404), ("time", {"serial": -1}, 400),
        ("time", {"serial": 2**70}, 400), ("time", {"body": "{"}, 400), ("time", {"version": ""}, 400),
        ("time", {"body": json.dumps({"type": "doc", "content": [{"type": "script"}]})}, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(
    running: Room, clients: dict[str, Client], key: str, kw: dict[str, Any], status: int
) -> None:
    assert send(clients["secretary"], running, key=key, **kw).status_code == status
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("key", ["x" * 41, "%00", "time%1f"])
def test_what_is_no_key_has_no_address(running: Room, clients: dict[str, Client], key: str) -> None:
    url = f"/m/{running.meeting.slug}/minutes/blocks/{key}/"
    assert [clients["secretary"].get(url + page).status_code for page in ("", "revisions/")] == [404, 404]
    assert [clients["secretary"].post(url + page, {"version": 0}).status_code for page in ("copy/", "compare/")] == [404, 404]


def test_only_who_writes_the_minutes_keeps_words_in_them(running: Room, clients: dict[str, Client]) -> None:
    for role, status in {"chair": 403, "delegate": 403, "operator": 403, "stranger": 404}.items():
        assert send(clients[role], running).status_code == status
    other = furnish(suffix="-2")
    assert send(clients["secretary"], other).status_code == 404
    assert not WorkingCopy.objects.exists()


def test_after_the_approval_nothing_is_kept_and_the_sentence_says_why(running: Room, clients: dict[str, Client]) -> None:
    write(running, "time", "Chữ.")
    send(clients["secretary"], running, words="Đang gõ <b>")
    read = adjourned(running)
    approve_minutes(running.meeting, by=the_secretariat(), **read)
    assert send(clients["secretary"], running).status_code == 409
    page = f"/m/{running.meeting.slug}/minutes/"
    mine, other = (clients[who].get(page).content.decode() for who in ("secretary", "chair"))
    assert "Đang gõ &lt;b&gt;" in mine  # what was typed and not saved is still there, for who typed it, to be copied
    assert ("data-edit=" in mine, "Đang gõ" in other) == (False, False)
