"""The chair's desk: who is there, in the words of an office."""

from __future__ import annotations

from dataclasses import replace

from attendance.counting import HeadCount
from live.rendering import render_parts
from tests.live.test_screens import item, room


def test_who_has_left_is_said_to_have_left_and_not_to_stand_on_a_side() -> None:
    state = replace(room(item(1, 10, "open", opened=0)), people=HeadCount(expected=9, present=5, absent=1, left=2))
    html = render_parts("chair", "vi", state, {}, only=["people"])["people"]
    assert "đã về 2" in html
    assert "bên trái" not in html
