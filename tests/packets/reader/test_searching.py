"""Words in a paper: with or without diacritics, over line ends, in the order of the pages."""

from __future__ import annotations

import time

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from packets.reader.searching import AT_MOST, hits, needle_of, places
from tests.cast import Clients, Room
from tests.papers import make_document, make_paper, make_release, make_version

PAGES = [(1, "Đại biểu đọc tài liệu.\nỦy ban các tỉnh báo\ncáo kết quả."), (2, "Các đại biểu; ĐẠI BIỂU; dai bieu.")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("đại biểu", [(1, 0, "Đại biểu"), (2, 0, "đại biểu"), (2, 1, "ĐẠI BIỂU"), (2, 2, "dai bieu")]),
        ("dai bieu", [(1, 0, "Đại biểu"), (2, 0, "đại biểu"), (2, 1, "ĐẠI BIỂU"), (2, 2, "dai bieu")]),
        ("  BAO   cao ", [(1, 0, "báo cáo")]),
        ("uỷ ban", [(1, 0, "Ủy ban")]),
        ("không có", []),
        ("", []),
        (" \u200b\u202e ", []),
    ],
)
def test_words_are_found_as_people_type_them(query: str, found: list[tuple[int, int, str]]) -> None:
    assert [(hit.page, hit.nth, hit.words) for hit in hits(PAGES, query)] == found


def test_a_decomposed_text_is_found_by_a_composed_query() -> None:
    assert [hit.page for hit in hits([(3, "Đa\u0323i bie\u0302\u0309u")], "Đại biểu")] == [3]


def test_what_stands_around_is_cut_at_words() -> None:
    text = "một hai ba bốn năm sáu bảy tám chín mười " * 3 + "ĐÍCH" + " mười chín tám bảy sáu năm bốn ba hai một" * 3
    (hit,) = hits([(1, text)], "dich")
    assert hit.before.startswith("…")
    assert hit.after.endswith("…")
    assert set(hit.before.strip("… ").split()) | set(hit.after.strip("… ").split()) <= set(text.split())


def test_places_do_not_overlap_and_a_search_ends() -> None:
    assert list(places("aaaa", "aa")) == [(0, 2), (2, 4)]
    assert len(hits([(n, "an " * 500) for n in range(50)], "an")) == AT_MOST
    assert len(needle_of("á" * 5_000)) <= 200


def test_the_page_answers_with_places_of_the_version_one_reads(
    room: Room, clients: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    paper = make_paper(room.meeting, pages=30)
    url = reverse("packets:find_in_paper", args=[room.meeting.slug, paper.number])
    body = clients["delegate"].get(url, {"q": "dai bieu doc"}).json()
    assert [hit["page"] for hit in body["hits"]] == list(range(1, 31))
    assert body["more"] is False
    assert body["hits"][0]["words"] == "Đại biểu đọc"
    for query in ("", "\0", "%", "_", "' OR 1=1 --", "\ud800".encode("utf-8", "surrogatepass"), "x" * 9_000):
        assert clients["delegate"].get(url, {"q": query}).json()["hits"] == []


def test_words_of_another_version_are_not_told(room: Room, clients: Clients) -> None:
    paper = make_document(room.meeting)
    make_version(paper, texts=["Con số chính thức"])
    make_release(paper)
    make_version(paper, texts=["Con số chưa công bố"], state="draft")
    url = reverse("packets:find_in_paper", args=[room.meeting.slug, paper.number])
    assert clients["delegate"].get(url, {"q": "chua cong bo"}).json()["hits"] == []
    assert len(clients["delegate"].get(url, {"q": "chinh thuc"}).json()["hits"]) == 1
    assert len(clients["secretary"].get(url, {"q": "chua cong bo"}).json()["hits"]) == 1


def test_a_long_page_is_found_to_its_end(room: Room, clients: Clients) -> None:
    paper = make_document(room.meeting)
    version = make_version(paper)
    make_release(paper)
    row = version.texts.get(page=2)
    row.text = "Công tác số hóa văn bản. " * 400 + "Câu cuối cùng."
    row.save()
    url = reverse("packets:find_in_paper", args=[room.meeting.slug, paper.number])
    assert [hit["page"] for hit in clients["delegate"].get(url, {"q": "cau cuoi cung"}).json()["hits"]] == [2]


def test_two_thousand_pages_are_searched_while_one_waits() -> None:
    pages = [(n, "Công tác số hóa văn bản ở các điểm cầu. " * 50) for n in range(2_000)]
    start = time.process_time()
    assert len(hits(pages, "diem cau")) == AT_MOST
    assert time.process_time() - start < 1
