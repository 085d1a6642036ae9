"""The floor: asked for, given, yielded, or the request withdrawn."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agenda import facts
from agenda.models import AgendaItem, FloorRequest
from agenda.timing import running_seconds
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant
from meetings.procedure import Ability, Actor


def request_floor(
    meeting: Meeting,
    *,
    by: Actor,
    participant: Participant | None = None,
    bridge_point: BridgePoint | None = None,
) -> FloorRequest:
    """Ask for the floor under the open item: for oneself, or for a bridge point that names its speaker later.

    A delegate asks for oneself, an operator for the own bridge point or its people; who gives the floor asks for anybody.
    """
    with transition(meeting, by=by, ability=Ability.ASK_FOR_FLOOR) as change:
        item = _open_item(meeting)
        who, where = _who_asks(change, participant, bridge_point)
        _refuse_second_wish(item, who, where)
        wish = FloorRequest.objects.create(
            meeting=meeting, item=item, participant=who, bridge_point=where, requested_at=change.now
        )
        change.record(facts.FloorRequested(request=wish.pk, item=item.pk, **_names(wish)))
        return wish


def withdraw_floor(meeting: Meeting, *, by: Actor, request: FloorRequest) -> None:
    """Take back a waiting request: one's own, one of one's bridge point, or any for who gives the floor."""
    with transition(meeting, by=by, ability=Ability.ASK_FOR_FLOOR) as change:
        wish: FloorRequest = change.fresh(request)
        _may_speak_for(by, wish.participant, wish.bridge_point)
        _must_wait(wish)
        wish.state = FloorRequest.State.WITHDRAWN
        wish.save(update_fields=["state"])
        names = _names(wish)
        change.record(facts.FloorWithdrawn(request=wish.pk, name=names["name"], bridge_point=names["bridge_point"]))


def give_floor(meeting: Meeting, *, by: Actor, request: FloorRequest, ending: FloorRequest | None = None) -> None:
    """Give the floor to who waits. `ending` names the speech the actor sees running: it ends in the same step."""
    with transition(meeting, by=by, ability=Ability.GIVE_FLOOR) as change:
        _open_item(meeting)
        wish: FloorRequest = change.fresh(request)
        _must_wait(wish)
        running = meeting.floor_requests.filter(state=FloorRequest.State.SPEAKING).first()
        if running and (ending is None or running.pk != ending.pk):
            raise OutOfOrder(_("%(name)s has the floor. End that speech first.") % {"name": running.who})
        if running is None and ending is not None:
            raise OutOfOrder(_("The speech of %(name)s has ended already.") % {"name": ending.who})
        if running:
            end_speech(change, running)
        wish.state, wish.given_at = FloorRequest.State.SPEAKING, change.now
        wish.save(update_fields=["state", "given_at"])
        change.record(facts.FloorGiven(request=wish.pk, item=wish.item_id, **_names(wish)))


def yield_floor(meeting: Meeting, *, by: Actor, request: FloorRequest) -> None:
    """End the running speech."""
    with transition(meeting, by=by, ability=Ability.GIVE_FLOOR) as change:
        speech: FloorRequest = change.fresh(request)
        if speech.state != FloorRequest.State.SPEAKING:
            raise OutOfOrder(_("The speech of %(name)s has ended already.") % {"name": speech.who})
        end_speech(change, speech)


def end_speech(change: Transition, speech: FloorRequest) -> None:
    """End a speech within a change that is under way."""
    speech.state, speech.ended_at = FloorRequest.State.DONE, change.now
    speech.save(update_fields=["state", "ended_at"])
    assert speech.given_at is not None
    seconds = running_seconds(speech.given_at, change.now, change.meeting.recesses.all())
    change.record(facts.FloorYielded(request=speech.pk, item=speech.item_id, seconds=round(seconds), **_names(speech)))


def _open_item(meeting: Meeting) -> AgendaItem:
    if meeting.state != Meeting.State.OPEN:
        raise OutOfOrder(_("The meeting is not in session."))
    item = meeting.items.filter(state=AgendaItem.State.OPEN).first()
    if item is None:
        raise OutOfOrder(_("No item is open; the floor is asked for and given under an item."))
    return item


def _who_asks(
    change: Transition, participant: Participant | None, bridge_point: BridgePoint | None
) -> tuple[Participant | None, BridgePoint | None]:
    by = change.by
    if participant is None and bridge_point is None:
        if by.participant is None:
            raise NotAllowed(_("You are not on the list of this meeting. Choose who asks for the floor."))
        participant = by.participant if not by.may(Ability.SEE_CONSOLE) else None
        bridge_point = by.participant.bridge_point
    if participant is not None:
        participant = change.fresh(participant)
        bridge_point = participant.bridge_point
    elif bridge_point is not None:
        bridge_point = change.fresh(bridge_point)
    _may_speak_for(by, participant, bridge_point)
    return participant, bridge_point


def _may_speak_for(by: Actor, participant: Participant | None, bridge_point: BridgePoint | None) -> None:
    oneself = participant is not None and by.participant is not None and participant.pk == by.participant.pk
    own_site = by.may(Ability.MARK_PRESENCE) and bridge_point is not None and bridge_point.pk == by.bridge_point_id
    if not (oneself or own_site or by.may(Ability.GIVE_FLOOR)):
        raise NotAllowed(_("You ask for yourself or your own bridge point only."))


def _refuse_second_wish(item: AgendaItem, who: Participant | None, where: BridgePoint | None) -> None:
    live = item.floor_requests.filter(state__in=[FloorRequest.State.WAITING, FloorRequest.State.SPEAKING])
    same = live.filter(participant=who) if who else live.filter(participant=None, bridge_point=where)
    earlier = same.first()
    if earlier is None:
        return
    if earlier.state == FloorRequest.State.SPEAKING:
        raise OutOfOrder(_("%(name)s has the floor already.") % {"name": earlier.who})
    raise OutOfOrder(_("%(name)s is on the list already.") % {"name": earlier.who})


def _must_wait(wish: FloorRequest) -> None:
    if wish.state != FloorRequest.State.WAITING:
        raise OutOfOrder(_("%(name)s is not waiting for the floor any more.") % {"name": wish.who})


def _names(wish: FloorRequest) -> dict[str, str]:
    where = wish.bridge_point.name if wish.bridge_point else ""
    return {"name": wish.who, "office": wish.office, "bridge_point": where}
