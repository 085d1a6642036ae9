"""Paper copies that were reported lost: noted with the reason, never forgotten, collected when they are found."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from meetings import clock
from meetings.actions import adjourn_meeting, remove_participant
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Participant
from packets.handouts.actions import collect_copy, issue_copy, lose_copy
from packets.handouts.answers import collecting_step
from packets.models import Document, HandOut
from printing.handouts import Line, print_hand_outs
from printing.order import Particulars
from tests.cast import Clients, Room, furnish
from tests.knocking import knock
from tests.make import open_the_meeting, the_secretariat
from tests.papers import make_document

WHY = "Để quên trên xe chiều 26/11, đại biểu báo lúc 17 giờ"


@pytest.fixture
def secret(room: Room) -> Document:
    """Paper 1, Mật: a placeholder."""
    return make_document(room.meeting, "Tài liệu phát giấy số 01", secrecy="confidential")


def issue(paper: Document, *people: Participant, **kw: Any) -> list[HandOut]:
    return issue_copy(paper.meeting, by=the_secretariat(), document=paper, participants=people, **kw)


def collect(*copies: HandOut) -> int:
    return collect_copy(copies[0].document.meeting, by=the_secretariat(), copies=copies)


def lose(*copies: HandOut, why: str = WHY) -> int:
    return lose_copy(copies[0].document.meeting, by=the_secretariat(), copies=copies, why=why)


def differences(room: Room) -> list[str]:
    return [line for line in fold_differences(room.meeting) if line.startswith("hand-outs")]


def test_a_loss_stands_with_who_when_and_why_and_in_the_journal(room: Room, secret: Document) -> None:
    copies = issue(secret, room.people["delegate"], room.people["chair"])
    lose(copies[0])
    row = HandOut.objects.get(number=1)
    assert (row.is_lost, row.lost_why, row.lost_by) == (True, WHY, the_secretariat().name)
    told = room.meeting.journal.entries.order_by("-number")[0]
    assert (told.kind, told.payload["document"], told.payload["why"]) == ("copy.lost", 1, WHY)
    assert told.payload["copies"] == [{"number": 1, "receiver": "Giàng A Đại, Phó Bí thư, Lào Cai"}]
    assert differences(room) == []


def test_what_is_found_again_is_collected_and_the_loss_stays_on_record(room: Room, secret: Document) -> None:
    (copy,) = issue(secret, room.people["delegate"])
    lose(copy)
    assert collect(copy) == 1
    row = HandOut.objects.get()
    assert (row.is_lost, row.lost_why, row.collected_at is not None) == (False, WHY, True)
    assert differences(room) == []


def test_what_is_back_or_noted_already_is_passed_over_and_alone_refused(room: Room, secret: Document) -> None:
    copies = issue(secret, room.people["delegate"], room.people["chair"], room.people["guest"])
    collect(copies[0])
    assert lose(*copies[:2]) == 1
    with pytest.raises(OutOfOrder):
        lose(*copies[:2], why="Lý do khác")
    assert list(HandOut.objects.order_by("number").values_list("lost_why", flat=True)) == ["", WHY, ""]
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOut.objects.filter(number=3).update(lost_at=timezone.now())


def test_a_reason_must_be_given(room: Room, secret: Document, clients: Clients) -> None:
    copies = issue(secret, room.people["delegate"])
    for why in ("", "   ", "\u200b", "x" * 501):
        answer = knock(clients["secretary"], room.meeting, "copy.lose", copies=copies, why=why)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["why"]), repr(why)
    assert knock(clients["secretary"], room.meeting, "copy.lose", copies=copies, why=WHY).status_code == 200
    again = knock(clients["secretary"], room.meeting, "copy.lose", copies=copies, why=WHY)
    assert again.status_code == 409


def test_a_copy_of_another_meeting_cannot_be_named(room: Room, secret: Document, clients: Clients) -> None:
    elsewhere = furnish(suffix="-2")
    foreign = issue(make_document(elsewhere.meeting, secrecy="secret"), elsewhere.people["chair"])
    answer = knock(clients["secretary"], room.meeting, "copy.lose", copies=foreign, why=WHY)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["copies"])


def test_a_lost_number_is_not_given_again_but_who_lost_it_may_get_another(room: Room, secret: Document) -> None:
    (copy,) = issue(secret, room.people["delegate"])
    lose(copy)
    with pytest.raises(OutOfOrder):
        issue(secret, room.people["guest"], first=1)
    assert [row.number for row in issue(secret, room.people["delegate"])] == [2]
    collect(copy)
    assert [row.number for row in issue(secret, room.people["guest"], first=1)] == [1]


def test_who_has_lost_a_copy_can_leave_the_meeting_and_the_register_keeps_the_name(room: Room, secret: Document) -> None:
    copies = issue(secret, room.people["ca_mau"])
    lose(*copies)
    remove_participant(room.meeting, by=the_secretariat(), participant=room.people["ca_mau"])
    assert HandOut.objects.get().receiver == "Lâm Út Tư, Ủy viên, Cà Mau"


def test_the_overview_asks_for_what_is_lost_until_it_is_found(room: Room, secret: Document) -> None:
    copies = issue(secret, room.people["delegate"], room.people["chair"])
    lose(copies[0])
    step = collecting_step(room.meeting)
    assert step is not None
    assert (step.count, step.of, step.done, step.url.endswith("?state=lost")) == (0, 2, False, True)
    open_the_meeting(room.meeting)
    adjourn_meeting(room.meeting, by=the_secretariat())
    room.meeting.refresh_from_db()
    collect(copies[1])
    step = collecting_step(room.meeting)
    assert step is not None
    assert (step.count, step.done) == (1, False)
    assert "1" in str(step.missing)
    collect(copies[0])
    step = collecting_step(room.meeting)
    assert step is not None
    assert (step.count, step.done, str(step.missing)) == (2, True, "")


def test_the_register_shows_it_filters_it_and_counts_it(room: Room, secret: Document, clients: Clients) -> None:
    copies = issue(secret, room.people["delegate"], room.people["guest"], room.people["chair"])
    lose(copies[0])
    lose(copies[2])
    collect(copies[2])
    clients["secretary"].cookies["django_language"] = "en"

    def shown(rest: str) -> str:
        return clients["secretary"].get(f"/m/{room.meeting.slug}/papers/{rest}").content.decode()

    page = shown("hand-outs/")
    assert page.count(WHY) == 2
    assert "1 copy was reported lost" in page
    assert page.count('data-open="lose-copy"') == 1
    lost = shown("hand-outs/?state=lost")
    assert "Giàng A Đại" in lost
    assert "Lê Văn Khách" not in lost
    out = shown("hand-outs/?state=out")
    assert "Lê Văn Khách" in out
    assert WHY not in out
    assert "1 reported lost" in shown("")
    sheet = load_workbook(io.BytesIO(clients["secretary"].get(f"/m/{room.meeting.slug}/papers/hand-outs.xlsx").content)).active
    assert sheet is not None
    assert [row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [WHY, None, WHY]


def test_the_printed_list_says_it(room: Room) -> None:
    now = timezone.localtime(clock.now(room.meeting))
    line = Line(
        paper=1, title="Tài liệu phát giấy số 01", secrecy="secret", copy=1, receiver="Giàng A Đại", site="Lào Cai",
        issued="08:00", issued_by="Văn phòng", lost="17:05", lost_by="Văn phòng", lost_why=WHY,
    )  # fmt: skip
    printed: list[str] = []

    class Catching:
        def print(self, order: Any) -> bytes:
            printed.append(order.html)
            return b""

    about = Particulars(title="Sổ", dated=now, author="Văn phòng", identifier="x")
    print_hand_outs([line], title="Hội nghị", as_of="17:10", about=about, press=Catching())  # type: ignore[arg-type]
    assert "Báo mất" in printed[0]
    assert WHY in printed[0]
