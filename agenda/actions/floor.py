"""The floor: asked for, given, yielded, or the request withdrawn; the bridge point that asked names its speaker."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agenda import facts
from agenda.models import AgendaItem, FloorRequest
from agenda.running.closed import hidden_for
from agenda.speakers import lists
from agenda.speakers.facts import FloorNamed
from agenda.timing import running_seconds
from control.actions.site_commands import end_site_command
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant
from meetings.procedure import Ability, Actor

Kind, State = FloorRequest.Kind, FloorRequest.State
# Of these one waits with one at a time: a word on the procedure or a reply may be asked for beside.
_TURNS = (Kind.REGISTERED, Kind.DISCUSSION)


def request_floor(
    meeting: Meeting,
    *,
    by: Actor,
    participant: Participant | None = None,
    bridge_point: BridgePoint | None = None,
    kind: str = Kind.DISCUSSION,
) -> FloorRequest:
    """Ask for the floor under the open item: for oneself, or for a bridge point that names its speaker later.

    A delegate asks for oneself, an operator for the own bridge point or its people; who gives the floor asks for anybody.
    A reply is to the speech that is running, else to the last one. A closed list takes nothing but points of order.
    """
    with transition(meeting, by=by, ability=Ability.ASK_FOR_FLOOR) as change:
        item = _open_item(meeting)
        if item.pk in hidden_for(meeting, by):
            raise OutOfOrder(_("This is a closed item; who is not named takes no part in it."))
        who, where = _who_asks(change, participant, bridge_point)
        if kind != Kind.POINT_OF_ORDER and lists.list_of(item.pk).is_closed:
            raise OutOfOrder(_("The list of speakers is closed. Only a point of order can still be raised."))
        _refuse_second_wish(item, who, where, kind)
        if kind == Kind.POINT_OF_ORDER:
            lists.shift_pins(item.pk, above=0, by=1)
        return enter_wish(change, item, FloorRequest(
            participant=who, bridge_point=where, kind=kind, answers=_answered(item) if kind == Kind.REPLY else None,
            minutes=lists.minutes_for(kind, item.speech_minutes),
        ))  # fmt: skip


def enter_wish(change: Transition, item: AgendaItem, wish: FloorRequest) -> FloorRequest:
    """Put a line on the list of an item within a change that is under way."""
    wish.meeting, wish.item, wish.requested_at = change.meeting, item, change.now
    wish.save(force_insert=True)
    change.record(
        facts.FloorRequested(
            request=wish.pk, item=item.pk, kind_of_speech=wish.kind, minutes=wish.minutes, answers=wish.answers_id,
            **lists.names_of(wish),
        )
    )  # fmt: skip
    return wish


def name_floor(meeting: Meeting, *, by: Actor, request: FloorRequest, participant: Participant) -> None:
    """Say who speaks for a bridge point: its operator, or who gives the floor. Who speaks already is named only if nobody was."""
    with transition(meeting, by=by, ability=Ability.ASK_FOR_FLOOR) as change:
        wish: FloorRequest = change.fresh(request)
        person: Participant = change.fresh(participant)
        if not (by.may(Ability.GIVE_FLOOR) or _own_site(by, wish.bridge_point)):
            raise NotAllowed(_("You name the speakers of your own bridge point only."))
        if wish.state != State.WAITING and (wish.state != State.SPEAKING or wish.participant_id is not None):
            raise OutOfOrder(_("%(name)s is not waiting for the floor any more.") % {"name": wish.who})
        if person.bridge_point_id != wish.bridge_point_id:
            raise OutOfOrder(_("%(name)s does not belong to this bridge point.") % {"name": person.name})
        if wish.participant_id == person.pk:
            raise OutOfOrder(_("%(name)s is named already.") % {"name": person.name})
        _refuse_second_wish(wish.item, person, wish.bridge_point, wish.kind)
        before, wish.participant = wish.who, person
        wish.save(update_fields=["participant"])
        speaking = wish.state == State.SPEAKING
        change.record(FloorNamed(request=wish.pk, item=wish.item_id, before=before, speaking=speaking, **lists.names_of(wish)))


def withdraw_floor(meeting: Meeting, *, by: Actor, request: FloorRequest) -> None:
    """Take back a waiting request: one's own, one of one's bridge point, or any for who gives the floor."""
    with transition(meeting, by=by, ability=Ability.ASK_FOR_FLOOR) as change:
        wish: FloorRequest = change.fresh(request)
        _may_speak_for(by, wish.participant, wish.bridge_point)
        lists.must_wait(wish)
        place = _leave(wish, State.WITHDRAWN)
        names = lists.names_of(wish)
        change.record(facts.FloorWithdrawn(request=wish.pk, name=names["name"], bridge_point=names["bridge_point"], place=place))


def give_floor(
    meeting: Meeting, *, by: Actor, request: FloorRequest, ending: FloorRequest | None = None, reason: str = ""
) -> None:
    """Give the floor to who waits. `ending` names the speech the actor sees running: it ends in the same step.

    Out of turn it is given for a `reason`, which is kept; without one it is refused, so that nobody is passed over unseen.
    """
    with transition(meeting, by=by, ability=Ability.GIVE_FLOOR) as change:
        item = _open_item(meeting)
        wish: FloorRequest = change.fresh(request)
        lists.must_wait(wish)
        running = meeting.floor_requests.filter(state=State.SPEAKING).first()
        if running and (ending is None or running.pk != ending.pk):
            raise OutOfOrder(_("%(name)s has the floor. End that speech first.") % {"name": running.who})
        if running is None and ending is not None:
            raise OutOfOrder(_("The speech of %(name)s has ended already.") % {"name": ending.who})
        if running:
            end_speech(change, running)
        reason = _why_now(item, wish, reason)
        wish.given_at = change.now
        place = _leave(wish, State.SPEAKING)
        change.record(
            facts.FloorGiven(
                request=wish.pk, item=wish.item_id, kind_of_speech=wish.kind, place=place, why=reason, **lists.names_of(wish)
            )
        )


def _why_now(item: AgendaItem, wish: FloorRequest, reason: str) -> str:
    """Return the reason where the floor is given out of turn, nothing where it is the line's turn."""
    first = lists.order_under(item.pk)[0].wish.id
    if first == wish.pk:
        return ""
    if not reason:
        name = FloorRequest.objects.select_related("participant", "bridge_point").get(pk=first).who
        raise OutOfOrder(_("%(name)s comes first by now. To give the floor out of turn, say why.") % {"name": name})
    return reason


