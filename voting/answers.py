"""What voting answers when a lower floor asks: may the meeting be adjourned, may somebody be removed?"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models import BridgePoint, Meeting, Participant
from voting.models import HallTally, Mandate, Poll, Proxy


def undecided_polls(meeting: Meeting) -> Iterator[object]:
    """A poll in the room that is open, or closed and not declared, keeps a meeting from being adjourned."""
    for poll in meeting.polls.filter(occasion=Poll.Occasion.ROOM, state__in=[Poll.State.OPEN, Poll.State.CLOSED]):
        if poll.state == Poll.State.OPEN:
            yield _("Poll %(number)d is open. End it and declare its result first.") % {"number": poll.number}
        else:
            yield _("The result of poll %(number)d has not been declared.") % {"number": poll.number}


def has_a_mandate(participant: Participant) -> Iterator[object]:
    """Who may vote, or could, in a poll that was opened stays on the list."""
    if Mandate.objects.filter(Q(participant=participant) | Q(voter=participant)).exists():
        yield _("%(name)s may vote in a poll of this meeting; the name stays on the list.") % {"name": participant.name}
    elif Proxy.objects.filter(Q(giver=participant) | Q(holder=participant)).exists():
        yield _("%(name)s has given or holds a proxy; the name stays on the list.") % {"name": participant.name}


def puts_the_vote(body: int) -> Iterator[object]:
    """A body whose members vote in a poll, prepared or held, stays."""
    for poll in Poll.objects.filter(body=body).order_by("number"):
        yield _("Its members vote in poll %(number)d.") % {"number": poll.number}


def votes_here(site: BridgePoint) -> Iterator[object]:
    """A bridge point whose people may vote in a poll that was opened stays."""
    if Mandate.objects.filter(bridge_point=site).exists() or HallTally.objects.filter(bridge_point=site).exists():
        yield _("People vote here in a poll of this meeting.")
