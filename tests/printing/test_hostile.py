"""Text nobody should write, papers nobody should have to read: the press prints them within its limits, or says no."""

from __future__ import annotations

import resource
import shutil
import time
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from printing import fonts
from printing.dividing import LONG, PAUSE, WORD, divided
from printing.errors import FontMissing
from printing.order import readable
from printing.press import Press
from printing.worker import Limits
from tests.printing.measuring import ink, texts
from tests.printing.minutes import PARAGRAPH, order_for
from tests.sizes import SOAK

LETTERS, PAGES, ROWS = (200_000, 500, 500) if SOAK else (8_000, 20, 15)
#: What a paper may hold of the machine at most.
MOST_MB = Limits().memory // 2**20


def test_a_word_without_end_is_broken_at_the_edge_and_none_of_it_is_lost(press: Press) -> None:
    pdf = press.print(order_for(f"<p>{'x' * LETTERS}</p>"))
    shown = texts(pdf)
    assert sum(page.count("x") for page in shown) == LETTERS
    assert {letter for page in shown for letter in page} <= set("x\n0123456789")  # page numbers
    assert ink(pdf, 0, above=18).right >= 14.5


@pytest.mark.parametrize(
    "text",
    [
        "x" * 5000,
        "&amp;" * 2000,
        "từ " * 4000,
        "&#" * 3000,
        "a&b;" * 2000,
        "\u0301" * 4000,
        "x " * 10 + "y" * 3000 + " z",
        "<b>" * 900,
    ],
)
def test_pauses_change_no_letter(text: str) -> None:
    html = f"<p>{text}</p>"
    assert divided(html).replace(PAUSE, "") == html
    longest = max((len(word) for piece in divided(html).split(PAUSE) for word in piece.split()), default=0)
    assert longest <= max(WORD * 5 + 10, LONG * 3) or "<b>" in text


def test_text_as_papers_have_it_is_left_as_it_is() -> None:
    html = f"<p>{PARAGRAPH}</p><p>{'https://example.vn/' + 'a' * 300}</p>" * 20
    assert divided(html) == html


@pytest.mark.parametrize("unit", ["x", "x &", "&#", "&amp;", "a ", "&", "<p>", "\u0301", "\u202e", "&#x202"])
def test_a_million_units_are_looked_through_in_a_few_seconds(unit: str) -> None:
    """Time grows with the text and no faster; measured in time of the processor, against ten times less."""
    spent = []
    for count in (10_000, 100_000):
        before = time.process_time()
        divided(readable(f"<p>{unit * count}</p>"))
        spent.append(time.process_time() - before)
    assert spent[1] < 0.05 + spent[0] * 40


def test_a_heap_of_marks_on_one_letter_is_cut_and_the_words_behind_it_stay(press: Press) -> None:
    (text,) = texts(press.print(order_for("<p>a" + "\u0301" * 100_000 + " còn lại</p>")))
    assert text.endswith("còn lại")
    assert text.count("\u0301") <= 30


def test_marks_that_turn_letters_about_do_not_reach_the_paper_and_letters_written_from_the_right_do(press: Press) -> None:
    (text,) = texts(press.print(order_for("<p>Số \u202e999\u202c đồng &#8238;abc</p><p>שלום</p>")))
    assert "Số 999 đồng abc" in text
    assert not {"\u202e", "\u202c"} & set(text)
    assert sorted("שלום") == sorted(letter for letter in text if "\u0590" < letter < "\u05ff")


def test_halves_of_letters_are_shown_as_such_and_stop_nothing(press: Press) -> None:
    (text,) = texts(press.print(order_for("<p>trước\ud83dsau \x00 hết</p>")))
    assert "trước" in text
    assert "hết" in text


def test_many_pages_stay_within_the_limits(press: Press) -> None:
    """20 pages here, 500 in `make soak`: time and memory grow with the pages."""
    html = f"<h3>1. Ý kiến</h3><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>" * (PAGES * 7)
    pdf = press.print(order_for(html))
    pages = pdfium.PdfDocument(pdf)
    assert PAGES <= len(pages) <= PAGES * 2
    assert pages[len(pages) - 1].get_textpage().get_text_range().split()[-1] == str(len(pages))
    held = max(int(Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0]) for pid in press.idle())
    assert held // 1024 < MOST_MB


def test_a_table_of_thirty_columns_repeats_its_head_and_loses_no_cell(press: Press) -> None:
    """15 rows here, 500 in `make soak`."""
    head = "".join(f"<th>c{column}</th>" for column in range(30))
    rows = "".join("<tr>" + "".join(f"<td>{row % 10}</td>" for _column in range(30)) + "</tr>" for row in range(ROWS))
    shown = texts(press.print(order_for(f'<table class="grid"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')))
    assert all("".join(page.split()).count("c") == 30 for page in shown)
    assert sum(letter.isdigit() for page in shown for letter in page) >= ROWS * 30


def test_a_cell_higher_than_a_page_goes_on_on_the_next(press: Press) -> None:
    shown = texts(press.print(order_for(f'<table class="grid"><tr><td>{(PARAGRAPH + " ") * 30}</td><td>b</td></tr></table>')))
    assert len(shown) >= 2
    assert " ".join("\n".join(shown).split()).count("vùng sâu") == 30


def test_a_font_that_goes_away_while_the_press_runs_is_refused_in_words(tmp_path: Path) -> None:
    for name, _weight, _style in fonts.FACES:
        shutil.copy(fonts.DIRECTORY / name, tmp_path / name)
    press = Press(children=1, font_directory=tmp_path)
    try:
        assert texts(press.print(order_for("<p>một</p>"))) == ["một"]
        (tmp_path / fonts.FACES[3][0]).unlink()
        with pytest.raises(FontMissing, match="fonts-liberation2"):
            press.print(order_for("<p>hai</p>"))
    finally:
        press.close()


def test_the_limits_are_the_childs_own(press: Press) -> None:
    """The process that serves the live pages keeps its own."""
    press.print(order_for("<p>x</p>"))
    (pid, *_others) = press.idle()
    assert resource.prlimit(pid, resource.RLIMIT_AS)[0] == Limits().memory
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY
