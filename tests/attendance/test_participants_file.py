"""The list as a file: all that was found, inert, and equal when it is uploaded again; the page's filters and order."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings import actions
from meetings.importing import find, runs
from sheets import read
from tests.cast import Room
from tests.make import make_group, make_participant, make_participants, mark_present, the_secretariat

pytestmark = pytest.mark.django_db
HOSTILE = ["=1+1", "+84", "-x", "@SUM(A1)", '=HYPERLINK("http://x")', "'=1"]


def file(client: Client, room: Room, form: str, query: str = "") -> bytes:
    answer = client.get(f"/m/{room.meeting.slug}/participants/list.{form}?{query}")
    assert answer.status_code == 200
    return bytes(answer.content)


def names(data: bytes, form: str) -> list[str]:
    sheet = read(data, f"x.{form}")
    return [row.cells[sheet.header[0]].text for row in sheet.rows]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_holds_all_that_was_found(form: str, room: Room, clients: dict[str, Client]) -> None:
    make_participants(room.meeting, [f"Đại biểu {n:03}" for n in range(250)], unit="Huế")
    assert len(names(file(clients["secretary"], room, form), form)) == 262
    assert len(names(file(clients["secretary"], room, form, "q=dai+bieu+2&sort=name"), form)) == 88
    assert names(file(clients["secretary"], room, form, "role=chair"), form) == ["Nguyễn Văn Chủ"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_was_exported_changes_nothing_when_it_is_imported(
    form: str, language: str, room: Room, clients: dict[str, Client]
) -> None:
    group = make_group(room.meeting)
    make_participant(
        room.meeting, "Lò Thay", unit="=x", group=group, mode="online", is_standing=True, substitute_for=room.people["ca_mau"]
    )
    for n, text in enumerate(HOSTILE):
        make_participant(room.meeting, f"Người {n}", position=text, unit=text)
    client = clients["secretary"]
    client.cookies["django_language"] = language
    data = file(client, room, form)
    kind = find("participants", of_meeting=True)
    assert kind is not None
    run = runs.start(kind, room.meeting, by=the_secretariat().user, name=f"x.{form}", data=data)
    assert {row["verdict"] for row in run.judged["rows"]} == {"same"}, [r for r in run.judged["rows"] if r["verdict"] != "same"][
        :2
    ]
    assert len(run.judged["rows"]) == room.meeting.participants.count()


def test_contacts_are_for_who_prepares_the_meeting_only(room: Room, clients: dict[str, Client]) -> None:
    person = room.people["ca_mau"].person
    person.phone = "0912345678"
    person.save()
    assert b"0912345678" in file(clients["secretary"], room, "csv")
    assert b"0912345678" not in file(clients["chair"], room, "csv")
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/participants/list.pdf").status_code == 404


@pytest.mark.parametrize("number", [3, 300])
def test_the_file_costs_the_same_queries_for_few_and_for_many(number: int, room: Room, clients: dict[str, Client]) -> None:
    make_participants(room.meeting, [f"Đại biểu {n}" for n in range(number)], site=room.lao_cai)
    clients["secretary"].get("/")
    with CaptureQueriesContext(connection) as asked:
        file(clients["secretary"], room, "xlsx")
    assert len(asked) == QUERIES


QUERIES = 5


def test_the_list_is_narrowed_and_sorted(room: Room, clients: dict[str, Client]) -> None:
    group, by = make_group(room.meeting), the_secretariat()
    actions.edit_participants(
        room.meeting, by=by, participants=[room.people["guest"], room.people["ca_mau"]], changes={"group": group}
    )
    actions.edit_participants(room.meeting, by=by, participants=[room.people["ca_mau"]], changes={"mode": "online"})
    actions.excuse_participants(room.meeting, by=by, participants=[room.people["ha_tinh"]])
    make_participant(room.meeting, "Lò Thay", substitute_for=room.people["lao_cai_2"], is_standing=True)
    mark_present(room.people["guest"])

    def found(query: str) -> list[str]:
        page = clients["secretary"].get(f"/m/{room.meeting.slug}/participants/?{query}").context["page"]
        return [one.name for one in page]

    assert found(f"group={group.pk}") == ["Lê Văn Khách", "Lâm Út Tư"]
    assert found(f"group={group.pk}&sort=name") == ["Lâm Út Tư", "Lê Văn Khách"]
    assert len(found("group=none")) == 11
    assert found("mode=online") == ["Lâm Út Tư"]
    assert found("unit=Cà+Mau") == ["Lâm Út Tư"]
    assert found("state=excused") == ["Vàng Seo Hai", "Phan Đình Ba"]
    assert found("state=substitutes") == found("state=standing") == ["Lò Thay"]
    assert found("state=present") == ["Lê Văn Khách"]
    assert "Phan Đình Ba" not in found("state=unmarked")
    for sort in ("name", "unit", "role", "group", "site", "<x>"):
        assert len(found(f"sort={sort}")) == 13


@pytest.mark.parametrize("field", ["group", "unit", "mode", "state", "sort", "role", "site"])
@pytest.mark.parametrize("text", ["'", "%00", "<script>", "9" * 5000, "-1", "²", "none"])
def test_no_query_breaks_the_list_or_the_file(field: str, text: str, room: Room, clients: dict[str, Client]) -> None:
    answer = clients["secretary"].get(f"/m/{room.meeting.slug}/participants/?{field}={text}")
    assert answer.status_code == 200
    assert b"<script>" not in answer.content.replace(b"<script type", b"").replace(b"<script src", b"")
    file(clients["secretary"], room, "csv", f"{field}={text}")
