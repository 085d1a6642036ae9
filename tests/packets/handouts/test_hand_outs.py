"""Numbered paper copies of secret papers: handed out, collected, never in two hands, never forgotten."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from meetings import hooks
from meetings.actions import adjourn_meeting, remove_participant
from meetings.actions.bridge_points import remove_bridge_point
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import JournalEntry, Participant
from packets.handouts.actions import collect_copy, issue_copy
from packets.handouts.answers import collecting_step
from packets.models import Document, HandOut
from tests.cast import Clients, Room, furnish
from tests.knocking import knock
from tests.make import make_participants, open_the_meeting, the_secretariat
from tests.papers import make_document, make_paper, make_release


@pytest.fixture
def secret(room: Room) -> Document:
    """Paper 1, Mật: a placeholder."""
    return make_document(room.meeting, "Tài liệu phát giấy số 01", secrecy="confidential")


def issue(paper: Document, *people: Participant, **kw: Any) -> list[HandOut]:
    return issue_copy(paper.meeting, by=the_secretariat(), document=paper, participants=people, **kw)


def collect(*copies: HandOut) -> int:
    return collect_copy(copies[0].document.meeting, by=the_secretariat(), copies=copies)


def last_fact(room: Room) -> JournalEntry:
    return room.meeting.journal.entries.order_by("-number")[0]


# Handing out


def test_copies_are_numbered_one_after_the_other(room: Room, secret: Document) -> None:
    issue(secret, room.people["delegate"], room.people["chair"])
    issue(secret, room.people["guest"])
    issue(secret, room.people["ca_mau"], first=100)
    issue_copy(room.meeting, by=the_secretariat(), document=secret, bridge_points=[room.lao_cai])
    rows = list(HandOut.objects.order_by("number").values_list("number", "receiver"))
    assert rows == [
        (1, "Giàng A Đại, Phó Bí thư, Lào Cai"), (2, "Nguyễn Văn Chủ, Trưởng ban, Trung tâm"),
        (3, "Lê Văn Khách, Chuyên gia, Trung tâm"), (100, "Lâm Út Tư, Ủy viên, Cà Mau"), (101, "Điểm cầu Lào Cai"),
    ]  # fmt: skip
    collect(HandOut.objects.get(number=2))
    assert [line for line in fold_differences(room.meeting) if line.startswith("hand-outs")] == []


def test_the_fact_names_receivers_and_copies_and_nothing_else(room: Room, secret: Document) -> None:
    issue(secret, room.people["delegate"])
    told = last_fact(room)
    assert (told.kind, told.payload["document"], told.payload["title"]) == ("copy.issued", 1, "Tài liệu phát giấy số 01")
    assert [copy["number"] for copy in told.payload["copies"]] == [1]


def test_nobody_holds_two_copies_of_one_paper(room: Room, secret: Document) -> None:
    issue(secret, room.people["delegate"])
    with pytest.raises(OutOfOrder, match=r"Đã nhận tài liệu này.*Giàng A Đại"):
        issue(secret, room.people["guest"], room.people["delegate"])
    assert HandOut.objects.count() == 1
    issue_copy(room.meeting, by=the_secretariat(), document=secret, bridge_points=[room.lao_cai])  # the room is not the person
    with pytest.raises(OutOfOrder, match="Điểm cầu Lào Cai"):
        issue_copy(room.meeting, by=the_secretariat(), document=secret, bridge_points=[room.lao_cai])


def test_a_number_is_in_one_hand_at_a_time(room: Room, secret: Document) -> None:
    (held,) = issue(secret, room.people["delegate"], first=5)
    with pytest.raises(OutOfOrder, match="Bản số 5 đang do Giàng A Đại"):
        issue(secret, room.people["guest"], room.people["chair"], first=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOut.objects.create(document=secret, number=5, receiver="X", issued_at=held.issued_at, issued_by="X")
    collect(held)
    issue(secret, room.people["guest"], first=5)
    assert HandOut.objects.filter(number=5).count() == 2


def test_each_paper_numbers_its_own_copies(room: Room, secret: Document) -> None:
    other = make_document(room.meeting, "Tài liệu phát giấy số 02", secrecy="top_secret")
    assert [issue(one, room.people["delegate"])[0].number for one in (secret, other)] == [1, 1]


@pytest.mark.parametrize("secrecy", ["normal", "internal"])
def test_what_is_read_on_screen_is_not_handed_out(room: Room, secrecy: str) -> None:
    paper = make_document(room.meeting, secrecy=secrecy)
    with pytest.raises(OutOfOrder, match="không phải tài liệu mật"):
        issue(paper, room.people["delegate"])


def test_a_paper_that_was_taken_out_and_an_empty_choice_are_refused(room: Room, secret: Document) -> None:
    with pytest.raises(OutOfOrder, match="Hãy chọn người nhận"):
        issue(secret)
    Document.objects.filter(pk=secret.pk).update(is_removed=True)
    with pytest.raises(OutOfOrder, match="đã được rút ra"):
        issue(secret, room.people["delegate"])


@pytest.mark.parametrize("first", ["0", "-1", "x", "1000001", "9" * 30, "1e3"])
def test_a_strange_first_number_is_400(first: str, room: Room, secret: Document, clients: Clients) -> None:
    answer = knock(
        clients["secretary"], room.meeting, "copy.issue", document=secret, participants=[room.people["guest"]], first=first
    )
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["first"])


def test_numbers_that_would_run_over_the_end_are_refused(room: Room, secret: Document) -> None:
    with pytest.raises(OutOfOrder, match="quá lớn"):
        issue(secret, room.people["guest"], room.people["chair"], first=1_000_000)


# Taking back


def test_many_are_collected_at_once_and_twice_does_no_harm(room: Room, secret: Document) -> None:
    copies = issue(secret, room.people["delegate"], room.people["chair"], room.people["guest"])
    assert collect(copies[0]) == 1
    assert collect(*copies) == 2  # the first has been ticked off by somebody else
    assert [copy["number"] for copy in last_fact(room).payload["copies"]] == [2, 3]
    with pytest.raises(OutOfOrder, match="đã được thu hồi"):
        collect(*copies)


def test_copies_of_two_papers_are_two_facts(room: Room, secret: Document) -> None:
    other = make_document(room.meeting, "Tài liệu phát giấy số 02", secrecy="secret")
    before = room.meeting.journal.entries.count()
    collect(*issue(secret, room.people["delegate"]), *issue(other, room.people["delegate"]))
    kinds = list(room.meeting.journal.entries.order_by("number").values_list("kind", flat=True)[before:])
    assert kinds == ["copy.issued", "copy.issued", "copy.collected", "copy.collected"]


def test_after_the_meeting_copies_are_collected_and_a_wrong_tick_is_put_right(room: Room, secret: Document) -> None:
    copies = issue(secret, room.people["delegate"], room.people["chair"])
    open_the_meeting(room.meeting)
    adjourn_meeting(room.meeting, by=the_secretariat())
    collect(*copies)
    issue(secret, room.people["chair"], first=2)
    assert HandOut.objects.filter(collected_at=None).get().number == 2


def test_a_copy_of_another_meeting_cannot_be_named(room: Room, secret: Document, clients: Clients) -> None:
    elsewhere = furnish(suffix="-2")
    foreign = issue(make_document(elsewhere.meeting, secrecy="secret"), elsewhere.people["chair"])
    answer = knock(clients["secretary"], room.meeting, "copy.collect", copies=foreign)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["copies"])
    assert HandOut.objects.get().collected_at is None


# What holds while copies are out


def test_who_holds_a_copy_is_not_removed(room: Room, secret: Document) -> None:
    copies = issue(secret, room.people["ca_mau"])
    with pytest.raises(OutOfOrder, match="đang giữ bản số 1 của tài liệu số 1"):
        remove_participant(room.meeting, by=the_secretariat(), participant=room.people["ca_mau"])
    collect(*copies)
    remove_participant(room.meeting, by=the_secretariat(), participant=room.people["ca_mau"])
    assert HandOut.objects.get().receiver == "Lâm Út Tư, Ủy viên, Cà Mau"


def test_nor_a_bridge_point(room: Room, secret: Document) -> None:
    Participant.objects.filter(bridge_point=room.sites[3]).delete()
    issue_copy(room.meeting, by=the_secretariat(), document=secret, bridge_points=[room.sites[3]])
    with pytest.raises(OutOfOrder, match="đang giữ bản số 1"):
        remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=room.sites[3])


def test_the_overview_asks_for_copies_after_the_meeting(room: Room, secret: Document) -> None:
    assert collecting_step in hooks.steps_of_preparation
    assert collecting_step(room.meeting) is None
    copies = issue(secret, room.people["delegate"], room.people["chair"])
    step = collecting_step(room.meeting)
    assert step is not None
    assert (step.count, step.of, step.done) == (0, 2, True)
    open_the_meeting(room.meeting)
    adjourn_meeting(room.meeting, by=the_secretariat())
    room.meeting.refresh_from_db()
    collect(copies[0])
    step = collecting_step(room.meeting)
    assert step is not None
    assert (step.count, step.of, step.done, str(step.missing)) == (1, 2, False, "Tài liệu giấy chưa thu hồi: 1 bản.")
    collect(copies[1])
    step = collecting_step(room.meeting)
    assert step is not None
    assert step.done


# The pages


def shown(clients: Clients, room: Room, rest: str) -> str:
    clients["secretary"].cookies["django_language"] = "en"
    answer = clients["secretary"].get(f"/m/{room.meeting.slug}/papers/{rest}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_register_finds_receivers_without_diacritics(room: Room, secret: Document, clients: Clients) -> None:
    copies = issue(secret, room.people["delegate"], room.people["guest"])
    collect(copies[1])
    assert "Giàng A Đại" in shown(clients, room, "hand-outs/?q=giang+dai")
    assert "Lê Văn Khách" not in shown(clients, room, "hand-outs/?q=giang+dai")
    assert "Lê Văn Khách" not in shown(clients, room, "hand-outs/?state=out")
    assert "Giàng A Đại" not in shown(clients, room, "hand-outs/?state=collected")
    assert "Nothing found" in shown(clients, room, "hand-outs/?paper=99&site=x&q=%00<script>")


def test_first_those_are_listed_to_whom_it_is_released(room: Room, secret: Document, clients: Clients) -> None:
    everybody = shown(clients, room, "1/hand-out/")
    assert "has not been released to anybody yet" in everybody
    assert "Lê Văn Khách" in everybody
    make_release(secret, sites=[room.lao_cai])
    some = shown(clients, room, "1/hand-out/")
    assert "Giàng A Đại" in some
    assert "Lê Văn Khách" not in some
    assert "Lê Văn Khách" in shown(clients, room, "1/hand-out/?who=all")


def test_only_a_secret_paper_has_a_page_for_handing_out(room: Room, secret: Document, clients: Clients) -> None:
    make_paper(room.meeting)
    statuses = [clients["secretary"].get(f"/m/{room.meeting.slug}/papers/{n}/hand-out/").status_code for n in (1, 2, 3)]
    assert statuses == [200, 404, 404]


def test_the_register_as_a_table_and_as_a_list_to_sign(room: Room, secret: Document, clients: Clients) -> None:
    Participant.objects.filter(pk=room.people["guest"].pk).update(name="=1+1")
    room.people["guest"].refresh_from_db()
    issue(secret, room.people["guest"], room.people["delegate"])
    base = f"/m/{room.meeting.slug}/papers/hand-outs"
    sheet = load_workbook(io.BytesIO(clients["secretary"].get(f"{base}.xlsx").content)).active
    assert sheet is not None
    assert sheet.max_row == 3
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    answer = clients["secretary"].get(f"{base}.pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1
    assert clients["secretary"].get(f"{base}.pdf?paper=99").status_code == 302
    assert clients["secretary"].get(f"{base}.exe").status_code == 404


@pytest.mark.parametrize(("rest", "queries"), [("hand-outs/", 9), ("1/hand-out/", 15)])
def test_a_page_costs_the_same_for_few_and_for_many(
    rest: str, queries: int, room: Room, secret: Document, clients: Clients, django_assert_num_queries: Any
) -> None:
    make_release(secret)
    issue(secret, room.people["delegate"])
    shown(clients, room, rest)
    with django_assert_num_queries(queries):
        shown(clients, room, rest)
    issue(secret, *make_participants(room.meeting, [f"Đại biểu 15-{n}" for n in range(30)], site=room.lao_cai))
    for n in range(4):
        make_document(room.meeting, f"Tài liệu phát giấy {n}", secrecy="secret")
    with django_assert_num_queries(queries):
        shown(clients, room, rest)
