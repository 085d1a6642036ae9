"""The attendance desk: the list as each may see it, narrowed, counted, marked together; one history; what contradicts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from attendance.counting import totals
from attendance.ledger.actions import seal_scans
from attendance.models import Presence, PresenceConflict, Stay
from attendance.presence.actions import mark_presence
from meetings import clock
from meetings.actions import adjourn_meeting
from meetings.hooks import fold_differences
from meetings.procedure import the_system
from tests.cast import Clients, Room
from tests.knocking import knock, knock_plainly
from tests.make import make_group, make_participants, mark_present, open_the_meeting, the_secretariat
from tests.scans import Device, make_badge, make_scanner

pytestmark = pytest.mark.django_db


def names(client: Client, room: Room, query: str = "") -> list[str]:
    answer = client.get(f"/m/{room.meeting.slug}/attendance/?{query}")
    assert answer.status_code == 200
    return [one.name for one in answer.context["page"]]


def test_an_operator_sees_the_own_bridge_point_and_the_secretariat_all(room: Room, clients: Clients) -> None:
    assert names(clients["operator"], room) == ["Giàng A Đại", "Vàng Seo Hai"]
    assert names(clients["other_operator"], room) == ["Phan Đình Ba"]
    assert len(names(clients["secretary"], room)) == 8  # staff and observers are not counted


def test_who_is_at_another_bridge_point_stands_on_both_lists(room: Room, clients: Clients) -> None:
    one = room.people["ha_tinh"]
    mark_presence(room.meeting, by=the_secretariat(), participants=[one], state="present", bridge_point=room.lao_cai)
    assert "Phan Đình Ba" in names(clients["operator"], room)
    page = clients["operator"].get(f"/m/{room.meeting.slug}/attendance/")
    assert (page.context["counts"].present, page.context["counts"].expected) == (1, 3)
    assert names(clients["other_operator"], room) == ["Phan Đình Ba"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=present", ["Giàng A Đại"]), ("state=online", ["Vàng Seo Hai"]), ("state=left", ["Phan Đình Ba"]),
        ("state=absent", ["Lâm Út Tư"]), ("state=excused", ["Lê Văn Khách"]), ("q=giang", ["Giàng A Đại"]),
        ("state=unmarked&q=thu", ["Trần Thị Thư"]), ("q=không+ai", []), ("unit=Hà+Tĩnh", ["Phan Đình Ba"]),
        ("state=unmarked", ["Nguyễn Văn Chủ", "Trần Thị Thư", "Vũ Thị Năm"]),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_and_the_buttons_say_how_many_stand_so(
    query: str, expected: list[str], room: Room, clients: Clients
) -> None:
    for name, state in (("delegate", "present"), ("lao_cai_2", "online"), ("ha_tinh", "present"), ("ca_mau", "absent")):
        mark_present(room.people[name], state=state)
    mark_present(room.people["ha_tinh"], state="left")
    room.meeting.participants.filter(pk=room.people["guest"].pk).update(is_excused=True)
    assert sorted(names(clients["secretary"], room, query)) == sorted(expected)
    shown = clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/").context["tally"]
    assert (shown.everybody, shown.unmarked, shown.present, shown.online, shown.left, shown.absent, shown.excused) == (
        8, 3, 1, 1, 1, 1, 1,
    )  # fmt: skip


def test_the_unclear_stand_first_where_that_is_asked(room: Room, clients: Clients) -> None:
    mark_present(room.people["delegate"])
    mark_present(room.people["lao_cai_2"], state="absent")
    assert names(clients["operator"], room, "sort=worst") == ["Vàng Seo Hai", "Giàng A Đại"]


def test_all_who_are_not_marked_are_marked_in_one_step_as_far_as_the_list_is_narrowed(room: Room, clients: Clients) -> None:
    mark_present(room.people["delegate"], state="absent")
    answer = knock(clients["operator"], room.meeting, "presence.mark", everybody="on", state="present")
    assert answer.status_code == 200
    assert set(Presence.objects.values_list("participant__name", "state")) == {
        ("Giàng A Đại", "absent"), ("Vàng Seo Hai", "present"),
    }  # fmt: skip
    answer = knock(clients["secretary"], room.meeting, "presence.mark", everybody="on", state="present", site=room.sites[3].pk)
    assert answer.status_code == 200
    assert (totals(room.meeting).present, Presence.objects.count()) == (2, 3)
    assert fold_differences(room.meeting) == []


@pytest.mark.usefixtures("_unhurried")
def test_who_was_let_in_elsewhere_meanwhile_is_not_among_all_who_are_not_marked(room: Room, clients: Clients) -> None:
    code = make_badge(room.people["delegate"])
    Device(make_scanner(room.sites[2])).scan(code, move=True)  # read, and not sealed yet
    assert knock(clients["operator"], room.meeting, "presence.mark", everybody="on", state="present").status_code == 200
    assert set(Presence.objects.values_list("participant__name", "bridge_point__short_name")) == {
        ("Giàng A Đại", "Hà Tĩnh"), ("Vàng Seo Hai", "Lào Cai"),
    }  # fmt: skip


def test_hundreds_not_marked_are_one_small_request(room: Room, clients: Clients) -> None:
    make_participants(room.meeting, [f"Đại biểu {n}" for n in range(400)], site=room.lao_cai)
    assert knock(clients["operator"], room.meeting, "presence.mark", everybody="on", state="present").status_code == 200
    assert totals(room.meeting).present == 402


@pytest.mark.parametrize(
    "hostile", ["'", "%", "\\", "%00", "<script>alert(1)</script>", "a" * 3000, "9" * 30, "9" * 5000, "-1", "٣"]
)
@pytest.mark.parametrize("field", ["q", "state", "site", "group", "unit", "sort", "page"])
def test_no_query_breaks_the_list(hostile: str, field: str, room: Room, clients: Clients) -> None:
    answer = clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/?{field}={hostile}")
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_no_narrowing_breaks_the_marking_of_all(room: Room, clients: Clients) -> None:
    for field in ("q", "site", "group", "unit"):
        body = {"everybody": "on", "state": "present", field: "9" * 30}
        assert knock(clients["secretary"], room.meeting, "presence.mark", **body).status_code in (200, 409)


def test_a_row_holds_no_words_that_act(room: Room, clients: Clients) -> None:
    (one,) = make_participants(room.meeting, ['<b onclick="x">Tên</b>'], site=room.lao_cai)
    mark_presence(room.meeting, by=the_secretariat(), participants=[one], state="absent", reason='"><img src=x>')
    page = clients["operator"].get(f"/m/{room.meeting.slug}/attendance/").content.decode()
    assert "<b onclick" not in page
    assert "<img src=x" not in page
    person = clients["operator"].get(f"/m/{room.meeting.slug}/attendance/{one.pk}/").content.decode()
    assert "<b onclick" not in person
    assert "<img src=x" not in person


@pytest.mark.parametrize("number", [1, 30, 300])
def test_the_list_costs_the_same_for_one_and_for_hundreds(number: int, room: Room, clients: Clients) -> None:
    make_group(room.meeting)
    people = make_participants(room.meeting, [f"Đại biểu {n}" for n in range(number)], site=room.lao_cai)
    mark_present(*people[: number // 2 + 1])
    client = clients["operator"]
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/m/{room.meeting.slug}/attendance/")
    assert answer.context["page"].paginator.count == number + 2
    assert len(asked) == QUERIES_OF_THE_LIST
    assert len(answer.content) < 500_000


QUERIES_OF_THE_LIST = 13


def test_a_list_that_has_not_changed_is_not_sent_again(room: Room, clients: Clients) -> None:
    client, url = clients["operator"], f"/m/{room.meeting.slug}/attendance/"
    there = {"host": "127.0.0.1"}
    tag = client.get(url, headers=there)["ETag"]
    assert client.get(url, headers=there | {"if-none-match": tag}).status_code == 304
    mark_present(room.people["delegate"])
    after = client.get(url, headers=there | {"if-none-match": tag})
    assert (after.status_code, after.context["tally"].present) == (200, 1)


def test_the_buttons_of_a_row_work_without_scripts(room: Room, clients: Clients) -> None:
    page = clients["operator"].get(f"/m/{room.meeting.slug}/attendance/?q=giang").content.decode()
    row = re.search(r"<tr data-person=.*?</tr>", page, re.DOTALL)
    assert row
    form = row[0].split("<form", 2)[1]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    fields.pop("csrfmiddlewaretoken")
    answer = knock_plainly(clients["operator"], room.meeting, "presence.mark", **fields)
    assert (answer.status_code, answer["Location"]) == (303, f"/m/{room.meeting.slug}/attendance/?q=giang")
    assert Presence.objects.get().state == "present"


# One person


def test_a_correction_moves_the_time_and_the_history_tells_by_whom(room: Room, clients: Clients) -> None:
    one = room.people["delegate"]
    mark_present(one)
    earlier = clock.now(room.meeting) - timedelta(minutes=25)
    answer = knock(clients["operator"], room.meeting, "presence.mark", participants=one, state="present", at=earlier.isoformat())
    assert answer.status_code == 200
    page = clients["operator"].get(f"/m/{room.meeting.slug}/attendance/{one.pk}/")
    history = page.context["history"]
    assert [stay.began_at for stay in history.stays] == [earlier]
    assert [(mark.by, mark.since) for mark in history.marks] == [("Lý Thị Vận", earlier), ("Văn phòng", None)]


def test_a_reason_is_read_by_secretariat_and_own_bridge_point_alone_and_by_no_journal(room: Room, clients: Clients) -> None:
    one = room.people["ha_tinh"]
    knock(clients["other_operator"], room.meeting, "presence.mark", participants=one, state="absent", reason="Ốm nặng")
    url = f"/m/{room.meeting.slug}/attendance/{one.pk}/"
    for who in ("secretary", "other_operator"):
        assert "Ốm nặng" in clients[who].get(url).content.decode()
    assert clients["operator"].get(url).status_code == 404
    assert clients["chair"].get(url).status_code == 403
    assert "Ốm nặng" not in str(list(room.meeting.journal.entries.values_list("payload", flat=True)))


@pytest.mark.parametrize("number", [1, 30])
def test_a_history_costs_the_same_however_long_it_is(number: int, room: Room, clients: Clients) -> None:
    for n in range(number):
        mark_present(room.people["delegate"], state=("present", "left")[n % 2])
    client = clients["operator"]
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/m/{room.meeting.slug}/attendance/{room.people['delegate'].pk}/")
    assert (len(answer.context["history"].marks), len(asked)) == (number, QUERIES_OF_A_PERSON)


QUERIES_OF_A_PERSON = 9


def test_a_form_made_before_somebody_was_corrected_is_refused_in_words(room: Room, clients: Clients) -> None:
    one, url = room.people["delegate"], f"/m/{room.meeting.slug}/attendance/{room.people['delegate'].pk}/"
    mark_present(one)
    stale = clients["operator"].get(url).context["seen"]
    mark_presence(room.meeting, by=the_secretariat(), participants=[one], state="absent", reason="Ốm")
    refused = knock(clients["operator"], room.meeting, "presence.mark", participants=one, state="present", seen=stale)
    with translation.override("vi"):
        said = translation.gettext(
            "This has been marked, or read at a door, since you opened the page. Reload it and look again."
        )
    assert (refused.status_code, refused.json()["reason"]) == (409, said)
    assert Presence.objects.get().state == "absent"
    page = clients["operator"].get(url)
    assert f'name="seen" value="{page.context["seen"]}"' in page.content.decode()
    fresh = knock(
        clients["operator"], room.meeting, "presence.mark", participants=one, state="present", seen=page.context["seen"]
    )
    assert fresh.status_code == 200


@pytest.mark.parametrize("hour", ["7h30", "7:30", "0730", "07.30", " 730 ", "7 giờ 30"])
def test_at_a_meeting_of_one_day_an_hour_alone_means_that_day(hour: str, room: Room, clients: Clients) -> None:
    day = timezone.localtime(clock.now(room.meeting)) - timedelta(days=1)
    noon = day.replace(hour=12, minute=0, second=0, microsecond=0)
    room.meeting.sittings.update(starts_at=noon, ends_at=None)
    body: dict[str, Any] = {"participants": room.people["delegate"], "state": "present", "at": hour}
    assert knock(clients["operator"], room.meeting, "presence.mark", **body).status_code == 200
    assert timezone.localtime(Presence.objects.get().marked_at) == noon.replace(hour=7, minute=30)
    room.meeting.sittings.create(number=9, starts_at=noon + timedelta(days=1))
    answer = knock(clients["operator"], room.meeting, "presence.mark", **body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["at"])


# What contradicts


def two_places(room: Room) -> PresenceConflict:
    """Somebody marked present at home is let in, by badge, at Hà Tĩnh."""
    one = room.people["delegate"]
    code = make_badge(one)
    mark_present(one)
    Device(make_scanner(room.sites[2])).scan(code, move=True)
    seal_scans(room.meeting, by=the_system())
    return PresenceConflict.objects.get()


@pytest.fixture
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sealed by itself: the test says when."""
    monkeypatch.setattr("attendance.ledger.sealer.Sealer.touch", lambda self, meeting: None)


