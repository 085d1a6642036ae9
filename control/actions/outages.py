"""Outages (mất kết nối): when a bridge point's line was lost while the meeting ran, and when it came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Max, QuerySet

from control import facts
from control.models import Outage
from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor


def begin_outages(meeting: Meeting, *, by: Actor, lost: Sequence[tuple[int, datetime]]) -> int:
    """Note bridge points that have been lost, each with its moment in the meeting's time; return how many were noted.

    Those that are gone or out already are passed over, and outside the meeting nothing is noted. A moment is moved into
    the meeting, behind the end of the outage before, and not beyond now.
    """
    with transition(meeting, by=by, ability=Ability.KEEP_OUTAGES) as change:
        if meeting.opened_at is None or meeting.state == Meeting.State.ADJOURNED:
            return 0
        moments = dict(lost)
        earlier = dict(_outages(meeting, moments).values_list("bridge_point_id").annotate(Max("ended_at")).order_by())
        out = set(_outages(meeting, moments).filter(ended_at=None).values_list("bridge_point_id", flat=True))
        sites = {site.pk: site for site in meeting.bridge_points.filter(pk__in=moments) if site.pk not in out}
        made = Outage.objects.bulk_create(
            Outage(
                meeting=meeting,
                bridge_point=site,
                began_at=min(change.now, max(moments[pk], meeting.opened_at, earlier.get(pk) or moments[pk])),
            )
            for pk, site in sites.items()
        )
        if made:
            change.record(facts.OutagesBegun(outages=[_begun(outage) for outage in made]))
        return len(made)


def end_outages(meeting: Meeting, *, by: Actor, returned: Sequence[int]) -> int:
    """Note that bridge points are back; return how many were out. Others are passed over."""
    with transition(meeting, by=by, ability=Ability.KEEP_OUTAGES) as change:
        return _end(change, _outages(meeting, returned))


def end_all_outages(change: Transition) -> None:
    """End the outages that are still open, within the change that adjourns the meeting."""
    _end(change, change.meeting.outages.all())


def _outages(meeting: Meeting, sites: Any) -> QuerySet[Outage]:
    return meeting.outages.filter(bridge_point_id__in=list(sites))


def _end(change: Transition, outages: QuerySet[Outage]) -> int:
    rows = list(outages.filter(ended_at=None).select_related("bridge_point"))
    if not rows:
        return 0
    open_now = Outage.objects.filter(pk__in=[row.pk for row in rows])
    late = [row for row in rows if row.began_at > change.now]  # the machine's clock was put back
    if late:
        open_now.filter(began_at__gt=change.now).update(ended_at=F("began_at"))
    open_now.filter(ended_at=None).update(ended_at=change.now)
    change.record(facts.OutagesEnded(outages=[_ended(row, max(change.now, row.began_at)) for row in rows]))
    return len(rows)


def _begun(outage: Outage) -> dict[str, Any]:
    return {
        "id": outage.pk,
        "bridge_point": outage.bridge_point_id,
        "name": outage.bridge_point.name,
        "began_at": outage.began_at.isoformat(),
    }


def _ended(outage: Outage, at: datetime) -> dict[str, Any]:
    seconds = round((at - outage.began_at).total_seconds())
    return _begun(outage) | {"ended_at": at.isoformat(), "seconds": seconds}
