"""Remarks: written on a passage, changed, withdrawn; taken with new words or as they are, answered, opened again."""

from __future__ import annotations

from typing import Any

import pytest

from meetings.errors import Changed, NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from minutes.blocks.actions import edit_block
from minutes.blocks.overlay import current
from minutes.models import BlockRevision, MinutesBlock, Remark
from minutes.review import rules
from minutes.review.actions.remarks import (
    answer_remark,
    change_remark,
    reopen_remark,
    take_remark,
    withdraw_remark,
)
from minutes.review.rewriting import Rewording
from tests.cast import Cast, Clients, Room
from tests.knocking import knock
from tests.make import the_secretariat
from tests.review_doors import make_remark, make_round, reader_of, reading_as
from texts.reading import from_plain

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def said(remark: Remark) -> tuple[str, int]:
    remark.refresh_from_db()
    return remark.state, remark.version


def test_remarks_are_numbered_within_their_round_and_a_number_is_never_given_twice(room: Room) -> None:
    make_round(room)
    first = make_remark(room)
    withdraw_remark(room.meeting, by=reading_as(room), remark=first, version=1)
    assert (first.number, make_remark(room, role="guest").number) == (1, 2)
    assert fold_differences(room.meeting) == []


def test_a_passage_is_quoted_as_it_was_sent_out_whatever_the_spaces(room: Room) -> None:
    row = make_round(room)
    words = next(one["text"] for one in row.snapshot if one["key"] == "time")
    assert make_remark(room, quote="  " + "\n".join(words[:40].split()) + "\u00a0").number == 1
    with pytest.raises(OutOfOrder, match="not in the text"):
        make_remark(room, quote="Những chữ không có ở đây")
    with pytest.raises(OutOfOrder, match="not in the text"):
        make_remark(room, key="nothing")


def test_a_quote_from_a_table_may_go_over_cells(room: Room) -> None:
    row = make_round(room)
    lines = next(one["text"] for one in row.snapshot if one["key"] == "attendance").splitlines()
    assert make_remark(room, key="attendance", quote=lines[1].replace(" | ", "\t")).key == "attendance"


def test_a_quote_stays_good_when_the_part_is_changed_meanwhile(room: Room) -> None:
    row = make_round(room)
    edit_block(room.meeting, by=the_secretariat(), key="time", version=0, heading="Thời gian", text="Chữ mới.")
    old = next(one["text"] for one in row.snapshot if one["key"] == "time")[:20]
    assert make_remark(room, quote=old).quote == old


def test_one_s_own_remark_is_changed_by_whoever_reads_for_the_same_and_by_nobody_else(room: Room) -> None:
    make_round(room)
    remark = make_remark(room)
    change_remark(room.meeting, by=reading_as(room), remark=remark, version=1, text="Rõ hơn.")
    assert said(remark) == ("open", 2)
    with pytest.raises(Changed):
        change_remark(room.meeting, by=reading_as(room), remark=remark, version=1, text="Cũ.")
    with pytest.raises(NotAllowed):
        change_remark(room.meeting, by=reading_as(room, "guest"), remark=remark, version=2, text="Của người khác.")
    with pytest.raises(NotAllowed):
        withdraw_remark(room.meeting, by=the_secretariat(), remark=remark, version=2)
    assert fold_differences(room.meeting) == []


def test_taking_with_new_words_changes_the_part_under_a_version_that_says_why(room: Room) -> None:
    make_round(room)
    remark = make_remark(room)
    new = Rewording(version=0, heading="Thời gian", body=from_plain("Khai mạc lúc 08 giờ 30 phút."))
    take_remark(room.meeting, by=the_secretariat(), remark=remark, version=1, rewording=new, answer="Đã sửa.")
    block = MinutesBlock.objects.get(minutes__meeting=room.meeting, key="time")
    assert (block.text, block.version) == ("Khai mạc lúc 08 giờ 30 phút.", 1)
    assert block.revisions.get(version=1).way == BlockRevision.Way.REMARKED
    kinds = list(room.meeting.journal.entries.order_by("number").values_list("kind", flat=True))
    assert kinds[-2:] == ["block.edited", "remark.taken"]
    taken = room.meeting.journal.entries.get(kind="remark.taken").payload
    assert (taken["key"], taken["block_version"]) == ("time", 1)
    assert Remark.objects.get().taken_version == 1
    assert said(remark) == ("taken", 2)
    assert fold_differences(room.meeting) == []