@pytest.mark.usefixtures("_unhurried")
def test_a_contradiction_is_shown_with_both_sides_to_those_it_concerns(room: Room, clients: Clients) -> None:
    two_places(room)
    url = f"/m/{room.meeting.slug}/attendance/conflicts/"
    for who in ("secretary", "operator", "other_operator"):
        (shown,) = clients[who].get(url).context["open"]
        assert (shown.before.where.short_name, shown.scanned.where.short_name, shown.now.where.short_name) == (
            "Lào Cai", "Hà Tĩnh", "Hà Tĩnh",
        )  # fmt: skip
        assert shown.may_settle
    assert clients["chair"].get(url).status_code == 403
    tabs = clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/").context["tabs"]
    assert [tab.get("count") for tab in tabs] == [None, 1, None]


@pytest.mark.usefixtures("_unhurried")
@pytest.mark.parametrize(("which", "where"), [("now", "Hà Tĩnh"), ("before", "Lào Cai"), ("scanned", "Hà Tĩnh")])
def test_a_person_settles_it_and_it_is_listed_as_settled(which: str, where: str, room: Room, clients: Clients) -> None:
    conflict = two_places(room)
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/conflicts/")
    side = getattr(page.context["open"][0], which)
    body = {} if which == "now" else {"state": side.state, "bridge_point": side.where}
    assert knock(clients["secretary"], room.meeting, "conflict.settle", conflict=conflict, **body).status_code == 200
    after = clients["secretary"].get(f"/m/{room.meeting.slug}/attendance/conflicts/").context
    assert (after["open"], [one.settled_by for one in after["settled"]]) == ([], ["Trần Thị Thư"])
    assert Presence.objects.get().bridge_point.short_name == where
    assert [line for line in fold_differences(room.meeting) if not line.startswith("badges")] == []  # made without their facts


