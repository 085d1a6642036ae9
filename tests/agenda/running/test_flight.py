"""The programme in flight: skip and take back, merge, bring forward, recess with an end; a stale command is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agenda import actions
from agenda.running.queries import course_of
from meetings import actions as meetings
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting, Recess
from minutes.drafting import draft
from minutes.writing import Entry
from tests.cast import Clients, Room
from tests.make import open_the_item, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(room: Room) -> Meeting:
    """The room in session, its first item open."""
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    return room.meeting


def states(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("position").values_list("state", flat=True))


def told(meeting: Meeting) -> str:
    """Return the words of the minutes as they would be drafted now."""
    entries = meeting.journal.entries.order_by("number")
    return "\n".join(f"{one.heading} {one.text}" for one in draft([Entry(e.number, e.kind, e.payload, e.at) for e in entries]))


def test_a_skipped_item_keeps_its_reason_and_can_be_taken_back(room: Room, meeting: Meeting) -> None:
    actions.skip_item(meeting, by=the_secretariat(), item=room.items[1], reason="Báo cáo đã gửi bằng văn bản")
    assert states(meeting) == ["open", "skipped", "planned", "planned"]
    assert course_of(meeting).next == room.items[2]
    assert "Nội dung không thực hiện: “Báo cáo tổng kết” (lý do: Báo cáo đã gửi bằng văn bản" in told(meeting)
    with pytest.raises(OutOfOrder, match="không thực hiện"):
        actions.open_item(meeting, by=the_secretariat(), item=room.items[1], closing=room.items[0])
    actions.restore_item(meeting, by=the_secretariat(), item=room.items[1])
    with pytest.raises(OutOfOrder):
        actions.restore_item(meeting, by=the_secretariat(), item=room.items[1])
    assert (states(meeting), room.items[1].__class__.objects.get(pk=room.items[1].pk).reason) == (
        ["open", "planned", "planned", "planned"], "",
    )  # fmt: skip
    assert "không thực hiện" not in told(meeting)
    assert fold_differences(meeting) == []


def test_an_item_is_dealt_with_together_with_the_open_one_and_both_are_minuted(room: Room, meeting: Meeting) -> None:
    actions.merge_item(meeting, by=the_secretariat(), item=room.items[1], into=room.items[0])
    assert states(meeting) == ["open", "merged", "planned", "planned"]
    actions.close_item(meeting, by=the_secretariat(), item=room.items[0])
    first, second = meeting.items.order_by("position")[:2]
    assert second.closed_at == first.closed_at
    assert "tiến hành chung nội dung “Báo cáo tổng kết”" in told(meeting)
    assert fold_differences(meeting) == []


def test_the_item_one_merges_into_must_still_be_open(room: Room, meeting: Meeting) -> None:
    actions.open_item(meeting, by=the_secretariat(), item=room.items[1], closing=room.items[0])
    with pytest.raises(OutOfOrder):
        actions.merge_item(meeting, by=the_secretariat(), item=room.items[2], into=room.items[0])
    assert states(meeting) == ["closed", "open", "planned", "planned"]


def test_what_is_brought_forward_comes_next_and_keeps_its_number(room: Room, meeting: Meeting) -> None:
    actions.advance_item(meeting, by=the_secretariat(), item=room.items[3], before=room.items[1])
    course = course_of(meeting)
    assert course.next == room.items[3]
    assert [line.item.number for line in course.lines] == ["1", "2", "3", "4"]
    assert course.lines[3].expected is not None
    assert course.lines[3].expected.at < course.lines[1].expected.at  # type: ignore[union-attr]
    assert "đưa nội dung “Kết luận” lên tiến hành trước nội dung “Báo cáo tổng kết”" in told(meeting)
    assert fold_differences(meeting) == []


def test_of_two_who_bring_forward_at_once_the_second_is_told(room: Room, meeting: Meeting) -> None:
    actions.advance_item(meeting, by=the_secretariat(), item=room.items[3], before=room.items[1])
    with pytest.raises(OutOfOrder, match="4"):
        actions.advance_item(meeting, by=the_secretariat(), item=room.items[2], before=room.items[1])
    assert course_of(meeting).next == room.items[3]


def test_a_heading_is_neither_skipped_nor_merged(room: Room, meeting: Meeting) -> None:
    actions.add_item(meeting, by=the_secretariat(), title="Mục con", parent=room.items[2])
    for act, more in ((actions.skip_item, {"reason": "x"}), (actions.merge_item, {"into": room.items[0]})):
        with pytest.raises(OutOfOrder, match="đề mục"):
            act(meeting, by=the_secretariat(), item=room.items[2], **more)


def test_the_plan_is_kept_as_it_stood_at_the_opening(room: Room, meeting: Meeting) -> None:
    before = [(line.planned_from, line.planned_until) for line in course_of(meeting).lines]
    actions.retime_items(meeting, by=the_secretariat(), items=room.items[1:3], minutes=90)
    assert [(line.planned_from, line.planned_until) for line in course_of(meeting).lines] == before
    actions.close_item(meeting, by=the_secretariat(), item=room.items[0])
    opened, closed = meeting.journal.entries.filter(kind__in=["item.opened", "item.closed"]).order_by("number")
    assert (opened.payload["planned_at"], closed.payload["planned_until"]) == tuple(one.isoformat() for one in before[0])  # type: ignore[union-attr]
    assert closed.payload["seconds"] == 0


def test_a_recess_says_when_it_ends_and_a_stale_end_is_refused(meeting: Meeting) -> None:
    meetings.suspend_meeting(meeting, by=the_secretariat(), minutes=15)
    recess = Recess.objects.get(meeting=meeting)
    assert recess.expected_until == recess.began_at + timedelta(minutes=15)
    seen = recess.expected_until
    meetings.extend_recess(meeting, by=the_secretariat(), minutes=30, until=seen)
    with pytest.raises(OutOfOrder):
        meetings.extend_recess(meeting, by=the_secretariat(), minutes=5, until=seen)
    entry = meeting.journal.entries.get(kind="recess.extended")
    assert (entry.payload["before"], entry.payload["until"] > entry.payload["before"]) == (seen.isoformat(), True)


def test_the_page_of_the_course_costs_the_same_for_four_items_and_for_thirty(
    room: Room, meeting: Meeting, clients: Clients, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            answer = clients["secretary"].get(f"/m/{meeting.slug}/course/")
        assert answer.status_code == 200
        return len(asked)

    cost()  # signing in is no part of it
    few = cost()
    for n in range(26):
        actions.add_item(meeting, by=the_secretariat(), title=f"Nội dung {n}")
    assert (few, cost()) == (9, 9)
    assert clients["chair"].get(f"/m/{meeting.slug}/course/table.csv").content.decode("utf-8-sig").count("\n") == 31
