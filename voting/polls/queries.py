"""What pages read of polls: one's own votes in one."""

from __future__ import annotations

from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agenda.models import AgendaItem
from agenda.running.closed import hidden_for
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from voting.polls.models import Mandate, Poll


def hidden_polls(meeting: Meeting, actor: Actor) -> Q | None:
    """Return which polls an actor does not see because of closed items they are out of; nothing where that is none.

    Those of the item, and what was put to the vote in the room while it was dealt with, under no item or another one.
    """
    out = hidden_for(meeting, actor)
    if not out:
        return None
    hidden = Q(item__in=out)
    held = AgendaItem.objects.filter(pk__in=out, opened_at__isnull=False)
    for opened_at, closed_at in held.values_list("opened_at", "closed_at"):
        meanwhile = Q(occasion=Poll.Occasion.ROOM, opened_at__gte=opened_at)
        hidden |= meanwhile & Q(opened_at__lte=closed_at) if closed_at else meanwhile
    return hidden


def is_hidden(poll: Poll, actor: Actor) -> bool:
    """Tell whether a poll is hidden from an actor; no question is asked where no item was ever closed."""
    hidden = hidden_polls(poll.meeting, actor)
    return hidden is not None and Poll.objects.filter(hidden, pk=poll.pk).exists()


def refuse_who_is_out(poll: Poll, actor: Actor) -> None:
    """Raise OutOfOrder for who is out of the closed item that a poll is held in: the same as asking for the floor there."""
    if is_hidden(poll, actor):
        raise OutOfOrder(_("This is a closed item; who is not named takes no part in it."))


class Asked(Protocol):
    """A poll, or its state on a screen."""

    id: int
    state: str


def votes_to_cast(poll: Asked, actor: Actor) -> list[dict[str, Any]]:
    """Return the votes somebody may cast in a poll, the own one first: whose each is, and whether it has been cast."""
    if actor.participant is None or not actor.may(Ability.CAST_BALLOTS):
        return []
    me = actor.participant.pk
    rows = Mandate.objects.filter(poll=poll.id, voter=me, withdrawn_at=None).order_by("pk")
    found = [
        {"participant": participant, "name": name, "done": ballot is not None, "other": participant != me}
        for participant, name, ballot in rows.values_list("participant_id", "name", "ballot__pk")
    ]
    return sorted(found, key=lambda one: bool(one["other"]))


def own_votes(poll: Asked | None, actor: Actor) -> dict[str, Any]:
    """Return what a page shows at first of the reader's own votes in the poll under way."""
    if poll is None or poll.state != Poll.State.OPEN:
        return {}
    return {"own_votes": {"poll": poll.id, "votes": votes_to_cast(poll, actor)}}


def not_voted(poll: Poll, sought: str = "") -> QuerySet[Mandate]:
    """Return whose vote has not been cast by device, by bridge point; narrowed to names, offices or bridge points."""
    rows = Mandate.objects.filter(poll=poll, withdrawn_at=None, ballot=None)
    return _narrowed(rows, sought).select_related("bridge_point", "voter__presence").order_by("bridge_point__number", "pk")


def voted(poll: Poll, sought: str = "") -> QuerySet[Mandate]:
    """Return all votes of a named poll with their ballots, by bridge point; narrowed the same way."""
    rows = Mandate.objects.filter(poll=poll)
    return _narrowed(rows, sought).select_related("bridge_point", "ballot").order_by("bridge_point__number", "pk")


def _narrowed(rows: QuerySet[Mandate], sought: str) -> QuerySet[Mandate]:
    if not sought.strip():
        return rows
    wanted = sought.strip()
    return rows.filter(
        Q(name__icontains=wanted)
        | Q(office__icontains=wanted)
        | Q(voter_name__icontains=wanted)
        | Q(bridge_point__short_name__icontains=wanted)
    )
