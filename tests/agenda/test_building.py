"""Building the tree through the actions and the door: places, many at once, undo, and two people at one item."""

from __future__ import annotations

import pytest
from django.test import Client

from agenda import actions
from agenda.models import AgendaItem
from agenda.pasting import read_lines
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting
from tests.cast import Room
from tests.knocking import knock
from tests.make import START, make_item, make_meeting, make_participant, open_the_item, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db


def told(meeting: Meeting) -> list[str]:
    assert fold_differences(meeting) == []
    rows = list(meeting.items.order_by("position"))
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [f"{row.number} {row.title}".strip() for row in rows]


@pytest.fixture
def meeting() -> Meeting:
    """A meeting with items A to D."""
    meeting = make_meeting()
    for title in "ABCD":
        make_item(meeting, title)
    return meeting


def of(meeting: Meeting, title: str) -> AgendaItem:
    return meeting.items.get(title=title)


def move(meeting: Meeting, title: str, way: str) -> None:
    actions.move_item(meeting, by=the_secretariat(), item=of(meeting, title), way=way)


def undo(meeting: Meeting) -> None:
    actions.undo_programme(meeting, by=the_secretariat(), step=meeting.journal.entries.last().number)


def test_an_item_is_put_under_another_moved_along_with_it_and_taken_out(meeting: Meeting) -> None:
    move(meeting, "B", "in")
    move(meeting, "C", "in")
    assert told(meeting) == ["1 A", "1.1 B", "1.2 C", "2 D"]
    move(meeting, "D", "up")
    assert told(meeting) == ["1 D", "2 A", "2.1 B", "2.2 C"]
    move(meeting, "B", "out")
    assert told(meeting) == ["1 D", "2 A", "2.1 C", "3 B"]
    actions.remove_item(meeting, by=the_secretariat(), item=of(meeting, "A"))
    assert told(meeting) == ["1 D", "2 B"]


def test_an_item_is_added_before_another_or_under_it(meeting: Meeting) -> None:
    by = the_secretariat()
    actions.add_item(meeting, by=by, title="X", before=of(meeting, "B"))
    actions.add_item(meeting, by=by, title="Y", parent=of(meeting, "A"))
    assert told(meeting) == ["1 A", "1.1 Y", "2 X", "3 B", "4 C", "5 D"]


def test_many_lines_become_a_tree_in_one_fact(meeting: Meeting) -> None:
    head = meeting.journal.entries.count()
    lines = read_lines("Phần hai\n  Tổ 1 (20 phút)\n  Tổ 2\nGiải lao 15 phút\nKết luận")
    actions.add_items(meeting, by=the_secretariat(), lines=lines, before=of(meeting, "C"))
    assert told(meeting) == ["1 A", "2 B", "3 Phần hai", "3.1 Tổ 1", "3.2 Tổ 2", "Giải lao", "4 Kết luận", "5 C", "6 D"]
    assert meeting.journal.entries.count() == head + 1


@pytest.mark.parametrize("what", ["add", "lines", "edit", "move", "remove", "retime"])
def test_every_last_change_can_be_undone_and_that_undone_again(what: str, meeting: Meeting) -> None:
    by = the_secretariat()
    move(meeting, "B", "in")
    before = [told(meeting), list(meeting.items.values_list("pk", "title", "minutes", "presenter"))]
    do = {
        "add": lambda: actions.add_item(meeting, by=by, title="X"),
        "lines": lambda: actions.add_items(meeting, by=by, lines=read_lines("X\n  Y")),
        "edit": lambda: actions.edit_item(
            meeting, by=by, item=of(meeting, "A"), title="Z", kind="vote", presenter="P", minutes=3
        ),
        "move": lambda: move(meeting, "A", "down"),
        "remove": lambda: actions.remove_item(meeting, by=by, item=of(meeting, "A")),
        "retime": lambda: actions.retime_items(meeting, by=by, items=list(meeting.items.all()), minutes=99),
    }
    do[what]()
    after = [told(meeting), list(meeting.items.values_list("pk", "title", "minutes", "presenter"))]
    assert after != before
    undo(meeting)
    assert [told(meeting), list(meeting.items.values_list("pk", "title", "minutes", "presenter"))] == before
    undo(meeting)
    assert [told(meeting), list(meeting.items.values_list("pk", "title", "minutes", "presenter"))] == after


def test_what_somebody_has_built_upon_is_not_undone(meeting: Meeting) -> None:
    move(meeting, "B", "in")
    step = meeting.journal.entries.last().number
    move(meeting, "D", "up")
    with pytest.raises(OutOfOrder):
        actions.undo_programme(meeting, by=the_secretariat(), step=step)
    open_the_meeting(meeting)
    step = meeting.programme_step.number
    open_the_item(of(meeting, "B"))
    with pytest.raises(OutOfOrder):
        actions.undo_programme(meeting, by=the_secretariat(), step=step)


