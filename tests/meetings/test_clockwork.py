"""Dates and times as people type them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django import forms

from meetings.clockwork import read_date, read_moment, read_time
from meetings.forms.moments import Day, EndMoment, Moment

HALF_PAST = datetime(2025, 11, 26, 8, 30)


@pytest.mark.parametrize(
    "text",
    ["26/11/2025 08:30", "26/11/2025 8:30", " 26-11-2025  8h30 ", "26.11.2025 8.30", "26/11/2025, 8 giờ 30 phút",
     "8:30 26/11/2025", "8h30 ngày 26/11/2025", "08:30, 26/11/2025", "26/11/2025 lúc 8g30"],
)  # fmt: skip
def test_a_moment_is_understood_however_it_is_written(text: str) -> None:
    assert read_moment(text) == HALF_PAST


@pytest.mark.parametrize(
    "text",
    ["", "26/11/2025", "8:30", "31/02/2025 8:30", "26/11/2025 24:30", "26/11/25 8:30", "11/26/2025 8:30", "\0", "9" * 5000],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_moment(text) is None


def test_times_and_days_alone() -> None:
    assert [read_time(t) for t in ("11:30", "11h", "11 giờ 30", "11h05", "25h", "x")] == [
        time(11, 30), time(11), time(11, 30), time(11, 5), None, None,
    ]  # fmt: skip
    assert [read_date(t) for t in ("26/11/2025", "2025-11-26", "2025-13-01", "26/11")] == [date(2025, 11, 26)] * 2 + [None] * 2


def test_the_fields_read_the_same_in_every_language_of_the_page() -> None:
    from django.utils import translation

    for language in ("vi", "en"):
        with translation.override(language):
            moment = Moment().clean("05/01/2026 8:30")
            assert moment is not None
            assert (moment.day, moment.month) == (5, 1)
            assert Day().clean("05/01/2026") == date(2026, 1, 5)
            assert Moment().clean("2026-01-05T08:30") == moment
            assert EndMoment(required=False).clean("11h30") == time(11, 30)
            assert EndMoment(required=False).clean("05/01/2026 8:30") == moment
            for field in (Moment(), EndMoment()):
                with pytest.raises(forms.ValidationError):
                    field.clean("01/05/26")
            with pytest.raises(forms.ValidationError):
                Moment().clean("05/01/2026")


def test_a_field_shows_what_it_reads() -> None:
    moment = Moment().clean("05/01/2026 8:30")
    shown = Moment().widget.format_value(moment)
    assert shown == "05/01/2026 08:30"
