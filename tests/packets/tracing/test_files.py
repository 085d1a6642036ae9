"""The bytes of an opened copy: to whom they go, in which ranges, and what is said beside them."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.queries import actor_for
from packets.models import Opening, Version
from packets.reader.ranges import NotThere, span_of
from packets.reader.serving import copy_of
from packets.tracing.codes import LETTERS
from packets.tracing.openings import open_copy
from tests.cast import Cast, Clients, Room
from tests.papers import make_document, make_paper, make_release, make_version, recall

QUERIES = 8


@pytest.fixture
def opening(room: Room, cast: Cast) -> Opening:
    """A paper that everybody may read, opened by the delegate."""
    paper = make_paper(room.meeting)
    return open_copy(room.meeting, actor_for(cast["delegate"], room.meeting), version=paper.versions.get())


def url_of(opening: Opening) -> str:
    number = opening.version.document.number
    return f"/m/{opening.meeting.slug}/papers/{number}/{opening.code}.pdf"


def test_an_access_record_says_who_when_and_of_which_unit(opening: Opening, room: Room, cast: Cast) -> None:
    assert (opening.reader, opening.unit, opening.way) == ("Giàng A Đại", "Lào Cai", "screen")
    assert (opening.account, opening.participant) == (cast["delegate"].pk, room.people["delegate"].pk)
    assert len(opening.code) == 12
    assert set(opening.code) <= set(LETTERS)


def test_a_copy_is_of_one_thing(room: Room, cast: Cast) -> None:
    with pytest.raises(ValueError, match="one of"):
        open_copy(room.meeting, actor_for(cast["delegate"], room.meeting))


def test_the_whole_file_carries_the_reader_on_every_page(opening: Opening, clients: Clients) -> None:
    answer = clients["delegate"].get(url_of(opening))
    assert (answer.status_code, answer["Content-Type"], answer["Accept-Ranges"]) == (200, "application/pdf", "bytes")
    assert answer["Cache-Control"] == "private, no-store, no-transform"
    assert "sandbox" in answer["Content-Security-Policy"]
    pdf = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    texts = [page.get_textpage().get_text_range() for page in pdf]
    shown = "-".join(opening.code[n : n + 4] for n in (0, 4, 8))
    assert len(texts) == 3
    assert all(shown in text and "Giàng A Đại" in text for text in texts)


def test_ranges_put_together_are_the_file(opening: Opening, clients: Clients) -> None:
    whole = clients["delegate"].get(url_of(opening)).content
    stored = copy_of(opening).size
    places = [0, 1, 1000, stored - 1, stored, stored + 1, len(whole) - 1, len(whole)]
    parts = []
    for start, end in pairwise(places):
        answer = clients["delegate"].get(url_of(opening), headers={"Range": f"bytes={start}-{end - 1}"})
        assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {start}-{end - 1}/{len(whole)}")
        assert int(answer["Content-Length"]) == len(answer.content) == end - start
        parts.append(answer.content)
    assert b"".join(parts) == whole
    last = clients["delegate"].get(url_of(opening), headers={"Range": "bytes=-10"})
    assert last.content == whole[-10:]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", None), ("bytes=0-0", (0, 1)), ("bytes=5-", (5, 100)), ("bytes=-1", (99, 100)), ("bytes=-500", (0, 100)),
        ("bytes=90-500", (90, 100)), ("Bytes = 1 - 2", (1, 3)), ("pages=1-2", None), ("bytes=-", None), ("bytes=9-1", None),
        ("bytes=a-b", None), ("bytes=1-2-3", None),
    ],
)  # fmt: skip
def test_a_range_is_read_as_the_standard_says(header: str, expected: tuple[int, int] | None) -> None:
    span = span_of(header, 100)
    assert (span and (span.start, span.end)) == expected


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=0-1,5-6", "bytes=9999999999999999999-"])
def test_what_is_not_there_is_refused_in_words(header: str, opening: Opening, clients: Clients) -> None:
    with pytest.raises(NotThere):
        span_of(header, 100)
    answer = clients["delegate"].get(
        url_of(opening), headers={"Range": header.replace("100", "99999998").replace("-200", "-99999999")}
    )
    length = copy_of(opening).length
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{length}")
    assert b"range" in answer.content or b"bytes" in answer.content


def test_a_part_goes_on_only_of_the_same_copy(opening: Opening, clients: Clients) -> None:
    client, url = clients["delegate"], url_of(opening)
    tag = client.head(url)["ETag"]
    asked = {"Range": "bytes=0-9"}
    assert client.get(url, headers=asked | {"If-Range": tag}).status_code == 206
    assert client.get(url, headers=asked | {"If-Range": '"another"'}).status_code == 200
    assert client.get(url, headers=asked | {"If-Range": "Wed, 26 Nov 2025 08:30:00 GMT"}).status_code == 200
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304


def test_a_look_at_the_head_says_the_length(opening: Opening, clients: Clients) -> None:
    answer = clients["delegate"].head(url_of(opening), headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer["Content-Length"]) == copy_of(opening).length


def test_a_copy_is_its_own_account_s_alone(opening: Opening, clients: Clients, cast: Cast) -> None:
    others = [name for name in cast if name not in ("delegate", "unit_head")]
    assert {name: clients[name].get(url_of(opening)).status_code for name in others} == dict.fromkeys(others, 404)
    assert clients["anonymous"].get(url_of(opening)).status_code == 302


def test_a_copy_goes_under_its_own_paper_and_meeting(opening: Opening, clients: Clients, room: Room) -> None:
    other = make_paper(room.meeting, "Một tài liệu khác")
    wrong = url_of(opening).replace(f"/{opening.version.document.number}/", f"/{other.number}/")
    assert clients["delegate"].get(wrong).status_code == 404
    assert clients["delegate"].get(url_of(opening).replace(opening.code, "0" * 12)).status_code == 404
    assert clients["delegate"].get(url_of(opening).replace(opening.code, opening.code.lower() + "x")).status_code == 404


def test_recalled_is_gone_at_the_next_range(opening: Opening, clients: Clients) -> None:
    asked = {"Range": "bytes=0-9"}
    assert clients["delegate"].get(url_of(opening), headers=asked).status_code == 206
    recall(opening.version.document.releases.get())
    assert clients["delegate"].get(url_of(opening), headers=asked).status_code == 404
    assert clients["delegate"].head(url_of(opening)).status_code == 404


def test_who_has_lost_the_seat_has_lost_the_copy(opening: Opening, clients: Clients, room: Room) -> None:
    room.people["delegate"].is_excused = True
    room.people["delegate"].save()
    assert clients["delegate"].get(url_of(opening)).status_code == 404


def test_a_version_that_was_replaced_can_be_read_to_its_end(opening: Opening, clients: Clients) -> None:
    document = opening.version.document
    make_version(document, pages=1, state=Version.State.RELEASED)
    assert clients["delegate"].get(url_of(opening)).status_code == 200
    Version.objects.filter(pk=opening.version_id).update(state=Version.State.DRAFT)
    assert clients["delegate"].get(url_of(opening)).status_code == 404


def test_what_was_recalled_does_not_come_back_with_its_successor(opening: Opening, clients: Clients) -> None:
    document = opening.version.document
    recall(document.releases.get())
    make_version(document, pages=1, state=Version.State.CHECKED)
    make_release(document)
    assert clients["delegate"].get(f"/m/{opening.meeting.slug}/papers/{document.number}/").status_code == 200
    assert clients["delegate"].get(url_of(opening)).status_code == 404, "the copy of the recalled version"
    assert clients["delegate"].get(url_of(opening), headers={"Range": "bytes=0-9"}).status_code == 404


def test_who_prepares_reads_a_draft(room: Room, cast: Cast, clients: Clients) -> None:
    draft = make_version(make_document(room.meeting), state=Version.State.DRAFT)
    for name, status in (("secretary", 200), ("delegate", 404)):
        opening = open_copy(room.meeting, actor_for(cast[name], room.meeting), version=draft)
        assert clients[name].get(url_of(opening)).status_code == status


def test_a_stored_file_that_is_gone_or_cut_is_not_there(opening: Opening, clients: Clients) -> None:
    path = Path(default_storage.path(opening.version.reading.name))
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert clients["delegate"].get(url_of(opening)).status_code == 404
    path.unlink()
    assert clients["delegate"].get(url_of(opening)).status_code == 404


def test_a_browser_that_would_show_the_bare_file_is_led_to_the_reader(opening: Opening, clients: Clients) -> None:
    answer = clients["delegate"].get(url_of(opening), headers={"Sec-Fetch-Dest": "document"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/m/{opening.meeting.slug}/papers/{opening.version.document.number}/"


def test_a_range_asks_the_database_the_same_for_many_papers(opening: Opening, clients: Clients, room: Room) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert clients["delegate"].get(url_of(opening), headers={"Range": "bytes=0-9"}).status_code == 206
        return len(caught)

    clients["delegate"].get("/healthz")  # signed in
    first = queries()
    for _ in range(5):
        make_release(make_document(room.meeting))
    assert (first, queries()) == (QUERIES, QUERIES)
