"""Building the programme: order, limits, and that whatever a title holds is shown as text."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from agenda import actions
from agenda.models import ITEM_LIMIT, AgendaItem
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting
from tests.cast import Room
from tests.knocking import knock, knock_plainly
from tests.make import make_display, make_item, make_items, make_meeting, open_the_item, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db


def order(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("position").values_list("title", flat=True))


@pytest.fixture
def meeting() -> Meeting:
    """A meeting with items A to E."""
    meeting = make_meeting()
    for title in "ABCDE":
        make_item(meeting, title)
    return meeting


@pytest.mark.parametrize(
    ("title", "position", "expected"),
    [("A", 5, "BCDEA"), ("E", 1, "EABCD"), ("B", 3, "ACBDE"), ("D", 3, "ABDCE"), ("C", 5, "ABDEC"), ("C", 1, "CABDE")],
)
def test_an_item_moves_and_the_others_close_up(title: str, position: int, expected: str, meeting: Meeting) -> None:
    actions.move_item(meeting, by=the_secretariat(), item=meeting.items.get(title=title), position=position)
    assert order(meeting) == list(expected)
    assert list(meeting.items.values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    assert fold_differences(meeting) == []


@pytest.mark.parametrize("position", [0, 6, 3, 10**9])
def test_an_item_goes_to_a_place_there_is(position: int, meeting: Meeting) -> None:
    with pytest.raises(OutOfOrder):
        actions.move_item(meeting, by=the_secretariat(), item=meeting.items.get(title="C"), position=position)
    assert order(meeting) == list("ABCDE")


def test_an_item_does_not_go_before_one_that_has_begun(meeting: Meeting) -> None:
    open_the_item(open_the_meeting(meeting).items.get(title="A"))
    actions.defer_item(meeting, by=the_secretariat(), item=meeting.items.get(title="B"))
    with pytest.raises(OutOfOrder, match=r"3.*5"):
        actions.move_item(meeting, by=the_secretariat(), item=meeting.items.get(title="E"), position=2)
    for title in "AB":
        with pytest.raises(OutOfOrder):
            actions.move_item(meeting, by=the_secretariat(), item=meeting.items.get(title=title), position=5)
        with pytest.raises(OutOfOrder):
            actions.remove_item(meeting, by=the_secretariat(), item=meeting.items.get(title=title))
    actions.move_item(meeting, by=the_secretariat(), item=meeting.items.get(title="E"), position=3)
    assert order(meeting) == list("ABECD")


@pytest.mark.parametrize(("title", "expected"), [("A", "BCDE"), ("C", "ABDE"), ("E", "ABCD")])
def test_an_item_is_taken_out_and_the_others_close_up(title: str, expected: str, meeting: Meeting) -> None:
    item = meeting.items.get(title=title)
    stale = AgendaItem.objects.get(pk=item.pk)
    actions.remove_item(meeting, by=the_secretariat(), item=item)
    assert order(meeting) == list(expected)
    assert list(meeting.items.values_list("position", flat=True)) == [1, 2, 3, 4]
    with pytest.raises(OutOfOrder):
        actions.remove_item(meeting, by=the_secretariat(), item=stale)
    assert fold_differences(meeting) == []


def test_an_item_is_edited_until_it_has_ended(meeting: Meeting) -> None:
    item = open_the_item(open_the_meeting(meeting).items.get(title="A"))
    data = {"title": "Mới", "kind": "speeches", "presenter": "P", "minutes": 7, "speech_minutes": 3}
    actions.edit_item(meeting, by=the_secretariat(), item=item, **data)
    item.refresh_from_db()
    assert {name: getattr(item, name) for name in data} == data
    actions.close_item(meeting, by=the_secretariat(), item=item)
    with pytest.raises(OutOfOrder):
        actions.edit_item(meeting, by=the_secretariat(), item=item, **data)
    assert fold_differences(meeting) == []


# Limits and bad input


def test_the_five_hundredth_item_is_taken_and_the_next_refused_with_a_sentence(clients: dict[str, Client], room: Room) -> None:
    make_items(room.meeting, ITEM_LIMIT - 1 - room.meeting.items.count())
    body = {"title": "Cuối cùng", "kind": "other", "minutes": 1}
    assert knock(clients["secretary"], room.meeting, "item.add", **body).status_code == 200
    refused = knock(clients["secretary"], room.meeting, "item.add", **body)
    assert (refused.status_code, room.meeting.items.count()) == (409, ITEM_LIMIT)
    assert str(ITEM_LIMIT) in refused.json()["reason"]
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/programme/").status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""}, {"title": "   "}, {"title": "x" * 401}, {"title": "a\x00b"}, {"kind": "x"}, {"minutes": "-1"},
        {"minutes": "0"}, {"minutes": "1441"}, {"minutes": "ten"}, {"minutes": "9" * 400}, {"minutes": "1e9"},
        {"presenter": "x" * 201}, {"speech_minutes": "0"}, {"speech_minutes": "241"},
    ],
)  # fmt: skip
def test_wrong_data_of_an_item_names_the_field(change: dict[str, str], room: Room, clients: dict[str, Client]) -> None:
    answer = knock(clients["secretary"], room.meeting, "item.add", **{"title": "T", "kind": "report", "minutes": "5"} | change)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, set(change))
    assert room.meeting.items.count() == 4


@pytest.mark.parametrize("item", ["", "0", "-1", "x", "9" * 19, "9" * 5000, "1;DROP TABLE", "\x00"])
def test_an_item_there_is_not_is_malformed_input(item: str, room: Room, clients: dict[str, Client]) -> None:
    answer = knock(clients["secretary"], room.meeting, "item.open", item=item)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"item"})


HOSTILE = (
    "<script>alert('1')</script>",
    '"><img src=x onerror=alert(2)>',
    "</title></template></live-part><h1 id=gone>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "&lt;b&gt; &amp;amp; ${7*7}",
    "'\"`<>&\\\u2028\u202e ẾỆ 🌾",
)
PAGES = ("", "programme/", "participants/", "bridge-points/", "displays/", "control/", "chair/", "delegate/", "console/", "edit/")


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_title_or_name_holds_is_shown_as_text(text: str, room: Room, clients: dict[str, Client]) -> None:
    secretary = clients["secretary"]
    knock(secretary, room.meeting, "item.add", title=text, kind="report", minutes=5, presenter=text)
    knock(secretary, room.meeting, "bridge_points.add", name=text, short_name=text, place=text)
    knock(
        secretary,
        room.meeting,
        "participants.add",
        name=text,
        position=text,
        unit=text,
        role="delegate",
        bridge_point=room.sites[0],
    )
    knock(secretary, room.meeting, "display.open", name=text)
    open_the_meeting(room.meeting)
    item = room.meeting.items.get(title=text)
    open_the_item(item)
    knock(secretary, room.meeting, "floor.request", participant=room.meeting.participants.get(name=text))
    knock(secretary, room.meeting, "floor.give", request=room.meeting.floor_requests.get())
    pages = [secretary.get(f"/m/{room.meeting.slug}/{page}") for page in PAGES]
    pages.append(Client().get(f"/d/{_token(room)}/"))
    for page in pages:
        html = page.content.decode()
        assert page.status_code == 200
        for raw in ("<script>alert", "<img src=x", "<h1 id=gone", "&lt;b&gt; &amp;amp; $"):
            assert raw not in html, page.request["PATH_INFO"]
    assert escape(text) in pages[1].content.decode()
    assert fold_differences(room.meeting) == []


def _token(room: Room) -> str:
    from control.tokens import token_of

    return token_of(make_display(room.meeting, "Tường"))


def test_a_plain_form_with_wrong_data_comes_back_with_a_page(room: Room, clients: dict[str, Client]) -> None:
    answer = knock_plainly(clients["secretary"], room.meeting, "item.add", title="<b>", kind="x", minutes="y")
    assert answer.status_code == 400
    assert "text/html" in answer["Content-Type"]


@pytest.mark.parametrize("page", PAGES)
def test_a_meeting_with_nothing_in_it_has_all_its_pages(page: str, room: Room, clients: dict[str, Client]) -> None:
    empty = make_meeting(title="Trống", sittings=[])
    answer = clients["secretariat"].get(f"/m/{empty.slug}/{page}")
    assert answer.status_code == (403 if page == "console/" else 200)
