"""Two texts are compared by paragraphs, words and cells, and two changes brought together where no person must choose."""

from __future__ import annotations

import time

import pytest

from texts.comparing import compare
from texts.merging import merged
from texts.reading import from_html, from_plain
from texts.writing import html, plain

BASE = "Một hai ba bốn\nGiữ nguyên\n- việc một\n- việc hai\n\nTT | Tên\n1 | An\n2 | Bình"


def states(old: str, new: str) -> list[tuple[str, str]]:
    return [(one.state, one.kind) for one in compare(from_plain(old), from_plain(new))]


def test_a_changed_word_is_marked_and_the_rest_is_not() -> None:
    (one,) = compare(from_plain("Hội nghị khai mạc lúc 8 giờ"), from_plain("Hội nghị bế mạc lúc 11 giờ"))
    assert one.state == "changed"
    assert one.left == "<p>Hội nghị <del>khai</del> mạc lúc <del>8</del> giờ</p>"
    assert one.right == "<p>Hội nghị <ins>bế</ins> mạc lúc <ins>11</ins> giờ</p>"
    assert one.both == "<p>Hội nghị <del>khai</del><ins>bế</ins> mạc lúc <del>8</del><ins>11</ins> giờ</p>"


def test_words_side_by_side_that_changed_are_one_change() -> None:
    (one,) = compare(from_plain("ý kiến của đồng chí A"), from_plain("ý kiến từ điểm cầu A"))
    assert one.both == "<p>ý kiến <del>của đồng chí</del><ins>từ điểm cầu</ins> A</p>"


def test_bold_alone_is_a_change() -> None:
    (one,) = compare(from_plain("thống nhất"), from_html("<p><b>thống nhất</b></p>"))
    assert (one.state, one.right) == ("changed", "<p><ins><strong>thống nhất</strong></ins></p>")


def test_pieces_are_paired_in_order_and_told_apart() -> None:
    new = "Một hai năm bốn\nGiữ nguyên\nHoàn toàn mới đây\n- việc hai\n\nTT | Tên\n1 | An Bình\n2 | Bình"
    assert states(BASE, new) == [
        ("changed", "paragraph"),
        ("same", "paragraph"),
        ("gone", "item"),
        ("new", "paragraph"),
        ("same", "item"),
        ("changed", "table"),
    ]
    assert {state for state, _kind in states(BASE, BASE)} == {"same"}
    assert states("", "Mới") == [("new", "paragraph")]
    assert states("", "") == []


def test_a_table_is_compared_by_its_cells() -> None:
    (one,) = compare(from_plain("TT | Tên\n1 | An\n2 | Bình"), from_plain("TT | Tên\n1 | An Bình\n2 | Bình\n3 | Cúc"))
    assert "<td>An<ins> Bình</ins></td>" in one.both
    assert one.right.count("<ins>") == 3
    assert "<del>" not in one.left
    assert [row.state for row in one.rows] == ["same", "changed", "same", "new"]


def test_what_is_compared_is_escaped() -> None:
    (one,) = compare(from_plain("<b>a</b> x"), from_plain("<script>a</script> x"))
    assert "<script>" not in one.both
    assert "&lt;" in one.both


def test_a_long_text_is_compared_in_time() -> None:
    old = "\n".join(f"Đồng chí {number} phát biểu về nội dung {number % 7}" for number in range(700))
    new = old.replace("nội dung 3", "việc 3")
    start = time.process_time()
    assert sum(one.state == "changed" for one in compare(from_plain(old), from_plain(new))) == 100
    one_paragraph = compare(from_plain("a b " * 10_000), from_plain("b a " * 10_000))
    assert len(one_paragraph) == 1
    assert time.process_time() - start < 8


MERGES = {
    "different paragraphs": ("a b\nc d\ne f", "a x\nc d\ne f", "a b\nc d\ne y", "a x\nc d\ne y"),
    "neighbouring paragraphs": ("a b\nc d", "a x\nc d", "a b\nc y", "a x\nc y"),
    "one adds, one changes": ("a b\nc d", "a b\nmới\nc d", "a b\nc x", "a b\nmới\nc x"),
    "one takes away, one changes": ("a b\nc d\ne f", "c d\ne f", "a b\nc d\ne x", "c d\ne x"),
    "the same change": ("a b", "a x", "a x", "a x"),
    "only mine": ("a b", "a x", "a b", "a x"),
    "only theirs": ("a b", "a b", "a y", "a y"),
    "both add at different ends": ("b", "a\nb", "b\nc", "a\nb\nc"),
    "different items": ("- a b\n- c d", "- a x\n- c d", "- a b\n- c y", "- a x\n- c y"),
    "different cells": ("T | U\na | b", "T | U\nx | b", "T | U\na | y", "T | U\nx | y"),
    "a row each": ("T | U\na | b\nc | d", "T | U\nx | b\nc | d", "T | U\na | b\nc | d\ne | f", "T | U\nx | b\nc | d\ne | f"),
    "merged cells": ("T | <\na b | c\n^ | d", "T | <\na b x | c\n^ | d", "T | <\na b | c\n^ | y", "T | <\na b x | c\n^ | y"),
    "the same paragraph": ("a b c", "a x c", "a b y", None),
    "one takes away what the other changes": ("a b\nc d", "c d", "a x\nc d", None),
    "both add in one place": ("a", "a\nx", "a\ny", None),
    "the same cell": ("T | U\na | b", "T | U\nx | b", "T | U\ny | b", None),
    "another kind": ("a b\nc", "- a b\n\nc", "a b x\nc", None),
    "rows that reach over": ("T | U\na | b\n^ | c", "T | U\na | b\n^ | c\nd | e", "T | U\na | x\n^ | c", None),
}


@pytest.mark.parametrize("name", MERGES)
def test_two_changes_come_together_where_nobody_must_choose(name: str) -> None:
    base, mine, theirs, expected = (from_plain(one) if one is not None else None for one in MERGES[name])
    assert merged(base, mine, theirs) == expected  # type: ignore[arg-type]
    assert merged(base, theirs, mine) == expected  # type: ignore[arg-type]


def test_a_merge_that_would_be_too_much_is_left_to_a_person() -> None:
    base = from_plain("\n".join(str(number) for number in range(1_500)))
    mine, theirs = from_plain(plain(base) + "\n" + "x\n" * 400), from_plain("y\n" * 400 + plain(base))
    assert merged(base, mine, theirs) is None
    assert html(base).count("<p>") == 1_500
