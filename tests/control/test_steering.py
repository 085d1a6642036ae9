"""Displays steered: some, those of one bridge point, or all."""

from __future__ import annotations

from typing import Any

import pytest

from control import actions
from control.models import Display
from meetings.actions import remove_bridge_point
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from tests.cast import Room
from tests.make import make_announcement, make_bridge_points, make_display, the_secretariat

pytestmark = pytest.mark.django_db


@pytest.fixture
def displays(room: Room) -> list[Display]:
    """One of the central hall and two of Lào Cai."""
    return [
        make_display(room.meeting, "Hội trường"),
        make_display(room.meeting, "Lào Cai 1", room.lao_cai),
        make_display(room.meeting, "Lào Cai 2", room.lao_cai),
    ]


def steer(room: Room, mode: str, **kw: Any) -> int:
    return actions.steer_displays(room.meeting, by=the_secretariat(), mode=mode, **kw)


def modes(room: Room) -> list[str]:
    return list(room.meeting.displays.order_by("pk").values_list("mode", flat=True))


def test_a_new_display_follows_the_meeting(room: Room, displays: list[Display]) -> None:
    assert modes(room) == ["auto"] * 3


@pytest.mark.parametrize("mode", [mode for mode in Display.Mode.values if mode not in ("auto", "announcement")])
def test_all_displays_are_steered_in_one_step(mode: str, room: Room, displays: list[Display]) -> None:
    assert steer(room, mode) == 3
    assert modes(room) == [mode] * 3
    entry = room.meeting.journal.entries.last()
    assert entry is not None
    assert entry.payload == {"mode": mode, "announcement": None, "all": True, "count": 3, "displays": []}
    assert fold_differences(room.meeting) == []


def test_the_displays_of_a_bridge_point_are_steered(room: Room, displays: list[Display]) -> None:
    assert steer(room, "count", bridge_point=room.lao_cai) == 2
    assert modes(room) == ["auto", "count", "count"]
    with pytest.raises(OutOfOrder, match="no display"):
        steer(room, "count", bridge_point=room.sites[2])
    assert fold_differences(room.meeting) == []


def test_one_display_of_several_is_steered(room: Room, displays: list[Display]) -> None:
    assert steer(room, "blank", displays=displays[1:2]) == 1
    assert modes(room) == ["auto", "blank", "auto"]
    entry = room.meeting.journal.entries.last()
    assert entry is not None
    assert entry.payload["displays"] == [{"id": displays[1].pk, "name": "Lào Cai 1"}]
    assert fold_differences(room.meeting) == []


def test_what_they_show_already_is_not_told_again(room: Room, displays: list[Display]) -> None:
    steer(room, "welcome", displays=displays[:1])
    with pytest.raises(OutOfOrder, match="show this already"):
        steer(room, "welcome", displays=displays[:1])
    assert steer(room, "welcome") == 3
    assert fold_differences(room.meeting) == []


def test_a_revoked_display_is_steered_no_more(room: Room, displays: list[Display]) -> None:
    actions.revoke_display(room.meeting, by=the_secretariat(), display=displays[0])
    with pytest.raises(OutOfOrder, match="has been revoked"):
        steer(room, "item", displays=displays)
    assert steer(room, "item") == 2
    assert modes(room) == ["auto", "item", "item"]
    assert fold_differences(room.meeting) == []


def test_only_an_announcement_that_stands_is_shown(room: Room, displays: list[Display]) -> None:
    first, second = make_announcement(room.meeting, "Một"), make_announcement(room.meeting, "Hai")
    steer(room, "announcement", announcement=first)
    steer(room, "announcement", announcement=second, displays=displays[:2])
    assert [d.announcement for d in room.meeting.displays.order_by("pk")] == [second, second, first]
    actions.withdraw_announcement(room.meeting, by=the_secretariat(), announcement=first)
    assert modes(room) == ["announcement", "announcement", "auto"]
    with pytest.raises(OutOfOrder, match="withdrawn"):
        steer(room, "announcement", announcement=first)
    with pytest.raises(OutOfOrder, match="Choose the announcement"):
        steer(room, "announcement")
    steer(room, "item", announcement=second)
    assert not second.displays.exists()
    assert fold_differences(room.meeting) == []


def test_a_display_revoked_while_it_showed_an_announcement_lets_go_of_it(room: Room, displays: list[Display]) -> None:
    made = make_announcement(room.meeting, show=True)
    actions.revoke_display(room.meeting, by=the_secretariat(), display=displays[0])
    actions.withdraw_announcement(room.meeting, by=the_secretariat(), announcement=made)
    assert modes(room) == ["auto"] * 3
    assert fold_differences(room.meeting) == []


def test_where_there_is_no_display_nothing_is_steered(room: Room) -> None:
    with pytest.raises(OutOfOrder, match="no display"):
        steer(room, "item")


def test_a_bridge_point_keeps_its_display_until_it_is_revoked(room: Room) -> None:
    site = make_bridge_points(room.meeting, "Huế")[0]
    display = make_display(room.meeting, "Sảnh Huế", site)
    with pytest.raises(OutOfOrder, match="Sảnh Huế"):
        remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=site)
    actions.revoke_display(room.meeting, by=the_secretariat(), display=display)
    remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=site)
    display.refresh_from_db()
    assert display.bridge_point is None
    assert fold_differences(room.meeting) == []
