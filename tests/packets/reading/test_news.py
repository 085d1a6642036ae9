"""What is new to a reader: never opened, changed since, read."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from packets.models import Binding, Document
from packets.reading.queries import news_of
from tests.cast import Cast, Room
from tests.packets.reading.conftest import Open, newest
from tests.papers import make_paper, make_version


def test_a_paper_is_new_until_it_is_opened_and_changed_when_a_version_follows(
    papers: list[Document], opens: Open, room: Room, cast: Cast
) -> None:
    first, second = papers
    assert news_of(room.meeting, cast["delegate"]) == {first.pk: "new", second.pk: "new"}
    opens("delegate", first)
    assert news_of(room.meeting, cast["delegate"]) == {first.pk: "read", second.pk: "new"}
    make_version(first)
    assert news_of(room.meeting, cast["delegate"])[first.pk] == "read"  # approved is not released
    make_version(first, state="released")
    assert news_of(room.meeting, cast["delegate"])[first.pk] == "changed"
    assert news_of(room.meeting, cast["guest"])[first.pk] == "new"


def test_the_packet_and_a_download_count_as_opened(papers: list[Document], opens: Open, room: Room, cast: Cast) -> None:
    first, second = papers
    packet = Binding.objects.create(meeting=room.meeting, key="k", versions=[newest(first).pk], pages=11, made_at=timezone.now())
    opens("delegate", packet)
    opens("delegate", second, way="download")
    assert set(news_of(room.meeting, cast["delegate"]).values()) == {"read"}


def test_a_list_says_which_versions_it_shows(papers: list[Document], room: Room, cast: Cast) -> None:
    assert news_of(room.meeting, cast["delegate"], versions=[newest(papers[1])]) == {papers[1].pk: "new"}


def test_what_was_taken_out_is_not_there(papers: list[Document], room: Room, cast: Cast) -> None:
    papers[0].is_removed = True
    papers[0].save(update_fields=["is_removed"])
    assert list(news_of(room.meeting, cast["delegate"])) == [papers[1].pk]


def test_the_queries_do_not_grow(
    papers: list[Document], opens: Open, room: Room, cast: Cast, django_assert_num_queries: Any
) -> None:
    for paper in (*papers, *(make_paper(room.meeting, f"Phụ lục {n}") for n in range(4))):
        opens("delegate", paper)
    with django_assert_num_queries(3):
        news_of(room.meeting, cast["delegate"])
