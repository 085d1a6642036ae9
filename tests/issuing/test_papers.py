"""The letter of invitation on paper, its words in braces, and a register on paper."""

from __future__ import annotations

import pytest

from issuing import queries, sheet
from issuing.invitations import paper
from issuing.invitations.values import occasion
from issuing.invitations.wording import MAIL_PLACEHOLDERS, filled, named, unknown
from issuing.models import Invitation, InvitationText
from meetings.models import Meeting, Participant
from people.models import Organisation
from tests.cast import Room
from tests.issuing_papers import invite, make_register, make_text
from tests.printing.measuring import box_of, texts

pytestmark = pytest.mark.django_db


def letter_for(room: Room, one: Participant) -> bytes:
    meeting = Meeting.objects.get(pk=room.meeting.pk)
    row = Invitation.objects.filter(participant=one).select_related("document").first()
    text = InvitationText.objects.get(meeting=meeting)
    return paper.letter(meeting, text, row.document if row else None).print(
        Participant.objects.select_related("bridge_point").get(pk=one.pk), row
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Kính mời {tên}, {Chức Vụ}", []),
        ("{te\u0302n}", []),  # composed of two letters
        ("{  hội   nghị }", []),
        ("{ten}", ["ten"]),
        ("{liên kết}", ["liên kết"]),
        ("{tên", ["{"]),
        ("tên}", ["}"]),
        ("{{tên}}", ["{", "}"]),
        ("{}", [""]),
    ],
)
def test_what_stands_in_braces_is_known_or_named(text: str, wrong: list[str]) -> None:
    assert unknown(text) == wrong


def test_the_mail_knows_the_link_too_and_a_value_is_not_read_again() -> None:
    assert unknown("{liên kết}", MAIL_PLACEHOLDERS) == []
    assert named("{Liên  kết} {tên}") == ["liên kết", "tên"]
    assert filled("{tên}!", {"tên": "{số}", "số": "1"}) == "{số}!"


def test_where_one_goes_is_the_own_bridge_point(coming: Room) -> None:
    text = make_text(coming.meeting)
    told = occasion(coming.meeting, text)
    assert told.where(coming.lao_cai) == "Điểm cầu Lào Cai"
    assert told.where(coming.sites[0]) == "Điểm cầu trung tâm, Hội trường trung tâm"
    assert told.where(None) == "Hội trường trung tâm"
    assert told.time == "từ 08 giờ 00 đến 11 giờ 00, ngày 05 tháng 01 năm 2099"


def test_a_party_letter_has_its_parts_in_their_places(coming: Room) -> None:
    one = coming.people["delegate"]
    invite(coming.meeting, one)
    pdf = letter_for(coming, one)
    (words,) = texts(pdf)
    flat = " ".join(words.split())
    for part in (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 01-GM/VPTW",
        "GIẤY MỜI",
        "Văn phòng Trung ương Đảng trân trọng kính mời:",
        "Đồng chí Giàng A Đại, Phó Bí thư, Lào Cai",
        "Thời gian: từ 08 giờ 00 đến 11 giờ 00, ngày 05 tháng 01 năm 2099.",
        "Địa điểm: Điểm cầu Lào Cai.",
        "Chủ trì: Đồng chí Nguyễn Văn Chủ",
        "Nguyễn Văn Ký",
        "Nơi nhận:",
        "Trả lời giấy mời",
        "Mã kiểm tra văn bản:",
    ):
        assert part in flat, part
    assert "Trân trọng kính mời./." not in flat
    assert box_of(pdf, 0, "Nơi nhận:").left == pytest.approx(30, abs=0.5)
    assert box_of(pdf, 0, "Nguyễn Văn Ký").left > 105


def test_a_state_letter_follows_the_decree(coming: Room) -> None:
    Organisation.objects.filter(pk=coming.meeting.organiser_id).update(body="state", symbol="BNV")
    coming.meeting.refresh_from_db()
    one = coming.people["delegate"]
    make_text(Meeting.objects.get(pk=coming.meeting.pk))
    invite(Meeting.objects.get(pk=coming.meeting.pk), one)
    pdf = letter_for(coming, one)
    flat = " ".join(texts(pdf)[0].split())
    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 01/GM-BNV", "Ông/Bà Giàng A Đại"):
        assert part in flat, part
    assert "Trân trọng kính mời./." in flat
    assert "ĐẢNG CỘNG SẢN" not in flat
    assert box_of(pdf, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").right <= 195.5
    assert box_of(pdf, 0, "Số: 01/GM-BNV").top == pytest.approx(box_of(pdf, 0, "tháng 11 năm 2025").top, abs=1.0)


def test_a_draft_has_neither_number_nor_link_and_says_so(coming: Room) -> None:
    make_text(coming.meeting)
    flat = " ".join(texts(letter_for(coming, coming.people["guest"]))[0].split())
    assert "DỰ THẢO" in flat
    assert "Số 0" not in flat
    assert "/r/" not in flat


def test_hostile_words_stay_words_on_paper(coming: Room) -> None:
    one = coming.people["delegate"]
    one.name, one.unit = "<img src=x onerror=alert(1)>&lt;\x07", "{số} </table><style>*{display:none}</style>"
    one.save()
    invite(coming.meeting, one)
    flat = "".join(texts(letter_for(coming, one))[0].split())
    assert "<imgsrc=xonerror=alert(1)>&lt;" in flat
    assert "{số}</table><style>*{display:none}</style>" in flat


def test_a_register_is_printed_with_what_was_cancelled() -> None:
    from datetime import date

    from issuing.actions import cancel_number, give_number
    from tests.make import the_secretariat

    register = make_register()
    for n in (1, 2):
        made = give_number(by=the_secretariat(), register=register, abstract=f"Giấy mời {n}", dated=date(2025, 11, 20))
    cancel_number(by=the_secretariat(), document=made, reason="Sai ngày")
    rows = sheet.rows_of(queries.papers_like(register))
    flat = " ".join(" ".join(texts(sheet.printed(register, rows))).split())
    for part in ("SỔ ĐĂNG KÝ VĂN BẢN ĐI", "01-GM/VPTW", "02-GM/VPTW", "Sai ngày"):
        assert part in flat, part
