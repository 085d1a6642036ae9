"""A bridge point is checked point by point and signed off; the newest run counts, all are kept."""

from __future__ import annotations

from typing import Any

import pytest

from attendance.readiness.actions import begin_readiness, mark_readiness, sign_readiness
from attendance.readiness.models import CheckMark, Point, ReadinessCheck
from meetings.actions import adjourn_meeting
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import JournalEntry
from tests.cast import Cast, Clients, Room
from tests.checking_doors import crew_of, make_check
from tests.knocking import knock
from tests.make import open_the_meeting, the_secretariat


def kinds(room: Room) -> list[str]:
    entries = JournalEntry.objects.filter(journal=room.meeting.journal_id, kind__startswith="readiness.")
    return list(entries.order_by("number").values_list("kind", flat=True))


def newest(room: Room, kind: str) -> dict[str, Any]:
    return JournalEntry.objects.filter(journal=room.meeting.journal_id, kind=kind).latest("number").payload


def test_a_technician_goes_through_ten_points_and_signs_off(room: Room, cast: Cast) -> None:
    technician = crew_of(room, "technician")
    check = begin_readiness(room.meeting, by=technician, bridge_point=room.lao_cai)
    for point in Point.values:
        mark_readiness(room.meeting, by=technician, check=check, points=[point], state="good")
    done = sign_readiness(room.meeting, by=technician, check=check)
    assert (done.signed_off_by, done.on_behalf) == (technician.name, False)
    assert kinds(room) == ["readiness.begun", *["readiness.marked"] * 10, "readiness.signed"]
    assert newest(room, "readiness.signed") | {"seconds": 0, "began_at": ""} == {
        "check": check.pk, "bridge_point": room.lao_cai.pk, "bridge_point_name": room.lao_cai.name, "run": 1, "began_at": "",
        "seconds": 0, "faults": [], "without": [], "note": "", "signed_by": technician.name, "on_behalf": False,
    }  # fmt: skip
    assert fold_differences(room.meeting) == []


def test_nothing_is_signed_off_while_a_point_is_missing(room: Room) -> None:
    check = make_check(room.lao_cai, marked=False, signed=False)
    rest = [point for point in Point.values if point not in ("scanner", "printer")]
    mark_readiness(room.meeting, by=the_secretariat(), check=check, points=rest, state="good")
    with pytest.raises(OutOfOrder, match=r"2.*thẻ.*;.*in"):
        sign_readiness(room.meeting, by=the_secretariat(), check=check)


def test_with_a_fault_left_the_note_says_how_the_meeting_goes_on(room: Room) -> None:
    check = make_check(room.lao_cai, fault="backup_line", signed=False)
    with pytest.raises(OutOfOrder):
        sign_readiness(room.meeting, by=the_secretariat(), check=check)
    done = sign_readiness(room.meeting, by=the_secretariat(), check=check, note="Dùng 4G dự phòng")
    assert done.on_behalf  # the secretariat is not there: it was told by telephone
    assert newest(room, "readiness.signed")["faults"] == [{"point": "backup_line", "note": "Không có tín hiệu"}]
    assert fold_differences(room.meeting) == []


def test_all_the_rest_is_good_leaves_what_somebody_has_marked_meanwhile(room: Room, clients: Clients) -> None:
    check = make_check(room.lao_cai, marked=False, signed=False)
    shown = ["power", "sound", "printer"]  # not marked when the page was shown
    mark_readiness(room.meeting, by=the_secretariat(), check=check, points=["sound"], state="fault", note="Không có tiếng")
    rest = {"check": check, "points": shown, "state": "good", "only_unmarked": "on"}
    assert knock(clients["technician"], room.meeting, "readiness.mark", **rest).status_code == 200
    assert dict(check.marks.values_list("point", "state")) == {"power": "good", "sound": "fault", "printer": "good"}
    assert newest(room, "readiness.marked")["points"] == ["power", "printer"]
    assert knock(clients["technician"], room.meeting, "readiness.mark", **rest).status_code == 409
    assert fold_differences(room.meeting) == []


def test_a_fault_says_what_is_wrong(room: Room, clients: Clients) -> None:
    check = make_check(room.lao_cai, marked=False, signed=False)
    mark = {"check": check, "points": ["sound"], "state": "fault", "note": " "}
    answer = knock(clients["technician"], room.meeting, "readiness.mark", **mark)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["note"])
    assert not CheckMark.objects.exists()


def test_what_is_signed_off_is_marked_no_more(room: Room) -> None:
    check = make_check(room.lao_cai)
    with pytest.raises(OutOfOrder, match="Văn phòng"):
        mark_readiness(room.meeting, by=crew_of(room), check=check, points=["sound"], state="good", note="x")
    with pytest.raises(OutOfOrder):
        sign_readiness(room.meeting, by=crew_of(room), check=check)


def test_a_second_run_is_begun_later_and_the_first_is_kept(room: Room) -> None:
    make_check(room.lao_cai, fault="sound")
    second = make_check(room.lao_cai, by=crew_of(room))
    kept = ReadinessCheck.objects.order_by("number").values_list("number", "note")
    assert list(kept) == [(1, "Dùng đường truyền chính"), (2, "")]
    assert second.number == 2
    third = make_check(room.lao_cai, marked=False, signed=False)
    with pytest.raises(OutOfOrder, match="Văn phòng"):
        begin_readiness(room.meeting, by=crew_of(room), bridge_point=room.lao_cai)
    assert third.number == 3


def test_people_of_another_bridge_point_check_nothing_here(room: Room, cast: Cast) -> None:
    check = make_check(room.sites[2], marked=False, signed=False)
    for action in (
        lambda: begin_readiness(room.meeting, by=crew_of(room), bridge_point=room.sites[3]),
        lambda: mark_readiness(room.meeting, by=crew_of(room), check=check, points=["sound"], state="good"),
        lambda: sign_readiness(room.meeting, by=crew_of(room), check=check),
    ):
        with pytest.raises(NotAllowed):
            action()


def test_nothing_is_checked_when_the_meeting_is_over(room: Room) -> None:
    check = make_check(room.lao_cai, signed=False)
    open_the_meeting(room.meeting)
    adjourn_meeting(room.meeting, by=the_secretariat())
    with pytest.raises(OutOfOrder):
        sign_readiness(room.meeting, by=the_secretariat(), check=check)


def test_a_mark_may_be_changed_and_the_journal_has_both(room: Room) -> None:
    check = make_check(room.lao_cai, fault="sound", marked=False, signed=False)
    mark_readiness(room.meeting, by=crew_of(room), check=check, points=["sound"], state="good")
    with pytest.raises(OutOfOrder, match=crew_of(room).name):
        mark_readiness(room.meeting, by=the_secretariat(), check=check, points=["sound"], state="good")
    assert [(m.state, m.marked_by) for m in check.marks.all()] == [("good", crew_of(room).name)]
    assert kinds(room) == ["readiness.begun", "readiness.marked", "readiness.marked"]
    assert fold_differences(room.meeting) == []
