"""Conclusions proposed, worded by two, shown, adopted under numbers without a gap, withdrawn; what the journal keeps of it."""

from __future__ import annotations

from datetime import date

import pytest

from meetings import actions as meetings
from meetings.errors import Changed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.journal import first_fault
from minutes.blocks.overlay import current
from minutes.conclusions import actions
from minutes.conclusions.queries import adopted as adopted_ones
from minutes.conclusions.queries import proposed, rows_of
from minutes.conclusions.wording import Wording
from minutes.drafting import draft
from minutes.models import Conclusion, ConclusionRevision, Minutes
from minutes.writing import Entry
from tests.at_once import together
from tests.cast import Room
from tests.conclusions import TEXT, adopted, make_conclusion, shown
from tests.make import START, open_the_item, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(room: Room) -> Room:
    """The room in session."""
    open_the_meeting(room.meeting)
    return room


def word(row: Conclusion, text: str, version: int | None = None) -> Conclusion:
    return actions.change_conclusion(
        row.meeting, by=the_secretariat(), conclusion=row, version=version or row.version, wording=Wording(text)
    )


def withdraw(row: Conclusion, why: str = "") -> None:
    actions.withdraw_conclusion(row.meeting, by=the_secretariat(), conclusion=row, version=row.version, why=why)


def kinds(room: Room) -> list[str]:
    return [kind for kind in room.meeting.journal.entries.values_list("kind", flat=True) if kind.startswith("conclusion.")]


def test_numbers_are_given_at_adoption_and_never_twice(running: Room) -> None:
    first, second, third = (make_conclusion(running.meeting, f"Kết luận {n}.") for n in "ABC")
    assert adopted(second).number == 1
    assert adopted(first).number == 2
    withdraw(first, "Trùng nội dung.")
    assert adopted(third).number == 3
    assert [row.number for row in adopted_ones(running.meeting)] == [1, 3]
    first.refresh_from_db()
    assert (first.state, first.number, first.why) == ("withdrawn", 2, "Trùng nội dung.")
    assert fold_differences(running.meeting) == []


def test_who_was_late_overwrites_nothing_and_is_told_the_version(running: Room) -> None:
    row = make_conclusion(running.meeting)
    word(row, "Của người đầu.")
    with pytest.raises(Changed) as refused:
        word(row, "Của người sau.", version=1)
    assert refused.value.version == 2
    row.refresh_from_db()
    assert row.text == "Của người đầu."
    assert [r.words["text"] for r in row.revisions.order_by("version")] == [TEXT, "Của người đầu."]
    with pytest.raises(Changed):
        actions.adopt_conclusion(running.meeting, by=the_secretariat(), conclusion=row, version=1)
    with pytest.raises(OutOfOrder, match=r"same|Nội dung"):
        word(row, "Của người đầu.")


def test_what_was_adopted_is_frozen_and_not_withdrawn_without_a_word(running: Room) -> None:
    row = adopted(make_conclusion(running.meeting))
    for refused in (lambda: word(row, "Khác."), lambda: adopted(row), lambda: withdraw(row)):
        with pytest.raises(OutOfOrder):
            refused()
    with pytest.raises(OutOfOrder):
        actions.move_conclusion(running.meeting, by=the_secretariat(), conclusion=row, way="up")
    withdraw(row, "Nhầm.")
    for refused in (lambda: withdraw(row, "Lại."), lambda: shown(row), lambda: adopted(row)):
        with pytest.raises(OutOfOrder):
            refused()


def test_one_wording_stands_on_the_displays_and_goes_with_the_meeting(running: Room) -> None:
    one, other = make_conclusion(running.meeting), make_conclusion(running.meeting, "Khác.")
    shown(one)
    with pytest.raises(OutOfOrder):
        shown(one)
    shown(other)
    one.refresh_from_db()
    assert one.shown_at is None
    with pytest.raises(OutOfOrder):
        actions.hide_conclusion(running.meeting, by=the_secretariat(), conclusion=one)
    assert adopted(other).shown_at is not None
    meetings.adjourn_meeting(running.meeting, by=the_secretariat())
    assert not running.meeting.conclusions.exclude(shown_at=None).exists()
    assert kinds(running)[-1] == "conclusion.hidden"
    with pytest.raises(OutOfOrder):
        shown(one)
    assert fold_differences(running.meeting) == []


def test_before_the_meeting_one_may_propose_but_neither_show_nor_adopt(room: Room) -> None:
    row = make_conclusion(room.meeting)
    for refused in (shown, adopted):
        with pytest.raises(OutOfOrder):
            refused(row)
    assert proposed(room.meeting) == [row]


def test_proposals_change_places_and_the_ends_stay(running: Room) -> None:
    rows = [make_conclusion(running.meeting, f"Kết luận {n}.") for n in "ABC"]
    adopted(rows[1])
    by = the_secretariat()
    actions.move_conclusion(running.meeting, by=by, conclusion=rows[2], way="up")
    assert [row.text for row in proposed(running.meeting)] == ["Kết luận C.", "Kết luận A."]
    for row, way in ((rows[2], "up"), (rows[0], "down")):
        with pytest.raises(OutOfOrder):
            actions.move_conclusion(running.meeting, by=by, conclusion=row, way=way)
    assert fold_differences(running.meeting) == []


