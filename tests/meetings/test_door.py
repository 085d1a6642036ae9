"""The command door: what it answers, to whom in which form, and that a command takes effect once."""

from __future__ import annotations

from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from agenda.models import AgendaItem
from meetings.models import Meeting, Reply
from people.models import Organisation
from tests.cast import Cast, Room, furnish
from tests.knocking import knock, knock_plainly
from tests.make import make_command_id, open_the_meeting

ITEM = {"title": "Nội dung mới", "kind": "report", "minutes": "10"}


def head(meeting: Meeting) -> int:
    meeting.journal.refresh_from_db()
    return meeting.journal.head


def test_a_script_is_told_the_number_of_the_entry(room: Room, clients: dict[str, Client]) -> None:
    answer = knock(clients["secretary"], room.meeting, "item.add", **ITEM)
    assert (answer.status_code, answer.json()) == (200, {"state": "done", "number": head(room.meeting)})


def test_a_plain_form_is_led_back_to_its_page(room: Room, clients: dict[str, Client]) -> None:
    page = f"/m/{room.meeting.slug}/programme/?x=1#add"
    answer = knock_plainly(clients["secretary"], room.meeting, "item.add", next=page, **ITEM)
    assert (answer.status_code, answer["Location"]) == (303, page)


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)", "", "\\\\example.com"])
def test_nobody_is_led_to_another_site(elsewhere: str, room: Room, clients: dict[str, Client]) -> None:
    answer = knock_plainly(clients["secretary"], room.meeting, "item.add", next=elsewhere, **ITEM)
    assert (answer.status_code, answer["Location"]) == (303, f"/m/{room.meeting.slug}/")


def test_malformed_input_names_its_fields_and_is_not_kept(room: Room, clients: dict[str, Client]) -> None:
    command_id, before = make_command_id(), head(room.meeting)
    answer = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM | {"minutes": "0", "title": ""})
    assert (answer.status_code, answer.json()["state"], set(answer.json()["errors"])) == (400, "invalid", {"minutes", "title"})
    assert all(isinstance(sentence, str) for errors in answer.json()["errors"].values() for sentence in errors)
    assert not Reply.objects.filter(pk=command_id).exists()
    assert head(room.meeting) == before
    assert knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM).status_code == 200


def test_malformed_input_of_a_plain_form_gets_a_page_that_says_so(room: Room, clients: dict[str, Client]) -> None:
    answer = knock_plainly(clients["secretary"], room.meeting, "item.add", **ITEM | {"title": ""})
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (400, "text/html")


@pytest.mark.parametrize("command_id", ["", "42", "not-a-uuid", "a" * 5000, "\x00"])
def test_a_command_needs_an_id_of_its_own(command_id: str, room: Room, clients: dict[str, Client]) -> None:
    body = ITEM | {"command_id": command_id}
    answer = clients["secretary"].post(f"/m/{room.meeting.slug}/do/item.add/", body, HTTP_ACCEPT="application/json")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"command_id"})


def test_a_refusal_of_order_is_kept_and_given_again(room: Room, clients: dict[str, Client]) -> None:
    command_id, body = make_command_id(), {"item": room.items[0]}
    first = knock(clients["chair"], room.meeting, "item.open", command_id=command_id, **body)
    assert (first.status_code, first.json()["state"]) == (409, "refused")
    assert first.json()["reason"]
    open_the_meeting(room.meeting)
    again = knock(clients["chair"], room.meeting, "item.open", command_id=command_id, **body)
    assert (again.status_code, again.json()) == (409, first.json())
    assert knock(clients["chair"], room.meeting, "item.open", **body).status_code == 200


def test_a_refusal_of_right_is_kept_and_given_again(room: Room, clients: dict[str, Client]) -> None:
    command_id = make_command_id()
    first = knock(clients["delegate"], room.meeting, "item.add", command_id=command_id, **ITEM)
    assert (first.status_code, first.json()["state"]) == (403, "refused")
    room.people["delegate"].role = "secretary"
    room.people["delegate"].save()
    assert knock(clients["delegate"], room.meeting, "item.add", command_id=command_id, **ITEM).json() == first.json()
    assert knock(clients["delegate"], room.meeting, "item.add", **ITEM).status_code == 200


def test_who_may_not_is_not_told_what_is_wrong_with_the_input(room: Room, clients: dict[str, Client]) -> None:
    assert knock(clients["observer"], room.meeting, "item.add", title="").status_code == 403


