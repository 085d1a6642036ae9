"""Dates and times as people enter them: in one way whatever the language of the browser, day first, 24 hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from meetings.clockwork import read_date, read_moment, read_time

MOMENT_FORMAT, DAY_FORMAT = "%d/%m/%Y %H:%M", "%d/%m/%Y"


class MomentInput(forms.DateTimeInput):
    """A date and time as text; moments.js adds the browser's own picker beside it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"data-moment": "", "autocomplete": "off", "placeholder": "26/11/2025 08:30", "maxlength": 40}
        super().__init__(own | (attrs or {}), format=MOMENT_FORMAT)


class DayInput(forms.DateInput):
    """A day as text, with the browser's own picker beside it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"data-moment": "day", "autocomplete": "off", "placeholder": "26/11/2025", "maxlength": 40}
        super().__init__(own | (attrs or {}), format=DAY_FORMAT)


# No conference is held outside; beyond, sums of durations leave the calendar.
YEARS: list[Callable[[Any], None]] = [
    MinValueValidator(datetime(1900, 1, 1, tzinfo=UTC)),
    MaxValueValidator(datetime(2200, 1, 1, tzinfo=UTC)),
]


class Moment(forms.DateTimeField):
    """A date and time of this age."""

    default_validators = YEARS
    widget = MomentInput
    default_error_messages = {"invalid": _("Enter day and time such as 26/11/2025 08:30.")}

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment; a date at the edge of the calendar has no place in our time zone."""
        try:
            return super().to_python(self._read(value) if isinstance(value, str) and value.strip() else value)
        except (OverflowError, ValueError) as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    @staticmethod
    def _read(text: str) -> datetime:
        """Return what was typed, or an ISO moment; a day without its time is no moment. Raises ValueError."""
        known = read_moment(text) or parse_datetime(text.strip())
        if known is None:
            raise ValueError(text)
        return known


class EndMoment(Moment):
    """When something ends: a moment, or a time of day alone, which is of the day it begins."""

    default_error_messages = {"invalid": _("Enter the time such as 11:30, or day and time such as 26/11/2025 11:30.")}

    def to_python(self, value: Any) -> Any:
        """Return a moment, or a time of day for `ended`."""
        at = read_time(value) if isinstance(value, str) else None
        return at if at is not None else super().to_python(value)

    def run_validators(self, value: Any) -> None:
        """A time of day is of any age."""
        if not isinstance(value, time):
            super().run_validators(value)


class Day(forms.DateField):
    """A day of this age."""

    default_validators = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 1, 1))]
    widget = DayInput
    default_error_messages = {"invalid": _("Enter a day such as 26/11/2025.")}

    def to_python(self, value: Any) -> date | None:
        """Return the day."""
        known = read_date(value) if isinstance(value, str) else None
        return known or super().to_python(value)


def ended(start: datetime, end: datetime | time | None) -> datetime | None:
    """Return the moment something ends that begins at `start`: a time of day alone is of the same day."""
    if not isinstance(end, time):
        return end
    return from_current_timezone(datetime.combine(timezone.localtime(start).date(), end))


def end_words(start: datetime, end: datetime | None) -> str:
    """Return an end as it is entered: the time alone when it is of the day of the start."""
    if end is None:
        return ""
    own, day = timezone.localtime(end), timezone.localtime(start).date()
    return f"{own:%H:%M}" if own.date() == day else f"{own:{MOMENT_FORMAT}}"
