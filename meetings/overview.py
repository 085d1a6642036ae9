"""What a meeting still needs before it can be opened: each app answers for its part, in the order of the work."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings import hooks
from meetings.hooks import Step
from meetings.models import Meeting


def steps_of(meeting: Meeting) -> list[Step]:
    """Return the steps of preparation with their present state."""
    return [step(meeting) for step in hooks.steps_of_preparation]


def bridge_points_step(meeting: Meeting) -> Step:
    """Answer for the bridge points."""
    count = meeting.bridge_points.count()
    return Step(
        title=_("Bridge points"),
        count=count,
        done=count > 0,
        missing=_("No bridge point yet. Add the provinces in one step."),
        url=reverse("meetings:bridge_points", args=[meeting.slug]),
    )
