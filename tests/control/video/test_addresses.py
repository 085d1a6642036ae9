"""Ways into the video conference: entered, changed, removed; who sees which of them, and who its PIN."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda.models import AgendaItem
from control.video.actions import AT_MOST, edit_video_address, remove_video_address
from control.video.models import VideoAddress
from control.video.queries import ways_of_seat, ways_of_site
from meetings.actions import NewSitting, clone_meeting, remove_bridge_point
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import BridgePoint, Participant
from packets.folder.contents import folders_of
from tests.cast import Cast, Clients, Room
from tests.knocking import knock
from tests.make import actor_of, make_bridge_points, make_organisation, open_the_item, open_the_meeting, the_secretariat
from tests.video_doors import make_way

pytestmark = pytest.mark.django_db
PIN = "736251"
HOP = "https://hop.example.vn"


def html(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def ways(room: Room) -> dict[str, VideoAddress]:
    """A main link with a PIN, a backup that is dialled, one to watch, and a backup of Lào Cai's own."""
    BridgePoint.objects.filter(pk=room.lao_cai.pk).update(video_address="sip:lao-cai@hop.example.vn")
    return {
        "main": make_way(room.meeting, f"{HOP}/chinh", pin=PIN),
        "backup": make_way(room.meeting, "h323:84@10.1.2.3", use="backup"),
        "view": make_way(room.meeting, f"{HOP}/xem", use="view"),
        "own": make_way(room.meeting, "10.1.2.3##77", use="backup", bridge_point=room.lao_cai, pin=PIN),
    }


def test_no_fact_and_no_repr_holds_an_address_or_a_pin(room: Room, ways: dict[str, VideoAddress]) -> None:
    by = the_secretariat()
    new = {"address": f"{HOP}/moi", "use": "main", "pin": PIN, "note": ""}
    row = edit_video_address(room.meeting, by=by, video_address=ways["main"], version=1, **new)
    remove_video_address(room.meeting, by=by, video_address=row, version=2)
    told = str(list(room.meeting.journal.entries.values_list("payload", flat=True)))
    kept = room.meeting.journal.entries.filter(kind__startswith="video_address.").order_by("number")
    assert [one.kind.partition(".")[2] for one in kept] == ["added"] * 4 + ["edited", "removed"]
    assert kept[0].payload["sort"] == "web"
    shown = told + repr(ways) + repr(ways_of_site(room.lao_cai))
    assert [secret for secret in (PIN, "hop.example.vn", "10.1.2.3") if secret in shown] == []
    assert fold_differences(room.meeting) == []


def test_a_stale_change_and_a_second_of_the_same_are_refused(room: Room, ways: dict[str, VideoAddress], clients: Clients) -> None:
    browser = clients["secretary"]
    sent: dict[str, Any] = {"video_address": ways["main"], "address": f"{HOP}/2", "use": "main", "pin": "", "note": ""}
    assert knock(browser, room.meeting, "video_address.edit", version=1, **sent).status_code == 200
    assert knock(browser, room.meeting, "video_address.edit", version=1, **sent).status_code == 409
    assert knock(browser, room.meeting, "video_address.remove", video_address=ways["main"], version=1).status_code == 409
    assert knock(browser, room.meeting, "video_address.add", address=f"{HOP}/2", use="main").status_code == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        VideoAddress.objects.create(meeting=room.meeting, number=99, address=f"{HOP}/2")


def test_what_is_no_address_is_told_at_its_field(room: Room, clients: Clients) -> None:
    answer = knock(clients["secretary"], room.meeting, "video_address.add", address="javascript:alert(1)", use="main")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["address"])
    own = knock(clients["secretary"], room.meeting, "video_address.add", address=HOP, use="view", bridge_point=room.lao_cai)
    assert own.status_code == 409


def test_there_is_an_end_of_addresses(room: Room) -> None:
    for number in range(AT_MOST):
        make_way(room.meeting, str(1000 + number))
    with pytest.raises(OutOfOrder, match="addresses here already"):
        make_way(room.meeting, "2000")


def test_the_crew_of_a_bridge_point_finds_its_own_ways_first_with_their_pins(
    room: Room, ways: dict[str, VideoAddress], clients: Clients
) -> None:
    assert [way.address.text for way in ways_of_site(BridgePoint.objects.get(pk=room.lao_cai.pk))] == [
        "sip:lao-cai@hop.example.vn", "10.1.2.3##77", f"{HOP}/chinh", "h323:84@10.1.2.3",
    ]  # fmt: skip
    for who in ("operator", "technician"):
        page = html(clients[who], f"/m/{room.meeting.slug}/video/{room.lao_cai.pk}/")
        assert page.count(PIN) == 2
        assert f'href="{HOP}/chinh" target="_blank" rel="noopener noreferrer"' in page
        assert "sip:lao-cai@hop.example.vn" in html(clients[who], f"/m/{room.meeting.slug}/console/")
        html(clients[who], f"/m/{room.meeting.slug}/video/{room.sites[2].pk}/", 403)


