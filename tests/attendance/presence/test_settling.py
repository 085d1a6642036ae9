"""What scans mean for how people stand: one truth, and each contradiction told. Without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from attendance.presence.settling import Read, Seen, settle
from attendance.presence.standing import Before, Span, Standing, absent, entered, left

START = datetime(2025, 11, 26, 8, 0, tzinfo=UTC)
LAO_CAI, HA_TINH = 1, 2


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def read(number: int, minutes: float, verdict: str = "admitted", **kw: Any) -> Read:
    data: dict[str, Any] = {"where": LAO_CAI, "door": 1, "reason": "", "participant": 7, "turn": number} | kw
    return Read(scan=number, key=UUID(int=number), verdict=verdict, at=at(minutes), **data)


def settled(*reads: Read, stands: Standing | None = None, **kw: Any) -> tuple[Standing, list[str]]:
    before = {7: stands} if stands else {}
    found = settle(reads, before, **kw)
    return found.standings.get(7, stands or Standing()), [one.kind for one in found.contradictions]


INSIDE = entered(Standing(), where=LAO_CAI, at=at(0))


def spans(stands: Standing) -> list[tuple[int | None, float, float | None]]:
    def minutes(moment: datetime) -> float:
        return (moment - START).total_seconds() / 60

    return [(s.where, minutes(s.began_at), None if s.ended_at is None else minutes(s.ended_at)) for s in stands.stays]


def test_in_out_in_makes_two_stays() -> None:
    stands, told = settled(read(1, 0), read(2, 10, "out"), read(3, 15))
    assert (stands.state, stands.where, spans(stands), told) == ("present", LAO_CAI, [(1, 0, 10), (1, 15, None)], [])


def test_the_order_in_which_scans_arrive_does_not_matter() -> None:
    reads = [read(1, 0), read(2, 10, "out"), read(3, 15), read(4, 40, "out")]
    ends = {(one.state, tuple(spans(one))) for order in permutations(reads) for one, _told in [settled(*order)]}
    assert ends == {("left", ((1, 0, 10), (1, 15, 40)))}


def test_the_same_entry_once_more_changes_nothing() -> None:
    assert settled(read(1, 5), stands=INSIDE) == (INSIDE, [])


def test_an_earlier_entry_that_comes_late_moves_the_beginning_back() -> None:
    stands, told = settled(read(1, -10), stands=INSIDE)
    assert (spans(stands), told) == ([(1, -10, None)], [])


def test_an_earlier_leaving_that_comes_late_does_not_send_anybody_out() -> None:
    assert settled(read(1, -10, "out"), stands=INSIDE) == (INSIDE, [])


@pytest.mark.parametrize("verdict", ["admitted", "moved"])
def test_one_person_at_two_bridge_points_stands_where_seen_last_and_is_told(verdict: str) -> None:
    stands, told = settled(read(1, 20, verdict, where=HA_TINH, door=9), stands=INSIDE)
    assert (stands.where, spans(stands), told) == (HA_TINH, [(1, 0, 20), (2, 20, None)], ["two_places"])


def test_an_older_entry_elsewhere_is_told_and_changes_nothing() -> None:
    assert settled(read(1, -20, where=HA_TINH, door=9), stands=INSIDE) == (INSIDE, ["two_places"])


def test_who_has_left_one_bridge_point_may_enter_another() -> None:
    stands, told = settled(read(1, 20, "out"), read(2, 30, "moved", where=HA_TINH), stands=INSIDE)
    assert (stands.where, told) == (HA_TINH, [])


def test_who_was_online_and_comes_in_person_is_no_contradiction() -> None:
    online = entered(Standing(), where=HA_TINH, at=at(0), is_online=True)
    stands, told = settled(read(1, 20), stands=online)
    assert (stands.state, told) == ("present", [])


def test_two_doors_within_seconds_are_told_whether_the_second_was_admitted_or_not() -> None:
    first = {7: Seen(door=1, at=at(0))}
    off_line = settle([read(1, 0.5, door=2)], {7: INSIDE}, seen=first)
    on_line = settle([read(1, 0.5, "refused", door=2, reason="inside")], {7: INSIDE}, seen=first)
    later = settle([read(1, 5, door=2)], {7: INSIDE}, seen=first)
    same_door = settle([read(1, 0.5, "refused", reason="inside")], {7: INSIDE}, seen=first)
    assert [[c.kind for c in one.contradictions] for one in (off_line, on_line, later, same_door)] == [
        ["two_doors"], ["two_doors"], [], [],
    ]  # fmt: skip


def test_two_doors_are_told_when_the_earlier_scan_comes_later() -> None:
    first = {7: Seen(door=1, at=at(0))}
    found = settle([read(1, -0.5, door=2)], {7: INSIDE}, seen=first)
    assert [one.kind for one in found.contradictions] == ["two_doors"]


def test_two_doors_in_one_batch_are_told() -> None:
    assert settled(read(1, 0), read(2, 0.2, door=2))[1] == ["two_doors"]


def test_a_scan_older_than_a_correction_by_hand_is_told_and_changes_nothing() -> None:
    corrected = Standing("absent", LAO_CAI, at(30), by_hand_at=at(30))
    assert settled(read(1, 20), stands=corrected) == (corrected, ["corrected"])


def test_a_scan_older_than_a_correction_that_says_the_same_is_not_told() -> None:
    corrected = Standing("present", LAO_CAI, at(0), by_hand_at=at(30), stays=INSIDE.stays)
    assert settled(read(1, 20), stands=corrected) == (corrected, [])


def test_a_scan_after_a_correction_counts() -> None:
    corrected = absent(Standing(), at=at(30), where=LAO_CAI)
    assert settled(read(1, 40), stands=corrected)[0].state == "present"


def test_a_badge_that_was_revoked_before_admits_nobody_and_is_told() -> None:
    assert settled(read(1, 20, revoked_at=at(10))) == (Standing(), ["revoked"])
    assert settled(read(1, 20, revoked_at=at(30)))[0].state == "present"


def test_leaving_with_a_badge_that_was_replaced_meanwhile_is_leaving() -> None:
    assert settled(read(1, 20, "out", revoked_at=at(10)), stands=INSIDE)[0].state == "left"


def test_what_a_revoked_device_sends_is_told_and_changes_nothing() -> None:
    assert settled(read(1, 20, was_revoked=True)) == (Standing(), ["device"])


def test_a_revoked_device_is_told_once_of_each_person_however_often_it_reads_them() -> None:
    reads = [read(n, n, was_revoked=True, scanner=3 + n % 2, participant=7 + n // 20) for n in range(40)]
    found = settle(reads, {}).contradictions
    assert sorted((one.scan, one.participant) for one in found) == [(0, 7), (1, 7), (20, 8), (21, 8)]
    again = settle(reads, {}, told=[(7, 3), (7, 4), (8, 3)]).contradictions
    assert [(one.scan, one.participant, one.kind) for one in again] == [(21, 8, "device")]


def test_what_is_taken_back_at_once_never_was() -> None:
    assert settled(read(1, 0), read(2, 0.1, "undone", undoes=UUID(int=1))) == (Standing(), [])


def test_what_may_not_be_taken_back_stands_though_it_was_asked_for_at_once() -> None:
    refused = read(2, 0.1, "refused", undoes=UUID(int=1))
    assert settled(read(1, 0), refused)[0].state == "present"
    of_a_revoked_device = read(2, 0.1, "undone", undoes=UUID(int=1), was_revoked=True)
    stands, told = settled(read(1, 0), of_a_revoked_device)
    assert (stands.state, told) == ("present", ["device"])


def test_an_entry_taken_back_after_its_seal_is_undone() -> None:
    undo = read(2, 1, "undone", undoes=UUID(int=1), undone_at=at(0))
    assert settled(undo, stands=INSIDE)[0] == Standing()
    before = left(INSIDE, at=at(10))
    again = entered(before, where=LAO_CAI, at=at(20))
    undo = read(2, 21, "undone", undoes=UUID(int=1), undone_at=at(20))
    assert spans(settled(undo, stands=again)[0]) == [(1, 0, 10)]


def test_a_move_taken_back_leaves_the_person_where_they_were() -> None:
    moved, _told = settled(read(1, 20, "moved", where=HA_TINH), stands=INSIDE)
    undo = read(2, 21, "undone", undoes=UUID(int=1), undone_at=at(20))
    assert settled(undo, stands=moved)[0] == INSIDE


def test_a_leaving_taken_back_lets_the_stay_go_on() -> None:
    gone, _told = settled(read(1, 20, "out"), stands=INSIDE)
    undo = read(2, 21, "undone", undoes=UUID(int=1), undone_at=at(20))
    assert settled(undo, stands=gone)[0] == INSIDE


def test_what_came_after_stays_when_something_older_is_taken_back() -> None:
    later = entered(left(INSIDE, at=at(10)), where=LAO_CAI, at=at(20))
    undo = read(2, 21, "undone", undoes=UUID(int=1), undone_at=at(0))
    assert settled(undo, stands=later) == (later, [])


def test_nothing_counts_after_the_end() -> None:
    assert settled(read(1, 20), until=at(10)) == (Standing(), [])


def test_a_refusal_changes_nothing() -> None:
    assert settled(read(1, 20, "refused", reason="other_place")) == (Standing(), [])


def test_a_time_within_an_earlier_stay_is_told() -> None:
    later = entered(left(INSIDE, at=at(10)), where=LAO_CAI, at=at(20))
    stands, told = settled(read(1, 5, "admitted"), stands=later)
    assert (stands, told) == (later, ["corrected"])


def test_stays_never_overlap_whatever_comes() -> None:
    moments = [0, 3, 1, 7, 2, 9, 4, 12, 5]
    verdicts = ["admitted", "out", "moved", "admitted", "out", "moved", "out", "admitted", "admitted"]
    for turn in range(len(moments)):
        order = moments[turn:] + moments[:turn]
        stands = Standing()
        for number, (minutes, verdict) in enumerate(zip(order, verdicts, strict=True)):
            stands, _told = settled(read(number, minutes, verdict, where=1 + number % 2), stands=stands)
            ends = [one.ended_at for one in stands.stays[:-1]]
            assert all(
                end is not None and end <= following.began_at for end, following in zip(ends, stands.stays[1:], strict=True)
            )
            assert all(one.ended_at is None or one.began_at <= one.ended_at for one in stands.stays)
            assert stands.is_there == (stands.open_stay is not None)


def test_a_stay_is_plain_in_one_way_whatever_the_zone() -> None:
    zone = datetime.fromisoformat("2025-11-26T15:00:00+07:00")
    assert Span(1, False, zone).plain() == Span(1, False, at(0)).plain()


def test_what_was_said_by_hand_is_so_again_when_the_scan_after_it_is_taken_back() -> None:
    marked = Standing("absent", LAO_CAI, at(0), by_hand_at=at(0), reason="Ốm")
    inside, _told = settled(read(1, 5), stands=marked)
    assert (inside.state, inside.reason) == ("present", "")
    undo = read(2, 6, "undone", undoes=UUID(int=1), undone_at=at(5))
    assert settled(undo, stands=inside) == (marked, [])


def test_what_stood_before_a_scan_is_read_as_it_was_written() -> None:
    inside, _told = settled(read(1, 5), stands=Standing("left", HA_TINH, at(2), at(3), left(INSIDE, at=at(2)).stays))
    assert inside.before
    assert Before.of(inside.before.plain()) == inside.before


def test_out_and_in_again_within_seconds_is_one_stay_and_a_longer_way_out_is_two() -> None:
    reads = [read(n, 10 + n / 4, "out" if n % 2 else "admitted") for n in range(201)]
    stands, told = settled(*reads, stands=INSIDE)
    assert (spans(stands), told) == ([(LAO_CAI, 0, None)], [])
    stands, _told = settled(read(1, 10, "out"), read(2, 11), stands=INSIDE)
    assert spans(stands) == [(LAO_CAI, 0, 10), (LAO_CAI, 11, None)]


def test_an_entry_that_went_on_with_a_stay_is_taken_back_too() -> None:
    gone, _told = settled(read(1, 10, "out"), stands=INSIDE)
    again, _told = settled(read(2, 10.25), stands=gone)
    undo = read(3, 10.5, "undone", undoes=UUID(int=2), undone_at=at(10.25))
    assert spans(settled(undo, stands=again)[0]) == [(LAO_CAI, 0, 10)]
