"""What a line of paper means beside what is known of a person."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from attendance.presence.standing import Span, Standing
from packets.folder.codes import form_numbers, read_code
from packets.folder.judging import Incomplete, Judged, Paper, judge
from packets.folder.times import clock_time, plain_time

ZONE = timezone(timedelta(hours=7))
HERE, ELSEWHERE = 15, 9


def at(text: str, seconds: int = 0) -> datetime:
    hour, minute = map(int, text.split(":"))
    return datetime(2025, 11, 26, hour, minute, seconds, tzinfo=ZONE)


def paper(arrived: str = "", departed: str = "", absent: bool = False) -> Paper:
    return Paper(at(arrived) if arrived else None, at(departed) if departed else None, absent)


def known(state: str = "", since: str = "", where: int = HERE) -> Standing:
    if not state:
        return Standing()
    stays = (Span(where, False, at("07:00"), at(since) if state == "left" else None),) if state != "absent" else ()
    return Standing(state, where, at(since, seconds=31), None, stays)


CAME, GONE, BACK = ("present", at("08:05")), ("left", at("10:10")), ("present", at("10:30"))


@pytest.mark.parametrize(
    ("standing", "line", "done"),
    [
        (known(), paper("08:05"), Judged("new", (CAME,))),
        (known(), paper("08:05", "10:10"), Judged("new", (CAME, GONE))),
        (known(), paper(absent=True), Judged("new", (("absent", None),))),
        (known("present", "08:05"), paper("08:05"), Judged("same")),
        (known("present", "07:55"), paper("08:05"), Judged("same")),
        (known("online", "07:55"), paper("08:05"), Judged("same")),
        (known("present", "07:55"), paper("08:05", "10:10"), Judged("changed", (GONE,))),
        (known("present", "07:55"), paper("", "10:10"), Judged("changed", (GONE,))),
        (known("present", "08:30"), paper("08:05", "10:10"), Judged("changed", (GONE,), arrival_kept=True)),
        (known("present", "08:30"), paper("08:05"), Judged("kept")),
        (known("present", "10:20"), paper("08:05", "10:10"), Judged("kept")),
        (known("present", "07:55"), paper(absent=True), Judged("kept")),
        (known("present", "07:55", ELSEWHERE), paper("08:05", "10:10"), Judged("kept")),
        (known("left", "10:10"), paper("08:05", "10:10"), Judged("same")),
        (known("left", "10:10"), paper("08:05"), Judged("same")),
        (known("left", "09:00"), paper("08:05", "10:10"), Judged("kept")),
        (known("left", "10:10"), paper("10:30"), Judged("changed", (BACK,))),
        (known("left", "10:10"), paper(absent=True), Judged("kept")),
        (known("absent", "08:00"), paper("08:05"), Judged("changed", (CAME,))),
        (known("absent", "08:30"), paper("08:05"), Judged("kept")),
        (known("absent", "08:30"), paper(absent=True), Judged("same")),
    ],
)  # fmt: skip
def test_what_was_marked_after_the_paper_stands(standing: Standing, line: Paper, done: Judged) -> None:
    assert judge(standing, line, HERE) == done


@pytest.mark.parametrize("standing", [known(), known("absent", "08:00")])
def test_nobody_leaves_who_has_not_come(standing: Standing) -> None:
    with pytest.raises(Incomplete):
        judge(standing, paper("", "10:10"), HERE)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("08:05", "08:05"), ("8:05", "08:05"), ("8h05", "08:05"), ("8g05", "08:05"), ("8.05", "08:05"), ("805", "08:05"),
        ("0805", "08:05"), ("8h", "08:00"), ("08:05:00", "08:05"), ("8 giờ 5 phút", "08:05"), ("23:59", "23:59"),
        ("24:00", None), ("8:60", None), ("8", None), ("8:", None), ("sáng", None), ("-1:00", None), ("٠٨:٠٥", "08:05"),
        ("9999", None), ("", None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(written: str, meant: str | None) -> None:
    found = clock_time(written)
    assert (found and f"{found:%H:%M}") == meant


def test_a_cell_of_a_spreadsheet_is_a_time_too() -> None:
    assert [plain_time(value) for value in (0.336805556, datetime(1899, 12, 31, 8, 5), "08:05:00", 805, None, True, 0.99999)] == [
        "08:05", "08:05", "08:05:00", "805", "", "", "23:59",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15-DD", (15, "attendance")), ("15 dd", (15, "attendance")), ("15-sc", (15, "incidents")), ("15-DN", (15, "hall")),
        ("3", (3, "")), ("15–BQ", (15, "notes")), ("15-ZZ", None), ("DD", None), ("", None), ("9" * 30, None), ("١٥", (15, "")),
    ],
)  # fmt: skip
def test_the_code_at_the_corner_of_a_form_leads_to_its_part(typed: str, meant: tuple[int, str] | None) -> None:
    assert read_code(typed) == meant


def test_a_time_within_an_earlier_stay_is_kept_for_a_person_to_settle() -> None:
    stays = (Span(HERE, False, at("07:00"), at("08:30")),)
    assert judge(Standing("absent", HERE, at("08:00"), None, stays), paper("08:10"), HERE) == Judged("kept")


def test_a_form_bears_the_code_of_its_province_where_it_alone_has_it() -> None:
    sites = [(1, 1, ""), (2, 8, "15"), (3, 15, ""), (4, 9, "42"), (5, 10, "42"), (6, 11, "02704"), (7, 12, "H26"), (8, 42, "")]
    assert form_numbers(sites) == {1: 1, 2: 15, 3: 100_015, 4: 9, 5: 10, 6: 2704, 7: 12, 8: 100_042}
