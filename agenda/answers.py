"""What the agenda answers when a lower floor asks: may this be done, what is still to prepare?"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.models import AgendaItem
from agenda.queries import draft_snapshot
from meetings.deadlines.models import DeadlineKind
from meetings.hooks import Step
from meetings.models import Meeting, Participant, Sitting


def open_item(meeting: Meeting) -> Iterator[object]:
    """An open item keeps a meeting from being adjourned."""
    item = meeting.items.filter(state=AgendaItem.State.OPEN).first()
    if item:
        yield _("Item %(number)s is open. Close it first.") % {"number": item.label}


def has_spoken(participant: Participant) -> Iterator[object]:
    """Who stands in a list of speakers stays on the list of participants."""
    if participant.floor_requests.exists():
        yield _("%(name)s is in a list of speakers and stays in the meeting.") % {"name": participant.name}


def sitting_with_items(sitting: Sitting) -> Iterator[object]:
    """A sitting that has items stays."""
    if sitting.items.exists():
        yield _("Sitting %(number)d has items in the programme. Move or remove them first.") % {"number": sitting.number}


def programme_step(meeting: Meeting) -> Step:
    """Answer for the programme: there is one."""
    count = meeting.items.count()
    return Step(
        title=_("Programme"),
        count=count,
        done=count > 0,
        missing=_("No item yet. Add the first one."),
        url=reverse("agenda:programme", args=[meeting.slug]),
    )


def release_step(meeting: Meeting) -> Step:
    """Answer for its release: the newest one is the programme as it stands."""
    last = meeting.releases.first()
    missing: object = _("Not released yet: nobody else sees the programme.")
    if last is not None:
        missing = _("The programme has been changed since release %(number)d.") % {"number": last.number}
    done = last is not None and meeting.state != Meeting.State.PLANNED
    if last is not None and not done:
        done = last.snapshot == draft_snapshot(meeting, sittings=list(meeting.sittings.all()))  # read with the frame already
    return Step(
        title=_("Release of the programme"),
        count=last.number if last else 0,
        done=done,
        missing=missing,
        url=reverse("agenda:releases", args=[meeting.slug]),
        deadline=DeadlineKind.PROGRAMME.value,
    )
