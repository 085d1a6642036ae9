"""Series of meetings: made, renamed, filled over the years, taken out; every list asks a fixed number of questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from meetings import actions
from meetings.accounts.facts import OfficeFact
from meetings.actions import NewSitting
from meetings.errors import OutOfOrder
from meetings.fact_kinds import kinds
from meetings.hooks import fold_differences
from meetings.models import JournalEntry, Meeting, Role, Series
from tests.cast import Room, furnish
from tests.knocking import knock
from tests.make import START, make_command_id, make_meeting, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def office(client: Client, command: str, **body: object) -> int:
    sent = body | {"command_id": make_command_id()}
    return client.post(f"/do/{command}/", sent, HTTP_ACCEPT="application/json").status_code


def test_a_series_shows_its_meetings_over_the_years_the_newest_first(room: Room, clients: dict[str, Client]) -> None:
    series = actions.add_series(by=the_secretariat(), title="Hội nghị hằng năm")
    for n in range(3):
        make_meeting(title=f"Năm thứ {n}", start=START + n * YEAR, series=series)
    page = clients["secretariat"].get(f"/series/{series.pk}/").content.decode()
    assert page.index("Năm thứ 2") < page.index("Năm thứ 1") < page.index("Năm thứ 0")
    assert "/m/new/?from=nam-thu-2" in page
    listed = clients["secretariat"].get("/series/?q=hoi nghi hang").content.decode()
    assert "Hội nghị hằng năm" in listed
    assert "Hội nghị hằng năm" not in clients["secretariat"].get("/series/?q=giao ban").content.decode()


def test_the_new_meeting_of_a_series_begins_from_its_last_one(room: Room, clients: dict[str, Client]) -> None:
    series = actions.add_series(by=the_secretariat(), title="Hội nghị hằng năm")
    for n in range(2):
        make_meeting(title=f"Năm thứ {n}", start=START + n * YEAR, series=series)
    page = clients["secretariat"].get("/m/new/").content.decode()
    assert '<option value="nam-thu-1">Hội nghị hằng năm (26/11/2026)</option>' in page
    made = clients["secretariat"].get("/m/new/?from=nam-thu-1").content.decode()
    assert f'<option value="{series.pk}" selected>' in made


def test_a_series_of_the_same_title_is_refused_and_one_with_meetings_stays(room: Room, clients: dict[str, Client]) -> None:
    client = clients["secretariat"]
    assert office(client, "series.add", title=" Giao  ban ") == 200
    assert office(client, "series.add", title="Giao ban") == 409
    series = Series.objects.get(title="Giao ban")
    assert office(client, "series.rename", series=series.pk, title="Giao ban tháng") == 200
    assert office(client, "series.rename", series=series.pk, title="Giao ban tháng") == 200  # the same again changes nothing
    make_meeting(title="Tháng 1", series=series)
    assert office(client, "series.remove", series=series.pk) == 409
    Meeting.objects.update(series=None)
    assert office(client, "series.remove", series=series.pk) == 200
    assert office(client, "series.remove", series=series.pk) == 400


@pytest.mark.parametrize("title", ["", " ", "x" * 301])
def test_a_series_needs_a_title(title: str, room: Room, clients: dict[str, Client]) -> None:
    assert office(clients["secretariat"], "series.add", title=title) == 400


def test_a_meeting_is_put_into_a_series_whatever_its_state(room: Room, clients: dict[str, Client]) -> None:
    series = actions.add_series(by=the_secretariat(), title="Hội nghị hằng năm")
    open_the_meeting(room.meeting)
    actions.adjourn_meeting(room.meeting, by=the_secretariat())
    assert knock(clients["secretary"], room.meeting, "series.set", series=series).status_code == 200
    room.meeting.refresh_from_db()
    assert room.meeting.series == series
    assert knock(clients["secretary"], room.meeting, "series.set", series=series).status_code == 409
    assert knock(clients["secretary"], room.meeting, "series.set").status_code == 200
    assert knock(clients["secretariat"], room.meeting, "series.set", new_series="Chuỗi mới").status_code == 200
    assert room.meeting.journal.entries.filter(kind="series.set").count() == 3
    assert fold_differences(room.meeting) == []


def test_who_prepares_one_meeting_makes_no_series(room: Room, clients: dict[str, Client]) -> None:
    knock(clients["secretary"], room.meeting, "series.set", new_series="Chuỗi lạ")
    assert not Series.objects.filter(title="Chuỗi lạ").exists()


def test_what_happens_to_series_is_recorded_in_the_office_s_journal() -> None:
    series = actions.add_series(by=the_secretariat(), title="A")
    actions.rename_series(by=the_secretariat(), series=series, title="B")
    actions.remove_series(by=the_secretariat(), series=series)
    written = JournalEntry.objects.filter(journal__scope="office").values_list("kind", flat=True)
    assert list(written) == ["series.added", "series.renamed", "series.removed"]
    assert all(issubclass(kinds()[kind], OfficeFact) for kind in written)
    with pytest.raises(OutOfOrder):
        actions.rename_series(by=the_secretariat(), series=series, title="C")


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "' OR 1=1 --", "\u202egnort", "🂡" * 40])
def test_hostile_titles_are_shown_as_text(hostile: str, room: Room, clients: dict[str, Client]) -> None:
    series = actions.add_series(by=the_secretariat(), title=hostile)
    make_meeting(title=hostile, series=series, slug="la")
    make_meeting(title=hostile, kind=Meeting.Kind.TEMPLATE, slug="mau")
    for address in (
        "/series/",
        f"/series/{series.pk}/",
        "/templates/",
        "/m/new/",
        "/m/new/?from=la",
        "/m/mau/",
        "/m/la/compare/?with=mau",
    ):
        assert "<script>alert" not in clients["secretariat"].get(address).content.decode()


def many_series(number: int) -> None:
    for n in range(Series.objects.count(), Series.objects.count() + number):
        series = Series.objects.create(title=f"Chuỗi {n:03}")
        make_meeting(title=f"Hội nghị {n}", series=series)


def many_templates(number: int) -> None:
    for n in range(number):
        make_meeting(title=f"Mẫu {n}", kind=Meeting.Kind.TEMPLATE)


def many_in_one(number: int) -> None:
    series = Series.objects.get_or_create(title="Chuỗi")[0]
    for n in range(number):
        make_meeting(title=f"Hội nghị {n}", start=START + n * YEAR, series=series)
        make_meeting(title=f"Ngoài {n}")


@pytest.mark.parametrize(
    ("address", "make", "queries"),
    [
        ("/series/", many_series, 5),
        ("/templates/", many_templates, 4),
        ("/series/{pk}/", many_in_one, 8),
        ("/m/new/", many_in_one, 5),
    ],
)
def test_a_page_asks_the_same_number_of_questions_for_few_and_for_many(
    address: str,
    make: Callable[[int], None],
    queries: int,
    room: Room,
    clients: dict[str, Client],
    django_assert_num_queries: object,
) -> None:
    make(3)
    first = Series.objects.order_by("pk").first()
    url = address.format(pk=first.pk if first else 0)
    client = clients["secretariat"]
    client.get(url)
    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get(url)
    make(12)
    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get(url)


def test_a_comparison_asks_a_fixed_number_of_questions(
    room: Room, clients: dict[str, Client], django_assert_num_queries: object
) -> None:
    old = list(room.meeting.sittings.all())
    data = {"organiser": room.meeting.organiser, "mode": "hybrid", "place": "Hà Nội"}
    new = actions.clone_meeting(
        by=the_secretariat(), source=room.meeting, title="Mới", sittings=[NewSitting(s.starts_at, None, "", s.pk) for s in old],
        parts=["bridge_points", "chair", "operators"], **data,
    )  # fmt: skip
    client = clients["secretariat"]
    client.get(f"/m/{new.slug}/compare/")
    with django_assert_num_queries(15):  # type: ignore[operator]
        client.get(f"/m/{new.slug}/compare/?part=participants")


def test_nobody_compares_with_a_meeting_they_only_look_at(room: Room, clients: dict[str, Client]) -> None:
    other = furnish(slug="hop-kin", title="Cuộc họp khác", suffix="2")
    other.people["observer"].person = room.people["secretary"].person
    other.people["observer"].save()
    page = f"/m/{room.meeting.slug}/compare/"
    assert clients["secretary"].get(f"/m/{other.meeting.slug}/").status_code in (200, 302)
    assert "hop-kin" not in clients["secretary"].get(page).content.decode()
    for address in (f"{page}?with=hop-kin&part=participants", f"{page}?with=hop-kin&part=participants&export=1"):
        assert clients["secretary"].get(address).status_code == 404
        assert clients["secretariat"].get(address).status_code == 200
    Meeting.objects.filter(pk=room.meeting.pk).update(cloned_from=other.meeting)
    assert "Phan Đình Ba" not in clients["secretary"].get(f"{page}?part=participants").content.decode()
    other.people["observer"].role = Role.SECRETARY
    other.people["observer"].save()
    assert clients["secretary"].get(f"{page}?with=hop-kin&part=participants").status_code == 200


def test_a_template_is_there_for_who_prepares_it_alone(room: Room, clients: dict[str, Client]) -> None:
    """Standing participants and asked units stand in templates too; they learn of the meeting made from it, not of the mould."""
    Meeting.objects.filter(pk=room.meeting.pk).update(kind=Meeting.Kind.TEMPLATE)
    page = f"/m/{room.meeting.slug}/"
    for name in ("chair", "delegate", "operator", "observer", "guest", "technician", "focal_point"):
        assert clients[name].get(page).status_code == 404, name
        assert room.meeting.slug not in clients[name].get("/").content.decode(), name
    for name in ("secretary", "secretariat", "administrator"):
        assert clients[name].get(page).status_code == 200, name
    assert clients["secretary"].get("/").status_code == 200
