"""Every kind of paper, of Party and State bodies: the Word file says the same words in the same order as the PDF."""

from __future__ import annotations

import re

import pytest

from minutes.papers.kinds import KINDS
from minutes.papers.samples import sample
from minutes.papers.setting import set_paper
from printing.papers import press_html
from printing.press import Press
from printing.profiles import HD05_2026, HD36_2018, ND30_2020
from printing.word import docx
from tests.printing.minutes import ABOUT, render_minutes
from tests.printing.word.reading import laid_out, words

PAPERS = [(kind, profile) for kind in KINDS for profile in (HD05_2026, ND30_2020)]
NAMES = [f"{kind}-{profile.body}" for kind, profile in PAPERS]
MINUTES = "minutes-with-a-long-table"


@pytest.fixture(scope="module")
def both(press: Press, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[list[str]], list[list[str]]]]:
    """The words of each page, of the PDF and of the Word file as LibreOffice lays it out."""
    pages = {name: (set_paper(sample(kind, profile.body), profile).html, profile) for name, (kind, profile) in
             zip(NAMES, PAPERS, strict=True)}  # fmt: skip
    pages[MINUTES] = (render_minutes(), HD36_2018)
    word = {name: docx(html, profile, ABOUT) for name, (html, profile) in pages.items()}
    laid = laid_out(word, tmp_path_factory.mktemp("word"))
    return {
        name: (words(press_html(html, profile, ABOUT, press=press)), words(laid[name])) for name, (html, profile) in pages.items()
    }


@pytest.mark.parametrize("name", [*NAMES, MINUTES])
def test_the_same_words_stand_in_the_same_order_on_as_many_pages(
    both: dict[str, tuple[list[list[str]], list[list[str]]]], name: str
) -> None:
    pdf, word = both[name]
    assert _letters(pdf) == _letters(word)
    assert len(_letters(pdf)) > 200
    assert abs(len(pdf) - len(word)) <= 1


def _letters(pages: list[list[str]]) -> str:
    """All letters in their order. Without spaces: lines break elsewhere; without hyphens: they stand beside their lines."""
    return re.sub(r"-", "", "".join(word for page in pages for word in page))
