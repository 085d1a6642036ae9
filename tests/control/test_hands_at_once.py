"""Several hands at once: one acknowledges, one withdraws, the list never grows beyond its bound, nothing is noted twice."""

from __future__ import annotations

from typing import Any

import pytest

from control import actions
from control.actions import begin_outages, end_outages
from control.models import STANDING_LIMIT, Outage, ReadMark
from control.receipts import mark_read, note_delivered, note_seen
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.journal import first_fault
from meetings.models import Meeting
from meetings.procedure import the_system
from tests.at_once import together
from tests.cast import Cast, Room
from tests.make import actor_of, make_announcement, make_message, make_site_command, open_the_meeting, the_secretariat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def own(room: Room) -> Meeting:
    """Return the meeting as one more process has read it."""
    return Meeting.objects.get(pk=room.meeting.pk)


def refusals(results: list[Any]) -> list[OutOfOrder]:
    """Return those that were refused; anything else that was raised is a fault."""
    raised = [result for result in results if isinstance(result, BaseException)]
    assert all(isinstance(one, OutOfOrder) for one in raised), raised
    return raised


def test_when_operator_and_technician_press_one_acknowledges_and_the_other_learns_who(room: Room, cast: Cast) -> None:
    made = make_site_command(room.meeting)
    people = [actor_of(room.meeting, cast[name]) for name in ("operator", "technician")]
    results = together(
        *(
            lambda by=by: actions.acknowledge_site_command(own(room), by=by, site_command=made, bridge_point=room.lao_cai)
            for by in people
        )
    )
    (refusal,) = refusals(results)
    assert made.receipts.get(bridge_point=room.lao_cai).acknowledged_by in refusal.reason
    assert room.meeting.journal.entries.filter(kind="site_command.acknowledged").count() == 1
    assert fold_differences(room.meeting) == []


def test_what_two_withdraw_is_withdrawn_once(room: Room) -> None:
    announcement, site_command, by = make_announcement(room.meeting), make_site_command(room.meeting), the_secretariat()
    results = together(
        *[lambda: actions.withdraw_announcement(own(room), by=by, announcement=announcement)] * 3,
        *[lambda: actions.withdraw_site_command(own(room), by=by, site_command=site_command)] * 3,
    )
    assert len(refusals(results)) == 4
    assert fold_differences(room.meeting) == []


def test_a_site_command_is_acknowledged_or_withdrawn_never_both(room: Room) -> None:
    by = the_secretariat()
    for n in range(5):
        made = make_site_command(room.meeting, f"{n}", sites=[room.lao_cai])
        results = together(
            lambda made=made: actions.withdraw_site_command(own(room), by=by, site_command=made),
            lambda made=made: actions.acknowledge_site_command(own(room), by=by, site_command=made, bridge_point=room.lao_cai),
        )
        kinds = list(room.meeting.journal.entries.order_by("-number").values_list("kind", flat=True)[:2])
        assert kinds[0] == "site_command.withdrawn"
        assert (kinds[1] == "site_command.acknowledged") == (len(refusals(results)) == 0)
    assert fold_differences(room.meeting) == []


def test_many_hands_publish_no_more_than_can_stand(room: Room) -> None:
    by = the_secretariat()
    results = together(
        *(lambda n=n: actions.publish_announcement(own(room), by=by, text=f"{n}") for n in range(STANDING_LIMIT + 4))
    )
    assert refusals(results) == []
    assert room.meeting.announcements.filter(withdrawn_at=None).count() == STANDING_LIMIT
    assert fold_differences(room.meeting) == []
    room.meeting.journal.refresh_from_db()
    assert first_fault(room.meeting.journal) is None


def test_two_processes_that_see_a_line_lost_note_one_outage(room: Room) -> None:
    open_the_meeting(room.meeting)
    room.meeting.refresh_from_db()
    at = room.meeting.opened_at
    assert at is not None
    lost = [(site.pk, at) for site in room.sites]
    assert sorted(together(*[lambda: begin_outages(own(room), by=the_system(), lost=lost)] * 4)) == [0, 0, 0, 4]
    back = [site.pk for site in room.sites]
    assert sorted(together(*[lambda: end_outages(own(room), by=the_system(), returned=back)] * 4)) == [0, 0, 0, 4]
    assert Outage.objects.count() == 4
    assert fold_differences(room.meeting) == []


def test_processes_that_note_the_same_receipts_do_not_stand_in_each_other_s_way(room: Room) -> None:
    made = [make_site_command(room.meeting, f"{n}") for n in range(5)]
    pairs = [(c.pk, site.pk) for c in made for site in room.sites]
    works = [lambda: note_delivered(room.meeting.pk, pairs), lambda: note_delivered(room.meeting.pk, pairs[::-1])] * 2
    results = together(*works, lambda: note_seen(room.meeting.pk, pairs[::-1]), lambda: note_seen(room.meeting.pk, pairs))
    assert all(isinstance(result, int) for result in results), results
    assert sum(results[-2:]) == len(pairs)


def test_a_line_read_in_two_windows_is_read_up_to_the_later(room: Room) -> None:
    made = [make_message(room.lao_cai, f"{n}") for n in range(6)]
    results = together(*(lambda m=m: mark_read(room.lao_cai.pk, "technical", True, m.pk) for m in made))
    assert all(isinstance(result, bool) for result in results), results
    assert ReadMark.objects.get().up_to == made[-1].pk
