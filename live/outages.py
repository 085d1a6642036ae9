"""Outages: who was connected and is not, for longer than a reload takes, while the meeting runs. Kept as facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from channels.db import database_sync_to_async

from control.actions import begin_outages, end_outages
from live.closing import is_closing
from live.links import Links
from live.state import RoomState
from meetings.models import Meeting
from meetings.procedure import the_system

LASTING = 10.0  # seconds of the meeting's time: a page that is loaded anew is away for less
LASTING_REALLY = 1.0  # seconds of the machine's time, where a demonstration's clock runs fast


class OutageKeeper:
    """Records the outages of one meeting's bridge points as this process sees them."""

    def __init__(self, meeting_id: int) -> None:
        self.meeting_id = meeting_id
        self._tried: set[tuple[int, datetime]] = set()

    async def keep(self, state: RoomState, links: Links, now: datetime) -> None:
        """Begin outages of those who have been away long enough, end those of who is back.

        A service that stops cuts everybody off by itself: that is no outage of a bridge point.
        """
        if is_closing() or state.meeting.state not in ("open", "suspended"):
            return
        known = state.hand.open_outages
        away = links.lost(meeting_seconds=LASTING, seconds=LASTING_REALLY, now=now, known=known)
        opened = state.meeting.opened_at or now
        lost = [(pk, max(since, opened)) for pk, since in away.items() if (pk, since) not in self._tried]
        back = links.connected(known)
        if lost or back:
            await database_sync_to_async(_record)(self.meeting_id, lost, back)
            self._tried = {(pk, since) for pk, since in away.items()}


def _record(meeting_id: int, lost: Sequence[tuple[int, datetime]], back: Sequence[int]) -> None:
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is None:
        return
    if back:
        end_outages(meeting, by=the_system(), returned=back)
    if lost:
        begin_outages(meeting, by=the_system(), lost=lost)
