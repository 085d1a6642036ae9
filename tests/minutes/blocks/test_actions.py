"""Writing in blocks: what is kept, what is refused, what the journal says of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from agenda.actions import close_item, defer_item
from meetings import actions as meetings
from meetings.errors import Changed, NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from minutes.actions import approve_minutes
from minutes.blocks.actions import dismiss_block, exclude_block, include_block, restore_block, take_block
from minutes.blocks.overlay import current
from minutes.blocks.telling import told_of
from minutes.models import BlockRevision, Minutes, MinutesBlock
from tests.cast import Cast, Room
from tests.make import actor_of, mark_present, open_the_item, the_secretariat
from tests.minutes.blocks.blocks import add, keys, shown, write
from texts.nodes import document, paragraph, text

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def revisions(room: Room, key: str) -> list[tuple[int, str]]:
    found = BlockRevision.objects.filter(block__minutes__meeting=room.meeting, block__key=key).order_by("version")
    return [(one.version, one.way) for one in found]


def item_key(room: Room, at: int = 0) -> str:
    return f"item:{room.items[at].pk}"


def adjourned(room: Room) -> dict[str, int]:
    close_item(room.meeting, by=the_secretariat(), item=room.items[0])
    meetings.adjourn_meeting(room.meeting, by=the_secretariat())
    minutes = Minutes.objects.filter(meeting=room.meeting).first()
    return {"revision": minutes.revision if minutes else 0, "up_to": told_of(room.meeting).number}


def test_the_minutes_follow_the_journal_without_a_button_and_without_a_row(running: Room) -> None:
    before = shown(running, "composition").text
    mark_present(running.people["delegate"])
    assert "có mặt: 01" in shown(running, "composition").text != before
    assert not MinutesBlock.objects.exists()


def test_a_meeting_in_preparation_has_no_minutes(room: Room) -> None:
    assert current(room.meeting) == []
    with pytest.raises(OutOfOrder):
        add(room, "course", "Sớm quá.")
    assert not Minutes.objects.exists()


def test_written_words_stay_and_what_the_journal_then_says_is_proposed(running: Room) -> None:
    write(running, "end", "Chữ của thư ký.")
    assert shown(running, "end").proposal is None
    adjourned(running)
    end = shown(running, "end")
    assert end.text == "Chữ của thư ký."
    assert end.proposal
    assert "Hội nghị kết thúc vào hồi" in end.proposal.text


def test_words_typed_over_a_state_of_the_journal_that_has_passed_leave_the_newer_one_proposed(running: Room) -> None:
    seal = shown(running, "composition").seal
    mark_present(running.people["delegate"])
    write(running, "composition", "Chữ gõ từ trước.", seen=seal)
    assert shown(running, "composition").proposal is not None
    write(running, "end", "Chữ gõ bây giờ.")
    assert shown(running, "end").proposal is None


def test_a_correction_settles_no_proposal_unless_its_writer_says_so(running: Room) -> None:
    write(running, "end", "Chữ của thư ký.")
    adjourned(running)
    write(running, "end", "Chữ của thư ký, sửa chính tả.")
    assert shown(running, "end").proposal
    write(running, "end", "Chữ của thư ký, đã ghép.", settles=True)
    assert shown(running, "end").proposal is None


def test_the_journal_s_words_are_taken_and_followed_again(running: Room) -> None:
    write(running, "end", "Chữ của thư ký.")
    adjourned(running)
    end = shown(running, "end")
    take_block(running.meeting, by=the_secretariat(), key="end", version=end.version, seen=end.seal)
    end = shown(running, "end")
    assert (end.is_written, end.version, end.proposal) == (False, 2, None)
    assert revisions(running, "end") == [(0, "drafted"), (1, "written"), (2, "taken")]


def test_a_proposal_that_was_dismissed_comes_back_only_with_newer_words(running: Room) -> None:
    write(running, "composition", "Chữ của thư ký.")
    mark_present(running.people["delegate"])
    block = shown(running, "composition")
    with pytest.raises(OutOfOrder):
        dismiss_block(running.meeting, by=the_secretariat(), key="composition", version=1, seen="0" * 16)
    dismiss_block(running.meeting, by=the_secretariat(), key="composition", version=1, seen=block.seal)
    assert shown(running, "composition").proposal is None
    mark_present(running.people["ha_tinh"])
    assert shown(running, "composition").proposal is not None


def test_of_two_who_write_in_one_block_the_second_is_refused_and_nothing_is_overwritten(running: Room) -> None:
    write(running, "time", "Người thứ nhất.")
    with pytest.raises(Changed) as refused:
        write(running, "time", "Người thứ hai.", version=0)
    assert refused.value.told == {"version": 1}
    assert shown(running, "time").text == "Người thứ nhất."
    assert running.meeting.journal.entries.filter(kind="block.edited").count() == 1


def test_words_put_back_as_the_journal_has_them_follow_it_again(running: Room) -> None:
    told = shown(running, "time")
    write(running, "time", "Khác.")
    write(running, "time", told.text, heading=told.heading)
    assert not shown(running, "time").is_written
    with pytest.raises(OutOfOrder):
        write(running, "time", told.text, heading=told.heading)


def test_a_form_that_plain_text_cannot_say_is_words_of_one_s_own(running: Room) -> None:
    told = shown(running, "end")
    body = document([paragraph(text(told.text, "strong"))])
    write(running, "end", "", body=body)
    assert (shown(running, "end").body, shown(running, "end").is_written) == (body, True)


def test_added_blocks_stand_where_they_were_put(running: Room) -> None:
    first = add(running, item_key(running), "Một.", is_last=True)
    add(running, item_key(running), "Hai.", is_last=True)
    add(running, item_key(running), "Ngay sau nội dung.")
    add(running, first.key, "Sau ý kiến thứ nhất.", speaker=running.people["delegate"])
    at = keys(running).index(item_key(running))
    assert keys(running)[at + 1 : at + 5] == ["own:3", "own:1", "own:4", "own:2"]
    fact = running.meeting.journal.entries.filter(kind="block.added").last()
    assert fact is not None
    assert fact.payload["speaker"] == running.people["delegate"].name
    assert "Sau ý kiến" not in str(fact.payload)


@pytest.mark.parametrize("after", ["không-có", "chair", "new:time"])
def test_nothing_is_added_behind_nothing_or_between_signatures(running: Room, after: str) -> None:
    with pytest.raises(OutOfOrder):
        add(running, after, "Đi đâu?")


def test_a_block_is_left_out_and_told_again_and_its_words_are_never_gone(running: Room) -> None:
    key = add(running, "course", "Lời riêng.").key
    for one, version in ((key, 1), (item_key(running), 0)):
        exclude_block(running.meeting, by=the_secretariat(), key=one, version=version)
        assert shown(running, one).is_left_out
        with pytest.raises(OutOfOrder):
            exclude_block(running.meeting, by=the_secretariat(), key=one, version=version + 1)
        include_block(running.meeting, by=the_secretariat(), key=one, version=version + 1)
        assert not shown(running, one).is_left_out
    assert shown(running, key).text == "Lời riêng."
    with pytest.raises(OutOfOrder):
        exclude_block(running.meeting, by=the_secretariat(), key="chair", version=0)


def test_every_version_is_kept_and_any_can_be_restored(running: Room) -> None:
    told = shown(running, "time").text
    for words in ("Một.", "Hai."):
        write(running, "time", words)
    restore_block(running.meeting, by=the_secretariat(), key="time", version=2, of=1)
    assert shown(running, "time").text == "Một."
    restore_block(running.meeting, by=the_secretariat(), key="time", version=3, of=0)
    assert (shown(running, "time").text, shown(running, "time").is_written) == (told, False)
    assert revisions(running, "time") == [(0, "drafted"), (1, "written"), (2, "written"), (3, "restored"), (4, "restored")]
    with pytest.raises(OutOfOrder):
        restore_block(running.meeting, by=the_secretariat(), key="time", version=4, of=9)


def test_written_words_whose_subject_is_gone_stay(running: Room) -> None:
    defer_item(running.meeting, by=the_secretariat(), item=running.items[2])
    write(running, "deferred", "Hoãn một nội dung.")
    open_the_item(running.items[2], closing=running.items[0])
    assert shown(running, "deferred").is_gone
    write(running, "deferred", "Đã hoãn, sau đó tiến hành.")
    assert shown(running, "deferred").version == 2


def test_approval_freezes_every_block_and_the_journal_changes_nothing_any_more(running: Room, cast: Cast) -> None:
    write(running, "time", "Chữ của thư ký.")
    exclude_block(running.meeting, by=the_secretariat(), key="composition", version=0)
    read = adjourned(running)
    before = [(block.key, block.number, block.text, block.is_left_out) for block in current(running.meeting)]
    approve_minutes(running.meeting, by=actor_of(running.meeting, cast["chair"]), **read)
    assert MinutesBlock.objects.count() == len(before)
    with CaptureQueriesContext(connection) as asked:
        assert [(block.key, block.number, block.text, block.is_left_out) for block in current(running.meeting)] == before
    assert not any("journalentry" in query["sql"] for query in asked)
    for attempt in (lambda: write(running, "end", "Sửa."), lambda: add(running, "course", "Thêm.")):
        with pytest.raises(OutOfOrder):
            attempt()
    assert fold_differences(running.meeting) == []


def test_nobody_approves_words_or_a_journal_they_have_not_read(running: Room) -> None:
    read = adjourned(running)
    write(running, "time", "Sửa sau khi mở trang.")
    for wrong in (read, read | {"revision": 1, "up_to": read["up_to"] - 1}):
        with pytest.raises(OutOfOrder):
            approve_minutes(running.meeting, by=the_secretariat(), **wrong)


def test_nobody_approves_while_the_journal_has_words_nobody_has_judged(running: Room) -> None:
    write(running, "end", "Chữ của thư ký.")
    read = adjourned(running)
    with override("en"), pytest.raises(OutOfOrder, match="newer words"):
        approve_minutes(running.meeting, by=the_secretariat(), **read)


def test_the_chair_approves_and_writes_nothing(running: Room, cast: Cast) -> None:
    chair = actor_of(running.meeting, cast["chair"])
    with pytest.raises(NotAllowed):
        exclude_block(running.meeting, by=chair, key="time", version=0)


def test_the_journal_folded_is_what_the_tables_say(running: Room, capsys: pytest.CaptureFixture[str]) -> None:
    write(running, "time", "Sửa một lần.")
    write(running, item_key(running), "Sửa nữa.", heading="Khai mạc Hội nghị")
    add(running, item_key(running), "Ý kiến.")
    exclude_block(running.meeting, by=the_secretariat(), key="course", version=0)
    adjourned(running)
    block = shown(running, item_key(running))
    dismiss_block(running.meeting, by=the_secretariat(), key=block.key, version=block.version, seen=block.seal)
    revision, up_to = Minutes.objects.get(meeting=running.meeting).revision, told_of(running.meeting).number
    approve_minutes(running.meeting, by=the_secretariat(), revision=revision, up_to=up_to)
    assert fold_differences(running.meeting) == []
    call_command("check_journal", running.meeting.slug)
    assert capsys.readouterr().out.startswith("ok entries=")


def test_words_altered_behind_the_journal_are_found(running: Room) -> None:
    write(running, "time", "Chữ thật.")
    MinutesBlock.objects.filter(minutes__meeting=running.meeting, key="time").update(text="Đã bị sửa lén.")
    (difference,) = fold_differences(running.meeting)
    assert difference.startswith("minutes ('block', 'time')")


def test_drafts_of_earlier_versions_follow_the_journal_now(running: Room) -> None:
    """Such minutes have a row for every block, most of which nobody has written in."""
    minutes = Minutes.objects.create(meeting=running.meeting, drafted_at=running.meeting.opened_at, revision=1, drafted_up_to=3)
    rows: dict[str, Any] = {"minutes": minutes, "changed_at": minutes.drafted_at}
    MinutesBlock.objects.create(key="time", kind="section", position=10, heading="Cũ", text="Cũ.", **rows)
    MinutesBlock.objects.create(key="deferred", kind="text", position=20, text="Không còn.", **rows)
    assert shown(running, "time").text.startswith("Hội nghị khai mạc")
    assert "deferred" not in keys(running)
    write(running, "time", "Chữ mới.", version=1)
    assert shown(running, "time").version == 2


def test_a_meeting_that_is_deleted_takes_its_minutes_along(running: Room) -> None:
    write(running, "time", "Chữ.")
    for rows in (running.meeting.floor_requests, running.meeting.presences, running.meeting.participants):
        rows.all().delete()  # type: ignore[attr-defined]
    running.meeting.delete()
    assert not MinutesBlock.objects.exists()
