"""The pages of registered speeches: who sees what, found and filtered, as cheap for hundreds as for three, files inert."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import Speech, SpeechCall
from agenda.speeches import actions
from agenda.speeches.answers import speeches_step
from attendance.models import AskedUnit
from people.models import Organisation
from sheets import read
from tests.cast import Clients, Room
from tests.make import make_asked_unit, make_item, make_participants, make_speech, make_speech_call, the_secretariat

pytestmark = pytest.mark.django_db
BOARD_QUERIES, OWN_QUERIES = 13, 14


def base(room: Room) -> str:
    return f"/m/{room.meeting.slug}/programme/speeches"


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def many(call: SpeechCall, number: int) -> None:
    """Write speeches of as many units straight to the tables: for pages, not for the journal."""
    above = Organisation.objects.get(short_name="Cà Mau")
    communes = Organisation.objects.bulk_create(
        Organisation(parent=above, kind="commune", code=f"9{n:05}", name=f"Xã {n}", short_name=f"Xã {n}") for n in range(number)
    )
    units = AskedUnit.objects.bulk_create(AskedUnit(meeting=call.meeting, organisation=one) for one in communes)
    people = make_participants(call.meeting, [f"Người {n}" for n in range(number)])
    Speech.objects.bulk_create(
        Speech(
            meeting=call.meeting, call=call, unit=unit, title=f"Bài {n}", minutes=5, speaker=people[n],
            rank=n + 1 if n % 2 else None, state="picked" if n % 2 else "offered", changed_at=timezone.now(), changed_by="x",
        )
        for n, unit in enumerate(units)
    )  # fmt: skip


def test_a_focal_point_sees_what_is_asked_and_its_own_offers_only(room: Room, unit: AskedUnit, clients: Clients) -> None:
    client = clients["focal_point"]
    assert client.get(f"{base(room)}/").context["asked"] == []
    call = make_speech_call(room.meeting, message="Kính đề nghị đăng ký.")
    assert f"{base(room)}/new/?call={call.pk}&amp;unit={unit.pk}" in text(client, f"{base(room)}/")
    make_speech(unit, "Bài của Lào Cai", call=call)
    other = make_speech(make_asked_unit(room.meeting), "Bài của Cà Mau", call=call)
    page = text(client, f"{base(room)}/")
    assert "Kính đề nghị đăng ký." in page
    assert "Bài của Lào Cai" in page
    assert "Bài của Cà Mau" not in page
    assert f"{base(room)}/new/" not in page
    assert client.get(f"{base(room)}/{other.pk}/").status_code == 403
    assert client.get(f"{base(room)}/{other.pk}/edit/").status_code == 403
    assert client.get(f"{base(room)}/new/?unit={other.unit_id}").status_code == 403
    assert client.get(f"{base(room)}/list.csv").status_code == 403


def test_why_a_speech_was_sent_back_is_for_its_unit(room: Room, unit: AskedUnit, call: SpeechCall, clients: Clients) -> None:
    made = make_speech(unit, call=call, outline="Ba bài học lớn")
    actions.return_speech(room.meeting, by=the_secretariat(), speech=made, version=1, reason="Trùng với báo cáo")
    for path in ("", f"{made.pk}/", f"{made.pk}/edit/"):
        assert "Trùng với báo cáo" in text(clients["focal_point"], f"{base(room)}/{path}")
    assert "Ba bài học lớn" in text(clients["secretary"], f"{base(room)}/{made.pk}/")
    for who in ("chair", "delegate", "operator", "observer"):
        assert clients[who].get(f"{base(room)}/{made.pk}/").status_code == 403


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Bài 1", "Bài 2", "Bài 3"}), ("q=ca+mau", {"Bài 3"}), ("q=bai+2", {"Bài 2"}), ("q=giang+a", {"Bài 1"}),
        ("state=picked", {"Bài 1", "Bài 2"}), ("state=offered", {"Bài 3"}), ("state=withdrawn", set()), ("order=rank", None),
        ("order=changed&state=x", None), ("q=%00'", set()), ("call=999", None), ("page=999", None),
    ],
)  # fmt: skip
def test_the_board_finds_speeches(
    query: str, expected: set[str] | None, room: Room, three: list[Speech], clients: Clients
) -> None:
    Speech.objects.filter(pk=three[0].pk).update(speaker=room.people["delegate"])
    actions.unpick_speech(room.meeting, by=the_secretariat(), speech=three[2])
    page = clients["secretary"].get(f"{base(room)}/?{query}")
    assert {one.title for one in page.context["rows"]} == ({"Bài 1", "Bài 2", "Bài 3"} if expected is None else expected)
    numbers = page.context["totals"]
    assert (numbers.standing, numbers.picked, numbers.offered, numbers.minutes, numbers.units) == (3, 2, 1, 16, 3)


def test_the_board_shows_the_order_and_whether_the_programme_follows(room: Room, three: list[Speech], clients: Clients) -> None:
    client, call = clients["secretary"], three[0].call
    page = client.get(f"{base(room)}/")
    assert [one.title for one in page.context["picked"]] == ["Bài 1", "Bài 2", "Bài 3"]
    assert b'data-command="speeches.schedule"' in page.content
    actions.schedule_speeches(room.meeting, by=the_secretariat(), call=call)
    assert b'data-command="speeches.schedule"' not in client.get(f"{base(room)}/").content
    assert "5.2" in text(client, f"{base(room)}/{three[1].pk}/")


def test_two_registrations_have_a_board_each(room: Room, three: list[Speech], clients: Clients) -> None:
    other = make_speech_call(room.meeting, item=make_item(room.meeting, "Thảo luận tổ", kind="discussion"))
    make_speech(three[0].unit, "Bài thảo luận", call=other)
    page = clients["secretary"].get(f"{base(room)}/?call={other.pk}")
    assert [one.title for one in page.context["rows"]] == ["Bài thảo luận"]
    assert len(page.context["calls"]) == 2
    assert "Bài thảo luận" not in text(clients["secretary"], f"{base(room)}/")


def test_the_secretariat_chooses_the_unit_it_offers_for(room: Room, unit: AskedUnit, call: SpeechCall, clients: Clients) -> None:
    client = clients["secretary"]
    make_asked_unit(room.meeting)
    assert [one.organisation.short_name for one in client.get(f"{base(room)}/new/?q=ca+mau").context["units"]] == ["Cà Mau"]
    assert 'name="title"' in text(client, f"{base(room)}/new/?unit={unit.pk}")
    assert client.get(f"{base(room)}/new/?unit=99999").status_code == 404


def test_no_query_breaks_a_page(room: Room, unit: AskedUnit, call: SpeechCall, clients: Clients) -> None:
    made = make_speech(unit, call=call)
    for hostile in ("'", "%00", "<script>", "9" * 30, "a" * 3000, "-1", "٣"):
        for path in ("", "call/", "new/", "list.csv", f"{made.pk}/"):
            for field in ("q", "state", "order", "page", "call", "unit"):
                answer = clients["secretary"].get(f"{base(room)}/{path}?{field}={hostile}")
                assert answer.status_code in (200, 404), (path, field, hostile)
    assert clients["secretary"].get(f"{base(room)}/{'9' * 25}/").status_code == 404


@pytest.mark.parametrize("number", [3, 300])
def test_the_board_costs_the_same_for_three_and_for_hundreds(number: int, room: Room, call: SpeechCall, clients: Clients) -> None:
    many(call, number)
    client = clients["secretary"]
    client.get(f"{base(room)}/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"{base(room)}/")
    assert answer.context["totals"].standing == number
    assert len(asked) == BOARD_QUERIES, "\n".join(q["sql"][:150] for q in asked)


@pytest.mark.parametrize("number", [3, 20])
def test_a_unit_s_page_costs_the_same_for_three_and_for_twenty(
    number: int, room: Room, unit: AskedUnit, clients: Clients
) -> None:
    call = make_speech_call(room.meeting, per_unit=20)
    for n in range(number):
        make_speech(unit, f"Bài {n}", call=call, speaker=room.people["delegate"])
    client = clients["focal_point"]
    client.get(f"{base(room)}/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{base(room)}/")
    assert len(asked) == OWN_QUERIES, "\n".join(q["sql"][:150] for q in asked)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_holds_every_speech_and_no_formula(form: str, room: Room, three: list[Speech], clients: Clients) -> None:
    Speech.objects.filter(pk=three[1].pk).update(title="=HYPERLINK(0)")
    answer = clients["secretary"].get(f"{base(room)}/list.{form}?q=")
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    assert len(read(answer.content, f"list.{form}").rows) == 3
    assert clients["secretary"].get(f"{base(room)}/list.exe").status_code == 404
    if form == "csv":
        assert b"'=HYPERLINK(0)" in answer.content


def test_the_overview_has_a_step_only_where_speeches_are_registered(room: Room, unit: AskedUnit, clients: Clients) -> None:
    assert speeches_step(room.meeting) is None
    page = f"/m/{room.meeting.slug}/"
    assert f"{base(room)}/" not in text(clients["secretary"], page)
    call = make_speech_call(room.meeting)
    assert f"{base(room)}/" in text(clients["secretary"], page)
    step = speeches_step(room.meeting)
    assert step is not None
    assert (step.count, step.of, step.done) == (0, None, False)
    made = make_speech(unit, call=call)
    actions.pick_speech(room.meeting, by=the_secretariat(), speech=made, version=1)
    step = speeches_step(room.meeting)
    assert step is not None
    assert (step.count, step.of, step.done) == (1, 1, True)


def test_the_form_of_a_registration_offers_items_for_speeches(room: Room, clients: Clients) -> None:
    client = clients["secretary"]
    assert client.get(f"{base(room)}/call/").context["has_items"] is False
    call = make_speech_call(room.meeting)
    assert client.get(f"{base(room)}/call/").context["has_items"] is False
    page = text(client, f"{base(room)}/call/?call={call.pk}")
    assert 'data-command="speech_call.close"' in page
    assert f'<option value="{call.item_id}" selected' in page
