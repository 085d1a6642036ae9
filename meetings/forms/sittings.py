"""Any number of sittings in a form: rows `sitting_N`, `title_N`, `starts_N` and `ends_N` of what was sent, judged in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from meetings import actions
from meetings.forms.moments import EndMoment, Moment, MomentInput, end_words, ended
from meetings.models import Sitting

ROW_LIMIT = 60
_NUMBERED = re.compile(r"(?:title|starts|ends)_(\d{1,3})")


def initial_rows(sittings: Iterable[Sitting], *, shift: Any = None) -> dict[str, Any]:
    """Return sittings as initial values of their rows, moved by `shift` (a timedelta)."""
    found: dict[str, Any] = {}
    for n, row in enumerate(sittings, start=1):
        starts, ends = row.starts_at, row.ends_at
        if shift is not None:
            starts, ends = starts + shift, ends + shift if ends else None
        found |= {f"sitting_{n}": row.pk, f"title_{n}": row.title, f"starts_{n}": starts, f"ends_{n}": end_words(starts, ends)}
    return found


class SittingRows(forms.Form):
    """As many rows as were sent, or as the initial values have, and `blank` more; rows left empty are passed over."""

    def __init__(self, *args: Any, blank: int = 2, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = {int(match[1]) for name in (self.data or self.initial) if (match := _NUMBERED.fullmatch(name))}
        self.numbers = sorted(found)[: ROW_LIMIT + 1]
        if not self.is_bound:
            last = self.numbers[-1] if self.numbers else 0
            self.numbers += range(last + 1, last + 1 + blank)
        if not self.numbers:
            self.numbers = [1]
        for n in self.numbers:
            self.fields.update(_row(n, first=n == self.numbers[0]))

    @property
    def rows(self) -> Iterator[dict[str, BoundField]]:
        """The rows of the page, in order."""
        for n in self.numbers:
            yield {part: self[f"{part}_{n}"] for part in ("sitting", "title", "starts", "ends")}

    @property
    def empty_row(self) -> dict[str, BoundField]:
        """The row that sittings.js copies; N stands for its number."""
        blank = _Blank(auto_id=self.auto_id)
        return {part: blank[f"{part}_N"] for part in ("sitting", "title", "starts", "ends")}

    def clean(self) -> dict[str, Any]:
        """Check each sitting, and that they follow one another without overlapping."""
        data = super().clean() or {}
        last: datetime | None = None
        if len(self.numbers) > ROW_LIMIT:
            raise forms.ValidationError(_("A meeting has at most %(limit)d sittings.") % {"limit": ROW_LIMIT})
        for n in self.numbers:
            start, end = data.get(f"starts_{n}"), data.get(f"ends_{n}")
            if start is None and (end or data.get(f"title_{n}")) and not self.errors.get(f"starts_{n}"):
                self.add_error(f"starts_{n}", _("This sitting has no start. Enter its start."))
            if start is None:
                continue
            end = data[f"ends_{n}"] = ended(start, end)
            if end and end <= start:
                self.add_error(f"ends_{n}", _("The end is before the start. Change it."))
            if last and start < last:
                self.add_error(f"starts_{n}", _("This sitting begins before the one before it ends. Change it."))
            last = end or start
        return data

    def sittings(self) -> list[actions.NewSitting]:
        """Return the sittings in order."""
        data = self.cleaned_data
        return [
            actions.NewSitting(
                starts_at=data[f"starts_{n}"],
                ends_at=data[f"ends_{n}"],
                title=data[f"title_{n}"],
                sitting=data[f"sitting_{n}"],
            )
            for n in self.numbers
            if data[f"starts_{n}"]
        ]


def _row(n: int | str, *, first: bool = False) -> dict[str, forms.Field]:
    return {
        f"sitting_{n}": forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput),
        f"title_{n}": forms.CharField(label=_("Name of the sitting"), max_length=200, required=False),
        f"starts_{n}": Moment(label=_("From"), required=first),
        f"ends_{n}": EndMoment(label=_("Until"), required=False, widget=MomentInput({"placeholder": "11:30"})),
    }


class _Blank(forms.Form):
    """The row of nobody's number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields.update(_row("N"))