def test_the_same_command_twice_takes_effect_once(room: Room, clients: dict[str, Client]) -> None:
    command_id = make_command_id()
    first = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM)
    knock(clients["secretary"], room.meeting, "item.add", **ITEM)
    again = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM)
    assert (again.status_code, again.json()) == (200, first.json())
    assert AgendaItem.objects.filter(meeting=room.meeting, title=ITEM["title"]).count() == 2


def test_a_repeat_gets_its_answer_though_what_it_names_has_gone(room: Room, clients: dict[str, Client]) -> None:
    command_id = make_command_id()
    first = knock(clients["secretary"], room.meeting, "item.remove", command_id=command_id, item=room.items[3])
    again = knock(clients["secretary"], room.meeting, "item.remove", command_id=command_id, item=room.items[3])
    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())
    assert knock(clients["secretary"], room.meeting, "item.remove", item=room.items[3]).status_code == 400


def test_the_same_command_as_a_plain_form_is_led_back_again(room: Room, clients: dict[str, Client]) -> None:
    command_id = make_command_id()
    answers = [knock_plainly(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM) for _ in range(3)]
    assert [a.status_code for a in answers] == [303, 303, 303]
    assert room.meeting.items.count() == 5


def test_the_order_of_fields_and_the_way_back_do_not_make_another_command(room: Room, clients: dict[str, Client]) -> None:
    command_id = make_command_id()
    first = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM)
    turned = dict(reversed(ITEM.items())) | {"next": "/elsewhere/"}
    assert knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **turned).json() == first.json()


@pytest.mark.parametrize("change", [{"minutes": "11"}, {"presenter": "Ai đó"}, {"title": "Khác"}])
def test_the_same_id_with_another_body_is_refused(change: dict[str, str], room: Room, clients: dict[str, Client]) -> None:
    command_id = make_command_id()
    first = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM)
    other = knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM | change)
    assert (other.status_code, other.json()["state"]) == (409, "refused")
    assert knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM).json() == first.json()


def test_the_same_id_for_another_command_is_refused(room: Room, clients: dict[str, Client]) -> None:
    command_id = make_command_id()
    knock(clients["chair"], room.meeting, "meeting.open", command_id=command_id)
    assert knock(clients["chair"], room.meeting, "meeting.suspend", command_id=command_id).status_code == 409
    room.meeting.refresh_from_db()
    assert room.meeting.state == Meeting.State.OPEN


def test_the_same_id_by_another_account_is_refused(room: Room, clients: dict[str, Client]) -> None:
    command_id = make_command_id()
    knock(clients["secretary"], room.meeting, "item.add", command_id=command_id, **ITEM)
    other = knock(clients["administrator"], room.meeting, "item.add", command_id=command_id, **ITEM)
    assert (other.status_code, room.meeting.items.count()) == (409, 5)


def test_the_same_id_in_another_meeting_is_refused(room: Room, clients: dict[str, Client]) -> None:
    command_id, other = make_command_id(), furnish(suffix="-2")
    knock(clients["administrator"], room.meeting, "item.add", command_id=command_id, **ITEM)
    assert knock(clients["administrator"], other.meeting, "item.add", command_id=command_id, **ITEM).status_code == 409


def test_an_unknown_command_is_not_found(room: Room, clients: dict[str, Client]) -> None:
    for name in ("item.explode", "item", "item.add.", "..", "account.add"):
        assert knock(clients["secretary"], room.meeting, name).status_code == 404


def test_an_unknown_meeting_is_not_found(room: Room, clients: dict[str, Client]) -> None:
    answer = clients["administrator"].post("/m/khong-co/do/item.add/", ITEM | {"command_id": make_command_id()})
    assert answer.status_code == 404


def test_a_command_without_the_token_of_its_page_is_refused(room: Room, cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["secretary"])
    assert knock(client, room.meeting, "item.add", **ITEM).status_code == 403
    assert room.meeting.items.count() == 4


def test_a_command_with_the_token_of_its_page_is_done(room: Room, cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["secretary"])
    page = client.get(reverse("agenda:programme", args=[room.meeting.slug]))
    token = page.content.decode().partition('name="csrf-token" content="')[2].partition('"')[0]
    assert knock(client, room.meeting, "item.add", csrfmiddlewaretoken=token, **ITEM).status_code == 200


