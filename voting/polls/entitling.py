"""Who may vote in a poll, worked out when it is opened and frozen then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agenda.running.closed import Standing, is_in, shut_items
from attendance.models import THERE
from meetings.models import Meeting, Participant, Role
from voting.polls.models import Poll
from voting.proxies.models import Proxy

VOTING_ROLES = (Role.CHAIR, Role.DELEGATE)


@dataclass(frozen=True)
class Entitled:
    """A vote: whose it is, who may cast it (oneself, a substitute, a proxy), and where that person is, or belongs."""

    participant: Participant
    voter: Participant

    @property
    def site(self) -> int | None:
        """The bridge point at which the voter is, or belongs."""
        presence = getattr(self.voter, "presence", None)
        where = presence.bridge_point_id if presence is not None and presence.state in THERE else None
        return where or self.voter.bridge_point_id


def entitled_in(poll: Poll, meeting: Meeting) -> list[Entitled]:
    """Return who may vote: the members of the poll's body, or without one the chair and the delegates, of a closed item those in.

    A substitute votes for whom they stand in for, where the body counts substitutes, unless they have a vote of their own. Then
    come proxies, where the poll allows them: the first given first, for one holder at most so many, and never for whom somebody
    stands in already.
    """
    people = {one.pk: one for one in _people(poll, meeting)}
    stands_in = _substitutes(poll, people)
    voters = {pk: stands_in.get(pk, one) for pk, one in people.items()}
    if poll.proxies_at_most:
        held: Counter[int] = Counter()
        proxies = Proxy.objects.filter(meeting=meeting, ended_at=None, giver__in=people, holder__in=people).order_by("pk")
        for giver, holder in proxies.values_list("giver_id", "holder_id"):
            if giver not in stands_in and held[holder] < poll.proxies_at_most:
                held[holder] += 1
                voters[giver] = people[holder]
    return [Entitled(one, voters[pk]) for pk, one in people.items()]


def _people(poll: Poll, meeting: Meeting) -> list[Participant]:
    if poll.body_id is not None:
        found = Participant.objects.filter(bodies=poll.body_id)
    else:
        # Who is replaced has given the seat, and the vote, to the substitute, who is on the list.
        found = Participant.objects.filter(meeting=meeting, role__in=VOTING_ROLES, substitute=None)
    people = list(found.select_related("presence", "substitute__presence").order_by("bridge_point__number", "pk"))
    if poll.body_id is None:  # members of a body are its members behind closed doors too: nobody makes it smaller by closing them
        out = kept_out(poll, meeting, people)
        return [one for one in people if one.pk not in out]
    return people


def kept_out(poll: Poll, meeting: Meeting, people: Iterable[Participant]) -> set[int]:
    """Return which of some people are out of the closed item that a poll is put in; no question where no item was ever closed."""
    if not meeting.has_closed_items:
        return set()
    shut = [
        one
        for one in shut_items(meeting.pk, meeting.items.filter(in_camera=True))
        if one.item == poll.item_id or (one.is_open and poll.occasion == Poll.Occasion.ROOM)
    ]
    return {one.pk for one in people if not all(is_in(_standing(one), item) for item in shut)}


def _standing(one: Participant) -> Standing:
    leads = one.role in (Role.CHAIR, Role.SECRETARY)
    return Standing(leads=leads, role=one.role, site=one.bridge_point_id, person=one.pk)


def _substitutes(poll: Poll, people: Mapping[int, Participant]) -> dict[int, Participant]:
    if poll.body is None or not poll.body.counts_substitutes:
        return {}
    found = {pk: getattr(one, "substitute", None) for pk, one in people.items()}
    return {pk: one for pk, one in found.items() if one is not None and one.pk not in people}
