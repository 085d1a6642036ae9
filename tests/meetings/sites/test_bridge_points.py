"""Bridge points with all their data: one or many, in two levels; the journal folded says what the tables say."""

from __future__ import annotations

from typing import Any

import pytest

from live.state import read_state
from meetings import actions
from meetings.actions import NewBridgePoint
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Actor
from people.models import Organisation, Person
from tests.cast import Clients, Room
from tests.knocking import knock
from tests.make import make_bridge_points, make_meeting, the_secretariat

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db: None) -> Actor:
    """Somebody of the secretariat."""
    return the_secretariat()


def province(name: str = "Lào Cai") -> Organisation:
    return Organisation.objects.get(kind="province", short_name=name)


def commune(name: str, above: str = "Lào Cai", **kw: Any) -> Organisation:
    return Organisation.objects.create(kind="commune", name=name, short_name=name, parent=province(above), **kw)


def last(meeting: Meeting) -> dict[str, Any]:
    payload: dict[str, Any] = meeting.journal.entries.order_by("-number").values_list("payload", flat=True)[0]
    return payload


def test_all_fields_are_kept_and_the_fact_names_the_head_but_no_number(room: Room, clients: Clients) -> None:
    head = Person.objects.create(full_name="Lê Văn An", phone="0912 345 678")
    site = room.lao_cai
    answer = knock(
        clients["secretary"], room.meeting, "bridge_point.edit", bridge_point=site, name="Điểm cầu  Lào Cai",
        short_name="Lào Cai", place="Hội trường", kind="province", head="lê văn an", seats="120", equipment="2 màn hình\n4 micro",
        video_address="sip:laocai@example.vn",
    )  # fmt: skip
    assert answer.status_code == 200, answer.content.decode()
    site.refresh_from_db()
    assert (site.name, site.head, site.seats, site.kind) == ("Điểm cầu Lào Cai", head, 120, "province")
    assert (site.equipment, site.video_address) == ("2 màn hình\r\n4 micro".replace("\r", ""), "sip:laocai@example.vn")
    fact = last(room.meeting)
    assert (fact["head"], fact["seats"], fact["sort"]) == ("Lê Văn An", 120, "province")
    assert "0912" not in str(fact)
    assert "example.vn" not in str(fact)
    assert fold_differences(room.meeting) == []


def test_what_a_program_does_not_send_stays(room: Room, clients: Clients) -> None:
    BridgePoint.objects.filter(pk=room.lao_cai.pk).update(seats=80, equipment="Micro", place="Hội trường")
    body = {"bridge_point": room.lao_cai, "name": "Tên mới", "short_name": "Mới"}
    assert knock(clients["secretary"], room.meeting, "bridge_point.edit", **body).status_code == 200
    room.lao_cai.refresh_from_db()
    assert (room.lao_cai.seats, room.lao_cai.equipment, room.lao_cai.place) == (80, "Micro", "Hội trường")
    assert knock(clients["secretary"], room.meeting, "bridge_point.edit", **body, seats="").status_code == 200
    room.lao_cai.refresh_from_db()
    assert room.lao_cai.seats is None


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"seats": "-1"}, "seats"),
        ({"seats": "9" * 30}, "seats"),
        ({"kind": "castle"}, "kind"),
        ({"head": "Không ai"}, "head"),
        ({"place": "x" * 300}, "place"),
        ({"name": "\0"}, "name"),
    ],
)
def test_what_is_typed_badly_is_named(room: Room, clients: Clients, fields: dict[str, str], fault: str) -> None:
    body = {"bridge_point": room.lao_cai, "name": "Tên mới", "short_name": "Mới"} | fields
    answer = knock(clients["secretary"], room.meeting, "bridge_point.edit", **body)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {fault})


def test_communes_of_chosen_provinces_come_in_one_step_under_their_province(by: Actor) -> None:
    meeting = make_meeting()
    names = [commune("Xã Tân Lập"), commune("Xã A", code="00001"), commune("Xã cũ", is_closed=True)]
    commune("Xã Tân Lập", "Sơn La")
    with pytest.raises(OutOfOrder, match="Add the provinces first"):
        actions.missing_communes(meeting, [province()])
    actions.add_bridge_points(meeting, by=by, bridge_points=actions.missing_provinces(meeting))
    new = actions.missing_communes(meeting, [province()])
    made = actions.add_bridge_points(meeting, by=by, bridge_points=new)
    assert {(b.name, b.parent.organisation_id, b.kind) for b in made if b.parent} == {
        ("Xã Tân Lập, Lào Cai", province().pk, "commune"),
        ("Xã A", province().pk, "commune"),
    }
    assert {b.organisation_id for b in made} == {names[0].pk, names[1].pk}
    assert actions.missing_communes(meeting, [province()]) == []
    assert fold_differences(meeting) == []


def test_there_are_two_levels_and_no_circle(room: Room, by: Actor) -> None:
    central, first, second, third = room.sites
    actions.move_bridge_points(room.meeting, by=by, bridge_points=[second], parent=first)
    second.refresh_from_db()
    assert second.parent == first
    for moved, parent, words in (
        ([third], second, "two levels"),
        ([first], third, "stays on top"),
        ([first], first, "under itself"),
        ([central], first, "stands under no other"),
    ):
        with pytest.raises(OutOfOrder, match=words):
            actions.move_bridge_points(room.meeting, by=by, bridge_points=moved, parent=parent)
    with pytest.raises(OutOfOrder, match="two levels"):
        actions.add_bridge_points(room.meeting, by=by, bridge_points=[NewBridgePoint("X", "X", parent=second)])
    actions.move_bridge_points(room.meeting, by=by, bridge_points=[second], parent=None)
    assert not room.meeting.bridge_points.exclude(parent=None).exists()
    assert fold_differences(room.meeting) == []


