"""From what can be read on a page, a print or a photograph to the access record: codes, the page, the command."""

from __future__ import annotations

import io
from io import StringIO

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.queries import actor_for
from packets.models import Opening
from packets.reader.serving import copy_of
from packets.tracing.codes import LETTERS, new_code, part_of
from packets.tracing.openings import open_copy
from packets.tracing.queries import SHOWN_AT_MOST, openings_like
from tests.cast import Cast, Clients, Room, furnish
from tests.knocking import knock
from tests.papers import make_paper


@pytest.fixture
def opening(room: Room, cast: Cast) -> Opening:
    """A copy opened by the delegate, under a known code."""
    version = make_paper(room.meeting, "Báo cáo tổng kết").versions.get()
    made = open_copy(room.meeting, actor_for(cast["delegate"], room.meeting), version=version)
    Opening.objects.filter(pk=made.pk).update(code="7KQ2M9XWT4HB")
    made.refresh_from_db()
    return made


def test_codes_have_letters_that_are_not_misread_and_never_repeat() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {12}
    assert set("".join(codes)) <= set(LETTERS)
    assert not set("ILOU") & set(LETTERS)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("7KQ2-M9XW-T4HB", "7KQ2M9XWT4HB"), ("7kq2m9xwt4hb", "7KQ2M9XWT4HB"), ("7KQ2 M9XW T4HB", "7KQ2M9XWT4HB"),
        ("  M9XW ", "M9XW"), ("Q2–M9", "Q2M9"), ("OIL0", "0110"), ("U234", "V234"), ("M9?W-T", "M9?WT"), ("m9…wt", "M9?WT"),
        ("Đại biểu 15-03 · Lào Cai 26/11/2025 09:41:07 · 7KQ2-M9XW-T4HB", "7KQ2M9XWT4HB"),
        ("26/11/2025 09:41\nKQ2-M9XW-T4", "KQ2M9XWT4"), ("7KQ2-M9XW-T4HB\r\n7KQ2-M9XW-T4HB", "7KQ2M9XWT4HB"),
        ("", ""), ("M9X", ""), ("????????", ""), ("M9?", ""), ("xin chào", ""), ("'; DROP TABLE", ""), ("%%%%", ""),
        ("7KQ2M9XWT4HB7KQ2", ""), ("\u202e7KQ2\u0000", "7KQ2"),
    ],
)  # fmt: skip
def test_a_part_of_a_code_is_found_in_what_somebody_types(typed: str, part: str) -> None:
    assert part_of(typed) == part


@pytest.mark.parametrize("letters", ["7KQ2M9XWT4HB", "7KQ2", "T4HB", "9XWT", "M9?WT", "7?Q?M9"])
def test_any_part_leads_to_the_record(letters: str, opening: Opening) -> None:
    assert list(openings_like(letters)) == [opening]


def test_the_text_of_a_crop_leads_to_the_record(opening: Opening, room: Room, cast: Cast) -> None:
    other = open_copy(room.meeting, actor_for(cast["guest"], room.meeting), version=opening.version)
    for one in (opening, other):
        copy = copy_of(one)
        page = pypdfium2.PdfDocument(io.BytesIO(copy.read(0, copy.length)))[1]
        for left, bottom in ((0, 0), (300, 0), (0, 420), (300, 420), (150, 200)):
            seen = page.get_textpage().get_text_bounded(left=left, bottom=bottom, right=left + 295, top=bottom + 420)
            lines = [part for line in seen.splitlines() if "-" in line and (part := part_of(line.rpartition("·")[2]))]
            assert lines, seen
            assert {row for part in lines if len(part) >= 6 for row in openings_like(part)} <= {one}
            assert one in openings_like(max(lines, key=len))


