"""What readiness answers when a lower floor asks: is every bridge point ready?"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from attendance.readiness import queries
from meetings.hooks import Step
from meetings.models import Meeting


def readiness_step(meeting: Meeting) -> Step | None:
    """Answer for the rehearsal: each bridge point is checked and without a fault. A template is not rehearsed."""
    if meeting.is_template:
        return None
    totals = queries.totals(meeting)
    if not totals.total:
        return None
    words = {"faults": totals.faults, "none": totals.none + totals.under_way}
    return Step(
        title=_("Readiness of the bridge points"),
        count=totals.ready,
        of=totals.total,
        done=totals.ready == totals.total,
        missing=_("With a fault: %(faults)d; not checked or not signed off: %(none)d.") % words,
        url=reverse("attendance:readiness", args=[meeting.slug]),
    )
