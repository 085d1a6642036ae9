"""What is done about incidents: reported by one side, confirmed by the other, ended by each, closed.

They may be reported before the opening, when lines are tried, and settled after the end.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from control.incidents import facts
from control.incidents.models import Incident
from control.incidents.sides import EARLIEST, TOLERANCE, Side, side_of
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor

TIMES = ("site_began_at", "centre_began_at", "site_ended_at", "centre_ended_at")


def open_incident(
    meeting: Meeting, *, by: Actor, bridge_point: BridgePoint, kind: str, note: str = "", began_at: datetime | None = None
) -> Incident:
    """Report an incident at a bridge point, for the side on which one stands; without `began_at` it begins now.

    When the other side has reported the same kind and it is open, this is its confirmation. Raises NotAllowed at another's
    bridge point, and OutOfOrder when one's own side has reported it already.
    """
    with transition(meeting, by=by, ability=Ability.REPORT_INCIDENTS) as change:
        site = change.fresh(bridge_point)
        side = _side(by, site.pk)
        began = _moment(change, began_at)
        known = site.incidents.select_related("bridge_point").filter(kind=kind, closed_at=None).first()
        if known is not None:
            _confirm(change, known, side, began)
            return known
        made = Incident(
            meeting=meeting, bridge_point=site, kind=kind, note=note, opened_at=change.now, opened_by=by.name,
            opened_by_site=side == "site",
        )  # fmt: skip
        setattr(made, f"{side}_began_at", began)
        made.save()
        change.record(facts.IncidentOpened(**_named(made), note=note, from_site=made.opened_by_site, began_at=began.isoformat()))
        return made


def confirm_incident(meeting: Meeting, *, by: Actor, incident: Incident, began_at: datetime | None = None) -> None:
    """Say for the other side that it is so, and since when; without `began_at` since now."""
    with transition(meeting, by=by, ability=Ability.REPORT_INCIDENTS) as change:
        row = _open(change, incident)
        _confirm(change, row, _side(by, row.bridge_point_id), _moment(change, began_at))


def end_incident(meeting: Meeting, *, by: Actor, incident: Incident, ended_at: datetime | None = None) -> None:
    """Say for one's own side that it is over, and since when; when both sides have said so, it is closed."""
    with transition(meeting, by=by, ability=Ability.REPORT_INCIDENTS) as change:
        row = _open(change, incident)
        side = _side(by, row.bridge_point_id)
        if getattr(row, f"{side}_ended_at") is not None:
            raise OutOfOrder(
                _("Your side has said already that this is over, at %(time)s.") % {"time": _clock(row, side, "ended")}
            )
        ended = _ended(change, row, side, ended_at)
        setattr(row, f"{side}_ended_at", ended)
        row.save(update_fields=[f"{side}_ended_at"])
        change.record(facts.IncidentEnded(**_named(row), from_site=side == "site", ended_at=ended.isoformat()))
        if row.site_ended_at is not None and row.centre_ended_at is not None:
            _close(change, row)


def close_incident(meeting: Meeting, *, by: Actor, incident: Incident, ended_at: datetime | None = None) -> None:
    """Close an incident in the control room, which says when it ended where nobody has; nothing more is said about it."""
    with transition(meeting, by=by, ability=Ability.REPORT_INCIDENTS) as change:
        if not by.may(Ability.SEE_ANY_CONSOLE):
            raise NotAllowed(_("The control room closes incidents. Say for your own side that it is over."))
        row = _open(change, incident)
        if ended_at is not None or (row.site_ended_at is None and row.centre_ended_at is None):
            row.centre_ended_at = _ended(change, row, "centre", ended_at)
        _close(change, row)


def _side(by: Actor, bridge_point_id: int) -> Side:
    side = side_of(by, bridge_point_id)
    if side is None:
        raise NotAllowed(_("You report incidents at your own bridge point only."))
    return side


def _open(change: Transition, incident: Incident) -> Incident:
    found = change.meeting.incidents.select_related("bridge_point").filter(pk=incident.pk).first()
    if found is None:
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    if found.closed_at is not None:
        raise OutOfOrder(_("This incident has been closed already, at %(time)s.") % {"time": _local(found.closed_at)})
    return found


def _confirm(change: Transition, row: Incident, side: Side, began: datetime) -> None:
    if getattr(row, f"{side}_began_at") is not None:
        raise OutOfOrder(_("Your side has reported this already, since %(time)s.") % {"time": _clock(row, side, "began")})
    ended = getattr(row, f"{side}_ended_at")
    setattr(row, f"{side}_began_at", began if ended is None else min(began, ended))
    row.save(update_fields=[f"{side}_began_at"])
    began = getattr(row, f"{side}_began_at")
    change.record(facts.IncidentConfirmed(**_named(row), from_site=side == "site", began_at=began.isoformat()))


def _ended(change: Transition, row: Incident, side: Side, given: datetime | None) -> datetime:
    ended, began = _moment(change, given), getattr(row, f"{side}_began_at")
    if began is not None and ended < began:
        raise OutOfOrder(_("It cannot end before it began, at %(time)s.") % {"time": _local(began)})
    return ended


def _close(change: Transition, row: Incident) -> None:
    row.closed_at, row.closed_by = change.now, change.by.name
    row.save(update_fields=["centre_ended_at", "closed_at", "closed_by"])
    times: dict[str, Any] = {name: at.isoformat() if (at := getattr(row, name)) else None for name in TIMES}
    change.record(facts.IncidentClosed(**_named(row), **times))


def _moment(change: Transition, given: datetime | None) -> datetime:
    """Return the moment that somebody names; now when none is named, or when a clock that is a little ahead names it."""
    if given is None or change.now < given <= change.now + TOLERANCE:
        return change.now
    if given > change.now:
        raise OutOfOrder(_("%(time)s is still to come.") % {"time": _local(given)})
    if given < change.now - EARLIEST:
        raise OutOfOrder(_("%(time)s is more than a day ago.") % {"time": f"{timezone.localtime(given):%H:%M %d/%m/%Y}"})
    return given


def _clock(row: Incident, side: Side, what: str) -> str:
    return _local(getattr(row, f"{side}_{what}_at"))


def _local(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M:%S}"


def _named(row: Incident) -> dict[str, Any]:
    return {
        "incident": row.pk,
        "bridge_point": row.bridge_point_id,
        "bridge_point_name": row.bridge_point.name,
        "kind_of_incident": str(row.kind),
    }