def test_once_the_minutes_are_approved_nothing_more_is_concluded(running: Room) -> None:
    row, kept = make_conclusion(running.meeting), adopted(make_conclusion(running.meeting))
    Minutes.objects.update_or_create(
        meeting=running.meeting, defaults={"state": "approved", "drafted_at": START, "approved_at": START, "revision": 1}
    )
    for refused in (lambda: make_conclusion(running.meeting), lambda: word(row, "Khác."), lambda: adopted(row)):
        with pytest.raises(OutOfOrder):
            refused()
    withdraw(kept, "Sai căn cứ.")


def test_there_can_be_only_so_many(running: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LIMIT", 1)
    make_conclusion(running.meeting)
    with pytest.raises(OutOfOrder):
        make_conclusion(running.meeting)


def test_the_journal_holds_digests_and_notices_words_altered_behind_it(running: Room) -> None:
    row = make_conclusion(running.meeting, "Nội dung không ghi vào nhật ký. " * 20, due=date(2026, 1, 2))
    word(row, "Nội dung mới.")
    assert "không ghi vào" not in str(list(running.meeting.journal.entries.values_list("payload", flat=True)))
    assert (fold_differences(running.meeting), first_fault(running.meeting.journal)) == ([], None)
    ConclusionRevision.objects.filter(conclusion=row, version=1).update(words={"text": "Khác."})
    assert len(fold_differences(running.meeting)) == 1
    Conclusion.objects.filter(pk=row.pk).update(product="Thêm.")
    assert len(fold_differences(running.meeting)) == 2


def test_the_minutes_tell_what_was_adopted_by_number(running: Room) -> None:
    open_the_item(running.items[0])
    first = adopted(make_conclusion(running.meeting, "Đồng ý chủ trương.\nGiao Văn phòng.", item=running.items[0]))
    adopted(make_conclusion(running.meeting, "Ghi nhận kết quả."))
    make_conclusion(running.meeting, "Chưa thông qua.")
    withdraw(first, "Trùng.")
    entries = running.meeting.journal.entries.order_by("number").values_list("number", "kind", "payload", "at")
    told = {block.key: block for block in draft(Entry(*row) for row in entries)}["conclusions"]
    lines = told.text.split("\n")
    assert [line.partition(" (")[0] for line in lines[::2]] == [
        "Kết luận số 1: Đồng ý chủ trương. Giao Văn phòng",
        "Kết luận số 2: Ghi nhận kết quả",
    ]
    assert lines[1].startswith("Kết luận số 1 được rút lại lúc ")
    assert lines[1].endswith("lý do: Trùng.")


def test_the_minutes_keep_the_whole_words_and_who_leads_by_when_with_what_product(running: Room) -> None:
    long = "Giao Văn phòng rà soát thiết bị của từng điểm cầu. " * 12
    row = make_conclusion(
        running.meeting, f"Đồng ý chủ trương:\n- {long}", who="Tỉnh ủy Lào Cai", along="Cục Cơ yếu", due=date(2025, 12, 31),
        product="Quy chế.",
    )  # fmt: skip
    adopted(row)
    told = {block.key: block.text for block in current(running.meeting)}["conclusions"].split("\n")
    assert told[0] == "Kết luận số 1: Đồng ý chủ trương:"
    assert told[1].startswith(f"- {long.strip().rstrip('.')} (thông qua lúc ")
    assert told[2] == "Chủ trì: Tỉnh ủy Lào Cai; phối hợp: Cục Cơ yếu; thời hạn: 31/12/2025; sản phẩm: Quy chế."


def test_rows_for_papers_name_the_item_and_miss_one_that_was_removed(running: Room) -> None:
    row = adopted(
        make_conclusion(running.meeting, item=running.items[1], who="Văn phòng", due=date(2026, 1, 2), product="Kế hoạch")
    )
    found = rows_of(running.meeting)[0]
    assert (found["number"], found["item"]["title"], found["due"]) == (1, "Báo cáo tổng kết", "2026-01-02")
    Conclusion.objects.filter(pk=row.pk).update(item_id=10**9)
    assert rows_of(running.meeting)[0]["item"] is None


@pytest.mark.django_db(transaction=True)
def test_two_who_adopt_at_once_get_two_numbers_and_one_conclusion_is_adopted_once(room: Room) -> None:
    open_the_meeting(room.meeting)
    one, other = make_conclusion(room.meeting), make_conclusion(room.meeting, "Khác.")
    assert {row.number for row in together(lambda: adopted(one), lambda: adopted(other))} == {1, 2}
    third = make_conclusion(room.meeting, "Ba.")
    done = together(lambda: adopted(third), lambda: adopted(third), lambda: word(third, "Bốn."))
    assert sum(isinstance(result, Conclusion) and result.number == 3 for result in done) <= 1
    third.refresh_from_db()
    assert (third.number, third.text) in ((3, "Ba."), (None, "Bốn."))
    assert fold_differences(room.meeting) == []
