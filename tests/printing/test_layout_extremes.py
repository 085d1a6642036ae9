"""Papers no template foresees: very long names, many recipients, several annexes, lists, merged cells, all marks at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from printing.order import Particulars
from printing.papers import press_html
from printing.press import Press
from printing.profiles import HD05_2026, ND30_2020, Profile
from tests.printing.measuring import Measured, Page

ABOUT = Particulars("Bản thử", "extreme", datetime(2026, 6, 24, 12, tzinfo=timezone(timedelta(hours=7))))
BOTH = pytest.mark.parametrize("profile", [HD05_2026, ND30_2020], ids=["party", "state"])
LONG_BODY = "Ban Chỉ đạo về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số trong các cơ quan của địa phương"
LONG_ABSTRACT = "về việc tổng kết, rà soát và bổ sung quy trình chuẩn bị hội nghị trực tuyến " * 5
TITLE = {"party": "ĐẢNG CỘNG SẢN VIỆT NAM", "state": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}
RECIPIENTS = 80
PEOPLE = [f"Đơn vị nhận văn bản số {number:03d}" for number in range(RECIPIENTS)]


def head(profile: Profile, body: str) -> str:
    right = f'<div class="title">{TITLE[profile.body]}</div>'
    if profile.body == "state":
        right += '<div><span class="motto">Độc lập - Tự do - Hạnh phúc</span></div>'
    marks = '<div class="urgency">Thượng khẩn</div><div class="draft-mark">Dự thảo lần 1</div>'
    return (
        f'<table class="head"><tr><td class="left"><div class="parent-body">Ủy ban nhân dân tỉnh</div>'
        f'<div class="issuing-body">{body}</div><div class="number">Số 05</div>{marks}</td><td class="right">{right}'
        f'<div class="place-date">Hà Nội, ngày 05 tháng 02 năm 2026</div></td></tr></table>'
    )


def annexes(count: int) -> str:
    one = '<section class="annex"><h2>Phụ lục {n}</h2><div class="annex-name">Danh sách</div>' + "<p>Dòng phụ lục.</p>" * 45
    return "".join(one.format(n="I" * n) + "</section>" for n in range(1, count + 1))


def page_of(profile: Profile) -> str:
    recipients = "".join(f"<p>- {name};</p>" for name in PEOPLE)
    table = (
        '<table class="grid"><colgroup><col class="w10"><col><col></colgroup><thead><tr><th rowspan="2">TT</th>'
        '<th colspan="2">Có mặt</th></tr><tr><th>Sáng</th><th>Chiều</th></tr></thead>'
        '<tbody><tr><td class="centre">1</td><td><p>Đại biểu</p></td><td class="right">trước hàng trống</td></tr>'
        '<tr><td></td><td></td><td></td></tr><tr><td></td><td></td><td class="right">sau hàng trống</td></tr></tbody></table>'
    )
    listed = "<ul><li>gạch đầu dòng một</li><li><p>gạch đầu dòng hai</p></li></ul><ol start='4'><li>đánh số bốn</li></ol>"
    return (
        f"<!doctype html><html lang='vi'><head><meta charset='utf-8'><title>x</title></head><body>{head(profile, LONG_BODY)}"
        f'<h1 class="type-name">Thông báo</h1><div class="abstract">{LONG_ABSTRACT}</div><div class="abstract-rule"></div>'
        f'<div class="content"><h2 class="section">I- MỘT</h2><h3 class="point">1. Hai</h3><p>Mở đầu.</p>{table}{listed}</div>'
        f'<table class="signatures"><tr><td><div class="recipients-label">Nơi nhận:</div>'
        f'<div class="recipients">{recipients}</div></td><td><div class="authority">KT. Trưởng ban</div>'
        f'<div class="post">Phó Trưởng ban</div><div class="signature-gap"></div><div class="signer">Đại biểu 15-03</div>'
        f"</td></tr></table>{annexes(3)}</body></html>"
    )


@pytest.fixture(scope="module")
def printed(press: Press) -> Callable[[Profile], Measured]:
    return cache(lambda profile: Measured(press_html(page_of(profile), profile, ABOUT, press=press)))


@pytest.fixture
def paper(printed: Callable[[Profile], Measured], profile: Profile) -> Measured:
    return printed(profile)


def in_margin(page: Page) -> str:
    return "".join(run.text for run in page.runs if run.bottom < 20)


@BOTH
def test_nothing_is_lost_and_nothing_leaves_the_margins(paper: Measured, profile: Profile) -> None:
    for page in paper.pages:
        left, _top, right, bottom = page.ink(below=20)
        assert left >= profile.margin_left.value - 0.35
        assert right <= 210 - profile.margin_right.value + 0.35
        assert bottom <= 297 - profile.margin_bottom.value
    words = " ".join(run.text for page in paper.pages for run in page.runs)
    assert [name for name in PEOPLE if name not in words] == []


@BOTH
def test_a_long_name_of_a_body_stays_in_its_column(paper: Measured, profile: Profile) -> None:
    (title,) = [run for run in paper.pages[0].runs if run.text == TITLE[profile.body]]
    bodies = [run for run in paper.pages[0].runs if run.bold and run.right < title.left and run.top < 80]
    assert len(bodies) >= 4
    assert max(run.right for run in bodies) < title.left


@BOTH
def test_each_annex_begins_on_a_page_and_is_numbered_as_the_rule_says(paper: Measured, profile: Profile) -> None:
    starts = [at for at, page in enumerate(paper.pages) if any(run.text.startswith("Phụ lục") for run in page.runs)]
    assert len(starts) == 3
    assert all(b - a >= 2 for a, b in pairwise(starts)), "an annex of two pages was wanted"
    marked = [in_margin(paper.pages[at]) for at in starts]
    after = [in_margin(paper.pages[at + 1]) for at in starts]
    if profile.body == "state":
        assert (marked, after) == ([""] * 3, ["2"] * 3)
    else:
        assert (marked, after) == ([str(at + 1) for at in starts], [str(at + 2) for at in starts])


@BOTH
def test_marks_have_their_letters_and_state_urgency_its_frame(paper: Measured, profile: Profile) -> None:
    _page, (urgency,) = paper.find("THƯỢNG KHẨN")
    assert (urgency.size, urgency.bold) == (profile.urgency.size, True)
    _page, (draft,) = paper.find("Dự thảo lần 1")
    assert (draft.size, draft.italic) == (profile.draft_mark.size, True)
    assert draft.top > urgency.bottom - 0.5


@BOTH
def test_lists_and_headings_have_their_signs(paper: Measured, profile: Profile) -> None:
    lines = ["".join(run.text for run in line) for page in paper.pages for line in page.lines()]
    assert [line.strip() for line in lines if "gạch đầu dòng" in line] == ["- gạch đầu dòng một", "- gạch đầu dòng hai"]
    assert [line.strip() for line in lines if "đánh số bốn" in line] == ["4. đánh số bốn"]
    for words, letters in (("I- MỘT", profile.heading), ("1. Hai", profile.point)):
        _page, runs = paper.find(words)
        assert all((run.size, run.bold) == (letters.size, letters.bold) for run in runs)


@BOTH
def test_a_row_in_which_nothing_is_written_yet_is_as_high_as_a_line(paper: Measured, profile: Profile) -> None:
    (_page, (before,)), (_page, (after,)) = paper.find("trước hàng trống"), paper.find("sau hàng trống")
    row = (profile.table.size * 1.25 + 5) * 25.4 / 72
    assert after.baseline - before.baseline == pytest.approx(2 * row, abs=0.5)


@BOTH
def test_the_signature_stands_at_the_top_of_a_long_list_of_recipients(paper: Measured, profile: Profile) -> None:
    at, (label,) = paper.find("Nơi nhận:")
    signed, (signer,) = paper.find("Đại biểu 15-03")
    assert signed == at
    assert label.top < signer.top < label.top + 60


def test_the_states_urgency_is_framed_in_red(printed: Callable[[Profile], Measured]) -> None:
    with pikepdf.open(BytesIO(printed(ND30_2020).pdf)) as opened:
        content = opened.pages[0].Contents.read_bytes().decode("latin-1")
    assert "0.815686 0 0 r" in content.lower()
