"""Releases: numbered, never changed; participants see them and what is new; page, paper and file say the same."""

from __future__ import annotations

import gzip
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda import actions, cloning
from agenda.models import SeenRelease
from agenda.papers import cells
from agenda.queries import draft_snapshot
from agenda.showing import shown_snapshot
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting
from tests.cast import Room
from tests.make import make_item, make_items, make_meeting, open_the_meeting, the_secretariat
from tests.printing.measuring import texts

pytestmark = pytest.mark.django_db


def release(meeting: Meeting, **kw: object) -> int:
    return actions.release_programme(meeting, by=the_secretariat(), **kw).number  # type: ignore[arg-type]


def page(client: Client, room: Room, path: str = "", **headers: str) -> str:
    answer = client.get(f"/m/{room.meeting.slug}/programme/{path}", headers={"accept-language": "vi"} | headers)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_release_has_the_next_number_and_is_refused_when_nothing_has_changed(room: Room) -> None:
    assert release(room.meeting) == 1
    with pytest.raises(OutOfOrder):
        release(room.meeting)
    make_item(room.meeting, "Thêm")
    with pytest.raises(OutOfOrder):
        release(room.meeting, after=0)  # somebody else has released meanwhile
    assert release(room.meeting, after=1) == 2
    assert fold_differences(room.meeting) == []


def test_an_empty_programme_is_not_released() -> None:
    with pytest.raises(OutOfOrder):
        release(make_meeting())


def test_a_participant_sees_the_release_and_not_the_draft(room: Room, clients: dict[str, Client]) -> None:
    assert "Thảo luận" not in page(clients["delegate"], room)
    release(room.meeting)
    make_item(room.meeting, "Còn là dự thảo")
    assert "Thảo luận" in page(clients["delegate"], room)
    assert "Còn là dự thảo" not in page(clients["delegate"], room)
    assert "Còn là dự thảo" in page(clients["secretary"], room)


def test_while_the_meeting_runs_everybody_sees_it_as_it_runs(room: Room, clients: dict[str, Client]) -> None:
    release(room.meeting)
    open_the_meeting(room.meeting)
    make_item(room.meeting, "Bổ sung tại chỗ")
    assert "Bổ sung tại chỗ" in page(clients["delegate"], room)


def test_what_is_new_is_marked_until_the_reader_says_it_was_seen(room: Room, clients: dict[str, Client]) -> None:
    release(room.meeting)
    assert "change-list" not in page(clients["delegate"], room)
    actions.move_item(room.meeting, by=the_secretariat(), item=room.items[2], way="up")
    actions.retime_items(room.meeting, by=the_secretariat(), items=[room.items[0]], minutes=25)
    release(room.meeting)
    for _time in range(2):
        shown = page(clients["delegate"], room)
        assert "change-list" in shown
        assert "+10" in shown
    assert "change-list" not in page(clients["guest"], room)  # who reads it for the first time has missed nothing
    answer = clients["delegate"].post(f"/m/{room.meeting.slug}/programme/seen/", {"number": "2"})
    assert answer.status_code == 302
    assert "change-list" not in page(clients["delegate"], room)


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9" * 30, "99"])
def test_a_read_mark_never_goes_beyond_what_there_is(number: str, room: Room, clients: dict[str, Client]) -> None:
    release(room.meeting)
    clients["delegate"].post(f"/m/{room.meeting.slug}/programme/seen/", {"number": number})
    assert all(mark.number <= 1 for mark in SeenRelease.objects.all())


def test_any_two_releases_are_compared(room: Room, clients: dict[str, Client]) -> None:
    release(room.meeting, note="Bản đầu")
    make_item(room.meeting, "Mục mới")
    release(room.meeting)
    actions.remove_item(room.meeting, by=the_secretariat(), item=room.items[3])
    shown = page(clients["secretary"], room, "releases/")
    assert ("Kết luận" in shown, "Mục mới" in shown) == (True, True)  # the draft against release 2: one is gone, one moves up
    assert "Mục mới" in page(clients["delegate"], room, "releases/?from=1&to=2")
    for odd in ("?from=x&to=y", "?from=9&to=draft", "?from=2&to=1", "?to=draft"):
        page(clients["delegate"], room, f"releases/{odd}")
        page(clients["secretary"], room, f"releases/{odd}")
    assert clients["delegate"].get(f"/m/{room.meeting.slug}/programme/releases/99/").status_code == 404


def test_a_draft_is_for_who_prepares(room: Room, clients: dict[str, Client]) -> None:
    release(room.meeting)
    make_item(room.meeting, "Còn là dự thảo")
    address = f"/m/{room.meeting.slug}/programme/table.csv?release=draft"
    assert clients["delegate"].get(address).status_code == 404
    assert "Còn là dự thảo" in clients["secretary"].get(address).content.decode()


# Page, paper and file


