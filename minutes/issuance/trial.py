"""What is tried before a number is given: the paper is set in type, so that what cannot be printed takes none."""

from __future__ import annotations

from datetime import date
from typing import Any

from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Actor
from minutes.issuance import filing
from minutes.models import OfficialPaper
from printing.errors import PrintingError


def try_to_print(meeting: Meeting, *, by: Actor, paper: OfficialPaper, version: int, dated: date, **_more: Any) -> dict[str, Any]:
    """Set an approved paper in type outside the lock; raise OutOfOrder with the press's sentence when that fails."""
    if paper.state == OfficialPaper.State.APPROVED and paper.version == version:
        try:
            filing.try_out(paper, dated)
        except PrintingError as error:
            raise OutOfOrder(str(error)) from error
    return {}