def test_taking_over_somebody_s_newer_words_is_refused_whole(room: Room) -> None:
    make_round(room)
    remark = make_remark(room)
    edit_block(room.meeting, by=the_secretariat(), key="time", version=0, heading="Thời gian", text="Người khác.")
    new = Rewording(version=0, heading="Thời gian", body=from_plain("Của tôi."))
    with pytest.raises(Changed):
        take_remark(room.meeting, by=the_secretariat(), remark=remark, version=1, rewording=new)
    assert said(remark) == ("open", 1)
    assert MinutesBlock.objects.get(key="time").text == "Người khác."


def test_a_remark_that_the_minutes_meet_already_is_taken_as_they_are(room: Room) -> None:
    make_round(room)
    remark = make_remark(room)
    take_remark(room.meeting, by=the_secretariat(), remark=remark, version=1)
    assert said(remark) == ("taken", 2)
    assert not MinutesBlock.objects.filter(key="time").exists()
    assert fold_differences(room.meeting) == []


def test_who_saves_and_has_changed_nothing_is_told_how_to_take_the_remark_as_it_is(room: Room) -> None:
    make_round(room)
    remark = make_remark(room)
    present = next(one for one in current(room.meeting) if one.key == "time")
    new = Rewording(version=0, heading=present.heading, body=present.body)
    with pytest.raises(OutOfOrder, match="Take it: the minutes say it already"):
        take_remark(room.meeting, by=the_secretariat(), remark=remark, version=1, rewording=new)
    assert said(remark) == ("open", 1)


def test_a_remark_changed_meanwhile_is_neither_taken_nor_answered_unread(room: Room) -> None:
    make_round(room)
    remark = make_remark(room)
    change_remark(room.meeting, by=reading_as(room), remark=remark, version=1, text="Khác hẳn.")
    for deal in (take_remark, answer_remark):
        with pytest.raises(Changed):
            deal(room.meeting, by=the_secretariat(), remark=remark, version=1, answer="Đã xem.")  # type: ignore[operator]
    assert said(remark) == ("open", 2)


def test_what_was_answered_is_not_changed_by_its_reader_and_can_be_dealt_with_anew(room: Room) -> None:
    make_round(room)
    remark = make_remark(room)
    answer_remark(room.meeting, by=the_secretariat(), remark=remark, version=1, answer="Giữ nguyên.")
    with pytest.raises(OutOfOrder, match="dealt with"):
        change_remark(room.meeting, by=reading_as(room), remark=remark, version=2, text="Nữa.")
    with pytest.raises(OutOfOrder, match="dealt with"):
        answer_remark(room.meeting, by=the_secretariat(), remark=remark, version=2, answer="Lần nữa.")
    assert fold_differences(room.meeting) == []
    reopen_remark(room.meeting, by=the_secretariat(), remark=remark, version=2)
    assert said(remark) == ("open", 3)
    assert remark.answer == ""
    assert fold_differences(room.meeting) == []


def test_a_withdrawn_remark_is_not_dealt_with(room: Room) -> None:
    make_round(room)
    remark = make_remark(room)
    withdraw_remark(room.meeting, by=reading_as(room), remark=remark, version=1)
    with pytest.raises(OutOfOrder, match="withdrawn"):
        answer_remark(room.meeting, by=the_secretariat(), remark=remark, version=2, answer="Vâng.")


