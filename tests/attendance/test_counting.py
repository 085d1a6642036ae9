"""Counting people: each in one place, by one rule, in a constant number of questions to the database."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from attendance.counting import (
    Alike,
    Hall,
    HeadCount,
    counts_by_bridge_point,
    counts_by_group,
    in_hall,
    rolled_up,
    summed,
    tally,
    totals,
)
from attendance.halls.actions import enter_hall_count, withdraw_hall_count
from attendance.models import Presence
from attendance.presence.actions import mark_presence
from demo.loading import ensure
from meetings.actions import excuse_participants
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import BridgePoint, Participant
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import actor_of, make_group, make_participant, make_participants, mark_present, the_secretariat

HALL, LAO_CAI, HA_TINH = 1, 2, 3
HUNDREDTH = 0.01


def test_everybody_is_counted_once_where_they_are_and_else_where_they_belong() -> None:
    rows = [
        Alike(LAO_CAI, LAO_CAI, "present", False, False, 5),
        Alike(LAO_CAI, HALL, "present", False, False, 2),  # in the hall today
        Alike(LAO_CAI, None, "online", False, True, 1),
        Alike(LAO_CAI, HALL, "left", False, False, 1),  # was in the hall and went home
        Alike(LAO_CAI, LAO_CAI, "absent", False, False, 3),
        Alike(LAO_CAI, None, None, False, False, 4),
        Alike(LAO_CAI, None, None, True, False, 6),
        Alike(LAO_CAI, None, "absent", True, False, 1),
        Alike(HALL, HALL, "present", True, False, 1),  # excused, and came all the same
    ]
    counts = tally(rows)
    assert counts[HALL] == HeadCount(expected=3, present=3)
    assert counts[LAO_CAI] == HeadCount(expected=14, present=6, online=1, left=1, absent=3, excused=7, substitutes=1)
    assert counts[LAO_CAI].unmarked == 4
    assert sum(row.people for row in rows) == sum(c.expected + c.excused for c in counts.values())


@pytest.mark.parametrize(
    ("named", "hall", "counted"),
    [
        (HeadCount(), Hall(45, 50), HeadCount(expected=50, present=45, unnamed=45)),
        (HeadCount(expected=10), Hall(8), HeadCount(expected=10, present=8, unnamed=8)),
        (HeadCount(expected=10, present=4), Hall(3), HeadCount(expected=10, present=4)),  # never less than by name
        (HeadCount(expected=10, present=4), Hall(12), HeadCount(expected=12, present=12, unnamed=8)),  # who comes is expected
        (
            HeadCount(expected=10, present=8, online=2, left=1, absent=1),
            Hall(15, 20),
            HeadCount(expected=20, present=17, online=2, left=1, absent=1, unnamed=9),
        ),
        (
            HeadCount(expected=10, present=4, online=1, left=3, absent=1, excused=2),
            Hall(8, 10),
            HeadCount(expected=10, present=9, online=1, left=1, excused=2, unnamed=5),
        ),
        (HeadCount(expected=10, absent=10), Hall(0), HeadCount(expected=10, absent=10)),
    ],
)
def test_a_hall_counted_by_head_is_never_less_than_its_names(named: HeadCount, hall: Hall, counted: HeadCount) -> None:
    found = in_hall(named, hall)
    assert found == counted
    assert found.unmarked >= 0
    assert found.absent <= named.absent


def test_who_is_online_sits_in_no_hall_and_who_was_not_counted_is_not_marked() -> None:
    found = in_hall(HeadCount(expected=10, present=8, online=2, left=1, absent=1), Hall(15, 20))
    assert (found.present, found.present - found.online, found.absent, found.unmarked) == (17, 15, 1, 1)
    assert found.named_in_hall == 6


def test_the_points_under_another_are_summed_up_to_it_however_deep() -> None:
    counts = {n: HeadCount(expected=10, present=n) for n in (1, 2, 3, 4)}
    assert rolled_up(counts, {1: None, 2: 1, 3: 2, 4: None}) == {
        1: HeadCount(expected=30, present=6), 2: HeadCount(expected=20, present=5),
    }  # fmt: skip
    assert rolled_up(counts, {1: None, 4: None}) == {}
    assert rolled_up({3: HeadCount(expected=1)}, {1: 2, 2: 1, 3: 2}) == {1: HeadCount(expected=1), 2: HeadCount(expected=1)}


@pytest.mark.django_db
def test_the_tables_are_counted_by_the_same_rule(room: Room) -> None:
    by, people = the_secretariat(), room.people
    mark_present(people["delegate"])
    mark_presence(room.meeting, by=by, participants=[people["lao_cai_2"]], state="present", bridge_point=room.sites[0])
    mark_presence(room.meeting, by=by, participants=[people["ha_tinh"]], state="online")
    mark_presence(room.meeting, by=by, participants=[people["guest"]], state="absent")
    stands_in = make_participant(room.meeting, "Trương Văn Thay", site=room.sites[3], substitute_for=people["ca_mau"])
    mark_present(stands_in)
    excuse_participants(room.meeting, by=by, participants=[people["unplaced"]])
    counts = counts_by_bridge_point(room.meeting)
    assert counts == {
        room.sites[0].pk: HeadCount(expected=4, present=1, absent=1),
        room.sites[1].pk: HeadCount(expected=1, present=1),
        room.sites[2].pk: HeadCount(expected=1, present=1, online=1),
        room.sites[3].pk: HeadCount(expected=1, present=1, excused=1, substitutes=1),
        None: HeadCount(excused=1),
    }
    assert totals(room.meeting) == summed(counts.values())
    for site in room.sites:
        assert counts_by_bridge_point(room.meeting, at=site.pk) == {site.pk: counts[site.pk]}


@pytest.mark.django_db
def test_groups_are_counted_by_name(room: Room) -> None:
    group = make_group(room.meeting)
    Participant.objects.filter(pk__in=[room.people["guest"].pk, room.people["delegate"].pk]).update(group=group)
    mark_present(room.people["guest"])
    enter_hall_count(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai, present=40)
    counts = counts_by_group(room.meeting)
    assert counts[group.pk] == HeadCount(expected=2, present=1)
    assert totals(room.meeting).present - totals(room.meeting).unnamed == summed(counts.values()).present == 1


@pytest.mark.django_db
def test_a_head_count_is_entered_corrected_and_taken_back(room: Room, cast: Cast) -> None:
    by, site = actor_of(room.meeting, cast["operator"]), room.lao_cai
    mark_present(room.people["delegate"])
    enter_hall_count(room.meeting, by=by, bridge_point=site, present=45, expected=50)
    enter_hall_count(room.meeting, by=by, bridge_point=site, present=46, expected=50)
    assert counts_by_bridge_point(room.meeting)[site.pk] == HeadCount(expected=50, present=46, unnamed=45)
    with pytest.raises(OutOfOrder):
        enter_hall_count(room.meeting, by=by, bridge_point=site, present=46, expected=50)
    with pytest.raises(NotAllowed):
        enter_hall_count(room.meeting, by=by, bridge_point=room.sites[2], present=46)
    assert fold_differences(room.meeting) == []
    withdraw_hall_count(room.meeting, by=by, bridge_point=site)
    assert counts_by_bridge_point(room.meeting)[site.pk] == HeadCount(expected=2, present=1)
    with pytest.raises(OutOfOrder):
        withdraw_hall_count(room.meeting, by=by, bridge_point=site)
    assert fold_differences(room.meeting) == []
    facts = room.meeting.journal.entries.filter(kind__startswith="hall_count.")
    assert [(one.kind, one.payload.get("present")) for one in facts] == [
        ("hall_count.entered", 45), ("hall_count.entered", 46), ("hall_count.withdrawn", None),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("present", "expected", "said"),
    [(12, 8, "(12)"), (99_999, 99_999, "5000"), (5_001, "", "5000"), (9, 5_001, "5000")],
)
def test_a_count_that_cannot_be_is_refused_in_words(
    present: int, expected: int | str, said: str, room: Room, clients: dict[str, Client]
) -> None:
    answer = knock(
        clients["operator"], room.meeting, "hall_count.enter", bridge_point=room.lao_cai, present=present, expected=expected
    )
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert counts_by_bridge_point(room.meeting)[room.lao_cai.pk].present == 0
    for many, of in ((8, 8), (12, "")):  # more than stand on the list may come
        fits = knock(clients["operator"], room.meeting, "hall_count.enter", bridge_point=room.lao_cai, present=many, expected=of)
        assert fits.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 30])
def test_counting_asks_two_questions_whatever_there_is(many: int, room: Room) -> None:
    people = make_participants(room.meeting, [f"Đại biểu {n}" for n in range(many)], site=room.lao_cai)
    mark_presence(room.meeting, by=the_secretariat(), participants=people, state="present")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        counts_by_bridge_point(room.meeting)
    assert len(asked) == 2


@pytest.mark.django_db
def test_3356_bridge_points_are_counted_and_summed_up_within_50_ms() -> None:
    meeting = ensure(communes=True)
    people = Participant.objects.filter(meeting=meeting).values_list("pk", "bridge_point_id")
    now = meeting.sittings.get().starts_at
    Presence.objects.bulk_create(
        Presence(meeting=meeting, participant_id=pk, bridge_point_id=site, state="present", marked_at=now)
        for pk, site in people
        if pk % 3
    )
    parents = dict(BridgePoint.objects.filter(meeting=meeting).values_list("pk", "parent_id"))
    taken = []
    for _turn in range(3):
        begun = time.process_time()  # two more tests run beside this one
        counts = counts_by_bridge_point(meeting)
        wholes = rolled_up(counts, parents)
        whole = summed(counts.values())
        taken.append(time.process_time() - begun)
    assert len(counts) >= 3356
    assert sum(count.present for count in wholes.values()) < whole.present
    assert min(taken) < 5 * HUNDREDTH, f"{min(taken) * 1000:.0f} ms"
