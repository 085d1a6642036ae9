"""What a bridge point's console shows of its own count in the vote under way."""

from __future__ import annotations

from typing import Any

from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from voting.halls.limits import room_at
from voting.halls.models import HallTally
from voting.polls.models import Poll
from voting.polls.queries import is_hidden


def tally_of(meeting: Meeting, actor: Actor, site: BridgePoint) -> dict[str, Any]:
    """Return the vote in the room that is under way, the count of this hall in it, and how many it can still have."""
    running = meeting.polls.filter(occasion=Poll.Occasion.ROOM, state__in=(Poll.State.OPEN, Poll.State.CLOSED))
    poll = max(running, key=lambda one: (one.state == Poll.State.OPEN, one.opened_at), default=None)
    if poll is None or not actor.may_look_after(Ability.COUNT_HALL, site.pk) or is_hidden(poll, actor):
        return {"tally_poll": None}
    tally = HallTally.objects.filter(poll=poll, bridge_point=site).first()
    votes = tally.votes if tally else {}
    return {
        "tally_poll": poll,
        "tally": tally,
        "hall_room": room_at(poll, site),
        "tally_options": [(one, votes.get(str(one.position), "")) for one in poll.options.order_by("position")],
    }
