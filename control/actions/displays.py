"""What the secretariat does to displays: give them an address, tell them what to show, take the address away."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from control import facts
from control.addressing import chosen
from control.models import Announcement, Display
from control.steering import show_on
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor


def open_display(meeting: Meeting, *, by: Actor, name: str, bridge_point: BridgePoint | None = None) -> Display:
    """Give a public display an address of its own."""
    with transition(meeting, by=by, ability=Ability.STEER_DISPLAYS) as change:
        if meeting.displays.filter(name=name, revoked_at=None).exists():
            raise OutOfOrder(_("Another display has this name: %(name)s.") % {"name": name})
        bridge_point = change.fresh(bridge_point) if bridge_point else None
        display = Display.objects.create(meeting=meeting, name=name, bridge_point=bridge_point)
        where = bridge_point.name if bridge_point else ""
        change.record(facts.DisplayOpened(display=display.pk, name=name, bridge_point=where))
        return display


def revoke_display(meeting: Meeting, *, by: Actor, display: Display) -> None:
    """Make a display's address worthless."""
    with transition(meeting, by=by, ability=Ability.STEER_DISPLAYS) as change:
        row = change.fresh(display)
        if row.revoked_at is not None:
            raise OutOfOrder(_("This display has been revoked already."))
        row.revoked_at = change.now
        row.save(update_fields=["revoked_at"])
        change.record(facts.DisplayRevoked(display=row.pk, name=row.name))


def steer_displays(
    meeting: Meeting,
    *,
    by: Actor,
    mode: str,
    displays: Sequence[Display] = (),
    bridge_point: BridgePoint | None = None,
    announcement: Announcement | None = None,
) -> int:
    """Tell displays what to show and return how many: those named, those of one bridge point, or (neither) all.

    The mode "announcement" shows one that stands. Raises OutOfOrder when nothing would change, or a display has gone.
    """
    with transition(meeting, by=by, ability=Ability.STEER_DISPLAYS) as change:
        rows = _steered(change, displays, bridge_point)
        shown = _standing(change, announcement) if mode == Display.Mode.ANNOUNCEMENT else None
        wanted = (mode, shown.pk if shown else None)
        if all((row.mode, row.announcement_id) == wanted for row in rows):
            raise OutOfOrder(_("The displays show this already."))
        change.record(show_on(rows, mode=mode, announcement=shown, everywhere=not displays and bridge_point is None))
        return len(rows)


def _steered(change: Transition, displays: Sequence[Display], bridge_point: BridgePoint | None) -> list[Display]:
    standing = change.meeting.displays.filter(revoked_at=None)
    if displays:
        return chosen(standing, displays, gone=_("One of these displays has been revoked. Reload the page."))
    rows = list(standing.filter(bridge_point=change.fresh(bridge_point)) if bridge_point else standing)
    if not rows:
        raise OutOfOrder(_("There is no display here yet."))
    return rows


def _standing(change: Transition, announcement: Announcement | None) -> Announcement:
    if announcement is None:
        raise OutOfOrder(_("Choose the announcement that the displays shall show."))
    row: Announcement = change.fresh(announcement)
    if row.withdrawn_at is not None:
        raise OutOfOrder(_("This announcement has been withdrawn already."))
    return row
