"""The pages of registration: who sees what, as cheap for thousands of units as for three, files without formulas."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attendance.models import AskedUnit, Registration
from attendance.registration import actions
from attendance.registration.answers import registration_step
from meetings.home import home_of
from people.models import Organisation, Person
from sheets import read
from tests.attendance.registration.conftest import ask_for, limit, soon
from tests.cast import Cast, Clients, Room
from tests.make import actor_of, make_asked_unit, make_meeting, make_participants, make_registration, the_secretariat

pytestmark = pytest.mark.django_db
BOARD_QUERIES, UNIT_QUERIES = 13, 15


def base(room: Room) -> str:
    return f"/m/{room.meeting.slug}/registration"


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def many_units(room: Room, number: int) -> None:
    """Write units straight to the tables: for pages, not for the journal."""
    above = Organisation.objects.get(short_name="Cà Mau")
    communes = Organisation.objects.bulk_create(
        Organisation(parent=above, kind="commune", code=f"9{n:05}", name=f"Xã {n}", short_name=f"Xã {n}") for n in range(number)
    )
    units = AskedUnit.objects.bulk_create(AskedUnit(meeting=room.meeting, organisation=o, quota=3) for o in communes)
    now = soon()
    Registration.objects.bulk_create(
        Registration(meeting=room.meeting, unit=u, name=f"Người {u.pk}", state="sent", changed_at=now, changed_by="x")
        for u in units
    )


def test_a_focal_point_comes_home_to_its_unit_s_list(room: Room, unit: AskedUnit, cast: Cast, clients: Clients) -> None:
    client = clients["focal_point"]
    assert home_of(room.meeting, cast["focal_point"]) == f"/m/{room.meeting.slug}/my-unit/"
    assert room.meeting.title in text(client, "/")
    answer = client.get(f"/m/{room.meeting.slug}/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{base(room)}/{unit.pk}/"
    assert "Tỉnh ủy Lào Cai" in answer.content.decode()
    rail = answer.context["rail"]
    assert [entry["url"] for entry in rail if entry["current"]] == [f"/m/{room.meeting.slug}/my-unit/"]


def test_the_first_look_is_noted_once_and_only_of_the_unit_itself(room: Room, unit: AskedUnit, clients: Clients) -> None:
    before = room.meeting.journal.entries.count()
    text(clients["secretary"], f"{base(room)}/{unit.pk}/")
    unit.refresh_from_db()
    assert unit.opened_at is None
    text(clients["focal_point"], f"{base(room)}/{unit.pk}/")
    unit.refresh_from_db()
    first = unit.opened_at
    assert first is not None
    text(clients["focal_point"], f"{base(room)}/{unit.pk}/")
    unit.refresh_from_db()
    assert (unit.opened_at, room.meeting.journal.entries.count()) == (first, before)


def test_the_page_says_what_is_left_and_what_was_refused_why(room: Room, unit: AskedUnit, clients: Clients) -> None:
    limit(unit, 4)
    ask_for(room.meeting, message="Kính đề nghị đơn vị đăng ký.", deadline=soon())
    made = make_registration(unit, sent=True)
    actions.refuse_registrations(room.meeting, by=the_secretariat(), registrations=[made], refusal="Ghi rõ chức vụ.")
    make_registration(unit, "Người Hai")
    page = text(clients["focal_point"], f"{base(room)}/{unit.pk}/")
    assert "Ghi rõ chức vụ." in page
    assert "Kính đề nghị đơn vị đăng ký." in page
    assert '1<span class="of">/4</span>' in page
    form = text(clients["focal_point"], f"{base(room)}/lines/{made.pk}/")
    assert "Ghi rõ chức vụ." in form
    assert 'name="version" value="3"' in form
    assert 'name="phone"' not in form


def test_why_somebody_is_excused_is_for_the_unit_and_the_secretariat(room: Room, unit: AskedUnit, clients: Clients) -> None:
    make_registration(unit, kind="excuse", concerns=room.people["delegate"], reason="Điều trị dài ngày", sent=True)
    readers = {
        name: clients[name].get(f"{base(room)}/{unit.pk}/").content.decode()
        for name in ("focal_point", "secretary", "chair", "delegate", "operator", "stranger")
    }
    assert {name for name, page in readers.items() if "Điều trị dài ngày" in page} == {"focal_point", "secretary"}
    assert "Điều trị" not in text(clients["chair"], f"{base(room)}/")
    assert "Điều trị" not in clients["chair"].get(f"{base(room)}/units.csv").content.decode()


def test_how_to_reach_somebody_who_has_gone_elsewhere_is_not_told_to_the_unit_they_left(
    room: Room, unit: AskedUnit, clients: Clients
) -> None:
    ask_for(room.meeting, asks_phone=True, asks_email=True)
    elsewhere = make_asked_unit(room.meeting).organisation
    earlier = make_meeting(slug="nam-truoc")
    (seat,) = make_participants(earlier, ["Sùng A Trước"], organisation=unit.organisation, position="Chánh Văn phòng")
    Person.objects.filter(pk=seat.person_id).update(phone="0912345678", email="sung@x.vn")
    address, today = f"{base(room)}/{unit.pk}/new/?person={seat.person_id}", timezone.localdate()
    assert "0912345678" in text(clients["focal_point"], address)
    office = seat.person.positions.create(organisation=unit.organisation, title="Phó Bí thư", until=today - timedelta(days=1))
    assert "0912345678" in text(clients["focal_point"], address)  # holds none now, and last took part for the unit
    seat.person.positions.create(organisation=elsewhere, title="Bí thư")
    page = text(clients["focal_point"], address)
    assert "Sùng A Trước" in page
    assert ("0912345678" in page, "sung@x.vn" in page) == (False, False)
    office.until = None
    office.save()
    assert "0912345678" in text(clients["focal_point"], address)


def test_people_of_the_unit_are_picked_from_the_directory(room: Room, unit: AskedUnit, clients: Clients) -> None:
    make_participants(room.meeting, ["Người Tỉnh Khác"], organisation=make_asked_unit(room.meeting).organisation)
    earlier = make_meeting(slug="nam-truoc")
    make_participants(earlier, ["Sùng A Trước"], organisation=unit.organisation, position="Chánh Văn phòng")
    page = clients["focal_point"].get(f"{base(room)}/{unit.pk}/new/?q=trước")
    (found,) = page.context["people"]
    form = text(clients["focal_point"], f"{base(room)}/{unit.pk}/new/?person={found.pk}")
    assert "Chánh Văn phòng" in form
    assert "Sùng A Trước" in form
    assert clients["focal_point"].get(f"{base(room)}/{unit.pk}/new/?q=khác").context["people"] == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Tỉnh ủy Lào Cai", "Tỉnh ủy Cà Mau", "Tỉnh ủy Hà Tĩnh"}),
        ("q=ca+mau", {"Tỉnh ủy Cà Mau"}),
        ("stage=late", {"Tỉnh ủy Cà Mau"}),
        ("stage=sent", {"Tỉnh ủy Lào Cai"}),
        ("stage=nobody", {"Tỉnh ủy Hà Tĩnh"}),
        ("stage=not_opened", {"Tỉnh ủy Cà Mau"}),
        ("stage=wishes", {"Tỉnh ủy Hà Tĩnh"}),
        ("order=changed", {"Tỉnh ủy Lào Cai", "Tỉnh ủy Cà Mau", "Tỉnh ủy Hà Tĩnh"}),
        ("stage=%00&q='", set()),
    ],
)
def test_the_board_finds_units(query: str, expected: set[str], room: Room, unit: AskedUnit, clients: Clients) -> None:
    by, ha_tinh = the_secretariat(), make_asked_unit(room.meeting, "Hà Tĩnh")
    make_asked_unit(room.meeting, "Cà Mau")
    make_registration(unit, sent=True)
    actions.complete_unit(room.meeting, by=by, unit=ha_tinh, nobody=True)
    ask_for(room.meeting, deadline=soon(-1))
    actions.request_change(room.meeting, by=by, unit=ha_tinh, wish="Xin bổ sung")
    page = clients["secretary"].get(f"{base(room)}/?{query}")
    assert {row.unit.organisation.name for row in page.context["rows"]} == expected
    numbers = page.context["totals"]
    assert (numbers.asked, numbers.answered, numbers.late, numbers.sent, numbers.wishes) == (3, 2, 1, 1, 1)


def test_no_query_breaks_a_page(room: Room, unit: AskedUnit, clients: Clients) -> None:
    for hostile in ("'", "%00", "<script>", "9" * 30, "a" * 3000, "-1", "٣"):
        for path in ("", "chosen/", f"{unit.pk}/new/", "units.csv"):
            for field in ("q", "stage", "order", "page", "units", "person", "concerns", "kind"):
                answer = clients["secretary"].get(f"{base(room)}/{path}?{field}={hostile}")
                assert answer.status_code in (200, 302), (path, field, hostile)
                assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("number", [3, 3321])
def test_the_board_costs_the_same_for_three_and_for_thousands(number: int, room: Room, unit: AskedUnit, clients: Clients) -> None:
    many_units(room, number)
    client = clients["secretary"]
    client.get(f"{base(room)}/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"{base(room)}/")
    assert answer.context["page"].paginator.count == number + 1
    assert len(asked) == BOARD_QUERIES, "\n".join(q["sql"][:150] for q in asked)
    assert len(answer.content) < 300_000


@pytest.mark.parametrize("number", [3, 300])
def test_a_list_costs_the_same_for_three_and_for_hundreds(number: int, room: Room, unit: AskedUnit, clients: Clients) -> None:
    now = soon()
    Registration.objects.bulk_create(
        Registration(
            meeting=room.meeting, unit=unit, name=f"Người {n}", state="sent", changed_at=now, changed_by="x",
            bridge_point=room.lao_cai,
        )
        for n in range(number)
    )  # fmt: skip
    make_participants(room.meeting, [f"Đã có {n}" for n in range(number)], site=room.lao_cai)
    client = clients["secretary"]
    client.get(f"{base(room)}/{unit.pk}/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"{base(room)}/{unit.pk}/")
    assert len(answer.context["lines"]) == number
    assert len(asked) == UNIT_QUERIES, "\n".join(q["sql"][:150] for q in asked)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_holds_every_unit_and_no_formula(form: str, room: Room, unit: AskedUnit, clients: Clients) -> None:
    Organisation.objects.filter(pk=unit.organisation_id).update(name="=HYPERLINK(0)", folded="=hyperlink(0)")
    make_asked_unit(room.meeting)
    answer = clients["secretary"].get(f"{base(room)}/units.{form}?q=")
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    sheet = read(answer.content, f"units.{form}")
    assert len(sheet.rows) == 2
    assert clients["secretary"].get(f"{base(room)}/units.exe").status_code == 404
    if form == "csv":
        assert b'"\'=HYPERLINK(0)"' in answer.content


def test_the_overview_says_how_many_have_answered(room: Room, unit: AskedUnit, cast: Cast) -> None:
    assert (registration_step(room.meeting).done, registration_step(room.meeting).of) == (False, 1)
    actions.complete_unit(room.meeting, by=actor_of(room.meeting, cast["focal_point"]), unit=unit, nobody=True)
    step = registration_step(room.meeting)
    assert (step.count, step.of, step.done) == (1, 1, True)
    actions.withdraw_units(room.meeting, by=the_secretariat(), units=[unit])
    assert registration_step(room.meeting).done
