"""The state of a roll call of the bridge points: the one under way, else the last one that was closed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from attendance.models import RollCall, RollCallAnswer
from meetings.models import Meeting


@dataclass(frozen=True)
class CallState:
    """One bridge point that is called: waiting, here (said at its console, or noted by hand) or silent."""

    site_id: int
    name: str
    state: str
    by_console: bool
    at: datetime | None


@dataclass(frozen=True)
class RollCallState:
    """A roll call and its answers, in the order of calling."""

    id: int
    number: int
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    calls: tuple[CallState, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is under way."""
        return self.closed_at is None

    @property
    def total(self) -> int:
        """How many are called."""
        return len(self.calls)

    @cached_property
    def waiting(self) -> list[CallState]:
        """Who is still to be called."""
        return [call for call in self.calls if call.state == "waiting"]

    @cached_property
    def here(self) -> list[CallState]:
        """Who has answered."""
        return [call for call in self.calls if call.state == "here"]

    @cached_property
    def silent(self) -> list[CallState]:
        """Who does not answer."""
        return [call for call in self.calls if call.state == "silent"]

    @property
    def done(self) -> int:
        """How many have been dealt with: here or silent."""
        return self.total - len(self.waiting)

    @property
    def all_here(self) -> bool:
        """Whether every bridge point has answered."""
        return len(self.here) == self.total

    @cached_property
    def unanswered(self) -> list[int]:
        """The bridge points whose consoles may still answer."""
        return [call.site_id for call in self.calls if call.state != "here"]

    @cached_property
    def answered(self) -> list[tuple[datetime, list[int]]]:
        """The bridge points that are here by the minute of their answer: few rows, however many there are."""
        found: dict[datetime, list[int]] = defaultdict(list)
        for call in self.here:
            if call.at:
                found[call.at.replace(second=0, microsecond=0)].append(call.site_id)
        return sorted(found.items())


def read_roll_call(meeting: Meeting, using: str) -> RollCallState | None:
    """Read the newest roll call of a meeting; nothing where none has been opened."""
    row = RollCall.objects.using(using).filter(meeting=meeting).order_by("-number").first()
    if row is None:
        return None
    answers = RollCallAnswer.objects.using(using).filter(roll_call=row).order_by("bridge_point__number")
    return RollCallState(
        id=row.pk, number=row.number, opened_at=row.opened_at, opened_by=row.opened_by, closed_at=row.closed_at,
        calls=tuple(
            CallState(*one)
            for one in answers.values_list("bridge_point_id", "bridge_point__short_name", "state", "by_console", "answered_at")
        ),
    )  # fmt: skip
