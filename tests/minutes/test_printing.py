"""Minutes on paper: what the PDF says, what is recorded of it, when a new one is made."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.conf import settings
from django.test import Client

from issuing.codes import spelled
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting
from minutes import proofs
from minutes.actions import approve_minutes, print_minutes
from minutes.blocks.actions import edit_block
from minutes.models import Print
from printing.papers import DEMONSTRATION_MARK
from printing.qr import qr_matrix
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import actor_of, mark_present, open_the_meeting, the_secretariat
from tests.minutes.telling import as_read
from tests.minutes.telling import write_in as write
from tests.printing.measuring import FINE, box_of, dark_pixels, ink, letters_of, texts
from texts.nodes import document, listing, paragraph, text

pytestmark = pytest.mark.django_db
ADDRESS_LINE = "Quét mã hoặc mở "


def printed(room: Room) -> Print:
    return print_minutes(room.meeting, by=the_secretariat())


def read(paper: Print) -> str:
    return "\n".join(texts(proofs.bytes_of(paper) or b""))


def test_the_paper_bears_head_text_table_and_signatures(over: Room) -> None:
    text = read(printed(over))
    for words in (
        "VĂN PHÒNG\nTRUNG ƯƠNG ĐẢNG", "-BB/VPTW", "DỰ THẢO", "ĐẢNG CỘNG SẢN VIỆT NAM", "BIÊN BẢN", "Hội nghị thử nghiệm",
        "I- THỜI GIAN, ĐỊA ĐIỂM", "II- THÀNH PHẦN THAM DỰ", "III- NỘI DUNG THEO DIỄN BIẾN", "1. Khai mạc", "Điểm cầu Lào Cai",
        "Tổng cộng", "Đồng chí Giàng A Đại", "IV- KẾT THÚC", "NGƯỜI GHI BIÊN BẢN", "Trần Thị Thư", "CHỦ TRÌ HỘI NGHỊ",
        "Nguyễn Văn Chủ",
    ):  # fmt: skip
        assert words in text
    assert DEMONSTRATION_MARK not in text


def test_every_letter_written_can_be_read_out_of_the_paper_and_only_liberation_serif_is_in_it(over: Room) -> None:
    letters = "ăằẳẵắặâầẩẫấậđêềểễếệôồổỗốộơờởỡớợưừửữứựýỳỷỹỵ ĂẰẲẴẮẶÂẦẨẪẤẬĐÊỀỂỄẾỆÔỒỔỖỐỘƠỜỞỠỚỢƯỪỬỮỨỰÝỲỶỸỴ"
    write(over, "time", letters)
    paper = printed(over)
    text = unicodedata.normalize("NFC", read(paper))
    assert [letter for letter in letters if letter not in text] == []
    with pikepdf.open(BytesIO(proofs.bytes_of(paper) or b"")) as pdf:
        fonts = {str(o.FontName).split("+")[1] for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o}
    assert fonts
    assert all(name.startswith("Liberation-Serif") for name in fonts)


def test_markup_in_words_is_printed_as_words(over: Room) -> None:
    evil = '<script>alert(1)</script><img src="http://127.0.0.1:9/">'
    write(over, f"item:{over.items[0].pk}", evil, heading="<b>Khai mạc</b>")
    write(over, "abstract", evil)
    text = read(printed(over)).replace("\n", "")
    assert text.count("<script>alert(1)</script>") == 2
    assert "1. <b>Khai mạc</b>" in text


def test_five_thousand_letters_in_one_block_stay_inside_the_margins(over: Room) -> None:
    write(over, "time", "Đ" * 5000)
    pdf = proofs.bytes_of(printed(over)) or b""
    assert min(ink(pdf, page, above=18).right for page in range(len(texts(pdf)))) >= 14


def test_the_qr_code_leads_to_the_check_of_this_paper(over: Room) -> None:
    paper = printed(over)
    pdf = proofs.bytes_of(paper) or b""
    address = f"{settings.PUBLIC_URL}/check/{paper.code}/"
    page = next(n for n, text in enumerate(texts(pdf)) if ADDRESS_LINE in text)
    assert address in texts(pdf)[page].replace("\n", "")
    assert spelled(paper.code) in texts(pdf)[page]
    matrix = qr_matrix(address)
    module = 24 / len(matrix)
    corner = ink(pdf, page, above=box_of(pdf, page, "Mã kiểm tra").top, right_of=29, left_of=54)
    pixels, side = dark_pixels(pdf, page), [(n + 0.5) * module for n in range(len(matrix) - 8)]
    seen = [[(round((corner.left + x) * FINE), round((corner.top + y) * FINE)) in pixels for x in side] for y in side]
    assert seen == [row[4:-4] for row in matrix[4:-4]]


def test_the_journal_holds_the_hash_of_the_bytes_that_are_kept(over: Room) -> None:
    paper = printed(over)
    entry = over.meeting.journal.entries.get(kind="minutes.printed")
    assert entry.payload["sha256"] == paper.sha256 == hashlib.sha256(proofs.bytes_of(paper) or b"").hexdigest()
    assert (paper.journal_number, paper.journal_hash) == (entry.number, entry.hash)
    assert len(paper.code) == 26
    assert fold_differences(over.meeting) == []


def test_the_same_words_in_the_same_state_are_the_same_paper(over: Room) -> None:
    first, second = printed(over), printed(over)
    assert first.pk == second.pk
    assert over.meeting.journal.entries.filter(kind="minutes.printed").count() == 1
    write(over, "time", "Khác.")
    assert printed(over).pk != first.pk


def test_a_paper_whose_file_was_altered_or_lost_is_printed_anew(over: Room) -> None:
    first = printed(over)
    with open(first.file.path, "ab") as file:
        file.write(b"%")
    assert proofs.bytes_of(first) is None
    second = printed(over)
    assert second.pk != first.pk
    assert proofs.bytes_of(second) is not None


def test_approved_minutes_are_printed_without_the_mark_of_a_draft(over: Room) -> None:
    draft = printed(over)
    approve_minutes(over.meeting, by=the_secretariat(), **as_read(over))
    paper = printed(over)
    assert paper.pk != draft.pk
    assert (paper.state, "DỰ THẢO" in read(paper)) == ("approved", False)


def test_a_demonstration_says_so_on_each_page(over: Room) -> None:
    Meeting.objects.filter(pk=over.meeting.pk).update(kind=Meeting.Kind.REHEARSAL)
    over.meeting.refresh_from_db()
    assert all(DEMONSTRATION_MARK in page for page in texts(proofs.bytes_of(printed(over)) or b""))


def test_a_paper_set_before_somebody_changed_a_word_is_not_recorded(over: Room) -> None:
    proof = proofs.take(over.meeting)
    write(over, "time", "Sửa trong lúc in.")
    with pytest.raises(OutOfOrder):
        print_minutes(over.meeting, by=the_secretariat(), proof=proof)
    assert not Print.objects.exists()
    assert not over.meeting.journal.entries.filter(kind="minutes.printed").exists()


def test_nobody_prints_without_the_right(over: Room, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        print_minutes(over.meeting, by=actor_of(over.meeting, cast["delegate"]))


def test_the_door_prints_before_it_locks_and_once_for_one_command(
    over: Room, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import transaction

    from minutes import forms

    depths: list[int] = []
    take = proofs.take

    def watched(meeting: Meeting) -> proofs.Proof:
        depths.append(len(transaction.get_connection().savepoint_ids))
        return take(meeting)

    monkeypatch.setattr(forms.proofs, "take", watched)
    command_id = "3f0e0d6e-6f9a-4c56-9d3f-0d6f7c9b1a02"
    answers = [knock(clients["secretary"], over.meeting, "minutes.print", command_id=command_id).json() for _ in range(2)]
    assert answers[0] == answers[1] == {"state": "done", "number": over.meeting.journal.entries.count()}
    outside = len(transaction.get_connection().savepoint_ids)
    assert depths == [outside]


def test_the_refusal_to_print_nothing_is_stored_like_any_other(room: Room, clients: dict[str, Client]) -> None:
    command_id = "3f0e0d6e-6f9a-4c56-9d3f-0d6f7c9b1a03"
    answers = [knock(clients["secretary"], room.meeting, "minutes.print", command_id=command_id) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize(("day", "code"), [(date(2026, 5, 26), "HD36-2018"), (date(2026, 5, 27), "HD05-2026")])
def test_a_paper_is_printed_by_the_rules_of_its_date(over: Room, monkeypatch: pytest.MonkeyPatch, day: date, code: str) -> None:
    monkeypatch.setattr(proofs, "paper_day", lambda meeting: day)
    assert printed(over).profile == code


def test_nothing_is_printed_before_the_meeting_begins(room: Room) -> None:
    with pytest.raises(OutOfOrder):
        printed(room)


def test_a_paper_is_not_kept_when_the_journal_has_gone_on_meanwhile(room: Room) -> None:
    open_the_meeting(room.meeting)
    proof = proofs.take(room.meeting)
    mark_present(room.people["delegate"])
    with pytest.raises(OutOfOrder):
        print_minutes(room.meeting, by=the_secretariat(), proof=proof)


def test_written_words_are_printed_in_their_form(over: Room) -> None:
    body = document([paragraph(text("Chữ đậm", "strong"), text(" và thường")), listing([[paragraph(text("mục một"))]])])
    edit_block(over.meeting, by=the_secretariat(), key="end", version=0, heading="Kết thúc", body=body)
    pdf = proofs.bytes_of(printed(over)) or b""
    page = next(n for n, words in enumerate(texts(pdf)) if "Chữ đậm" in words)
    assert "Bold" in letters_of(pdf, page, "Chữ đậm")[1]
    assert "Bold" not in letters_of(pdf, page, "và thường")[1]
    assert "mục một" in texts(pdf)[page]
