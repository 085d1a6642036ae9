"""What the agenda answers when a lower floor asks: may this be done, what is still to prepare?"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.models import AgendaItem
from meetings.hooks import Step
from meetings.models import Meeting, Participant


def open_item(meeting: Meeting) -> Iterator[object]:
    """An open item keeps a meeting from being adjourned."""
    item = meeting.items.filter(state=AgendaItem.State.OPEN).first()
    if item:
        yield _("Item %(number)d is open. Close it first.") % {"number": item.position}


def has_spoken(participant: Participant) -> Iterator[object]:
    """Who stands in a list of speakers stays on the list of participants."""
    if participant.floor_requests.exists():
        yield _("%(name)s is in a list of speakers and stays in the meeting.") % {"name": participant.name}


def programme_step(meeting: Meeting) -> Step:
    """Answer for the programme."""
    count = meeting.items.count()
    return Step(
        title=_("Programme"),
        count=count,
        done=count > 0,
        missing=_("No item yet. Add the first one."),
        url=reverse("agenda:programme", args=[meeting.slug]),
    )