def test_many_are_changed_in_one_step_with_one_fact(room: Room, by: Actor) -> None:
    before = room.meeting.journal.entries.count()
    actions.edit_bridge_points(room.meeting, by=by, bridge_points=room.sites[1:], kind="province", seats=60, equipment="Micro")
    assert set(room.meeting.bridge_points.filter(is_central=False).values_list("kind", "seats", "equipment")) == {
        ("province", 60, "Micro")
    }
    assert room.meeting.journal.entries.count() == before + 1
    assert last(room.meeting)["names"] == [site.name for site in room.sites[1:]]
    with pytest.raises(OutOfOrder, match="central hall keeps its kind"):
        actions.edit_bridge_points(room.meeting, by=by, bridge_points=room.sites, kind="other")
    with pytest.raises(OutOfOrder, match="in common"):
        actions.edit_bridge_points(room.meeting, by=by, bridge_points=room.sites)
    assert fold_differences(room.meeting) == []


def test_many_are_removed_all_or_none(room: Room, by: Actor) -> None:
    top, *under = make_bridge_points(room.meeting, "Tuyên Quang", "Xã 1", "Xã 2")
    actions.move_bridge_points(room.meeting, by=by, bridge_points=under, parent=top)
    with pytest.raises(OutOfOrder, match="Move or remove them first"):
        actions.remove_bridge_point(room.meeting, by=by, bridge_point=top)
    with pytest.raises(OutOfOrder, match="belong"):
        actions.remove_bridge_points(room.meeting, by=by, bridge_points=[*under, room.lao_cai])
    assert room.meeting.bridge_points.count() == 7
    actions.remove_bridge_points(room.meeting, by=by, bridge_points=[top, *under])
    assert room.meeting.bridge_points.count() == 4
    with pytest.raises(OutOfOrder, match="removed by somebody else"):
        actions.remove_bridge_points(room.meeting, by=by, bridge_points=[room.lao_cai, top])
    assert fold_differences(room.meeting) == []


def test_an_organisation_has_one_bridge_point_in_a_meeting(room: Room, by: Actor) -> None:
    actions.add_bridge_points(room.meeting, by=by, bridge_points=[NewBridgePoint("A", "A", organisation=province())])
    assert room.meeting.bridge_points.get(name="A").kind == "province"
    with pytest.raises(OutOfOrder, match="already"):
        actions.add_bridge_points(room.meeting, by=by, bridge_points=[NewBridgePoint("B", "B", organisation=province())])


def test_one_is_added_from_the_directory_by_its_name_alone(room: Room, clients: Clients) -> None:
    answer = knock(clients["secretary"], room.meeting, "bridge_points.add", organisation="Tỉnh ủy Sơn La", organisation_pk="")
    assert answer.status_code == 200, answer.content.decode()
    site = room.meeting.bridge_points.get(organisation=province("Sơn La"))
    assert (site.name, site.short_name, site.kind) == ("Tỉnh ủy Sơn La", "Sơn La", "province")


def test_a_journal_of_before_says_nothing_of_parents_and_is_believed(room: Room) -> None:
    from meetings.sites.folding import came, tables

    state: dict[Any, Any] = {}
    came(state, [{"id": room.lao_cai.pk, "number": 2, "name": room.lao_cai.name, "central": False}])
    key = ("bridge point", room.lao_cai.pk)
    assert state[key] == tables(room.meeting)[key]


def test_the_control_room_groups_by_the_new_parent(room: Room, by: Actor) -> None:
    actions.move_bridge_points(room.meeting, by=by, bridge_points=[room.sites[2]], parent=room.lao_cai)
    state = read_state(room.meeting.pk, "default")
    assert {site.id: site.parent_id for site in state.sites}[room.sites[2].pk] == room.lao_cai.pk


@pytest.mark.parametrize("many", [3, 90])
def test_pages_ask_the_same_of_few_and_many(many: int, room: Room, clients: Clients, django_assert_num_queries: Any) -> None:
    rows = [
        BridgePoint(meeting=room.meeting, parent=parent, number=100 + n, name=f"Xã {n:03}", short_name=f"Xã {n:03}")
        for n, parent in enumerate([None, room.lao_cai] * many)
    ]
    BridgePoint.objects.bulk_create(rows)
    url = f"/m/{room.meeting.slug}/bridge-points/"
    clients["secretary"].get(url)
    for count, address in (
        (10, url),
        (12, url + "?q=xa"),
        (7, f"{url}{room.lao_cai.pk}/under/"),
        (10, f"{url}{room.lao_cai.pk}/"),
    ):
        with django_assert_num_queries(count):
            clients["secretary"].get(address)


def test_the_list_goes_out_and_nothing_in_it_runs(room: Room, clients: Clients, by: Actor) -> None:
    actions.edit_bridge_point(room.meeting, by=by, bridge_point=room.lao_cai, place="=1+1", seats=5)
    base = f"/m/{room.meeting.slug}/bridge-points/list."
    text = clients["secretary"].get(base + "csv").content.decode("utf-8-sig")
    assert '"\'=1+1"' in text
    assert text.count("\r\n") == 5
    assert clients["secretary"].get(base + "xlsx").content.startswith(b"PK")
    assert clients["secretary"].get(base + "exe").status_code == 404