def test_nothing_that_is_dialled_becomes_a_link(room: Room, ways: dict[str, VideoAddress], clients: Clients) -> None:
    BridgePoint.objects.filter(pk=room.lao_cai.pk).update(video_address="javascript:alert(1)")  # entered before they were judged
    page = html(clients["operator"], f"/m/{room.meeting.slug}/video/{room.lao_cai.pk}/")
    assert "javascript:alert(1)</p>" in page
    assert [scheme for scheme in ("javascript", "sip", "h323") if f'href="{scheme}' in page] == []


def test_who_takes_part_online_joins_by_the_link_and_who_sits_in_a_hall_has_none(
    room: Room, ways: dict[str, VideoAddress], clients: Clients, cast: Cast
) -> None:
    page = f"/m/{room.meeting.slug}/delegate/"
    assert HOP not in html(clients["delegate"], page)
    Participant.objects.filter(pk=room.people["delegate"].pk).update(mode=Participant.Mode.ONLINE)
    found = html(clients["delegate"], page)
    assert f'href="{HOP}/chinh"' in found
    assert [secret for secret in (PIN, f"{HOP}/xem", "10.1.2.3") if secret in found] == []
    assert ways_of_seat(room.meeting, actor_of(room.meeting, cast["delegate"]))[0].has_pin


def test_who_is_out_of_a_closed_item_finds_no_way_into_the_conference_while_it_is_open(
    room: Room, ways: dict[str, VideoAddress], clients: Clients
) -> None:
    open_the_meeting(room.meeting)
    item, page = room.items[0], f"/m/{room.meeting.slug}/delegate/"
    door = {"item": item, "version": item.version, "reason": "Công tác cán bộ"}
    assert knock(clients["secretary"], room.meeting, "item.restrict", **door).status_code == 200
    assert f"{HOP}/xem" in html(clients["observer"], page)
    item = open_the_item(AgendaItem.objects.get(pk=item.pk))
    found = html(clients["observer"], page)
    assert "data-out" in found
    assert f"{HOP}/xem" not in found
    assert f"{HOP}/xem" not in html(clients["observer"], f"/m/{room.meeting.slug}/video/mine/")
    assert knock(clients["secretary"], room.meeting, "item.unrestrict", item=item, version=item.version).status_code == 200
    assert f"{HOP}/xem" in html(clients["observer"], page)


def test_an_observer_watches_and_cannot_join(room: Room, ways: dict[str, VideoAddress], clients: Clients) -> None:
    for page in ("delegate", "video/mine"):
        found = html(clients["observer"], f"/m/{room.meeting.slug}/{page}/")
        assert f'href="{HOP}/xem"' in found
        assert f"{HOP}/chinh" not in found


def test_addresses_go_along_with_a_clone_where_they_are_ticked(room: Room, ways: dict[str, VideoAddress]) -> None:
    old = room.meeting.sittings.get()
    data = {"organiser": make_organisation(), "mode": "hybrid", "place": "Hà Nội", "title": "Năm sau"}
    sittings = [NewSitting(old.starts_at, old.ends_at, "", old.pk)]
    for parts, taken in ((["video", "bridge_points"], 4), (["video"], 3), (["bridge_points"], 0)):
        new = clone_meeting(by=the_secretariat(), source=room.meeting, sittings=sittings, parts=parts, **data)  # type: ignore[arg-type]
        assert new.video_addresses.count() == taken
        assert fold_differences(new) == []


def test_those_of_a_bridge_point_that_is_removed_go_with_it(room: Room) -> None:
    (site,) = make_bridge_points(room.meeting, "Điểm cầu tạm")
    make_way(room.meeting, "10.9.9.9", bridge_point=site)
    remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=site)
    assert not VideoAddress.objects.exists()
    assert fold_differences(room.meeting) == []


def test_the_page_asks_the_same_number_of_questions_for_one_and_for_many(room: Room, clients: Clients) -> None:
    browser, asked = clients["secretary"], []
    page = f"/m/{room.meeting.slug}/video/"
    html(browser, page)
    for new in (range(1), range(1, 15)):
        for number in new:
            make_way(room.meeting, str(3000 + number), bridge_point=room.lao_cai)
        html(browser, page)
        with CaptureQueriesContext(connection) as captured:
            html(browser, page)
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 12


def test_an_address_is_changed_in_a_meeting_in_session_too(room: Room, clients: Clients) -> None:
    open_the_meeting(room.meeting)
    assert knock(clients["secretary"], room.meeting, "video_address.add", address="10.1.1.1", use="backup").status_code == 200


def test_the_emergency_folder_prints_the_ways_of_its_bridge_point_and_no_pin(room: Room, ways: dict[str, VideoAddress]) -> None:
    sites = list(room.meeting.bridge_points.select_related("head").order_by("number"))
    folders = folders_of(room.meeting, sites)
    assert list(folders[room.lao_cai.pk].video) == [
        "sip:lao-cai@hop.example.vn", "10.1.2.3##77 (Dự phòng)", f"{HOP}/chinh (Chính)", "h323:84@10.1.2.3 (Dự phòng)",
    ]  # fmt: skip
    assert len(folders[room.sites[2].pk].video) == 2
    assert PIN not in repr(folders)
