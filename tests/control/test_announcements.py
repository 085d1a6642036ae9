"""Announcements: for all or for some bridge points, on the displays too, withdrawn; a bounded number of them stands."""

from __future__ import annotations

import pytest
from django.test import Client

from control import actions
from control.models import STANDING_LIMIT, Announcement
from meetings.actions import remove_bridge_point
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import actor_of, make_announcement, make_bridge_points, make_display, the_secretariat

pytestmark = pytest.mark.django_db


def withdraw(announcement: Announcement) -> None:
    actions.withdraw_announcement(announcement.meeting, by=the_secretariat(), announcement=announcement)


def last_payload(room: Room, kind: str) -> dict[str, object]:
    entry = room.meeting.journal.entries.filter(kind=kind).last()
    assert entry is not None
    payload: dict[str, object] = entry.payload
    return payload


def test_an_announcement_for_all_names_nobody(room: Room) -> None:
    made = make_announcement(room.meeting, "Nghỉ giải lao 10 phút.")
    assert list(made.sites.all()) == []
    assert last_payload(room, "announcement.published") == {
        "announcement": made.pk, "text": "Nghỉ giải lao 10 phút.", "all": True, "count": 4, "sites": [],
    }  # fmt: skip
    assert fold_differences(room.meeting) == []


def test_an_announcement_for_some_names_them(room: Room) -> None:
    made = make_announcement(room.meeting, sites=room.sites[1:3])
    assert list(made.sites.all()) == room.sites[1:3]
    payload = last_payload(room, "announcement.published")
    assert (payload["all"], payload["count"]) == (False, 2)
    assert payload["sites"] == [{"id": site.pk, "name": site.name} for site in room.sites[1:3]]
    assert fold_differences(room.meeting) == []


def test_who_names_every_bridge_point_means_all(room: Room) -> None:
    assert not make_announcement(room.meeting, sites=room.sites).sites.exists()
    assert last_payload(room, "announcement.published")["all"] is True


def test_an_announcement_is_withdrawn_once(room: Room) -> None:
    made = make_announcement(room.meeting)
    withdraw(made)
    made.refresh_from_db()
    assert made.withdrawn_at is not None
    with pytest.raises(OutOfOrder, match="withdrawn already"):
        withdraw(made)
    assert fold_differences(room.meeting) == []


def test_an_announcement_is_shown_on_the_displays_of_those_it_is_for(room: Room) -> None:
    hall, there = make_display(room.meeting, "Hội trường"), make_display(room.meeting, "Lào Cai", room.lao_cai)
    made = make_announcement(room.meeting, sites=[room.lao_cai], show=True)
    for display, mode in ((hall, "auto"), (there, "announcement")):
        display.refresh_from_db()
        assert display.mode == mode
    assert there.announcement == made
    withdraw(made)
    there.refresh_from_db()
    assert (there.mode, there.announcement) == ("auto", None)
    assert last_payload(room, "announcement.withdrawn")["displays"] == 1
    assert fold_differences(room.meeting) == []


def test_an_announcement_for_all_is_shown_on_every_display_and_on_none_where_there_is_none(room: Room) -> None:
    make_announcement(room.meeting, show=True)
    assert not room.meeting.journal.entries.filter(kind="displays.steered").exists()
    hall, there = make_display(room.meeting, "Hội trường"), make_display(room.meeting, "Lào Cai", room.lao_cai)
    made = make_announcement(room.meeting, show=True)
    assert set(made.displays.all()) == {hall, there}
    assert last_payload(room, "displays.steered") == {
        "mode": "announcement", "announcement": made.pk, "all": True, "count": 2, "displays": [],
    }  # fmt: skip
    assert fold_differences(room.meeting) == []


def test_who_may_not_steer_displays_announces_without_them(room: Room, cast: Cast) -> None:
    make_display(room.meeting)
    chair = actor_of(room.meeting, cast["chair"])
    with pytest.raises(NotAllowed):
        actions.publish_announcement(room.meeting, by=chair, text="Xin chào.", show=True)
    assert not room.meeting.announcements.exists()
    assert actions.publish_announcement(room.meeting, by=chair, text="Xin chào.").published_by == "Nguyễn Văn Chủ"


def test_the_oldest_announcement_makes_room_for_the_newest(room: Room) -> None:
    made = [make_announcement(room.meeting, f"Thông báo {n}") for n in range(STANDING_LIMIT + 2)]
    assert list(room.meeting.announcements.filter(withdrawn_at=None).order_by("pk")) == made[2:]
    assert fold_differences(room.meeting) == []


def test_an_announcement_on_a_display_stays_and_when_all_are_the_next_is_refused(room: Room) -> None:
    for n in range(STANDING_LIMIT):
        made = make_announcement(room.meeting, f"Thông báo {n}")
        display = make_display(room.meeting, f"Màn {n}")
        actions.steer_displays(room.meeting, by=the_secretariat(), mode="announcement", displays=[display], announcement=made)
    with pytest.raises(OutOfOrder, match=f"{STANDING_LIMIT} announcements"):
        make_announcement(room.meeting)
    first, second = room.meeting.displays.order_by("pk")[:2]
    actions.revoke_display(room.meeting, by=the_secretariat(), display=first)
    make_announcement(room.meeting, "Thông báo mới")
    assert not room.meeting.announcements.filter(text="Thông báo 0", withdrawn_at=None).exists()
    second.refresh_from_db()
    assert second.mode == "announcement"
    assert fold_differences(room.meeting) == []


def test_a_bridge_point_stays_while_an_announcement_is_for_it_alone(room: Room) -> None:
    site = make_bridge_points(room.meeting, "Huế")[0]
    made = make_announcement(room.meeting, sites=[site])
    with pytest.raises(OutOfOrder, match="announcement for this bridge point"):
        remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=site)
    withdraw(made)
    remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=site)
    assert fold_differences(room.meeting) == []


def test_an_announcement_is_published_through_the_door(room: Room, clients: dict[str, Client]) -> None:
    answer = knock(clients["secretary"], room.meeting, "announcement.publish", text="  Nghỉ.\r\nXin cảm ơn. ", show="on")
    assert answer.status_code == 200, answer.content
    assert Announcement.objects.get().text == "Nghỉ.\nXin cảm ơn."
