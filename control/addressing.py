"""Whom something is for: rows that were chosen on a page, as they stand under the lock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.models import BridgePoint, Meeting

Row = TypeVar("Row", bound=Model)
GONE = _("This has been removed by somebody else in the meantime.")


def chosen(rows: QuerySet[Row], wanted: Sequence[Row], *, gone: object = GONE) -> list[Row]:
    """Return the wanted rows afresh; raise OutOfOrder when one of them is not among `rows` any more."""
    keys = {row.pk for row in wanted}
    found = list(rows.filter(pk__in=keys))
    if len(found) != len(keys):
        raise OutOfOrder(gone)
    return found


def addressed(meeting: Meeting, sites: Sequence[BridgePoint]) -> list[BridgePoint]:
    """Return the bridge points that something is for, in order; none when it is for all of them, named or not."""
    if not sites:
        return []
    found = chosen(meeting.bridge_points.all(), sites)
    return [] if len(found) == meeting.bridge_points.count() else found


def named(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Return rows as facts name them."""
    return [{"id": row.pk, "name": row.name} for row in rows]