def test_approved_minutes_take_no_remark_and_no_answer(room: Room) -> None:
    row = make_round(room)
    remark = make_remark(room)
    type(row.minutes).objects.update(state="approved", approved_at=row.opened_at)
    for refused in (
        lambda: make_remark(room),
        lambda: answer_remark(room.meeting, by=the_secretariat(), remark=remark, version=1, answer="Vâng."),
        lambda: withdraw_remark(room.meeting, by=reading_as(room), remark=remark, version=1),
    ):
        with pytest.raises(OutOfOrder, match="approved"):
            refused()


def test_one_reader_does_not_fill_a_round(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_REMARKS", 2)
    make_round(room)
    make_remark(room)
    make_remark(room)
    with pytest.raises(OutOfOrder):
        make_remark(room)
    assert make_remark(room, role="guest").number == 3


def test_the_facts_hold_no_word_of_a_remark_or_an_answer(room: Room) -> None:
    make_round(room)
    remark = make_remark(room, "Chữ kín của địa phương.")
    answer_remark(room.meeting, by=the_secretariat(), remark=remark, version=1, answer="Lời đáp kín.")
    told = str(list(room.meeting.journal.entries.values_list("payload", flat=True)))
    assert "kín" not in told


HOSTILE = {
    "nothing": ("", 400),
    "spaces": (" \n\t ", 400),
    "only turning marks": ("\u202e\u2066\u200f", 400),
    "a zero byte": ("a\x00b", 200),
    "too long": ("a" * 4001, 400),
    "a million": ("ă" * 1_000_000, 400),
    "markup": ("<script>alert(1)</script><img src=x onerror=1>", 200),
    "template": ("{% load x %}{{ settings.SECRET_KEY }}", 200),
    "right to left": ("Giữ \u202eđảo\u202c nguyên", 200),
    "taken apart": ("Chu\u031bo\u031bng", 200),
}


@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_whatever_is_typed_is_kept_harmlessly_or_refused_with_its_field(case: str, room: Room, clients: Clients) -> None:
    text, status = HOSTILE[case]
    make_round(room)
    answer = knock(clients["operator"], room.meeting, "remark.add", reader=reader_of(room), key="time", text=text)
    assert answer.status_code == status, answer.content[:300]
    if status == 400:
        assert set(answer.json()["errors"]) == {"text"}
        return
    kept = Remark.objects.get().text
    assert not set(kept) & set("\x00\u202e\u202c\u2066")
    for name, page in (("operator", "review/"), ("secretary", "rounds/"), ("secretary", "rounds/1/1/")):
        html = clients[name].get(f"/m/{room.meeting.slug}/minutes/{page}").content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert fold_differences(room.meeting) == []


@pytest.mark.parametrize("number", ["9" * 30, "-1", "0", "x", "1.5", ""])
def test_a_row_that_cannot_be_is_malformed(number: str, room: Room, clients: Clients) -> None:
    make_round(room)
    answer = knock(clients["operator"], room.meeting, "remark.add", reader=number, key="time", text="Có ý kiến.")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"reader"})


def test_of_two_who_take_one_remark_the_second_is_told(room: Room, clients: Clients, cast: Cast) -> None:
    make_round(room)
    remark = make_remark(room)
    body: dict[str, Any] = {"remark": remark, "version": 1, "rewrites": "1", "block_version": 0, "heading": "Thời gian"}
    first = knock(clients["secretary"], room.meeting, "remark.take", **body, text="Của người thứ nhất.")
    second = knock(clients["secretariat"], room.meeting, "remark.take", **body, text="Của người thứ hai.")
    assert (first.status_code, second.status_code) == (200, 409)
    assert MinutesBlock.objects.get(key="time").text == "Của người thứ nhất."


def test_new_words_for_a_signature_are_a_line(room: Room, clients: Clients) -> None:
    make_round(room)
    remark = make_remark(room, key="chair")
    body: dict[str, Any] = {"remark": remark, "version": 1, "rewrites": "1", "block_version": 0, "heading": "Chủ trì"}
    assert knock(clients["secretary"], room.meeting, "remark.take", **body, text="Đại biểu 15-03").status_code == 200
    assert MinutesBlock.objects.get(key="chair").text == "Đại biểu 15-03"
