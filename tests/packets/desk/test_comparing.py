"""What is different between the texts of two versions."""

from __future__ import annotations

import time

from packets.desk.comparing import changes

ONE = "Kết quả công tác năm 2025: hoàn thành 95% nhiệm vụ được giao trong kỳ báo cáo."
TWO = "Phương hướng năm 2026: tập trung chuyển đổi số trong toàn hệ thống văn phòng cấp ủy."
THREE = "Kiến nghị: bố trí kinh phí tập huấn cho cán bộ văn thư, lưu trữ tại các điểm cầu."


def sorts(before: list[str], now: list[str]) -> list[tuple[str, int | None, int | None]]:
    return [(page.sort, page.before, page.now) for page in changes(before, now).pages]


def test_the_same_pages_are_no_change() -> None:
    found = changes([ONE, TWO], [ONE + "\n", "  ".join(TWO.split())])
    assert (found.pages, found.same, found.has_text) == ([], 2, True)


def test_pages_that_came_and_went_are_told() -> None:
    assert sorts([ONE, TWO], [ONE, THREE, TWO]) == [("added", None, 2)]
    assert sorts([ONE, THREE, TWO], [ONE, TWO]) == [("removed", 2, None)]
    assert sorts([ONE, TWO], [ONE, THREE]) == [("removed", 2, None), ("added", None, 2)]
    assert sorts([], [ONE]) == [("added", None, 1)]


def test_changed_words_are_shown_with_their_neighbours() -> None:
    found = changes([ONE, TWO], [ONE.replace("95%", "97%"), TWO])
    (page,) = found.pages
    assert (page.sort, page.before, page.now, found.same) == ("changed", 1, 1, 1)
    assert [(piece.sort, piece.text) for piece in page.pieces] == [
        ("gap", ""),
        ("same", "công tác năm 2025: hoàn thành"),
        ("gone", "95%"),
        ("new", "97%"),
        ("same", "nhiệm vụ được giao trong kỳ"),
        ("gap", ""),
    ]


def test_a_changed_page_behind_a_new_one_is_still_a_changed_page() -> None:
    assert sorts([ONE, TWO], [ONE, THREE, TWO.replace("2026", "2027")]) == [("added", None, 2), ("changed", 2, 3)]


def test_scans_have_no_words_to_compare() -> None:
    assert changes(["", ""], ["", ""]).has_text is False


def test_two_thousand_pages_are_compared_in_time() -> None:
    before = [f"Trang {n}. {ONE} {n * 7}" for n in range(2000)]
    now = [text.replace("95%", "96%") if n % 50 == 0 else text for n, text in enumerate(before)]
    began = time.process_time()
    found = changes(before, [*now[:300], TWO, *now[300:]])
    assert (found.changed, found.added, found.same) == (40, 1, 1960)
    assert time.process_time() - began < 5


def test_forty_pages_of_zeros_are_compared_in_time() -> None:
    before = [f"Trang {m} " + " ".join("01"[n * m % 7 % 2] for n in range(3000)) for m in range(1, 41)]
    now = [f"Trang {m} mới " + " ".join("01"[n * m % 5 % 2] for n in range(3000)) for m in range(1, 41)]
    began = time.process_time()
    found = changes(before, now)
    assert time.process_time() - began < 3
    assert found.changed == 40
    assert all(page.pieces for page in found.pages if page.sort == "changed")
