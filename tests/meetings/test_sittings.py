"""The sittings of a meeting: any number, in order, kept when they are changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from meetings import actions
from meetings.actions import NewSitting
from meetings.errors import OutOfOrder
from meetings.forms import MeetingForm
from meetings.hooks import fold_differences
from tests.cast import Room
from tests.knocking import knock
from tests.make import START, make_item, make_meeting, make_organisation, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def form(**rows: str) -> MeetingForm:
    return MeetingForm({"title": "T", "organiser": make_organisation().pk, "mode": "online", "place": "P", **rows})


def edit(room: Room, *sittings: NewSitting) -> None:
    data = {"title": "T", "organiser": make_organisation(), "mode": "online", "place": "P"}
    actions.edit_meeting(room.meeting, by=the_secretariat(), sittings=sittings, **data)


def test_as_many_sittings_as_are_sent_with_names_over_days() -> None:
    days = {f"starts_{n}": f"{n:02}/03/2026 8:00" for n in range(1, 25)} | {f"ends_{n}": "17h" for n in range(1, 25)}
    sent = form(**days, title_7="Phiên họp tổ")
    assert sent.is_valid(), sent.errors
    sittings = sent.sittings()
    assert [len(sittings), sittings[6].title, str(sittings[23].ends_at)] == [24, "Phiên họp tổ", "2026-03-24 17:00:00+07:00"]


def test_rows_left_empty_are_passed_over_wherever_they_stand() -> None:
    sent = form(starts_1="01/03/2026 8:00", starts_2="", ends_2="", title_2="", starts_9="02/03/2026 8:00", ends_9="9:00")
    assert sent.is_valid(), sent.errors
    assert [str(s.starts_at)[:16] for s in sent.sittings()] == ["2026-03-01 08:00", "2026-03-02 08:00"]


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ({"starts_1": ""}, "starts_1"),
        ({"starts_1": "01/03/2026 8:00", "ends_1": "7:00"}, "ends_1"),
        ({"starts_1": "01/03/2026 8:00", "ends_1": "11:00", "starts_2": "01/03/2026 10:59"}, "starts_2"),
        ({"starts_1": "02/03/2026 8:00", "starts_2": "01/03/2026 8:00"}, "starts_2"),
        ({"starts_1": "01/03/2026 8:00", "title_2": "Phiên chiều"}, "starts_2"),
        ({"starts_1": "01/03/2026 8:00", "ends_2": "11:00"}, "starts_2"),
        ({f"starts_{n}": f"01/03/{2026 + n} 8:00" for n in range(1, 62)}, "__all__"),
        ({"starts_1": "01/03/2026 8:00", "sitting_1": "x"}, "sitting_1"),
        ({"starts_1": "01/03/2026 8:00", "title_1": "x" * 201}, "title_1"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(rows: dict[str, str], field: str) -> None:
    assert list(form(**rows).errors) == [field]


def test_a_form_that_fails_comes_back_filled_in(room: Room, clients: dict[str, Client]) -> None:
    sent = form(starts_1="1/3/2026 8h", ends_1="7h", title_1="Phiên trọng thể")
    assert not sent.is_valid()
    (row,) = list(sent.rows)
    assert [row[part].value() for part in ("starts", "ends", "title")] == ["1/3/2026 8h", "7h", "Phiên trọng thể"]


def test_the_page_shows_each_sitting_as_it_is_entered(room: Room, clients: dict[str, Client]) -> None:
    edit(room, NewSitting(START, START + timedelta(hours=3)), NewSitting(START + DAY, START + 2 * DAY, "Phiên hai"))
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/edit/").content.decode()
    for value in ("26/11/2025 08:30", "11:30", "27/11/2025 08:30", "28/11/2025 08:30", "Phiên hai"):
        assert f'value="{value}"' in page
    assert page.count("data-row") == 2 + 2 + 1  # two empty ones, and the one a script copies


def test_a_sitting_that_stays_keeps_its_row_and_its_items(room: Room) -> None:
    first = room.meeting.sittings.get()
    item = make_item(room.meeting, "Phát biểu", sitting=first)
    edit(room, NewSitting(START - DAY), NewSitting(START + DAY, title="Phiên hai", sitting=first.pk))
    item.refresh_from_db()
    assert item.sitting is not None
    assert [item.sitting.pk, item.sitting.number, item.sitting.title] == [first.pk, 2, "Phiên hai"]
    assert fold_differences(room.meeting) == []


def test_a_sitting_with_items_is_not_removed(room: Room) -> None:
    first = room.meeting.sittings.get()
    edit(room, NewSitting(START, sitting=first.pk), NewSitting(START + DAY))
    second = room.meeting.sittings.get(number=2)
    make_item(room.meeting, "Phát biểu", sitting=second)
    with pytest.raises(OutOfOrder, match="2"):
        edit(room, NewSitting(START, sitting=first.pk))
    assert room.meeting.sittings.count() == 2


def test_the_same_sitting_twice_and_another_meeting_s_are_not_taken_for_rows(room: Room) -> None:
    first, foreign = room.meeting.sittings.get(), make_meeting(title="Khác").sittings.get()
    with pytest.raises(OutOfOrder):
        edit(room, NewSitting(START, sitting=first.pk), NewSitting(START + DAY, sitting=first.pk))
    edit(room, NewSitting(START, sitting=first.pk), NewSitting(START + DAY, sitting=foreign.pk))
    assert foreign.meeting.sittings.get() == foreign
    assert list(room.meeting.sittings.values_list("number", flat=True)) == [1, 2]


def test_sittings_change_until_the_meeting_begins(room: Room, clients: dict[str, Client]) -> None:
    body = {"title": "T", "organiser": make_organisation(), "mode": "online", "place": "P", "starts_1": "26/11/2025 9:00"}
    assert knock(clients["secretary"], room.meeting, "meeting.edit", **body).status_code == 200
    open_the_meeting(room.meeting)
    refused = knock(clients["secretary"], room.meeting, "meeting.edit", **body)
    assert (refused.status_code, refused.json()["state"]) == (409, "refused")