def test_a_refused_plain_form_says_why_on_the_page_it_comes_back_to(room: Room, clients: dict[str, Client]) -> None:
    page = f"/m/{room.meeting.slug}/programme/"
    open_the_meeting(room.meeting)
    answer = knock_plainly(clients["chair"], room.meeting, "meeting.open", next=page)
    assert answer.status_code == 303
    reply = Reply.objects.get()
    assert reply.body["reason"] in clients["chair"].get(page).content.decode()


def test_a_refusal_is_rolled_back_to_where_it_began(room: Room, clients: dict[str, Client]) -> None:
    before = head(room.meeting)
    open_the_meeting(room.meeting)
    refused = knock(clients["chair"], room.meeting, "item.open", item=room.items[1], closing=room.items[0])
    assert refused.status_code == 409
    assert head(room.meeting) == before + 1
    assert set(room.meeting.items.values_list("state", flat=True)) == {"planned"}


def create(client: Client, data: dict[str, object], *, command_id: str = "", accept: str = "text/html") -> HttpResponse:
    """Ask the office's door for a new meeting."""
    sent = data | {"command_id": command_id or make_command_id()}
    return cast(HttpResponse, client.post("/do/meeting.create/", sent, HTTP_ACCEPT=accept))


def test_an_office_enters_its_own_name_as_organiser(clients: dict[str, Client], room: Room) -> None:
    """A fresh office finds only the provinces in the list."""
    data: dict[str, object] = {"title": "Hội nghị thử", "mode": "hybrid", "place": "Hà Nội", "starts_1": "2026-12-01T08:00"}
    assert create(clients["secretariat"], data).status_code == 400
    for _twice in range(2):
        answer = create(clients["secretariat"], data | {"other_organiser": " Văn phòng  Tỉnh ủy "})
        assert answer.status_code == 303
    assert Organisation.objects.filter(name="Văn phòng Tỉnh ủy").count() == 1


def test_a_new_meeting_is_made_by_its_form(clients: dict[str, Client], room: Room) -> None:
    data = {"title": "Hội nghị tổng kết", "organiser": room.meeting.organiser_id, "mode": "hybrid", "place": "Hà Nội"}
    sitting = {"starts_1": "05/01/2026 8h00", "ends_1": "11:00"}
    answer = create(clients["secretariat"], data | sitting)
    assert (answer.status_code, answer["Location"]) == (303, "/m/hoi-nghi-tong-ket/")
    again = create(clients["secretariat"], data | sitting)
    assert again["Location"] == "/m/hoi-nghi-tong-ket-2/"


def test_the_same_wish_sent_twice_makes_one_meeting_and_leads_to_it_twice(clients: dict[str, Client], room: Room) -> None:
    data = {"title": "Hội nghị tổng kết", "organiser": room.meeting.organiser_id, "mode": "hybrid", "place": "Hà Nội"}
    command_id, before = make_command_id(), Meeting.objects.count()
    sent = data | {"starts_1": "05/01/2026 8:00"}
    answers = [create(clients["secretariat"], sent, command_id=command_id, accept="application/json") for _ in range(2)]
    assert [a.json()["address"] for a in answers] == ["/m/hoi-nghi-tong-ket/"] * 2  # type: ignore[attr-defined]
    plainly = create(clients["secretariat"], sent, command_id=command_id)
    assert (plainly["Location"], Meeting.objects.count()) == ("/m/hoi-nghi-tong-ket/", before + 1)


@pytest.mark.parametrize(
    "change",
    [{"title": ""}, {"starts_1": ""}, {"ends_1": "05/01/2026 7:00"}, {"ends_1": "7h"}, {"ends_2": "15:00"}, {"mode": "?"},
     {"place": "x" * 201}, {"starts_1": "05/01/2026"}, {"starts_1": "31/02/2026 8:00"},
     {"starts_2": "05/01/2026 10:59"}],
)  # fmt: skip
def test_a_meeting_with_wrong_data_is_not_made(change: dict[str, str], clients: dict[str, Client], room: Room) -> None:
    data = {"title": "H", "organiser": room.meeting.organiser_id, "mode": "hybrid", "place": "Hà Nội"}
    sitting = {"starts_1": "2026-01-05T08:00", "ends_1": "2026-01-05T11:00"}
    assert create(clients["secretariat"], data | sitting | change).status_code == 400
    assert Meeting.objects.count() == 1
