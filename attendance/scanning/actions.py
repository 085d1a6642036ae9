"""What one does with doors and the devices at them: open, close, revoke. By the bridge point's operator, or the secretariat."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from attendance.scanning import facts
from attendance.scanning.models import Door, Scanner
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over

#: What the first door of a bridge point is called, whatever the screens speak: it stands on papers and in the journal.
MAIN_DOOR = "Cửa chính"
#: How many devices may be open at a bridge point at a time.
SCANNERS_AT_MOST = 40


def open_door(meeting: Meeting, *, by: Actor, bridge_point: BridgePoint, name: str = MAIN_DOOR) -> Door:
    """Give a bridge point a door where badges are read. Raises OutOfOrder when it has one of this name."""
    with transition(meeting, by=by, ability=Ability.MARK_PRESENCE) as change:
        return _new_door(change, _own(change, bridge_point), name)


def close_door(meeting: Meeting, *, by: Actor, door: Door) -> None:
    """Let no badges be read at a door any more; its devices are revoked."""
    with transition(meeting, by=by, ability=Ability.MARK_PRESENCE) as change:
        row = change.fresh(door)
        _own(change, row.bridge_point)
        if row.closed_at is not None:
            raise OutOfOrder(_("This door has been closed already."))
        for scanner in row.scanners.filter(revoked_at=None):
            _revoke(change, scanner)
        row.closed_at = change.now
        row.save(update_fields=["closed_at"])
        change.record(
            facts.DoorClosed(
                door=row.pk, name=row.name, bridge_point=row.bridge_point_id, bridge_point_name=row.bridge_point.name
            )
        )


def open_scanner(
    meeting: Meeting,
    *,
    by: Actor,
    door: Door | None = None,
    bridge_point: BridgePoint | None = None,
    name: str = "",
    is_kiosk: bool = False,
) -> Scanner:
    """Give a device at a door its address; without a door at the first one of the bridge point, which is opened if need be.

    Without a name it is numbered. Raises OutOfOrder when the door has been closed or the bridge point has too many devices.
    """
    with transition(meeting, by=by, ability=Ability.MARK_PRESENCE) as change:
        refuse_when_over(meeting)
        at = _door(change, door, bridge_point)
        open_here = Scanner.objects.filter(door__bridge_point=at.bridge_point_id, revoked_at=None).count()
        if open_here >= SCANNERS_AT_MOST:
            raise OutOfOrder(_("This bridge point has %(n)d devices. Revoke one first.") % {"n": SCANNERS_AT_MOST})
        scanner = Scanner.objects.create(
            meeting=meeting, door=at, name=name or _numbered(at), is_kiosk=is_kiosk, opened_at=change.now, opened_by=by.name
        )
        change.record(
            facts.ScannerOpened(
                scanner=scanner.pk, name=scanner.name, is_kiosk=is_kiosk, door=at.pk, door_name=at.name,
                bridge_point=at.bridge_point_id, bridge_point_name=at.bridge_point.name,
            )
        )  # fmt: skip
        return scanner


def revoke_scanner(meeting: Meeting, *, by: Actor, scanner: Scanner) -> None:
    """Make a device's address worthless."""
    with transition(meeting, by=by, ability=Ability.MARK_PRESENCE) as change:
        row = change.fresh(scanner)
        _own(change, row.door.bridge_point)
        if row.revoked_at is not None:
            raise OutOfOrder(_("This device has been revoked already."))
        _revoke(change, row)


def _own(change: Transition, bridge_point: BridgePoint) -> BridgePoint:
    here = change.fresh(bridge_point)
    if not change.by.may_mark_presence_at(here.pk):
        raise NotAllowed(_("You look after the doors of your own bridge point only."))
    return here


def _new_door(change: Transition, bridge_point: BridgePoint, name: str) -> Door:
    refuse_when_over(change.meeting)
    if bridge_point.doors.filter(name=name, closed_at=None).exists():
        raise OutOfOrder(_("Another door of this bridge point has this name: %(name)s.") % {"name": name})
    door = Door.objects.create(meeting=change.meeting, bridge_point=bridge_point, name=name)
    change.record(facts.DoorOpened(door=door.pk, name=name, bridge_point=bridge_point.pk, bridge_point_name=bridge_point.name))
    return door


def _door(change: Transition, door: Door | None, bridge_point: BridgePoint | None) -> Door:
    """Return the door that is meant, as it stands under the lock."""
    if door is not None:
        row = change.fresh(door)
        _own(change, row.bridge_point)
        if row.closed_at is not None:
            raise OutOfOrder(_("This door has been closed already."))
        return row
    if bridge_point is None:
        raise OutOfOrder(_("Choose the bridge point."))
    here = _own(change, bridge_point)
    return here.doors.filter(closed_at=None).order_by("pk").first() or _new_door(change, here, MAIN_DOOR)


def _numbered(door: Door) -> str:
    """Return the name of a device that was given none: the next number of its door, Vietnamese like the door's name."""
    return f"Máy {door.scanners.count() + 1}"


def _revoke(change: Transition, scanner: Scanner) -> None:
    scanner.revoked_at = change.now
    scanner.save(update_fields=["revoked_at"])
    door = scanner.door
    change.record(
        facts.ScannerRevoked(
            scanner=scanner.pk, name=scanner.name, door=door.pk, door_name=door.name,
            bridge_point=door.bridge_point_id, bridge_point_name=door.bridge_point.name,
        )
    )  # fmt: skip
