"""User names by a clear rule, also where it meets names that are taken. Pure."""

from __future__ import annotations

import pytest

from meetings.accounts.naming import free, of_person, of_post


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Nguyễn Văn An", "an.nv"),
        ("Đỗ Thị Bích Phượng", "phuong.dtb"),
        ("  Giàng   A Đại ", "dai.ga"),
        ("Y", "y"),
        ("Đại biểu 15-03", "1503.db"),
        ("!!!", "nguoidung"),
        ("", "nguoidung"),
        ("a" * 100 + " " + "b" * 100, ("b" * 100 + ".a")[:40]),
    ],
)
def test_a_person_s(name: str, username: str) -> None:
    assert of_person(name) == username


def test_a_post_s() -> None:
    assert of_post("vanhanh", "15") == "vanhanh-15"
    assert of_post("kythuat", "tw") == "kythuat-tw"
    assert of_post("vanhanh", "") == "vanhanh-dc"


def test_a_taken_one_gets_a_number() -> None:
    assert free("an.nv", set()) == "an.nv"
    assert free("an.nv", {"an.nv"}) == "an.nv-2"
    assert free("an.nv", {"an.nv", "an.nv-2", "an.nv-4"}) == "an.nv-3"