@pytest.mark.usefixtures("_unhurried")
@pytest.mark.parametrize(("who", "site", "status"), [("operator", 3, 403), ("operator", 1, 200), ("secretary", 3, 200)])
def test_who_settles_names_a_place_it_concerns_or_one_they_look_after(
    who: str, site: int, status: int, room: Room, clients: Clients
) -> None:
    body: dict[str, Any] = {"conflict": two_places(room), "state": "present", "bridge_point": room.sites[site]}
    assert knock(clients[who], room.meeting, "conflict.settle", **body).status_code == status
    assert Presence.objects.get().bridge_point == room.sites[site if status == 200 else 2]


@pytest.mark.usefixtures("_unhurried")
def test_what_is_settled_after_the_end_was_so_at_the_end(room: Room, clients: Clients) -> None:
    open_the_meeting(room.meeting)
    conflict = two_places(room)
    adjourn_meeting(room.meeting, by=the_secretariat())
    body: dict[str, Any] = {"conflict": conflict, "state": "present", "bridge_point": room.lao_cai}
    assert knock(clients["secretary"], room.meeting, "conflict.settle", **body).status_code == 200
    room.meeting.refresh_from_db()
    assert Presence.objects.get().marked_at == room.meeting.adjourned_at


@pytest.mark.usefixtures("_unhurried")
def test_a_reason_of_absence_outlives_the_settling_that_says_the_same(room: Room, clients: Clients) -> None:
    one = room.people["delegate"]
    device = Device(make_scanner(room.lao_cai))
    scan = device.made(make_badge(one), ago=60, offline=True, verdict="admitted")
    mark_presence(room.meeting, by=the_secretariat(), participants=[one], state="absent", reason="Đi viện")
    device.send(scan)
    seal_scans(room.meeting, by=the_system())
    body: dict[str, Any] = {"conflict": PresenceConflict.objects.get(), "state": "absent", "bridge_point": room.lao_cai}
    assert knock(clients["secretary"], room.meeting, "conflict.settle", **body).status_code == 200
    assert (Presence.objects.get().state, Presence.objects.get().reason) == ("absent", "Đi viện")


@pytest.mark.usefixtures("_unhurried")
def test_settled_as_known_before_a_stay_goes_on_unbroken_and_its_beginning_can_be_corrected(room: Room, clients: Clients) -> None:
    conflict = two_places(room)
    one, began = conflict.participant, Stay.objects.order_by("pk")[0].began_at
    body: dict[str, Any] = {"conflict": conflict, "state": "present", "bridge_point": room.lao_cai}
    assert knock(clients["operator"], room.meeting, "conflict.settle", **body).status_code == 200
    assert Stay.objects.values_list("bridge_point", "began_at", "ended_at").get() == (room.lao_cai.pk, began, None)
    earlier = began - timedelta(minutes=35)
    said: dict[str, Any] = {"participants": one, "state": "present", "at": earlier.isoformat()}
    assert knock(clients["operator"], room.meeting, "presence.mark", **said).status_code == 200
    assert Stay.objects.get().began_at == earlier
    assert [line for line in fold_differences(room.meeting) if not line.startswith("badges")] == []
