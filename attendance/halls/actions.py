"""Entering how many people sit in a hall without accounts, and taking it back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from attendance.halls import facts
from attendance.presence.models import HallCount
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor


def enter_hall_count(
    meeting: Meeting, *, by: Actor, bridge_point: BridgePoint, present: int, expected: int | None = None
) -> HallCount:
    """Enter how many are in a hall, of how many (`expected` empty: of its list); the last count stands.

    What was written on paper may be entered when the meeting is over. Raises NotAllowed for another's bridge point, and
    OutOfOrder when this was entered already.
    """
    with transition(meeting, by=by, ability=Ability.MARK_PRESENCE) as change:
        site = _own(change, bridge_point)
        before = HallCount.objects.filter(bridge_point=site).first()
        if before and (before.present, before.expected) == (present, expected):
            raise OutOfOrder(_("This count has been entered already, by %(who)s.") % {"who": before.counted_by})
        counted = {"present": present, "expected": expected, "counted_at": change.now, "counted_by": by.name}
        row, _made = HallCount.objects.update_or_create(bridge_point=site, defaults={"meeting": meeting, **counted})
        change.record(
            facts.HallCountEntered(bridge_point=site.pk, bridge_point_name=site.name, present=present, expected=expected)
        )
        return row


def withdraw_hall_count(meeting: Meeting, *, by: Actor, bridge_point: BridgePoint) -> None:
    """Take a head count back, so that the hall is counted by its names again."""
    with transition(meeting, by=by, ability=Ability.MARK_PRESENCE) as change:
        site = _own(change, bridge_point)
        gone, _rows = HallCount.objects.filter(bridge_point=site).delete()
        if not gone:
            raise OutOfOrder(_("No head count has been entered for this bridge point."))
        change.record(facts.HallCountWithdrawn(bridge_point=site.pk, bridge_point_name=site.name))


def _own(change: Transition, bridge_point: BridgePoint) -> BridgePoint:
    site = change.fresh(bridge_point)
    if not change.by.may_mark_presence_at(site.pk):
        raise NotAllowed(_("You count the people of your own bridge point only."))
    return site
