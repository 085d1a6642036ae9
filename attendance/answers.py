"""What attendance answers when a lower floor asks: what is still to prepare, may somebody be removed?"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from attendance.models import Presence
from meetings.hooks import Step
from meetings.models import COUNTED_ROLES, Meeting, Participant, Role


def participants_step(meeting: Meeting) -> Step:
    """Answer for the list of delegates: somebody must chair."""
    numbers = meeting.participants.filter(is_excused=False).aggregate(
        delegates=Count("pk", filter=Q(role__in=COUNTED_ROLES)), chairs=Count("pk", filter=Q(role=Role.CHAIR))
    )
    return Step(
        title=_("Delegates"),
        count=numbers["delegates"],
        done=numbers["chairs"] > 0,
        missing=_("No chair yet. Add who chairs the meeting."),
        url=reverse("attendance:participants", args=[meeting.slug]),
    )


def is_marked(participant: Participant) -> Iterator[object]:
    """Whose presence has been marked stays on the list."""
    if Presence.objects.filter(participant=participant).exists():
        yield _("The presence of %(name)s has been marked; the name stays on the list.") % {"name": participant.name}
