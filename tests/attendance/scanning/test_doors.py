"""Doors and the devices at them: opened by who looks after the bridge point, worthless once revoked, the worst shown first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attendance.models import Scanner
from attendance.scanning.actions import MAIN_DOOR, SCANNERS_AT_MOST, close_door, open_door, open_scanner, revoke_scanner
from attendance.scanning.queries import devices_of
from attendance.scanning.tokens import scanner_of, token_of
from meetings import actions
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import BridgePoint
from tests.cast import Cast, Clients, Room
from tests.make import actor_of, make_bridge_points, open_the_meeting, the_secretariat
from tests.scans import make_scanner

pytestmark = pytest.mark.django_db

DOORS, ONE_DEVICE = 12, 7  # queries


def page_of(room: Room, client: Client, query: str = "") -> str:
    return client.get(f"/m/{room.meeting.slug}/doors/{query}").content.decode()


def heard(device: Scanner, *, ago: float, unsent: int = 0) -> Scanner:
    """Note that a device was heard of so many seconds ago, with so many scans it had not sent."""
    Scanner.objects.filter(pk=device.pk).update(seen_at=timezone.now() - timedelta(seconds=ago), unsent=unsent)
    return device


def order(page: str, *names: str) -> list[str]:
    return sorted(names, key=page.index)


def test_one_press_gives_a_bridge_point_its_first_door_and_device(room: Room, clients: Clients) -> None:
    answer = clients["operator"].post(
        f"/m/{room.meeting.slug}/do/scanner.open/",
        {"command_id": "7f1c8c1e-0000-4000-8000-000000000001"},
        headers={"Accept": "application/json"},
    )
    device = Scanner.objects.get()
    assert answer.json()["address"] == f"/m/{room.meeting.slug}/doors/{device.pk}/"
    assert (device.door.name, device.door.bridge_point, device.name) == (MAIN_DOOR, room.lao_cai, "Máy 1")
    page = clients["operator"].get(answer.json()["address"]).content.decode()
    assert f"/s/{token_of(device)}/" in page
    assert "<svg" in page
    assert Client().get(f"/s/{token_of(device)}/").status_code == 200
    assert fold_differences(room.meeting) == []


def test_a_second_device_stands_at_the_same_door_under_the_next_number(room: Room) -> None:
    first = open_scanner(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai)
    second = open_scanner(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai, is_kiosk=True)
    assert (second.door, second.name) == (first.door, "Máy 2")


def test_a_name_is_given_to_one_open_door_of_a_bridge_point(room: Room) -> None:
    door = open_door(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai, name="Cửa bên")
    open_door(room.meeting, by=the_secretariat(), bridge_point=room.sites[2], name="Cửa bên")
    with pytest.raises(OutOfOrder, match="Cửa bên"):
        open_door(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai, name="Cửa bên")
    close_door(room.meeting, by=the_secretariat(), door=door)
    open_door(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai, name="Cửa bên")
    assert fold_differences(room.meeting) == []


def test_a_closed_door_takes_its_devices_along_and_gets_no_more(room: Room) -> None:
    device = make_scanner(room.lao_cai)
    close_door(room.meeting, by=the_secretariat(), door=device.door)
    device.refresh_from_db()
    assert device.revoked_at is not None
    for again in (
        lambda: close_door(room.meeting, by=the_secretariat(), door=device.door),
        lambda: open_scanner(room.meeting, by=the_secretariat(), door=device.door),
        lambda: revoke_scanner(room.meeting, by=the_secretariat(), scanner=device),
    ):
        with pytest.raises(OutOfOrder):
            again()
    assert fold_differences(room.meeting) == []


def test_an_operator_looks_after_the_doors_of_the_own_bridge_point_only(room: Room, cast: Cast, clients: Clients) -> None:
    theirs = make_scanner(room.sites[2], name="Máy Hà Tĩnh")
    by = actor_of(room.meeting, cast["operator"])
    for wrong in (
        lambda: open_door(room.meeting, by=by, bridge_point=room.sites[2], name="Cửa phụ"),
        lambda: open_scanner(room.meeting, by=by, bridge_point=room.sites[2]),
        lambda: open_scanner(room.meeting, by=by, door=theirs.door),
        lambda: revoke_scanner(room.meeting, by=by, scanner=theirs),
        lambda: close_door(room.meeting, by=by, door=theirs.door),
    ):
        with pytest.raises(NotAllowed):
            wrong()
    assert "Máy Hà Tĩnh" not in page_of(room, clients["operator"])
    assert "Máy Hà Tĩnh" in page_of(room, clients["secretary"])


def test_nothing_is_opened_when_the_meeting_is_over(room: Room) -> None:
    device = make_scanner(room.lao_cai)
    open_the_meeting(room.meeting)
    actions.adjourn_meeting(room.meeting, by=the_secretariat())
    with pytest.raises(OutOfOrder):
        open_scanner(room.meeting, by=the_secretariat(), door=device.door)
    with pytest.raises(OutOfOrder):
        open_door(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai, name="Cửa bên")
    revoke_scanner(room.meeting, by=the_secretariat(), scanner=device)  # what is over is put away


def test_a_bridge_point_has_so_many_devices_and_no_more(room: Room) -> None:
    first = make_scanner(room.lao_cai)
    rows = [
        Scanner(meeting=room.meeting, door=first.door, name=f"Máy {n}", opened_at=first.opened_at, opened_by="x")
        for n in range(1, SCANNERS_AT_MOST)
    ]
    Scanner.objects.bulk_create(rows)
    with pytest.raises(OutOfOrder, match=str(SCANNERS_AT_MOST)):
        make_scanner(room.lao_cai)
    revoke_scanner(room.meeting, by=the_secretariat(), scanner=first)
    make_scanner(room.lao_cai)


def test_no_altered_address_opens_a_device(room: Room) -> None:
    token = token_of(make_scanner(room.lao_cai))
    assert scanner_of(token) is not None
    for n in range(len(token)):
        altered = token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :]
        assert scanner_of(altered) is None, altered
    for forged in ("", "1", "MQ:abc", token[:-1], token + "A", token.partition(":")[0]):
        assert scanner_of(forged) is None
    assert Client().get("/s/MQ:abc/").status_code == 404


def test_a_revoked_device_still_gets_its_page_to_hand_in_what_it_has(room: Room) -> None:
    device = make_scanner(room.lao_cai)
    revoke_scanner(room.meeting, by=the_secretariat(), scanner=device)
    answer = Client().get(f"/s/{token_of(device)}/")
    assert answer.status_code == 410
    assert token_of(device) in answer.content.decode()


def test_the_page_of_a_device_may_use_the_camera_and_runs_only_our_scripts(room: Room) -> None:
    answer = Client().get(f"/s/{token_of(make_scanner(room.lao_cai))}/")
    assert answer["Permissions-Policy"].startswith("camera=(self)")
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "strict-origin"  # never with the path, which is the right


def test_a_kiosk_leads_nowhere(room: Room) -> None:
    kiosk = Client().get(f"/s/{token_of(make_scanner(room.lao_cai, is_kiosk=True))}/").content.decode()
    own = Client().get(f"/s/{token_of(make_scanner(room.lao_cai))}/").content.decode()
    assert "/language/" in own
    assert "/language/" not in kiosk
    assert '<form method="post"' not in kiosk
    assert room.meeting.slug not in kiosk


def test_the_worker_keeps_all_that_the_page_loads_and_may_serve_nothing_else(room: Room) -> None:
    answer = Client().get("/s/worker.js")
    worker = answer.content.decode()
    assert (answer["Service-Worker-Allowed"], answer["Cache-Control"]) == ("/s/", "no-cache")
    page = Client().get(f"/s/{token_of(make_scanner(room.lao_cai))}/").content.decode()
    wanted = [part.partition('"')[0] for mark in ('src="', 'href="', '-reader="', '-wasm="') for part in page.split(mark)[1:]]
    loaded = {one.partition("#")[0] for one in wanted if one.startswith("/static/")}
    assert len(loaded) > 15
    assert [one for one in sorted(loaded) if f'"{one}"' not in worker] == []


def test_what_is_silent_with_unsent_scans_stands_first(room: Room, clients: Clients) -> None:
    names = ("Máy lạc", "Máy chờ", "Máy im", "Máy tốt")
    lost, waits, silent, good = (make_scanner(site, name=name) for site, name in zip(room.sites, names, strict=True))
    heard(lost, ago=600, unsent=3)
    heard(waits, ago=5, unsent=40)
    heard(silent, ago=600)
    heard(good, ago=5)
    assert order(page_of(room, clients["secretary"]), *reversed(names)) == list(names)
    devices = devices_of(room.meeting.pk)
    assert (devices.open, devices.unsent, devices.lost) == (4, 43, True)
    assert [one.name for one in devices.troubled] == ["Máy lạc", "Máy chờ", "Máy im"]


def test_a_revoked_device_is_shown_as_long_as_it_holds_scans(room: Room, clients: Clients) -> None:
    device = heard(make_scanner(room.lao_cai, name="Máy mất"), ago=5, unsent=2)
    revoke_scanner(room.meeting, by=the_secretariat(), scanner=device)
    assert "Máy mất" in page_of(room, clients["operator"])
    assert [one.name for one in devices_of(room.meeting.pk).troubled] == ["Máy mất"]
    heard(device, ago=5)
    assert "Máy mất" not in page_of(room, clients["operator"])
    assert devices_of(room.meeting.pk).open == 0


def test_the_control_room_is_told_of_devices_without_an_entry_in_the_journal(room: Room, clients: Clients) -> None:
    device = make_scanner(room.lao_cai, name="Máy cửa tây")
    page = f"/m/{room.meeting.slug}/control/"
    assert "1 máy, không có lượt chờ" in clients["secretary"].get(page).content.decode()
    head = room.meeting.journal.entries.count()
    heard(device, ago=5, unsent=7)
    assert "Máy cửa tây" in clients["secretary"].get(page).content.decode()
    assert room.meeting.journal.entries.count() == head


@pytest.mark.parametrize("rows", [1, 30])
def test_the_pages_cost_the_same_for_one_device_and_for_thirty(rows: int, room: Room, clients: Clients) -> None:
    sites: list[BridgePoint] = make_bridge_points(room.meeting, *(f"Xã {n}" for n in range(rows)))
    devices = [make_scanner(site) for site in sites[:20]]
    devices += [make_scanner(sites[0]) for _n in range(rows - 1)]
    found = []
    for address in ("doors/", f"doors/{devices[0].pk}/"):
        clients["secretary"].get(f"/m/{room.meeting.slug}/{address}")
        with CaptureQueriesContext(connection) as asked:
            clients["secretary"].get(f"/m/{room.meeting.slug}/{address}")
        found.append(len(asked))
    assert found == [DOORS, ONE_DEVICE]


def test_no_name_of_a_door_or_a_device_turns_the_reading_round(room: Room, clients: Clients) -> None:
    for n, (verb, said) in enumerate([("door.open", "Cửa\u202e phụ\u2066"), ("scanner.open", "Máy\u2060\u202e 7")]):
        body = {"command_id": f"7f1c8c1e-0000-4000-8000-00000000000{n}", "name": said}
        answer = clients["operator"].post(f"/m/{room.meeting.slug}/do/{verb}/", body, headers={"Accept": "application/json"})
        assert answer.status_code == 200
    device = Scanner.objects.get()
    assert (device.door.name, device.name) == ("Cửa phụ", "Máy 7")


def test_hostile_names_are_words(room: Room, clients: Clients) -> None:
    name = '<script>alert(1)</script>"{{ x }}'
    device = make_scanner(room.lao_cai, door=name[:60], name=name)
    for address in (f"/m/{room.meeting.slug}/doors/", f"/m/{room.meeting.slug}/doors/{device.pk}/", f"/s/{token_of(device)}/"):
        page = clients["secretary"].get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
