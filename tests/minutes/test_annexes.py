"""The annex of outages: which bridge points were cut off, from when to when, in the draft, on the page and on paper."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from agenda.actions import close_item
from control.actions import begin_outages, end_outages
from meetings import actions as meetings
from meetings.hooks import fold_differences
from meetings.procedure import the_system
from minutes import proofs
from minutes.actions import approve_minutes, print_minutes
from minutes.blocks.overlay import Current, current
from minutes.drafted import Drafted
from minutes.drafting import draft
from minutes.layout import laid_out
from minutes.writing import Entry, lasted
from printing.papers import DEMONSTRATION_MARK
from tests.cast import Room, furnish
from tests.knocking import knock
from tests.make import START, open_the_item, open_the_meeting, the_secretariat
from tests.minutes.telling import VIETNAM, as_read, conference, entry, preparation
from tests.printing.measuring import box_of, ink, letters_of, texts

LAO_CAI, CENTRE = (2, "Tỉnh ủy Lào Cai"), (1, "Điểm cầu trung tâm")
TITLES = "TT | Điểm cầu | Mất kết nối | Kết nối lại | Thời gian gián đoạn"


def moment(time: str, day: int = 26) -> datetime:
    """Return a moment of November 2025 to the second: moment("08:42:10.5")."""
    return datetime.fromisoformat(f"2025-11-{day}T{time}").replace(tzinfo=VIETNAM)


def lost(number: int, site: tuple[int, str], began: str, day: int = 26) -> dict[str, Any]:
    return {"id": number, "bridge_point": site[0], "name": site[1], "began_at": moment(began, day).isoformat()}


def back(row: dict[str, Any], ended: str, day: int = 26) -> dict[str, Any]:
    at = moment(ended, day)
    seconds = round((at - datetime.fromisoformat(row["began_at"])).total_seconds())
    return row | {"ended_at": at.isoformat(), "seconds": seconds}


def told(*outages: Entry, end: bool = True) -> Drafted | None:
    """Return the annex of a conference in which this happened."""
    story = conference()[: None if end else -1]
    story[-1:-1] = outages
    return {block.key: block for block in draft(story)}.get("annex-outages")


def begun(number: int, *rows: dict[str, Any]) -> Entry:
    return entry("outages.begun", "08:50", number, outages=list(rows))


def ended(number: int, *rows: dict[str, Any]) -> Entry:
    return entry("outages.ended", "09:10", number, outages=list(rows))


# The draft


def test_a_meeting_without_outages_has_no_annex() -> None:
    assert told() is None
    assert "annex" not in {block.kind for block in draft(conference())}


def test_the_annex_stands_behind_the_signatures_and_says_what_it_tells_of() -> None:
    one = lost(1, LAO_CAI, "08:50:05")
    annex = told(begun(30, one), ended(31, back(one, "08:52:10")))
    assert annex is not None
    assert (annex.kind, annex.heading, annex.first, annex.last) == ("annex", "Gián đoạn kết nối của các điểm cầu", 30, 31)
    story = [*conference()[:-1], begun(30, one), ended(31, back(one, "08:52:10")), conference()[-1]]
    assert [block.key for block in draft(story)][-3:] == ["writer", "chair", "annex-outages"]


def test_outages_stand_by_bridge_point_with_the_sum_of_each_and_of_all() -> None:
    rows = [
        lost(1, LAO_CAI, "08:50:05"), lost(2, CENTRE, "08:50:06"), lost(3, LAO_CAI, "09:00:00"),
    ]  # fmt: skip
    annex = told(
        begun(30, rows[0], rows[1]),
        ended(31, back(rows[0], "08:52:10"), back(rows[1], "08:50:51")),
        begun(32, rows[2]),
        ended(33, back(rows[2], "10:00:05")),
    )
    assert annex is not None
    assert annex.text.splitlines() == [
        TITLES,
        "1 | Điểm cầu trung tâm | 08:50:06 | 08:50:51 | 45 giây",
        "2 | Tỉnh ủy Lào Cai | 08:50:05 | 08:52:10 | 2 phút 05 giây",
        "3 | Tỉnh ủy Lào Cai | 09:00:00 | 10:00:05 | 1 giờ 00 phút 05 giây",
        " | Cộng: Tỉnh ủy Lào Cai | 02 lần |  | 1 giờ 02 phút 10 giây",
        " | Tổng cộng: 02 điểm cầu | 03 lần |  | 1 giờ 02 phút 55 giây",
    ]


def test_what_is_not_over_when_the_meeting_ends_ends_with_it() -> None:
    annex = told(begun(30, lost(1, LAO_CAI, "09:20:00")))
    assert annex is not None
    assert annex.text.splitlines()[1] == "1 | Tỉnh ủy Lào Cai | 09:20:00 | chưa kết nối lại đến khi bế mạc | 11 phút 00 giây"


def test_while_the_meeting_runs_an_open_outage_has_no_length_yet() -> None:
    one, two = lost(1, LAO_CAI, "08:50:00"), lost(2, LAO_CAI, "09:00:00")
    annex = told(begun(30, one), ended(31, back(one, "08:51:00")), begun(32, two), end=False)
    assert annex is not None
    assert annex.text.splitlines()[1:] == [
        "1 | Tỉnh ủy Lào Cai | 08:50:00 | 08:51:00 | 1 phút 00 giây",
        "2 | Tỉnh ủy Lào Cai | 09:00:00 | chưa kết nối lại khi lập dự thảo | ",
        " | Cộng: Tỉnh ủy Lào Cai | 02 lần |  | 1 phút 00 giây, chưa tính lần đang gián đoạn",
        " | Tổng cộng: 01 điểm cầu | 02 lần |  | 1 phút 00 giây, chưa tính lần đang gián đoạn",
    ]


def test_no_length_is_summed_while_the_only_outage_is_open() -> None:
    annex = told(begun(30, lost(1, LAO_CAI, "08:50:00")), end=False)
    assert annex is not None
    assert annex.text.splitlines()[-1] == " | Tổng cộng: 01 điểm cầu | 01 lần |  | chưa tính lần đang gián đoạn"


def test_a_reader_can_reckon_the_length_from_the_times_shown() -> None:
    one = lost(1, LAO_CAI, "08:50:00.900000")
    annex = told(begun(30, one), ended(31, back(one, "08:50:11.100000")))
    assert annex is not None
    assert annex.text.splitlines()[1].endswith("| 08:50:00 | 08:50:11 | 11 giây")


def test_another_day_is_named_and_names_make_no_cells() -> None:
    one = lost(1, (9, "Xã A | B\nC"), "23:59:50")
    annex = told(begun(30, one), ended(31, back(one, "00:00:10", day=27)))
    assert annex is not None
    assert annex.text.splitlines()[1] == "1 | Xã A / B C | 23:59:50 | 00:00:10 27/11/2025 | 20 giây"


def test_a_bridge_point_keeps_its_name_of_that_moment_and_those_gone_come_last() -> None:
    gone, stays = lost(1, (77, "Tỉnh ủy cũ"), "08:50:00"), lost(2, LAO_CAI, "08:50:00")
    renamed = Entry(40, "bridge_point.edited", {"bridge_point": 2, "number": 2, "name": "Tên mới"}, moment("09:30:00"))
    annex = told(begun(30, gone, stays), ended(31, back(gone, "08:51:00"), back(stays, "08:51:00")), renamed)
    assert annex is not None
    assert [line.split(" | ")[1] for line in annex.text.splitlines()[1:3]] == ["Tỉnh ủy Lào Cai", "Tỉnh ủy cũ"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 giây"), (59, "59 giây"), (60, "1 phút 00 giây"), (725, "12 phút 05 giây"), (3605, "1 giờ 00 phút 05 giây"),
     (90000, "25 giờ 00 phút 00 giây")],
)  # fmt: skip
def test_a_length_of_time_in_words(seconds: int, words: str) -> None:
    assert lasted(seconds) == words


def test_three_thousand_outages_are_drafted() -> None:
    rows = [lost(n, (n, f"Xã {n}"), "08:50:00") for n in range(1, 3001)]
    story = [*preparation(), entry("meeting.opened", "08:30", 10, chair="X"), begun(11, *rows)]
    annex = draft([*story, ended(12, *(back(row, "08:51:00") for row in rows))])[-1]
    assert len(annex.text.splitlines()) == 3002


# Laid out


class Block:
    def __init__(self, key: str, kind: str, heading: str = "", text: str = "") -> None:
        self.key, self.kind, self.heading, self.text = key, kind, heading, text


def test_an_annex_says_to_which_paper_it_belongs() -> None:
    head = [Block("issuer", "head", "Trên", "Văn phòng\nTrung ương Đảng"), Block("number", "head", "", "07-BB/VPTW")]
    one, other = Block("a", "annex", "Một", "TT | B\n1 | x"), Block("b", "annex", "Hai", "TT")
    sheet = laid_out([*head, Block("s", "section", "Phần"), one, Block("w", "signature")], "ngày 26 tháng 11 năm 2025")
    (annex,) = sheet.annexes
    assert (annex.number, annex.block.heading, len(sheet.body), len(sheet.signatures)) == ("Phụ lục", "Một", 1, 1)
    assert annex.note == "Kèm theo Biên bản số 07-BB/VPTW, ngày 26 tháng 11 năm 2025 của Văn phòng Trung ương Đảng"
    assert annex.table is not None
    assert [column.title for column in annex.table.columns] == ["TT", "B"]
    assert [part.number for part in laid_out([one, other]).annexes] == ["Phụ lục I", "Phụ lục II"]
    assert laid_out([one]).annexes[0].note == "Kèm theo Biên bản"


# A meeting


def cut_off(room: Room, *minutes: tuple[int, int, int]) -> None:
    """Lines that were lost: which site, after how many minutes, for how many."""
    for site, after, length in minutes:
        point, began = room.sites[site], START + timedelta(minutes=after)
        now(room, began)
        begin_outages(room.meeting, by=the_system(), lost=[(point.pk, began)])
        now(room, began + timedelta(minutes=length))
        end_outages(room.meeting, by=the_system(), returned=[point.pk])


def now(room: Room, moment: datetime) -> None:
    """Set the clock of a rehearsal, which as good as stands still."""
    meetings.set_clock(room.meeting, by=the_secretariat(), rate=0.01, base=moment)


@pytest.fixture
def held(db: None) -> Room:
    """A rehearsal in which Lào Cai was cut off twice and Hà Tĩnh until the end."""
    room = furnish(kind="rehearsal", clock_base=START)
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    cut_off(room, (1, 10, 2), (1, 20, 5))
    began = START + timedelta(minutes=30)
    now(room, began)
    begin_outages(room.meeting, by=the_system(), lost=[(room.sites[2].pk, began)])
    now(room, START + timedelta(minutes=60))
    close_item(room.meeting, by=the_secretariat(), item=room.items[0])
    meetings.adjourn_meeting(room.meeting, by=the_secretariat())
    return room


def annex_of(room: Room) -> Current:
    return next(block for block in current(room.meeting) if block.key == "annex-outages")


@pytest.mark.django_db
def test_the_outages_of_a_meeting_stand_in_its_minutes(held: Room) -> None:
    name = held.lao_cai.name
    assert annex_of(held).text.splitlines() == [
        TITLES,
        f"1 | {name} | 08:40:00 | 08:42:00 | 2 phút 00 giây",
        f"2 | {name} | 08:50:00 | 08:55:00 | 5 phút 00 giây",
        f" | Cộng: {name} | 02 lần |  | 7 phút 00 giây",
        f"3 | {held.sites[2].name} | 09:00:00 | chưa kết nối lại đến khi bế mạc | 30 phút 00 giây",
        " | Tổng cộng: 02 điểm cầu | 03 lần |  | 37 phút 00 giây",
    ]
    assert fold_differences(held.meeting) == []
    approve_minutes(held.meeting, by=the_secretariat(), **as_read(held))


@pytest.mark.django_db
def test_the_page_knows_of_an_outage_at_once(room: Room, clients: dict[str, Client]) -> None:
    open_the_meeting(room.meeting)
    url = f"/m/{room.meeting.slug}/minutes/"
    assert "annex-outages" not in clients["secretary"].get(url).content.decode()
    begin_outages(room.meeting, by=the_system(), lost=[(room.lao_cai.pk, room.meeting.opened_at or START)])
    assert "annex-outages" in clients["secretary"].get(url).content.decode()


@pytest.mark.django_db
def test_the_page_shows_the_annex_behind_the_signatures_and_lets_it_be_changed(held: Room) -> None:
    client = Client()
    client.force_login(held.people["secretary"].person.user)
    html = client.get(f"/m/{held.meeting.slug}/minutes/").content.decode()
    paper = html[html.index("Chủ trì Hội nghị") :]
    for words in ("<h3>Phụ lục</h3>", "GIÁN ĐOẠN KẾT NỐI CỦA CÁC ĐIỂM CẦU", "(Kèm theo Biên bản số ", "30 phút 00 giây"):
        assert words in paper
    row = annex_of(held)
    fields = {"key": row.key, "version": row.version, "seen": row.seal, "heading": row.heading}
    assert knock(client, held.meeting, "block.edit", **fields | {"heading": ""}, text="A | B").status_code == 400
    assert knock(client, held.meeting, "block.edit", **fields, text="| A | B |\n| một | hai |").status_code == 200
    alone = client.get(f"/m/{held.meeting.slug}/minutes/").content.decode()
    assert "Kèm theo Biên bản số " in alone
    assert "<td>một</td><td>hai</td>" in alone


@pytest.mark.django_db
def test_the_annex_is_printed_on_a_new_page_behind_the_signatures(held: Room) -> None:
    pdf = proofs.bytes_of(print_minutes(held.meeting, by=the_secretariat())) or b""
    pages = texts(pdf)
    last = pages[-1]
    assert [n for n, text in enumerate(pages) if "Phụ lục" in text] == [len(pages) - 1]
    assert "CHỦ TRÌ HỘI NGHỊ" in pages[-2]
    words = last.replace("\n", " ")
    where = [
        words.index(each) for each in ("Phụ lục", "GIÁN ĐOẠN KẾT NỐI CỦA CÁC ĐIỂM CẦU", "(Kèm theo Biên bản số", "Tổng cộng")
    ]
    assert where == sorted(where)
    assert DEMONSTRATION_MARK in last
    for text in ("Phụ lục", "GIÁN ĐOẠN"):
        size, font = letters_of(pdf, len(pages) - 1, text)
        assert size == pytest.approx(14, abs=0.1)
        assert "Bold" in font
    heading = box_of(pdf, len(pages) - 1, "Phụ lục")
    assert heading.left - 30 == pytest.approx(heading.right - 15, abs=1)
    assert ink(pdf, len(pages) - 1, above=18, below=270).right >= 14.5
