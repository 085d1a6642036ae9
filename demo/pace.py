"""How the demonstration's clock is led from one moment to the next: it runs fast, or leaps where it would outrun the work."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import datetime

from meetings import clock
from meetings.actions import set_clock
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Actor

FASTEST_RUN = 600.0  # meeting seconds in a second; above it, a command would take minutes of the meeting's time
LOOK_EVERY = 1.0  # seconds: the clock may be set by hand meanwhile


class Run:
    """The clock runs at `speed`; the player waits until it shows the moment."""

    def __init__(self, meeting: Meeting, by: Actor, speed: float) -> None:
        self.meeting, self.by = meeting, by
        set_clock(meeting, by=by, rate=speed)

    def until(self, moment: datetime) -> None:
        """Return when the meeting's clock shows `moment`, at once when it has passed."""
        while left := clock.real_seconds_until(self.meeting, moment):
            time.sleep(min(left, LOOK_EVERY))
            self.meeting.refresh_from_db()


class Leap:
    """The clock stays at its ordinary rate and is set forward to each moment, so that facts bear the planned times."""

    def __init__(self, meeting: Meeting, by: Actor, speed: float) -> None:
        self.meeting, self.by, self.speed = meeting, by, speed
        if meeting.clock_rate != 1.0:
            set_clock(meeting, by=by, rate=1.0)

    def until(self, moment: datetime) -> None:
        """Wait the gap at `speed`, then set the clock to `moment` unless it is there already."""
        gap = (moment - clock.now(self.meeting)).total_seconds()
        if gap <= 0:
            return
        time.sleep(gap / self.speed)
        with suppress(OutOfOrder):  # while it waited for the lock, the clock came there by itself
            set_clock(self.meeting, by=self.by, rate=1.0, base=moment)


def pace_of(meeting: Meeting, by: Actor, speed: float) -> Run | Leap:
    """Return the pace for a speed in meeting seconds a second."""
    return (Run if speed <= FASTEST_RUN else Leap)(meeting, by, speed)
