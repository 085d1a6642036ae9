"""Proxies: who may give and hold one, and that it ends for polls opened later."""

from __future__ import annotations

import pytest

from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from tests.cast import Room
from tests.make import open_the_meeting, the_secretariat
from tests.polls import FOR, cast, make_open_poll
from voting.models import Proxy
from voting.proxies.actions import end_proxy, give_proxy

pytestmark = pytest.mark.django_db


def give(room: Room, giver: str, holder: str) -> Proxy:
    """Give a proxy between two of the cast."""
    people = room.people
    return give_proxy(room.meeting, by=the_secretariat(), giver=people[giver], holder=people[holder], document="12-CV/VPTU")


@pytest.mark.parametrize(
    ("giver", "holder", "sentence"),
    [
        ("delegate", "delegate", "Không thể tự ủy quyền"),
        ("delegate", "guest", "không có quyền biểu quyết ở hội nghị này"),
        ("guest", "delegate", "nên không thể ủy quyền"),
        ("ca_mau", "ha_tinh", "Lâm Út Tư đã ủy quyền"),
        ("delegate", "ca_mau", "Lâm Út Tư đã ủy quyền cho người khác"),
        ("chair", "delegate", "Nguyễn Văn Chủ đang nhận ủy quyền"),
    ],
)
def test_what_cannot_be_is_refused_in_words(room: Room, giver: str, holder: str, sentence: str) -> None:
    give(room, "ca_mau", "chair")
    with pytest.raises(OutOfOrder, match=sentence):
        give(room, giver, holder)


def test_an_ended_proxy_holds_in_the_open_poll_and_in_no_later_one(room: Room) -> None:
    open_the_meeting(room.meeting)
    proxy = give(room, "ca_mau", "delegate")
    poll = make_open_poll(room.meeting, proxies_at_most=2)
    end_proxy(room.meeting, by=the_secretariat(), proxy=proxy)
    assert cast(poll, room.people["delegate"], FOR, whose=room.people["ca_mau"])
    with pytest.raises(OutOfOrder, match="đã chấm dứt"):
        end_proxy(room.meeting, by=the_secretariat(), proxy=proxy)
    assert fold_differences(room.meeting) == []
