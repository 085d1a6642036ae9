"""The words of a conclusion: kept clean, cut for a fact, compared part by part. No database."""

from __future__ import annotations

import time
from datetime import date

import pytest

from live.conclusions import HEIGHT, SIZES, fitting
from minutes.conclusions.wording import OPENING, PARTS, Wording, clean, compare, digest_of, opening


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Giao  Văn phòng \r\n\r\n chủ trì. \n", "Giao Văn phòng\n\nchủ trì."),
        ("Ho\u0061\u0300", "Hoà"),
        ("\u202egnội đảo\u202c\u200e", "gnội đảo"),
        ("\u200b\ufeff\x07", ""),
        ("a\tb\u00a0c", "a b c"),
        ("", ""),
    ],
)
def test_what_nobody_sees_is_not_kept(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_a_long_text_is_cut_between_two_words() -> None:
    assert opening("Ngắn gọn.") == "Ngắn gọn."
    cut = opening("Giao Văn phòng " * 100)
    assert len(cut) <= OPENING
    assert cut.endswith(("Giao…", "Văn…", "phòng…"))
    assert opening("x" * 900) == "x" * (OPENING - 1) + "…"
    assert opening("một\nhai") == "một hai"


def test_the_digest_is_of_the_words_and_of_each_part() -> None:
    words = Wording("Giao.", who="A", along="B", due=date(2026, 1, 2), product="C")
    assert digest_of(words.words) == words.digest
    for part in PARTS:
        assert digest_of(words.words | {part: "2026-01-03"}) != words.digest, part


def test_two_wordings_stand_side_by_side_with_what_differs_marked() -> None:
    old = Wording("Giao Văn phòng chủ trì.", who="Văn phòng", due=date(2026, 1, 2)).words
    new = Wording("Giao Ban Tổ chức chủ trì.", who="Văn phòng", due=date(2026, 3, 2), product="Kế hoạch").words
    found = {part.name: part for part in compare(old, new)}
    assert list(found) == ["text", "who", "due", "product"]
    assert [run.text for run in found["text"].old if run.kind == "old"] == ["Văn phòng "]
    assert "".join(run.text for run in found["text"].new) == "Giao Ban Tổ chức chủ trì."
    assert [(run.kind, run.text) for run in (*found["due"].old, *found["due"].new)] == [
        ("old", "02/01/2026"),
        ("new", "02/03/2026"),
    ]
    assert (found["who"].changed, found["product"].changed) == (False, True)


@pytest.mark.parametrize("pair", [("a " * 2000, "b a " * 1000), ("x" * 4000, "y" * 4000), ("<b>" * 1300, "\n" * 4000)])
def test_the_longest_and_most_alike_texts_are_compared_at_once(pair: tuple[str, str]) -> None:
    began = time.process_time()
    old, new = ({"text": text} for text in pair)
    part = next(iter(compare(old, new)))
    assert ("".join(run.text for run in part.old), "".join(run.text for run in part.new)) == pair
    assert time.process_time() - began < 2


def test_a_longer_wording_stands_smaller_on_a_wall_and_the_longest_still_fits() -> None:
    steps = [fitting("chữ nghĩa " * n, []) for n in range(0, 401, 5)]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1] <= len(SIZES)) == (1, True)
    lines = 4000 / (91 / (SIZES[-1] * 0.56) - 4)
    assert lines * SIZES[-1] * 1.4 < HEIGHT
    assert fitting("Giao.", ["a" * 300, "b" * 600, "c" * 400]) > fitting("Giao.", [])
    assert fitting("\n" * 20, []) > fitting("a" * 20, [])
