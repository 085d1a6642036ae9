"""What a device sends: a batch of scans as JSON, read with care."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms

from attendance.scanning.models import Direction, Scan

MOST = 200  # scans in one batch
UNSENT_AT_MOST = 5_000  # more than a device holds: what says more is shown so many
_FAR = 2**53  # milliseconds; a browser counts no further


class ScanForm(forms.Form):
    """One scan as a device sends it: what was read in one of three ways, when by the device's clock, what was answered."""

    key = forms.UUIDField()
    turn = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    at = forms.IntegerField(min_value=0, max_value=_FAR)
    direction = forms.ChoiceField(choices=Direction.choices)
    way = forms.ChoiceField(choices=Scan.Way.choices)
    code = forms.CharField(required=False, max_length=400)
    short = forms.CharField(required=False, max_length=40)
    participant = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    move = forms.BooleanField(required=False)
    offline = forms.BooleanField(required=False)
    verdict = forms.ChoiceField(required=False, choices=Scan.Verdict.choices)
    undoes = forms.UUIDField(required=False)


class BatchForm(forms.Form):
    """What stands around the scans: the device's clock, and how many it has not sent."""

    now = forms.IntegerField(min_value=0, max_value=_FAR)
    unsent = forms.IntegerField(min_value=0, max_value=10**6, required=False)


class Malformed(ValueError):
    """What came is no batch; the words are for who writes a client."""


@dataclass(frozen=True)
class Sent:
    """One scan as it came; `at`: the machine's time at which it was read, by the device's clock set right."""

    key: UUID
    turn: int
    at: datetime
    direction: str
    way: str
    code: str
    short: str
    participant: int | None
    move: bool
    offline: bool
    verdict: str
    undoes: UUID | None


@dataclass(frozen=True)
class Batch:
    """Scans in the order in which the device made them, each once."""

    unsent: int
    scans: list[Sent]


def read_batch(body: bytes, received: datetime) -> Batch:
    """Return what a device sent. Its clock may be wrong: what it says of now and what we know of it set all moments right.

    A scan is never later than it came. Raises Malformed.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("this is no JSON") from None
    rows = said.get("scans") if isinstance(said, dict) else None
    if not isinstance(rows, list) or len(rows) > MOST or not all(isinstance(row, dict) for row in rows):
        raise Malformed(f"scans must be a list of at most {MOST}")
    around = {"now": said.get("now"), "unsent": said.get("unsent") or 0}
    if any(isinstance(value, list | dict) for value in around.values()):  # a form would spell them out, however deep
        raise Malformed("now and unsent must be numbers")
    about = BatchForm(around)
    if not about.is_valid():
        raise Malformed(about.errors.as_json())
    now = about.cleaned_data["now"]
    scans = {one.key: one for one in (_read(row, now, received) for row in rows)}
    return Batch(min(about.cleaned_data["unsent"] or 0, UNSENT_AT_MOST), sorted(scans.values(), key=lambda one: one.turn))


def _read(row: dict[str, Any], now: int, received: datetime) -> Sent:
    form = ScanForm({name: value for name, value in row.items() if value is not None and not isinstance(value, list | dict)})
    if not form.is_valid():
        raise Malformed(form.errors.as_json())
    data = form.cleaned_data
    ago = timedelta(milliseconds=min(max(0, now - data["at"]), 7 * 24 * 3600 * 1000))
    return Sent(**data | {"at": received - ago})