def test_the_paper_and_the_file_say_what_the_page_says(room: Room, clients: dict[str, Client]) -> None:
    actions.move_item(room.meeting, by=the_secretariat(), item=room.items[2], way="in")
    make_item(room.meeting, "Nghỉ giải lao", kind="break")
    release(room.meeting)
    expected = [
        [cell for cell in cells(line) if cell] for part in shown_snapshot(draft_snapshot(room.meeting)) for line in part.lines
    ]
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(clients["delegate"], room))).replace("\u00a0", " ")
    pdf = clients["delegate"].get(f"/m/{room.meeting.slug}/programme/paper/")
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    printed = re.sub(r"\s+", " ", " ".join(texts(pdf.content)))
    csv = clients["delegate"].get(f"/m/{room.meeting.slug}/programme/table.csv").content.decode("utf-8-sig")
    for row in expected:
        at = 0
        for cell in row:
            assert cell in shown
            assert cell in printed
            found = csv.find(cell, at)
            assert found >= 0
            at = found
    for word in ("CHƯƠNG TRÌNH", "TT", "Thời gian", "Nội dung", "Người thực hiện", "Ghi chú"):
        assert word in printed
    assert "DỰ THẢO" not in printed


# Cost, unchanged pages


def queries(client: Client, room: Room) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(client, room)
    return len(asked)


@pytest.mark.parametrize("rows", [3, 200])
def test_the_programme_costs_the_same_for_few_and_for_many(rows: int, room: Room, clients: dict[str, Client]) -> None:
    make_items(room.meeting, rows)
    release(room.meeting)
    for who in ("secretary", "delegate"):
        page(clients[who], room)
    make_item(room.meeting)
    assert (queries(clients["secretary"], room), queries(clients["secretary"], room)) == (7, 5)
    assert (queries(clients["delegate"], room), queries(clients["delegate"], room)) == (7, 6)


def ask(client: Client, room: Room, tag: str = "", host: str = "127.0.0.1") -> object:
    headers = {"host": host} | ({"if-none-match": tag} if tag else {})
    return client.get(f"/m/{room.meeting.slug}/programme/", headers=headers)


def test_an_unchanged_page_answers_304_with_the_clock_in_its_head(room: Room, clients: dict[str, Client]) -> None:
    first = ask(clients["secretary"], room)
    again = ask(clients["secretary"], room, first["ETag"])  # type: ignore[index]
    assert (again.status_code, again.content) == (304, b"")  # type: ignore[attr-defined]
    assert re.match(r'now;desc="\d{4}-\d\d-\d\dT', again["Server-Timing"])  # type: ignore[index]
    assert again["Cache-Control"] == "private, no-cache"  # type: ignore[index]
    assert "Cookie" in again["Vary"]  # type: ignore[index]


def test_a_long_page_is_sent_packed_to_whom_asks_for_it(room: Room, clients: dict[str, Client]) -> None:
    client, there = clients["secretary"], {"host": "127.0.0.1"}
    address = f"/m/{room.meeting.slug}/programme/"
    plain, packed = (client.get(address, headers=there | {"accept-encoding": how}) for how in ("identity", "gzip, br"))
    assert (plain.get("Content-Encoding"), packed["Content-Encoding"]) == (None, "gzip")
    assert b'id="main"' in gzip.decompress(packed.content)
    assert len(packed.content) * 4 < len(plain.content)
    assert "Accept-Encoding" in plain["Vary"]
    assert packed["ETag"] == plain["ETag"]


@pytest.mark.parametrize("change", ["journal", "language", "reader", "session", "query", "message"])
def test_whatever_a_page_depends_on_makes_another_page(change: str, room: Room, clients: dict[str, Client]) -> None:
    client = clients["secretary"]
    tag = ask(client, room)["ETag"]  # type: ignore[index]
    if change == "journal":
        make_item(room.meeting)
    elif change == "language":
        client.cookies["django_language"] = "en"
    elif change == "reader":
        client = clients["secretariat"]
    elif change == "session":
        client.logout()
        client.force_login(room.people["secretary"].person.user)
    elif change == "message":  # a refusal waits to be said
        client.post(
            f"/m/{room.meeting.slug}/do/item.move/",
            {"command_id": "00000000-0000-0000-0000-00000000beef", "item": room.items[0].pk, "way": "up"},
        )
    address = f"/m/{room.meeting.slug}/programme/" + ("?x=1" if change == "query" else "")
    answer = client.get(address, headers={"host": "127.0.0.1", "if-none-match": tag})
    assert answer.status_code == 200
    assert answer.get("ETag") != tag
    if change == "message":
        assert "no-store" in answer["Cache-Control"]


def test_a_page_is_kept_on_a_secure_origin_only_and_wiped_at_sign_out(room: Room, clients: dict[str, Client]) -> None:
    assert "no-store" in ask(clients["secretary"], room, host="testserver")["Cache-Control"]  # type: ignore[index]
    assert clients["secretary"].post("/sign-out/")["Clear-Site-Data"] == '"cache"'


# Cloning


def test_a_cloned_meeting_takes_over_the_tree(room: Room) -> None:
    from meetings.hooks import Maps
    from meetings.journal import transition
    from meetings.procedure import Ability

    actions.move_item(room.meeting, by=the_secretariat(), item=room.items[2], way="in")
    new = make_meeting(title="Năm sau")
    with transition(new, by=the_secretariat(), ability=Ability.PREPARE) as change:
        sittings = dict(zip(room.meeting.sittings.values_list("pk", flat=True), new.sittings.all(), strict=True))
        cloning.copy_programme(room.meeting, new, Maps(change=change, wanted=frozenset({"programme"}), sittings=sittings))
    assert [f"{i.number} {i.title}" for i in new.items.all()] == [f"{i.number} {i.title}" for i in room.meeting.items.all()]
    assert {i.sitting for i in new.items.all()} == set(new.sittings.all())
    assert fold_differences(new) == []
