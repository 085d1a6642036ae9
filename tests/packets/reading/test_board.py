"""The board: who has opened what, per paper, per unit, per delegate; for the chair and the secretariat alone."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from meetings.models import BridgePoint, Participant, Role
from packets.models import Binding, Document, Reading, Release
from packets.reading.board import Board, read_board
from tests.cast import Cast, Clients, Room
from tests.make import make_group, make_participant, make_user, open_the_item, open_the_meeting
from tests.packets.reading.conftest import Open, newest
from tests.papers import make_document, make_paper, make_release, make_version, recall


def numbers(board: Board) -> dict[int, tuple[int, int, int]]:
    """Return (opened, only an older version, meant) of each paper."""
    return {paper.number: (paper.count.opened, paper.count.older, paper.count.of) for paper in board.papers}


def cells(board: Board, unit: str) -> dict[int, tuple[int, int]]:
    """Return (opened, meant) of each paper in a unit."""
    found = next(one for one in board.units if one.name == unit)
    return {number: (share.opened, share.of) for number, share in found.cells.items()}


# In numbers


def test_lao_cai_has_opened_paper_one(papers: list[Document], opens: Open, room: Room) -> None:
    opens("delegate", papers[0])
    opens("operator", papers[0])
    board = read_board(room.meeting)
    assert cells(board, "Lào Cai") == {1: (2, 4), 2: (0, 4)}
    assert cells(board, "") == {1: (0, 1), 2: (0, 1)}  # who has no bridge point
    assert numbers(board) == {1: (2, 0, 11), 2: (0, 0, 11)}  # twelve take part; the secretary prepares


def test_who_opened_it_many_times_counts_once(papers: list[Document], opens: Open, room: Room) -> None:
    for _ in range(3):
        opens("delegate", papers[0])
    opens("delegate", papers[0], way="download")
    assert numbers(read_board(room.meeting))[1] == (1, 0, 11)


def test_an_older_version_is_told_apart(papers: list[Document], opens: Open, room: Room) -> None:
    opens("delegate", papers[0])
    make_version(papers[0], state="released")
    assert numbers(read_board(room.meeting))[1] == (0, 1, 11)
    opens("delegate", papers[0])
    assert numbers(read_board(room.meeting))[1] == (1, 0, 11)


def test_the_packet_counts_for_each_paper_in_it(papers: list[Document], opens: Open, room: Room) -> None:
    keys = [newest(paper).pk for paper in papers]
    packet = Binding.objects.create(meeting=room.meeting, key="k", versions=keys, pages=15, made_at=timezone.now())
    opens("delegate", packet)
    assert numbers(read_board(room.meeting)) == {1: (1, 0, 11), 2: (1, 0, 11)}
    packet.delete()  # the access record knows what was in it
    assert numbers(read_board(room.meeting)) == {1: (1, 0, 11), 2: (1, 0, 11)}


def test_only_those_are_counted_for_whom_a_paper_is_meant(room: Room) -> None:
    group = make_group(room.meeting)
    Participant.objects.filter(pk=room.people["guest"].pk).update(group=group)
    commune = BridgePoint.objects.create(meeting=room.meeting, number=99, name="Xã Thử", short_name="Xã Thử", parent=room.lao_cai)
    make_participant(room.meeting, "Đại biểu xã", site=commune)
    for number, audience in enumerate(
        [
            {"roles": [Role.DELEGATE]}, {"groups": [group]}, {"sites": [room.lao_cai]}, {"participants": [room.people["ca_mau"]]},
            {"roles": [Role.CHAIR], "participants": [room.people["ca_mau"]]},
        ], start=1,
    ):  # fmt: skip
        make_version(make_document(room.meeting, f"Tài liệu {number}"))
        make_release(room.meeting.documents.get(number=number), **audience)  # type: ignore[arg-type]
    board = read_board(room.meeting)
    assert {number: of for number, (_opened, _older, of) in numbers(board).items()} == {1: 6, 2: 1, 3: 5, 4: 1, 5: 2}
    assert cells(board, "Lào Cai")[3] == (0, 5)  # a province with the communes under it


def test_who_is_excused_counts_only_when_named(papers: list[Document], room: Room) -> None:
    excused = room.people["ha_tinh"]
    Participant.objects.filter(pk=excused.pk).update(is_excused=True)
    assert numbers(read_board(room.meeting))[1] == (0, 0, 10)
    make_release(papers[0], participants=[excused])
    assert numbers(read_board(room.meeting))[1] == (0, 0, 11)


def test_what_nobody_could_open_yet_is_not_on_the_board(room: Room, papers: list[Document]) -> None:
    now = timezone.now()
    soon = make_paper(room.meeting, "Sắp phát hành")
    soon.releases.update(from_at=now + timedelta(hours=1))
    held = make_paper(room.meeting, "Giữ đến nội dung", item=room.items[2])
    held.releases.update(holds_for_item=True)
    make_document(room.meeting, "Tài liệu phát giấy", secrecy="secret")
    make_version(make_document(room.meeting, "Dự thảo"))
    assert set(numbers(read_board(room.meeting))) == {1, 2}
    open_the_meeting(room.meeting)
    open_the_item(room.items[2])
    assert set(numbers(read_board(room.meeting))) == {1, 2, 4}


def test_a_window_that_is_over_still_says_who_read_and_a_recall_says_so(room: Room, papers: list[Document], opens: Open) -> None:
    opens("delegate", papers[0])
    papers[0].releases.update(until_at=timezone.now() - timedelta(minutes=1))
    recall(Release.objects.get(document=papers[1]))
    first, second = read_board(room.meeting).papers
    assert (first.count.opened, first.count.of, first.is_closed, first.readers) == (1, 11, False, frozenset())
    assert (second.count.of, second.is_closed) == (0, True)


def test_a_paper_that_became_secret_leaves_the_board(room: Room, papers: list[Document]) -> None:
    Document.objects.filter(pk=papers[0].pk).update(secrecy="top_secret")
    assert set(numbers(read_board(room.meeting))) == {2}


# The pages


def page(clients: Clients, room: Room, rest: str = "", who: str = "chair") -> str:
    answer = clients[who].get(f"/m/{room.meeting.slug}/papers/reading/{rest}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_board_says_eight_of_ten(papers: list[Document], opens: Open, clients: Clients, room: Room) -> None:
    clients["chair"].cookies["django_language"] = "en"
    opens("delegate", papers[0])
    said = words(page(clients, room, "?paper=1"))
    assert "Lào Cai 1 of 4 have opened it" in said
    assert said.index("Hà Tĩnh") < said.index("Lào Cai", said.index("By unit"))  # the worst first
    assert "2. Dự thảo quy chế Opened: 0/11" in words(page(clients, room))


def test_the_chair_finds_only_papers_on_it_that_the_chair_may_see(
    papers: list[Document], opens: Open, clients: Clients, room: Room
) -> None:
    make_version(make_document(room.meeting, "Chỉ cho đại biểu"))
    make_release(room.meeting.documents.get(number=3), roles=[Role.DELEGATE])
    opens("delegate", room.meeting.documents.get(number=3))
    for rest in ("", "people/", "people/?state=left", "people.csv"):
        assert "Chỉ cho đại biểu" not in page(clients, room, rest)
    assert "Chỉ cho đại biểu" in page(clients, room, who="secretary")
    for rest in ("?paper=3", "people/?paper=3", "people.csv?paper=3"):
        assert clients["chair"].get(f"/m/{room.meeting.slug}/papers/reading/{rest}").status_code == 404
        assert clients["secretary"].get(f"/m/{room.meeting.slug}/papers/reading/{rest}").status_code == 200


def test_an_empty_board_says_what_to_do(clients: Clients, room: Room) -> None:
    assert f"/m/{room.meeting.slug}/papers/" in page(clients, room)


@pytest.mark.parametrize("rest", ["?paper=99", "people/?paper=99", "?paper=x", "people/?paper=9999999999999999999999"])
def test_a_paper_that_is_not_on_the_board_is_not_there(rest: str, papers: list[Document], clients: Clients, room: Room) -> None:
    assert clients["chair"].get(f"/m/{room.meeting.slug}/papers/reading/{rest}").status_code == 404


@pytest.mark.parametrize(
    "rest", ["?unit=x&state=%00&q=%00&page=-1", "?q=<script>&unit=99999999999999999999", "?page=99&state=zz"]
)
def test_strange_words_in_the_address_narrow_nothing_they_should_not(
    rest: str, papers: list[Document], clients: Clients, room: Room
) -> None:
    assert "<script>&" not in page(clients, room, f"people/{rest}")


def people(html: str, room: Room) -> set[str]:
    return {key for key, one in room.people.items() if f">{one.name}<" in html}


def test_the_people_behind_a_number(papers: list[Document], opens: Open, clients: Clients, cast: Cast, room: Room) -> None:
    opens("delegate", papers[0])
    unit = f"unit={room.lao_cai.pk}"
    assert people(page(clients, room, f"people/?paper=1&{unit}"), room) == {"delegate", "operator", "technician", "lao_cai_2"}
    left = page(clients, room, f"people/?paper=1&{unit}&state=left")
    assert people(left, room) == {"operator", "technician", "lao_cai_2"}
    assert people(page(clients, room, f"people/?paper=1&{unit}&state=opened"), room) == {"delegate"}
    assert people(page(clients, room, f"people/?paper=1&{unit}&state=unreachable"), room) == {"lao_cai_2"}
    assert people(page(clients, room, "people/?q=giang+a"), room) == {"delegate"}
    assert people(page(clients, room, "people/?unit=none"), room) == {"unplaced"}


def test_pages_and_time_stand_beside_who_has_read(
    papers: list[Document], opens: Open, clients: Clients, cast: Cast, room: Room
) -> None:
    opens("delegate", papers[0])
    now = timezone.now()
    Reading.objects.create(
        version=newest(papers[0]), account=cast["delegate"], participant=room.people["delegate"], first_at=now, last_at=now,
        pages_seen="1110000000", seconds=3900, last_page=3,
    )  # fmt: skip
    clients["chair"].cookies["django_language"] = "en"
    said = words(page(clients, room, f"people/?paper=1&unit={room.lao_cai.pk}&state=opened"))
    assert "3/10" in said
    assert "1 h 05 min" in said


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_people_as_a_file(form: str, papers: list[Document], opens: Open, clients: Clients, room: Room) -> None:
    Participant.objects.filter(pk=room.people["ca_mau"].pk).update(name="=HYPERLINK(1)")
    opens("delegate", papers[0])
    for query in ("", "?paper=1"):
        answer = clients["chair"].get(f"/m/{room.meeting.slug}/papers/reading/people.{form}{query}")
        assert answer["Content-Disposition"].startswith("attachment")
        if form == "csv":
            lines = answer.content.decode("utf-8-sig").splitlines()
            assert len(lines) == 12
            assert not any(line.lstrip('"').startswith("=") for line in lines)
            assert any("Giàng A Đại" in line for line in lines)
        else:
            sheet = load_workbook(io.BytesIO(answer.content)).active
            assert sheet is not None
            assert sheet.max_row == 12
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert clients["chair"].get(f"/m/{room.meeting.slug}/papers/reading/people.pdf").status_code == 404


@pytest.mark.parametrize(("rest", "queries"), [("", 24), ("?paper=1", 24), ("people/", 25), ("people/?paper=1", 27)])
def test_a_page_costs_the_same_for_few_and_for_many(
    rest: str, queries: int, papers: list[Document], opens: Open, clients: Clients, room: Room, django_assert_num_queries: Any
) -> None:
    opens("delegate", papers[0])
    page(clients, room, rest)
    with django_assert_num_queries(queries):
        page(clients, room, rest)
    for n in range(8):
        user = make_user(f"nhieu-{n}")
        make_participant(room.meeting, f"Đại biểu 15-{n}", site=room.lao_cai, user=user)
        make_release(make_paper(room.meeting, f"Phụ lục {n}"), participants=[room.people["delegate"]])
        opens("delegate", papers[1], way="print")
    with django_assert_num_queries(queries):
        page(clients, room, rest)