def _leave(wish: FloorRequest, state: str) -> int:
    """Let a line leave those who wait; the places set behind it close up. Return where it stood."""
    found = lists.place_in(lists.order_under(wish.item_id), wish.pk)
    wish.state, wish.pin, wish.pin_reason = State(state), None, ""
    wish.save(update_fields=["state", "pin", "pin_reason", "given_at"])
    place = found.place if found else 0
    lists.shift_pins(wish.item_id, above=place, by=-1)
    return place


def yield_floor(meeting: Meeting, *, by: Actor, request: FloorRequest) -> None:
    """End the running speech."""
    with transition(meeting, by=by, ability=Ability.GIVE_FLOOR) as change:
        speech: FloorRequest = change.fresh(request)
        if speech.state != State.SPEAKING:
            raise OutOfOrder(_("The speech of %(name)s has ended already.") % {"name": speech.who})
        end_speech(change, speech)


def end_speech(change: Transition, speech: FloorRequest) -> None:
    """End a speech within a change that is under way."""
    speech.state, speech.ended_at = State.DONE, change.now
    speech.save(update_fields=["state", "ended_at"])
    assert speech.given_at is not None
    seconds = running_seconds(speech.given_at, change.now, change.meeting.recesses.all())
    change.record(facts.FloorYielded(request=speech.pk, item=speech.item_id, seconds=round(seconds), **lists.names_of(speech)))
    if speech.reminded_at and speech.site_command and speech.site_command.withdrawn_at is None:
        end_site_command(change, speech.site_command)  # nobody need come to an end any more


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


def _own_site(by: Actor, bridge_point: BridgePoint | None) -> bool:
    return by.may(Ability.MARK_PRESENCE) and bridge_point is not None and bridge_point.pk == by.bridge_point_id


def _may_speak_for(by: Actor, participant: Participant | None, bridge_point: BridgePoint | None) -> None:
    oneself = participant is not None and by.participant is not None and participant.pk == by.participant.pk
    if not (oneself or _own_site(by, bridge_point) or by.may(Ability.GIVE_FLOOR)):
        raise NotAllowed(_("You ask for yourself or your own bridge point only."))


def _refuse_second_wish(item: AgendaItem, who: Participant | None, where: BridgePoint | None, kind: str) -> None:
    live = item.floor_requests.filter(state__in=[State.WAITING, State.SPEAKING])
    same = live.filter(participant=who) if who else live.filter(participant=None, bridge_point=where, speech=None)
    for earlier in same:
        if earlier.state == State.SPEAKING and (who or earlier.kind == kind):
            raise OutOfOrder(_("%(name)s has the floor already.") % {"name": earlier.who})
        if earlier.kind == kind or (kind in _TURNS and earlier.kind in _TURNS):
            raise OutOfOrder(_("%(name)s is on the list already.") % {"name": earlier.who})


def _answered(item: AgendaItem) -> FloorRequest:
    """Return the speech a reply is to: the running one, else the last."""
    spoken = item.floor_requests.filter(state__in=[State.SPEAKING, State.DONE]).order_by("-given_at", "-pk").first()
    if spoken is None:
        raise OutOfOrder(_("Nobody has spoken under this item yet: there is nothing to reply to."))
    return spoken
