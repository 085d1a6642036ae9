"""The rules of seeing: pure, on plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from packets.releasing.seeing import Grant, Reader, in_force, is_open, reaches
from packets.releasing.snippets import snippet
from tests.make import START

GRANT = Grant(
    token="t", to_everyone=False, roles=frozenset(), groups=frozenset(), sites=frozenset(), participants=frozenset(),
    from_at=None, until_at=None, holds_for_item=False, recalled=False, may_download=False, may_print=False,
)  # fmt: skip
READER = Reader(participant=7, role="delegate", group=3, sites=frozenset({12, 1}))
MEANT = {
    "everybody": {"to_everyone": True}, "the role": {"roles": frozenset({"delegate"})}, "the group": {"groups": frozenset({3})},
    "the site above": {"sites": frozenset({1})}, "the person": {"participants": frozenset({7})},
}  # fmt: skip
NOT_MEANT = {
    "nobody": {}, "another role": {"roles": frozenset({"chair"})}, "another group": {"groups": frozenset({4})},
    "another site": {"sites": frozenset({2})}, "another person": {"participants": frozenset({8})},
}  # fmt: skip


@pytest.mark.parametrize("whom", MEANT)
def test_a_release_reaches_whom_it_names(whom: str) -> None:
    grant = replace(GRANT, **MEANT[whom])
    assert reaches(grant, READER)
    assert not reaches(grant, replace(READER, participant=None)), "who takes no part is nobody"
    assert reaches(grant, replace(READER, is_excused=True)) == (whom == "the person"), "who is excused is named or not meant"


@pytest.mark.parametrize("whom", NOT_MEANT)
def test_a_release_reaches_nobody_else(whom: str) -> None:
    assert not reaches(replace(GRANT, **NOT_MEANT[whom]), READER)


@pytest.mark.parametrize(
    ("role", "site", "meant"),
    [("operator", 12, True), ("delegate", 12, True), ("technician", 12, False), ("guest", 12, False), ("operator", 13, False)],
)
def test_a_release_to_who_reads_at_a_place_reaches_nobody_else_there_nor_under_it(role: str, site: int, meant: bool) -> None:
    grant = replace(GRANT, sites=frozenset({12}), to_readers=True)
    assert reaches(grant, replace(READER, role=role, site=site, sites=frozenset({site, 12}))) == meant


def test_a_window_holds_its_beginning_and_not_its_end() -> None:
    grant = replace(GRANT, from_at=START, until_at=START + timedelta(hours=1))
    moments = {-1: False, 0: True, 3599: True, 3600: False}
    assert {s: is_open(grant, False, START + timedelta(seconds=s)) for s in moments} == moments


def test_what_is_held_opens_with_its_item_and_what_is_recalled_never() -> None:
    held = replace(GRANT, holds_for_item=True)
    assert (is_open(held, False, START), is_open(held, True, START)) == (False, True)
    assert not is_open(replace(held, recalled=True), True, START)


def test_one_release_in_force_is_enough() -> None:
    over = replace(GRANT, to_everyone=True, until_at=START)
    named = replace(GRANT, token="u", participants=frozenset({7}))
    assert [grant.token for grant in in_force([over, named], READER, False, START)] == ["u"]


@pytest.mark.parametrize(
    ("text", "wanted", "marked"),
    [
        ("Danh sách đại biểu dự hội nghị", ["dai", "bieu"], ["đại", "biểu"]),
        ("DANH SÁCH ĐẠI BIỂU", ["dai"], ["ĐẠI"]),
        ("Thời gian hội nghị", ["hoi"], ["hội"]),
        ("thời gian", ["hoi"], ["hời"]),
        ("tổ chức <b>in đậm</b>", ["<b>"], ["<b>"]),
        ("không có gì", ["xyz"], []),
        ("", ["a"], []),
    ],
)
def test_a_snippet_marks_what_was_sought(text: str, wanted: list[str], marked: list[str]) -> None:
    parts = snippet(text, wanted)
    assert [words for words, is_found in parts if is_found] == marked
    assert "".join(words for words, _ in parts) == text


def test_a_snippet_of_a_long_page_begins_near_the_first_word() -> None:
    parts = snippet("mở đầu " * 200 + "điểm cầu " + "kết thúc " * 200, ["diem", "cau"])
    told = "".join(words for words, _ in parts)
    assert (told[:2], told[-2:]) == ("… ", " …")
    assert len(told) < 320
    assert [words for words, is_found in parts if is_found] == ["điểm", "cầu"]
