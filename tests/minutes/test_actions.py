"""Drafting, editing, approving: what is kept, what is refused, what the journal says."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from meetings import actions as meetings
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from minutes.actions import approve_minutes, draft_minutes, edit_block
from minutes.models import Minutes, MinutesBlock
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import actor_of, mark_present, open_the_item, open_the_meeting, the_secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def held(room: Room) -> Room:
    """A meeting in which one item has begun and whose minutes are drafted."""
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    draft_minutes(room.meeting, by=the_secretariat())
    return room


def block(room: Room, key: str) -> MinutesBlock:
    return MinutesBlock.objects.get(minutes__meeting=room.meeting, key=key)


def edit(room: Room, key: str, text: str, **kw: Any) -> MinutesBlock:
    row = block(room, key)
    words: dict[str, Any] = {"version": row.version, "heading": row.heading, "text": text} | kw
    return edit_block(room.meeting, by=the_secretariat(), block=row, **words)


def close_and_adjourn(room: Room) -> Minutes:
    from agenda.actions import close_item

    close_item(room.meeting, by=the_secretariat(), item=room.items[0])
    meetings.adjourn_meeting(room.meeting, by=the_secretariat())
    return draft_minutes(room.meeting, by=the_secretariat())


def test_the_draft_is_a_fact_with_the_state_of_each_block(held: Room) -> None:
    entry = held.meeting.journal.entries.get(kind="minutes.drafted")
    minutes = Minutes.objects.get(meeting=held.meeting)
    assert entry.payload["up_to"] == minutes.drafted_up_to == entry.number - 1
    assert [row[0] for row in entry.payload["blocks"]] == [b.key for b in minutes.blocks.all()]
    assert entry.payload["kept"] == []


def test_a_meeting_in_preparation_has_no_minutes(room: Room) -> None:
    with pytest.raises(OutOfOrder):
        draft_minutes(room.meeting, by=the_secretariat())
    assert not Minutes.objects.exists()


def test_a_new_draft_follows_the_journal_and_keeps_the_words_edited_by_hand(held: Room) -> None:
    edit(held, "time", "Chữ của thư ký.")
    mark_present(held.people["delegate"])
    draft_minutes(held.meeting, by=the_secretariat())
    assert block(held, "time").text == "Chữ của thư ký."
    assert block(held, "time").drafted_text.startswith("Hội nghị khai mạc")
    assert "có mặt: 01" in block(held, "composition").text
    entry = held.meeting.journal.entries.filter(kind="minutes.drafted").last()
    assert entry is not None
    assert entry.payload["kept"] == ["Thời gian, địa điểm"]


def test_a_block_that_did_not_change_keeps_its_version(held: Room) -> None:
    mark_present(held.people["delegate"])
    draft_minutes(held.meeting, by=the_secretariat())
    assert block(held, "time").version == 1
    assert block(held, "composition").version == 2


def test_an_edited_block_whose_subject_is_gone_stays_and_one_that_was_not_goes(held: Room) -> None:
    from agenda.actions import defer_item

    defer_item(held.meeting, by=the_secretariat(), item=held.items[2])
    draft_minutes(held.meeting, by=the_secretariat())
    assert "Thảo luận" in block(held, "deferred").text
    open_the_item(held.items[2], closing=held.items[0])
    minutes = draft_minutes(held.meeting, by=the_secretariat())
    assert not minutes.blocks.filter(key="deferred").exists()


def test_words_put_back_as_the_journal_has_them_count_as_not_edited(held: Room) -> None:
    original = block(held, "time").text
    assert edit(held, "time", "Khác.").edited
    assert not edit(held, "time", original).edited


def test_of_two_who_edit_the_same_block_the_second_is_refused_and_nothing_is_overwritten(held: Room) -> None:
    edit(held, "time", "Người thứ nhất.")
    with pytest.raises(OutOfOrder) as refused:
        edit(held, "time", "Người thứ hai.", version=1)
    assert str(refused.value.reason)
    assert block(held, "time").text == "Người thứ nhất."
    assert held.meeting.journal.entries.filter(kind="block.edited").count() == 1


def test_saving_the_same_words_is_refused(held: Room) -> None:
    with pytest.raises(OutOfOrder):
        edit(held, "time", block(held, "time").text)


def test_minutes_are_approved_after_the_meeting_only(held: Room) -> None:
    with pytest.raises(OutOfOrder):
        approve_minutes(held.meeting, by=the_secretariat(), revision=1)


def test_nobody_approves_what_the_journal_has_outrun(held: Room) -> None:
    from agenda.actions import close_item

    close_item(held.meeting, by=the_secretariat(), item=held.items[0])
    meetings.adjourn_meeting(held.meeting, by=the_secretariat())
    with pytest.raises(OutOfOrder):
        approve_minutes(held.meeting, by=the_secretariat(), revision=1)


def test_nobody_approves_words_that_were_changed_since_they_were_read(held: Room) -> None:
    seen = close_and_adjourn(held).revision
    edit(held, "time", "Sửa sau khi chủ tọa mở trang.")
    with pytest.raises(OutOfOrder):
        approve_minutes(held.meeting, by=the_secretariat(), revision=seen)


def test_approved_minutes_take_no_new_word_and_no_new_draft(held: Room, cast: Cast) -> None:
    minutes = close_and_adjourn(held)
    chair = actor_of(held.meeting, cast["chair"])
    approve_minutes(held.meeting, by=chair, revision=minutes.revision)
    for attempt in (
        lambda: edit(held, "time", "Sửa."),
        lambda: draft_minutes(held.meeting, by=the_secretariat()),
        lambda: approve_minutes(held.meeting, by=chair, revision=minutes.revision),
    ):
        with pytest.raises(OutOfOrder):
            attempt()
    minutes.refresh_from_db()
    assert (minutes.state, minutes.approved_by) == ("approved", "Nguyễn Văn Chủ")


def test_the_chair_approves_and_writes_nothing(held: Room, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        edit_block(
            held.meeting, by=actor_of(held.meeting, cast["chair"]), block=block(held, "time"), version=1, heading="A", text="B"
        )


def test_the_journal_folded_is_what_the_tables_say(held: Room, capsys: pytest.CaptureFixture[str]) -> None:
    edit(held, "time", "Sửa một lần.")
    edit(held, f"item:{held.items[0].pk}", "Sửa nữa.", heading="Khai mạc Hội nghị")
    minutes = close_and_adjourn(held)
    approve_minutes(held.meeting, by=the_secretariat(), revision=minutes.revision)
    assert fold_differences(held.meeting) == []
    call_command("check_journal", held.meeting.slug)
    assert capsys.readouterr().out.startswith("ok entries=")


def test_words_altered_behind_the_journal_are_found(held: Room) -> None:
    MinutesBlock.objects.filter(minutes__meeting=held.meeting, key="time").update(text="Đã bị sửa lén.")
    (difference,) = fold_differences(held.meeting)
    assert difference.startswith("minutes ('block', 'time')")


@pytest.mark.parametrize(
    ("key", "body", "field"),
    [
        ("attendance", {"text": "TT | Điểm cầu\n1 | A | B"}, "text"),
        ("time", {"heading": "", "text": "Chữ"}, "heading"),
        ("time", {"text": "x" * 20_001}, "text"),
        ("time", {"heading": "x" * 401, "text": "Chữ"}, "heading"),
        ("time", {"version": "một", "text": "Chữ"}, "version"),
    ],
)
def test_malformed_words_name_their_field(
    held: Room, clients: dict[str, Client], key: str, body: dict[str, str], field: str
) -> None:
    row = block(held, key)
    words: dict[str, Any] = {"block": row, "version": 1, "heading": row.heading} | body
    answer = knock(clients["secretary"], held.meeting, "block.edit", **words)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {field}
    assert block(held, key).version == 1


def test_a_long_text_with_markup_and_odd_line_ends_is_kept_as_typed(held: Room, clients: dict[str, Client]) -> None:
    typed = "\r\n".join(["<script>alert(1)</script>", "  " + "Ộ" * 5000 + "  ", "", "cuối & hết"])
    answer = knock(
        clients["secretary"], held.meeting, "block.edit", block=block(held, "time"), version=1, heading="H", text=typed
    )
    assert answer.status_code == 200
    assert block(held, "time").text == "<script>alert(1)</script>\n" + "Ộ" * 5000 + "\n\ncuối & hết"


def test_the_same_edit_sent_twice_takes_effect_once(held: Room, clients: dict[str, Client]) -> None:
    words: dict[str, Any] = {"block": block(held, "time"), "version": 1, "heading": "H", "text": "Một lần."}
    command_id = "3f0e0d6e-6f9a-4c56-9d3f-0d6f7c9b1a01"
    first, second = (knock(clients["secretary"], held.meeting, "block.edit", command_id=command_id, **words) for _ in range(2))
    assert (first.status_code, second.json()) == (200, first.json())
    assert block(held, "time").version == 2


def test_a_meeting_that_is_deleted_takes_its_minutes_along(held: Room) -> None:
    assert Minutes.objects.count() == 1
    held.meeting.floor_requests.all().delete()
    held.meeting.presences.all().delete()
    held.meeting.participants.all().delete()
    held.meeting.delete()
    assert not MinutesBlock.objects.exists()
