"""The page of the minutes, the papers behind it, and the page that checks a printed paper."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from agenda.actions import request_floor
from issuing.codes import read_code, spelled
from meetings import actions as meetings
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from minutes.actions import approve_minutes, print_minutes
from minutes.blocks.overlay import current
from minutes.checking import grouped
from minutes.models import MinutesBlock, Print
from tests.cast import Room
from tests.knocking import knock
from tests.make import give_floor, mark_present, open_the_item, open_the_meeting, the_secretariat
from tests.minutes.blocks.blocks import add, write
from tests.minutes.telling import as_read, minutes_of, write_in

pytestmark = pytest.mark.django_db
QUERIES = (
    17  # who, where (6); minutes, entries, body above, blocks, copies, rounds, remarks; two for who may speak; prints, newest
)


@pytest.fixture
def paper(over: Room) -> Print:
    """The draft, printed."""
    return print_minutes(over.meeting, by=the_secretariat())


def page(client: Client, room: Room, tail: str = "") -> str:
    return client.get(f"/m/{room.meeting.slug}/minutes/{tail}").content.decode()


def change(room: Room, text: str) -> None:
    write_in(room, "time", text)


def test_before_the_meeting_the_page_says_what_will_be(room: Room, clients: dict[str, Client]) -> None:
    assert 'class="empty"' in page(clients["secretary"], room)
    knock(clients["secretary"], room.meeting, "meeting.open")
    assert 'class="empty"' not in page(clients["secretary"], room).split("minutes-prints")[0]


def test_a_writer_may_write_in_each_block_and_a_reader_in_none(over: Room, clients: dict[str, Client]) -> None:
    blocks = current(over.meeting)
    html = page(clients["secretary"], over)
    assert [html.count(f'data-edit="{block.key}"') for block in blocks] == [1] * len(blocks)
    assert "data-edit" not in page(clients["chair"], over)
    assert "do/minutes.approve/" in page(clients["chair"], over)


def test_approved_minutes_have_no_forms_left(over: Room, clients: dict[str, Client]) -> None:
    approve_minutes(over.meeting, by=the_secretariat(), **as_read(over))
    html = page(clients["secretary"], over)
    assert "data-edit" not in html
    assert "do/minutes.approve/" not in html
    assert "do/minutes.print/" in html
    assert clients["secretary"].get(f"/m/{over.meeting.slug}/minutes/blocks/time/").status_code == 404


def test_words_with_markup_stay_words(over: Room, clients: dict[str, Client]) -> None:
    change(over, "<script>alert(1)</script>")
    html = page(clients["secretary"], over)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize("many", [3, 30])
def test_the_page_asks_the_database_as_often_for_many_blocks_as_for_few(
    over: Room, clients: dict[str, Client], django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    minutes = minutes_of(over)
    MinutesBlock.objects.bulk_create(
        MinutesBlock(minutes=minutes, key=f"own:{n}", anchor="course", position=n, kind="point", heading="H", version=1,
                     changed_at=minutes.drafted_at)
        for n in range(many)
    )  # fmt: skip
    Print.objects.bulk_create(
        Print(
            minutes=minutes, code=f"CODE{n}", revision=1, state="draft", journal_number=n, printed_at=minutes.drafted_at,
            recorded_at=minutes.drafted_at, file="none.pdf", sha256="0" * 64,
        )
        for n in range(many)
    )  # fmt: skip
    secretary = clients["secretary"]
    with django_assert_num_queries(QUERIES):
        page(secretary, over)


def test_a_block_is_written_on_a_page_of_its_own_where_there_are_no_scripts(over: Room, clients: dict[str, Client]) -> None:
    html = page(clients["secretary"], over, "blocks/time/")
    assert "do/block.edit/" in html
    assert "<textarea" in html
    piece = page(clients["secretary"], over, "blocks/time/?part=form")
    assert "<html" not in piece
    assert "do/block.edit/" in piece
    assert "do/block.add/" in page(clients["secretary"], over, "blocks/new:time/")
    for key in ("khong-co", "new:khong-co", "item:999999"):
        assert clients["secretary"].get(f"/m/{over.meeting.slug}/minutes/blocks/{key}/").status_code == 404


def test_somebody_who_speaks_is_found_by_name(over: Room, clients: dict[str, Client]) -> None:
    html = page(clients["secretary"], over, "speakers/?q=giang+a&after=course")
    assert "Giàng A Đại" in html
    assert 'name="after" value="course"' in html
    assert "Giàng A Đại" not in page(clients["secretary"], over, "speakers/?q=%00%25_zzz")


def test_technical_and_duty_staff_are_found_behind_the_delegates(over: Room, clients: dict[str, Client]) -> None:
    html = page(clients["secretary"], over, "speakers/?q=lao+cai&after=course")
    found = [html.index(name) for name in ("Giàng A Đại", "Vàng Seo Hai", "Hoàng Văn Kỹ", "Lý Thị Vận")]
    assert found == sorted(found)


def test_a_bridge_point_s_representative_who_has_the_floor_stands_on_top(room: Room, clients: dict[str, Client]) -> None:
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    give_floor(request_floor(room.meeting, by=the_secretariat(), bridge_point=room.lao_cai))
    notes = page(clients["secretary"], room).split("data-notes>")[1].split("data-found")[0]
    name = "Đại diện điểm cầu Lào Cai"
    assert notes.index(f">{name}<") < notes.index("Nguyễn Văn Chủ")
    answer = knock(clients["secretary"], room.meeting, "block.add", after=f"item:{room.items[0].pk}", text=f"{name} phát biểu:")
    assert answer.status_code == 200
    assert f'name="text" value="{name} phát biểu:"' in notes


def test_a_note_that_only_begins_is_in_the_way_of_the_approval(over: Room, clients: dict[str, Client]) -> None:
    note = add(over, "course", "Đồng chí A phát biểu:", speaker=over.people["delegate"])
    told = gettext("“%(note)s” has nothing after it. Write it to its end or leave it out, then approve.") % {"note": note.text}
    html = page(clients["chair"], over)
    assert escape(told) in html
    assert "do/minutes.approve/" not in html
    with pytest.raises(OutOfOrder) as refused:
        approve_minutes(over.meeting, by=the_secretariat(), **as_read(over))
    assert str(refused.value) == told
    write(over, note.key, "Đồng chí A phát biểu: nhất trí.")
    approve_minutes(over.meeting, by=the_secretariat(), **as_read(over))


def test_what_one_was_typing_is_gone_on_with_by_a_button(over: Room, clients: dict[str, Client]) -> None:
    url = f"/m/{over.meeting.slug}/minutes/blocks/time/"
    before = page(clients["secretary"], over)
    clients["secretary"].post(f"{url}copy/", {"version": 0, "serial": 5, "text": "Gõ dở"})
    html = page(clients["secretary"], over)
    assert html.count(f'href="{url}" data-edit="time"') == before.count(f'href="{url}" data-edit="time"') + 1
    assert gettext("Go on writing") in html


def test_after_the_meeting_the_steps_stand_first_and_nothing_is_followed(room: Room, clients: dict[str, Client]) -> None:
    open_the_meeting(room.meeting)
    html = page(clients["secretary"], room)
    assert "data-follow" in html
    assert html.index("minutes-notes") < html.index("minutes-steps")
    meetings.adjourn_meeting(room.meeting, by=the_secretariat())
    html = page(clients["secretary"], room)
    assert "data-follow" not in html
    assert html.index("minutes-steps") < html.index("minutes-notes")


def test_a_version_says_who_wrote_it_to_the_second_and_restoring_leads_back_to_the_versions(
    over: Room, clients: dict[str, Client]
) -> None:
    change(over, "Một")
    change(over, "Hai")
    html = page(clients["secretary"], over, "blocks/time/revisions/")
    row = minutes_of(over).blocks.get(key="time")
    assert gettext("Written by %(who)s") % {"who": row.editor} in html
    assert f"{timezone.localtime(row.changed_at):%H:%M:%S, %d/%m/%Y}" in html
    assert f'name="next" value="/m/{over.meeting.slug}/minutes/blocks/time/revisions/"' in html


def test_the_journal_makes_a_printed_draft_out_of_date(room: Room, clients: dict[str, Client]) -> None:
    open_the_meeting(room.meeting)
    paper = print_minutes(room.meeting, by=the_secretariat())
    assert standing_of(paper) == "draft"
    mark_present(room.people["delegate"])
    assert standing_of(paper) == "superseded"


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
    approve_minutes(over.meeting, by=the_secretariat(), **as_read(over))
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