def test_the_page_shows_who_opened_the_copy(opening: Opening, room: Room, clients: Clients) -> None:
    answer = knock(clients["secretary"], room.meeting, "copy.trace", letters="m9xw-t4")
    assert answer.status_code == 200
    fact = room.meeting.journal.entries.get(kind="copy.traced")
    assert fact.payload == {"letters": "M9XWT4", "found": 1, "copies": ["7KQ2M9XWT4HB"]}
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/papers/trace/").content.decode()
    for words in ("Giàng A Đại", "Lào Cai", "7KQ2-M9XW-T4HB", "Báo cáo tổng kết", "M9XWT4", "Trần Thị Thư"):
        assert words in page


def test_a_search_that_finds_nothing_is_on_record_too(room: Room, clients: Clients) -> None:
    assert knock(clients["secretariat"], room.meeting, "copy.trace", letters="ZZZZ-ZZZZ").status_code == 200
    assert room.meeting.journal.entries.get(kind="copy.traced").payload["found"] == 0
    page = clients["secretariat"].get(f"/m/{room.meeting.slug}/papers/trace/").content.decode()
    assert "ZZZZZZZZ" in page


@pytest.mark.parametrize("typed", ["M9X", "????", "<script>", "", "\u202e", "'" * 400])
def test_what_is_no_code_is_refused_in_words_and_searches_nothing(typed: str, room: Room, clients: Clients) -> None:
    answer = knock(clients["secretary"], room.meeting, "copy.trace", letters=typed)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"letters"})
    assert not room.meeting.journal.entries.filter(kind="copy.traced").exists()


def test_a_meeting_traces_its_own_copies_alone(opening: Opening, clients: Clients, cast: Cast) -> None:
    elsewhere = furnish(suffix="-2")
    answer = knock(clients["secretariat"], elsewhere.meeting, "copy.trace", letters="7KQ2")
    assert answer.status_code == 200
    assert elsewhere.meeting.journal.entries.get(kind="copy.traced").payload["found"] == 0
    assert "Giàng" not in clients["secretariat"].get(f"/m/{elsewhere.meeting.slug}/papers/trace/").content.decode()


def test_many_copies_are_counted_and_the_first_are_shown(room: Room, cast: Cast, clients: Clients) -> None:
    version, actor = make_paper(room.meeting).versions.get(), actor_for(cast["delegate"], room.meeting)
    made = [open_copy(room.meeting, actor, version=version, way="print") for _ in range(SHOWN_AT_MOST + 3)]
    for n, one in enumerate(made):
        one.code = f"ABCD{n:08}"
    Opening.objects.bulk_update(made, ["code"])
    knock(clients["secretary"], room.meeting, "copy.trace", letters="ABCD")
    fact = room.meeting.journal.entries.get(kind="copy.traced").payload
    assert (fact["found"], len(fact["copies"])) == (SHOWN_AT_MOST + 3, SHOWN_AT_MOST)


def test_the_page_asks_the_database_the_same_for_many_traces(opening: Opening, room: Room, clients: Clients) -> None:
    client, counts = clients["secretary"], []
    client.get("/healthz")
    for _ in range(2):
        for letters in ("7KQ2", "M9XW", "ABCD"):
            knock(client, room.meeting, "copy.trace", letters=letters)
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/m/{room.meeting.slug}/papers/trace/")
        counts.append(len(caught))
    assert counts == [QUERIES, QUERIES]


QUERIES = 8


def said(*words: str) -> str:
    out = StringIO()
    call_command("trace", *words, stdout=out)
    return out.getvalue()


def test_the_command_names_the_record(opening: Opening, room: Room, cast: Cast) -> None:
    line = said("m9xw")
    for words in ("7KQ2-M9XW-T4HB", "Giàng A Đại, Lào Cai", "screen", f"meeting={room.meeting.slug}", "paper=1 version=1"):
        assert words in line
    assert f"account={cast['delegate'].pk}" in line
    assert said("7KQ2", "M9XW", "T4HB") == line


@pytest.mark.parametrize("words", [["M9X"], ["ZZZZZZ"], ["--", "-"]])
def test_the_command_says_what_to_do_when_there_is_none(words: list[str], opening: Opening) -> None:
    with pytest.raises(CommandError, match="letters"):
        said(*words)
