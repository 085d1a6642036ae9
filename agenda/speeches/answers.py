"""What the speeches answer when a lower floor asks: what is still to prepare."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.models import Speech
from meetings.deadlines.models import DeadlineKind
from meetings.hooks import Step
from meetings.models import Meeting

State = Speech.State


def speeches_step(meeting: Meeting) -> Step | None:
    """Answer for the registered speeches: all are decided, some are picked; nothing where none are registered."""
    if not meeting.speech_calls.exists():
        return None
    states = list(meeting.speeches.exclude(state=State.WITHDRAWN).order_by().values_list("state", flat=True))
    picked, waiting = states.count(State.PICKED), states.count(State.OFFERED)
    missing: object = _("No speech has been picked yet.")
    if waiting:
        missing = _("Speeches that wait for a decision: %(count)d.") % {"count": waiting}
    return Step(
        title=_("Registered speeches"),
        count=picked,
        of=len(states) or None,
        done=picked > 0 and not waiting,
        missing=missing,
        url=reverse("agenda:speeches", args=[meeting.slug]),
        deadline=DeadlineKind.PROGRAMME.value,
    )
