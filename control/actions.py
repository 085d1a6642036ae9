"""What the secretariat does to displays: give them an address, take it away."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from control import facts
from control.models import Display
from meetings.errors import OutOfOrder
from meetings.journal import transition
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
