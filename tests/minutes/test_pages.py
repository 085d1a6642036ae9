"""The page of the minutes, the papers behind it, and the page that checks a printed paper."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from meetings.models import Meeting
from minutes.actions import approve_minutes, edit_block, print_minutes
from minutes.checking import grouped, read_code
from minutes.models import MinutesBlock, Print
from minutes.proofs import spelled
from tests.cast import Room
from tests.knocking import knock
from tests.make import the_secretariat
from tests.minutes.telling import minutes_of

pytestmark = pytest.mark.django_db
QUERIES = 10  # session, account and person, meeting, participant, sittings, minutes, blocks, entries since, prints


@pytest.fixture
def paper(over: Room) -> Print:
    """The draft, printed."""
    return print_minutes(over.meeting, by=the_secretariat())


def page(client: Client, room: Room, tail: str = "") -> str:
    return client.get(f"/m/{room.meeting.slug}/minutes/{tail}").content.decode()


def change(room: Room, text: str) -> None:
    row = MinutesBlock.objects.get(minutes__meeting=room.meeting, key="time")
    edit_block(room.meeting, by=the_secretariat(), block=row, version=row.version, heading=row.heading, text=text)


def test_without_a_draft_the_page_says_what_to_do(room: Room, clients: dict[str, Client]) -> None:
    assert "minutes.draft" not in page(clients["secretary"], room)
    Meeting.objects.filter(pk=room.meeting.pk).update(state="open", opened_at="2025-11-26T01:30:00Z")
    assert "do/minutes.draft/" in page(clients["secretary"], room)
    assert "do/minutes.draft/" not in page(clients["chair"], room)


def test_a_writer_finds_a_form_for_each_block_and_a_reader_none(over: Room, clients: dict[str, Client]) -> None:
    blocks = MinutesBlock.objects.filter(minutes__meeting=over.meeting).count()
    assert page(clients["secretary"], over).count("do/block.edit/") == blocks
    assert "do/block.edit/" not in page(clients["chair"], over)
    assert "do/minutes.approve/" in page(clients["chair"], over)


def test_approved_minutes_have_no_forms_left(over: Room, clients: dict[str, Client]) -> None:
    approve_minutes(over.meeting, by=the_secretariat(), revision=minutes_of(over).revision)
    html = page(clients["secretary"], over)
    assert "do/block.edit/" not in html
    assert "do/minutes.approve/" not in html
    assert "do/minutes.print/" in html


def test_words_with_markup_stay_words(over: Room, clients: dict[str, Client]) -> None:
    change(over, "<script>alert(1)</script>")
    html = page(clients["secretary"], over)
    assert "<script>alert(1)" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


@pytest.mark.parametrize("items", [1, 30])
def test_the_page_asks_the_database_as_often_for_many_blocks_as_for_few(
    over: Room, clients: dict[str, Client], django_assert_num_queries: DjangoAssertNumQueries, items: int
) -> None:
    minutes = minutes_of(over)
    MinutesBlock.objects.bulk_create(
        MinutesBlock(minutes=minutes, key=f"more:{n}", position=900 + n, kind="point", heading="H", changed_at=minutes.drafted_at)
        for n in range(items)
    )
    Print.objects.bulk_create(
        Print(
            minutes=minutes, code=f"CODE{n}", revision=1, state="draft", journal_number=n, printed_at=minutes.drafted_at,
            recorded_at=minutes.drafted_at, file="none.pdf", sha256="0" * 64,
        )
        for n in range(items)
    )  # fmt: skip
    secretary = clients["secretary"]
    with django_assert_num_queries(QUERIES):
        page(secretary, over)


def test_the_page_says_when_the_journal_has_gone_on(room: Room, clients: dict[str, Client]) -> None:
    knock(clients["secretary"], room.meeting, "meeting.open")
    knock(clients["secretary"], room.meeting, "minutes.draft")
    before = page(clients["secretary"], room).count('class="notice warn"')
    knock(clients["secretary"], room.meeting, "item.open", item=room.items[0])
    assert page(clients["secretary"], room).count('class="notice warn"') == before + 1


def test_one_block_is_given_as_it_stands_now(over: Room, clients: dict[str, Client]) -> None:
    change(over, "Chữ mới nhất.")
    row = MinutesBlock.objects.get(minutes__meeting=over.meeting, key="time")
    html = page(clients["secretary"], over, f"blocks/{row.pk}/")
    assert f'data-version="{row.version}"' in html
    assert "Chữ mới nhất." in html
    assert "<html" not in html


def test_the_block_of_another_meeting_is_not_given(over: Room, clients: dict[str, Client]) -> None:
    from tests.cast import furnish

    other = furnish(suffix="-2")
    row = MinutesBlock.objects.filter(minutes__meeting=over.meeting).first()
    assert row is not None
    assert clients["secretariat"].get(f"/m/{other.meeting.slug}/minutes/blocks/{row.pk}/").status_code == 404


def test_the_newest_paper_is_given_as_it_was_printed(over: Room, paper: Print, clients: dict[str, Client]) -> None:
    answer = clients["chair"].get(f"/m/{over.meeting.slug}/minutes/print/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"].startswith("inline")
    assert answer.content.startswith(b"%PDF-")
    assert clients["chair"].get(f"/m/{over.meeting.slug}/minutes/print/{paper.code}/").content == answer.content
    assert "no-store" in answer["Cache-Control"]


def test_without_a_paper_there_is_a_page_with_words(over: Room, clients: dict[str, Client]) -> None:
    answer = clients["secretary"].get(f"/m/{over.meeting.slug}/minutes/print/")
    assert answer.status_code == 404
    assert f"/m/{over.meeting.slug}/minutes/" in answer.content.decode()


def test_an_altered_file_is_not_handed_out(over: Room, paper: Print, clients: dict[str, Client]) -> None:
    with open(paper.file.path, "ab") as file:
        file.write(b"%")
    assert clients["secretary"].get(f"/m/{over.meeting.slug}/minutes/print/{paper.code}/").status_code == 409


def check(paper: Print) -> str:
    answer = Client().get(f"/check/{paper.code}/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def test_whoever_holds_the_paper_sees_what_was_printed(over: Room, paper: Print) -> None:
    html = check(paper)
    for words in (spelled(paper.code), grouped(paper.sha256), f'data-expected="{paper.sha256}"', over.meeting.title):
        assert words in html
    assert f'<dd class="num">{paper.journal_number}</dd>' in html


def standing_of(paper: Print) -> str:
    found = Client().get(f"/check/{paper.code}/").context["standing"]
    name: str = found.name
    return name


def test_a_draft_verifies_as_a_draft_until_a_word_changes(over: Room, paper: Print) -> None:
    assert standing_of(paper) == "draft"
    change(over, "Một chữ khác.")
    assert standing_of(paper) == "superseded"


def test_the_approval_supersedes_the_draft_and_the_approved_paper_is_genuine(over: Room, paper: Print) -> None:
    approve_minutes(over.meeting, by=the_secretariat(), revision=minutes_of(over).revision)
    approved = print_minutes(over.meeting, by=the_secretariat())
    assert (standing_of(paper), standing_of(approved)) == ("superseded", "approved")


@pytest.mark.parametrize("kind", [Meeting.Kind.DEMO, Meeting.Kind.REHEARSAL])
def test_a_demonstration_verifies_as_one_whatever_its_state(over: Room, paper: Print, kind: str) -> None:
    Meeting.objects.filter(pk=over.meeting.pk).update(kind=kind)
    assert standing_of(paper) == "demonstration"
    assert "Bản trình diễn – không có giá trị" in check(paper)


def test_an_unknown_code_is_answered_in_words(db: None) -> None:
    answer = Client().get("/check/AAAAAAAAAAAAAAAAAAAAAAAAAA/")
    assert answer.status_code == 404
    assert b"AAAAAAAAAAAAAAAAAAAAAAAAAA" in answer.content


def test_a_code_typed_by_hand_is_read_with_hyphens_small_letters_and_figures_that_look_alike(paper: Print) -> None:
    typed = spelled(paper.code).lower().replace("o", "0").replace("i", "1").replace("b", "8")
    assert read_code(f" {typed} ") == paper.code
    assert Client().get(f"/check/{typed}/").status_code == 200
