"""How many hands a hall can raise: who is counted there, without those who have voted themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from attendance.counting import HeadCount, counts_by_bridge_point
from meetings.models import BridgePoint
from voting.halls.models import HallTally
from voting.polls.models import Mandate, Poll


@dataclass(frozen=True)
class Room:
    """A hall in a poll: `heads` counted in it, `mandates` whose voter is there (`for_others` of them cast for somebody else),
    `voted` of these by the voter's own device."""

    name: str
    heads: int
    mandates: int
    for_others: int
    voted: int

    @property
    def left(self) -> int:
        """How many votes can still be counted by hand."""
        return max(0, min(self.mandates, self.heads + self.for_others) - self.voted)

    def sentence(self, voters: int) -> str:
        """Say why so many cannot be."""
        if not self.heads:
            return _("Nobody is counted as present in %(hall)s yet. Enter its head count first.") % {"hall": self.name}
        told = {
            "voters": voters, "hall": self.name, "left": self.left, "heads": self.heads, "mandates": self.mandates,
            "voted": self.voted,
        }  # fmt: skip
        return (
            _(
                "%(voters)d votes are more than %(hall)s can have: %(left)d. Present in the hall: %(heads)d, entitled to "
                "vote there: %(mandates)d, have voted themselves: %(voted)d."
            )
            % told
        )


def counted_too_high(poll: Poll) -> list[str]:
    """Return the halls whose accepted count is higher than what can still be counted there: people have voted since."""
    accepted = list(poll.hall_tallies.filter(state=HallTally.State.ACCEPTED).select_related("bridge_point"))
    here = Mandate.objects.filter(poll=poll, withdrawn_at=None, bridge_point__in=[one.bridge_point_id for one in accepted])
    left = dict(here.order_by().values_list("bridge_point").annotate(left=Count("pk") - Count("ballot")))
    return [one.bridge_point.short_name for one in accepted if one.voters > left.get(one.bridge_point_id, 0)]


def room_at(poll: Poll, site: BridgePoint) -> Room:
    """Return what can be counted in a hall, in three queries."""
    for_another = ~Q(voter=F("participant"))
    here = Mandate.objects.filter(poll=poll, bridge_point=site, withdrawn_at=None).aggregate(
        mandates=Count("pk"), voted=Count("ballot"), for_others=Count("pk", filter=for_another)
    )
    count = counts_by_bridge_point(poll.meeting, at=site.pk).get(site.pk, HeadCount())
    return Room(name=site.short_name, heads=count.present - count.online, **here)
