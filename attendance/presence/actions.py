"""Marking people present or absent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from attendance.presence import facts
from attendance.presence.models import Presence
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over


def mark_presence(meeting: Meeting, *, by: Actor, participants: Sequence[Participant], state: str) -> int:
    """Mark participants present or absent and return how many changed; one fact for each bridge point.

    Raises NotAllowed when one of them belongs to a bridge point the actor does not look after, and OutOfOrder when
    all are marked so already or the meeting is over.
    """
    with transition(meeting, by=by, ability=Ability.MARK_PRESENCE) as change:
        refuse_when_over(meeting)
        chosen = _under_lock(meeting, participants)
        if not all(by.may_mark_presence_at(p.bridge_point_id) for p in chosen):
            raise NotAllowed(_("You mark the people of your own bridge point only."))
        changed = [p for p in chosen if _state_of(p) != state]
        if not changed:
            raise OutOfOrder(_("They are marked so already."))
        _mark(change, changed, state)
        _record(change, changed, state)
        return len(changed)


def _under_lock(meeting: Meeting, participants: Sequence[Participant]) -> list[Participant]:
    chosen = meeting.participants.filter(pk__in=[p.pk for p in participants])
    return list(chosen.select_related("presence", "bridge_point").order_by("bridge_point__number", "pk"))


def _state_of(participant: Participant) -> str | None:
    presence: Presence | None = getattr(participant, "presence", None)
    return presence.state if presence else None


def _mark(change: Transition, participants: Sequence[Participant], state: str) -> None:
    rows = [Presence(meeting=change.meeting, participant=p, state=state, marked_at=change.now) for p in participants]
    Presence.objects.bulk_create(rows, update_conflicts=True, unique_fields=["participant"], update_fields=["state", "marked_at"])


def _record(change: Transition, participants: Sequence[Participant], state: str) -> None:
    groups: dict[BridgePoint | None, list[Participant]] = defaultdict(list)
    for p in participants:
        groups[p.bridge_point].append(p)
    for bridge_point, people in groups.items():
        rows = [{"id": p.pk, "name": p.name, "office": p.office} for p in people]
        change.record(
            facts.PresenceMarked(
                bridge_point=bridge_point.pk if bridge_point else None,
                bridge_point_name=bridge_point.name if bridge_point else "",
                state=state,
                participants=rows,
            )
        )
