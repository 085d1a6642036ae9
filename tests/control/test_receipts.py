"""Delivered and seen: noted outside the journal, once, and never taken back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from control import actions
from control.models import SiteCommand
from control.receipts import note_delivered, note_seen
from tests.cast import Room
from tests.make import make_meeting, make_site_command, the_secretariat

pytestmark = pytest.mark.django_db


def noted(site_command: SiteCommand) -> dict[str, str]:
    """Return how far each bridge point's receipt has come: d delivered, s seen."""
    return {
        r.bridge_point.short_name: ("d" if r.delivered_at else "") + ("s" if r.seen_at else "")
        for r in site_command.receipts.select_related("bridge_point")
    }


def test_what_reached_a_console_is_noted_once(room: Room) -> None:
    made, head = make_site_command(room.meeting), room.meeting.journal.entries.count()
    pairs = [(made.pk, site.pk) for site in room.sites[1:3]]
    assert note_delivered(room.meeting.pk, pairs) == 2
    first = made.receipts.get(bridge_point=room.lao_cai).delivered_at
    assert note_delivered(room.meeting.pk, [*pairs, (made.pk, room.sites[3].pk)]) == 1
    assert made.receipts.get(bridge_point=room.lao_cai).delivered_at == first
    assert noted(made) == {"Trung tâm": "", "Lào Cai": "d", "Hà Tĩnh": "d", "Cà Mau": "d"}
    assert room.meeting.journal.entries.count() == head


def test_what_was_seen_was_delivered(room: Room) -> None:
    made = make_site_command(room.meeting)
    note_delivered(room.meeting.pk, [(made.pk, room.lao_cai.pk)])
    before = made.receipts.get(bridge_point=room.lao_cai).delivered_at
    assert note_seen(room.meeting.pk, [(made.pk, room.lao_cai.pk), (made.pk, room.sites[2].pk)]) == 2
    assert note_seen(room.meeting.pk, [(made.pk, room.lao_cai.pk)]) == 0
    assert made.receipts.get(bridge_point=room.lao_cai).delivered_at == before
    assert noted(made) == {"Trung tâm": "", "Lào Cai": "ds", "Hà Tĩnh": "ds", "Cà Mau": ""}


def test_pairs_that_are_not_there_are_passed_over(room: Room) -> None:
    made, other = make_site_command(room.meeting, sites=[room.lao_cai]), make_meeting()
    gone = make_site_command(room.meeting)
    actions.withdraw_site_command(room.meeting, by=the_secretariat(), site_command=gone)
    unknown = [
        (made.pk, room.sites[2].pk), (made.pk, 10**9), (made.pk, 10**30), (made.pk, -1), (10**30, room.lao_cai.pk), (0, 0),
        (gone.pk, room.lao_cai.pk),
    ]  # fmt: skip
    assert note_delivered(room.meeting.pk, unknown) == 0
    assert note_seen(room.meeting.pk, unknown) == 0
    assert note_seen(other.pk, [(made.pk, room.lao_cai.pk)]) == 0
    assert note_seen(10**9, [(made.pk, room.lao_cai.pk)]) == 0
    assert note_seen(room.meeting.pk, []) == 0
    assert (noted(made), set(noted(gone).values())) == ({"Lào Cai": ""}, {""})


def test_many_pairs_of_several_commands_are_noted_in_one_statement(room: Room) -> None:
    made = [make_site_command(room.meeting, f"{n}") for n in range(6)]
    with CaptureQueriesContext(connection) as queries:
        assert note_delivered(room.meeting.pk, [(c.pk, site.pk) for c in made for site in room.sites]) == 24
    assert len([q for q in queries if q["sql"].startswith("UPDATE")]) == 1
