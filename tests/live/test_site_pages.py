"""Bridge points and delegates: site commands until somebody acknowledges them, announcements, the lines one may read."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from attendance.models import Presence
from control.actions import acknowledge_site_command, withdraw_site_command
from control.models import SiteCommand
from live.rendering import render_parts
from live.snapshot import snapshot
from live.state import read_state
from live.templatetags.sites import spans
from meetings.models import BridgePoint, Role
from meetings.procedure import Actor
from tests.cast import Cast, Clients, Room
from tests.make import actor_of, make_announcement, make_participant, make_site_command, make_user, mark_present, the_secretariat

pytestmark = pytest.mark.django_db


def part(room: Room, screen: str, name: str) -> str:
    with snapshot() as using:
        state = read_state(room.meeting.pk, using)
    return render_parts(screen, "vi", state, {})[name]


def sites_named(html: str) -> list[list[str]]:
    return [named.split() for named in re.findall(r'data-sites="([^"]*)"', html)]


def acks_of(client: Client, site: BridgePoint) -> str:
    answer = client.get(f"/m/{site.meeting.slug}/console/{site.pk}/acks/")
    assert answer.status_code == 200
    return answer.content.decode()


def acknowledge(room: Room, made: SiteCommand, by: Actor, site: BridgePoint) -> None:
    acknowledge_site_command(room.meeting, by=by, site_command=made, bridge_point=site)


# Its people


def test_who_is_counted_at_another_bridge_point_does_not_stand_there_as_present(room: Room, clients: Clients) -> None:
    one = make_participant(room.meeting, "Đại biểu 15-50", site=room.lao_cai)
    mark_present(one)
    pressed = 'aria-pressed="true"'
    at_home = hall_row(clients["operator"], room.lao_cai, one.pk)
    assert (pressed in at_home, "dự tại" in at_home) == (True, False)
    Presence.objects.filter(participant=one).update(bridge_point=room.sites[2])
    away = hall_row(clients["operator"], room.lao_cai, one.pk)
    assert (pressed in away, f"dự tại {room.sites[2].short_name}" in away) == (False, True)
    there = hall_row(clients["secretary"], room.sites[2], one.pk)
    assert (pressed in there, "dự tại" in there) == (True, False)


def hall_row(client: Client, site: BridgePoint, participant: int) -> str:
    answer = client.get(f"/m/{site.meeting.slug}/console/{site.pk}/hall/")
    found = re.search(rf'<li id="person-{participant}">.*?</li>', answer.content.decode(), re.S)
    assert found
    return found[0]


def test_the_equipment_stands_before_the_people(room: Room, clients: Clients) -> None:
    html = clients["operator"].get(f"/m/{room.meeting.slug}/console/").content.decode()
    assert html.index('data-command="incident.open"') < html.index('id="main"') < html.index('id="roll"')


# Site commands


def test_what_is_for_all_but_one_of_thousands_takes_no_more_than_its_words() -> None:
    keys = [*range(4, 3320), 3325, 3327, 3328]
    assert spans(reversed(keys)) == "4-3319 3325 3327 3328"
    assert spans([]) == ""


def test_the_consoles_get_the_commands_oldest_first_with_whom_they_are_for(room: Room) -> None:
    first = make_site_command(room.meeting, "Kiểm tra micro")
    second = make_site_command(room.meeting, "Chuẩn bị phát biểu", kind="prepare", sites=[room.lao_cai, room.sites[2]])
    html = part(room, "console", "orders")
    assert re.findall(r'data-seen="site_command:(\d+)"', html) == [str(first.pk), str(second.pk)]
    assert sites_named(html) == [[], [str(room.lao_cai.pk), str(room.sites[2].pk)]]
    assert html.count('data-command="site_command.acknowledge"') == 2
    assert "Chuẩn bị phát biểu" in html


def test_an_acknowledgement_sends_nothing_to_the_other_consoles(room: Room, cast: Cast) -> None:
    made = make_site_command(room.meeting)
    before = part(room, "console", "orders")
    acknowledge(room, made, actor_of(room.meeting, cast["operator"]), room.lao_cai)
    assert part(room, "console", "orders") == before


def test_a_withdrawn_command_goes(room: Room) -> None:
    made = make_site_command(room.meeting)
    withdraw_site_command(room.meeting, by=the_secretariat(), site_command=made)
    assert "data-order" not in part(room, "console", "orders")


def test_who_acknowledged_when_is_told_to_the_own_bridge_point(room: Room, cast: Cast, clients: Clients) -> None:
    made = make_site_command(room.meeting, "Kiểm tra micro")
    assert "data-acknowledged" not in acks_of(clients["operator"], room.lao_cai)
    acknowledge(room, made, actor_of(room.meeting, cast["technician"]), room.lao_cai)
    told = acks_of(clients["operator"], room.lao_cai)
    assert f'data-acknowledged="{made.pk}"' in told
    for words in ("Kiểm tra micro", "Hoàng Văn Kỹ"):
        assert words in told
    assert re.search(r'<time class="num">\d\d:\d\d</time>', told)
    assert "data-acknowledged" not in acks_of(clients["other_operator"], room.sites[2])
    assert f'data-acknowledged="{made.pk}"' in clients["operator"].get(f"/m/{room.meeting.slug}/console/").content.decode()


def test_what_was_acknowledged_and_then_withdrawn_is_not_kept_on_the_console(room: Room, clients: Clients) -> None:
    made = make_site_command(room.meeting)
    acknowledge(room, made, the_secretariat(), room.lao_cai)
    withdraw_site_command(room.meeting, by=the_secretariat(), site_command=made)
    assert "data-acknowledged" not in acks_of(clients["operator"], room.lao_cai)


@pytest.mark.parametrize("rows", [1, 12])
def test_the_acknowledgements_cost_the_same_for_one_and_for_twelve(rows: int, room: Room, clients: Clients) -> None:
    for n in range(rows):
        acknowledge(room, make_site_command(room.meeting, f"Hiệu lệnh {n}"), the_secretariat(), room.lao_cai)
    acks_of(clients["operator"], room.lao_cai)
    with CaptureQueriesContext(connection) as asked:
        acks_of(clients["operator"], room.lao_cai)
    assert len(asked) == 6


# Lines


@pytest.mark.parametrize(
    ("who", "lines"),
    [("technician", ["technical"]), ("operator", ["technical", "chair"]), ("secretary", ["technical", "chair"])],
)
def test_a_console_has_the_lines_that_its_reader_may_read(who: str, lines: list[str], room: Room, clients: Clients) -> None:
    page = clients[who].get(f"/m/{room.meeting.slug}/console/{room.lao_cai.pk}/").content.decode()
    found = re.findall(rf'data-fragment="(/m/{room.meeting.slug}/lines/{room.lao_cai.pk}/(\w+)/)"', page)
    assert [line for _address, line in found] == lines
    for address, _line in found:
        assert clients[who].get(address).status_code == 200


# Announcements


def test_an_announcement_says_whom_it_is_for(room: Room) -> None:
    make_announcement(room.meeting, "Cho tất cả")
    make_announcement(room.meeting, "Cho Lào Cai", sites=[room.lao_cai])
    for screen in ("console", "delegate"):
        html = part(room, screen, "announcements")
        assert sites_named(html) == [[str(room.lao_cai.pk)], []]
        assert html.index("Cho Lào Cai") < html.index("Cho tất cả")


def test_a_delegate_s_page_knows_the_own_bridge_point(room: Room, clients: Clients) -> None:
    def own(client: Client) -> str:
        page = client.get(f"/m/{room.meeting.slug}/delegate/").content.decode()
        return re.findall(r'<div class="delegate" data-site="(\d*)">', page)[0]

    assert own(clients["delegate"]) == str(room.lao_cai.pk)
    make_participant(room.meeting, "Không điểm cầu", role=Role.GUEST, user=(user := make_user("khach-le")))
    stray = Client()
    stray.force_login(user)
    assert own(stray) == ""


def test_a_text_is_never_taken_for_markup(room: Room) -> None:
    make_announcement(room.meeting, "<b>Nghỉ</b> & ăn trưa")
    make_site_command(room.meeting, '"><script>alert(1)</script>')
    assert "<b>Nghỉ" not in part(room, "delegate", "announcements")
    assert "<script>" not in part(room, "console", "orders")


def test_without_scripts_the_server_chooses_what_is_for_the_bridge_point(room: Room, clients: Clients) -> None:
    for text, sites in (("Của mọi nơi", []), ("Của Lào Cai", [room.lao_cai]), ("Của Hà Tĩnh", [room.sites[2]])):
        make_announcement(room.meeting, f"Tin: {text}", sites=sites)
        make_site_command(room.meeting, f"Lệnh: {text}", sites=sites)
    done = make_site_command(room.meeting, "Lệnh: Đã xong")
    acknowledge(room, done, the_secretariat(), room.lao_cai)
    for who, screen, wanted in (
        ("operator", "console", ["Lệnh: Của mọi nơi", "Lệnh: Của Lào Cai", "Tin: Của Lào Cai", "Tin: Của mọi nơi"]),
        ("delegate", "delegate", ["Tin: Của Lào Cai", "Tin: Của mọi nơi"]),
        ("guest", "delegate", ["Tin: Của mọi nơi"]),
    ):
        page = clients[who].get(f"/m/{room.meeting.slug}/{screen}/").content.decode()
        chosen = "".join(re.findall(r"<noscript>(.*?)</noscript>", page, re.S))
        assert re.findall(r'<p class="text[^"]*">([^<]*)</p>', chosen) == wanted
