"""What displays show: the change in the tables, and the fact that tells it."""

from __future__ import annotations

from collections.abc import Sequence

from control import facts
from control.addressing import named
from control.models import Announcement, Display


def show_on(
    displays: Sequence[Display], *, mode: str, announcement: Announcement | None, everywhere: bool
) -> facts.DisplaysSteered:
    """Let displays show something and return the fact. `everywhere`: these are all displays of the meeting that stand."""
    rows = Display.objects.filter(meeting=displays[0].meeting_id, revoked_at=None)
    if not everywhere:
        rows = rows.filter(pk__in=[display.pk for display in displays])
    rows.update(mode=mode, announcement=announcement)
    return facts.DisplaysSteered(
        mode=mode,
        announcement=announcement.pk if announcement else None,
        all=everywhere,
        count=len(displays),
        displays=[] if everywhere else named(displays),
    )