def test_only_leaves_are_run_and_what_has_begun_gets_nothing_under_it(meeting: Meeting) -> None:
    move(meeting, "B", "in")
    open_the_meeting(meeting)
    for action in (actions.open_item, actions.defer_item):
        with pytest.raises(OutOfOrder, match=r"A.*"):
            action(meeting, by=the_secretariat(), item=of(meeting, "A"))
    open_the_item(of(meeting, "B"))
    with pytest.raises(OutOfOrder):
        actions.add_item(meeting, by=the_secretariat(), title="X", parent=of(meeting, "B"))
    with pytest.raises(OutOfOrder):
        move(meeting, "A", "down")
    move(meeting, "D", "up")
    assert told(meeting) == ["1 A", "1.1 B", "2 D", "3 C"]


def test_nothing_stands_under_a_break(meeting: Meeting) -> None:
    make_item(meeting, "Giải lao", kind="break")
    pause = of(meeting, "Giải lao")
    with pytest.raises(OutOfOrder):
        actions.add_item(meeting, by=the_secretariat(), title="X", parent=pause)
    move(meeting, "B", "in")
    with pytest.raises(OutOfOrder):
        actions.edit_item(meeting, by=the_secretariat(), item=of(meeting, "A"), title="A", kind="break", presenter="", minutes=5)


def test_items_belong_to_sittings_and_keep_their_order() -> None:
    from datetime import timedelta

    day = timedelta(days=1)
    meeting = make_meeting(sittings=[(START, START + timedelta(hours=3)), (START + day, START + day + timedelta(hours=2))])
    first, second = meeting.sittings.order_by("number")
    by = the_secretariat()
    actions.add_item(meeting, by=by, title="Chiều", sitting=second)
    actions.add_item(meeting, by=by, title="Sáng", sitting=first)
    actions.add_item(meeting, by=by, title="Tối")
    assert told(meeting) == ["1 Sáng", "2 Chiều", "3 Tối"]
    move(meeting, "Chiều", "up")
    assert [(row.title, row.sitting) for row in meeting.items.order_by("position")] == [
        ("Sáng", first), ("Chiều", first), ("Tối", second)
    ]  # fmt: skip


# Two at one item


def test_an_edit_of_what_somebody_else_has_changed_is_refused_with_what_stands_there(
    room: Room, clients: dict[str, Client]
) -> None:
    item = room.items[0]
    body = {"item": item, "kind": "opening", "minutes": "9", "presenter": "B", "version": str(item.version)}
    assert knock(clients["secretary"], room.meeting, "item.edit", title="Một", **body).status_code == 200
    refused = knock(clients["secretariat"], room.meeting, "item.edit", title="Hai", **body)
    assert refused.status_code == 409
    assert "Một" in refused.json()["reason"]
    item.refresh_from_db()
    assert (item.title, item.version) == ("Một", refused.json()["version"])
    seen = body | {"version": str(refused.json()["version"])}
    assert knock(clients["secretariat"], room.meeting, "item.edit", title="Hai", **seen).status_code == 200
    assert knock(clients["secretary"], room.meeting, "item.edit", title="Ba", **seen).status_code == 409


def test_a_move_next_to_what_has_gone_is_refused(room: Room, clients: dict[str, Client]) -> None:
    gone = room.items[1].pk
    actions.remove_item(room.meeting, by=the_secretariat(), item=room.items[1])
    answer = knock(clients["secretary"], room.meeting, "item.move", item=room.items[3].pk, before=str(gone))
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"before"})


def test_lines_that_cannot_be_items_are_named_and_nothing_is_added(room: Room, clients: dict[str, Client]) -> None:
    answer = knock(clients["secretary"], room.meeting, "items.add", text="Tốt\n(5 phút)\nDài (9999 phút)")
    assert (answer.status_code, len(answer.json()["errors"]["text"])) == (400, 2)
    assert room.meeting.items.count() == 4


# Presenters


def test_a_presenter_of_the_list_is_kept_as_long_as_the_name_stands_there(room: Room, clients: dict[str, Client]) -> None:
    person = make_participant(room.meeting, "Lò Thị Trình", position="Phó Chánh Văn phòng")
    item = room.items[0]
    body = {"item": item, "title": "T", "kind": "report", "minutes": "5"}
    knock(clients["secretary"], room.meeting, "item.edit", presenter="Lò Thị Trình; Chủ tọa", people=[person.pk], **body)
    assert list(item.people.all()) == [person]
    knock(clients["secretary"], room.meeting, "item.edit", presenter="Lò Thị Trình", **body)
    assert list(item.people.all()) == [person]
    knock(clients["secretary"], room.meeting, "item.edit", presenter="Chủ tọa", **body)
    assert list(item.people.all()) == []


def test_presenters_are_offered_by_name_and_office_without_marks(room: Room, clients: dict[str, Client]) -> None:
    found = clients["secretary"].get(f"/m/{room.meeting.slug}/programme/presenters/?q=giang a").json()["people"]
    assert [one["name"] for one in found] == ["Giàng A Đại"]
