"""The two sides of an incident: who speaks for which, how far their clocks may be apart, which lost line it was. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from meetings.models import Role
from meetings.procedure import Ability, Actor

Side = Literal["site", "centre"]
EARLIEST = timedelta(days=1)  # what is said to have been longer ago is a slip
TOLERANCE = timedelta(minutes=2)  # by which a page's clock may be ahead


def side_of(by: Actor, bridge_point_id: int) -> Side | None:
    """Return the side on which an actor stands: at the bridge point its operator and technician, else the control room."""
    if not by.may(Ability.REPORT_INCIDENTS):
        return None
    own = by.participant
    if own is not None and own.role in (Role.OPERATOR, Role.TECHNICIAN) and own.bridge_point_id == bridge_point_id:
        return "site"
    return "centre" if by.may(Ability.SEE_ANY_CONSOLE) else None


def is_outage_of(began: datetime, ended: datetime | None, lost: datetime, back: datetime | None) -> bool:
    """Tell whether a line that was lost and came `back` is what was reported as an incident from `began` until `ended`.

    People press a button some seconds or minutes later than the line has gone, and a page's clock may differ.
    """
    return (ended is None or lost <= ended + TOLERANCE) and (back is None or back >= began - TOLERANCE)
