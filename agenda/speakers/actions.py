"""What one can do with the list of speakers: set places, close and open it; more time for a speech, a word to who comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.models import AgendaItem, FloorRequest
from agenda.speakers import facts, lists
from agenda.speakers.ordering import Place, pins_after
from control.actions.site_commands import end_site_command, issue_within
from control.models import TEXT_LIMIT, SiteCommand
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor

LONGEST = 240  # minutes of one speech
AGAIN = timedelta(seconds=60)  # nobody is reminded of the time more often
# What bridge points are told is in the conference's language, whatever the screens speak.
PREPARE_WORDS = "Mời chuẩn bị phát biểu, theo thứ tự: {names}."
REMIND_WORDS = "Nhắc thời gian: đề nghị {name} sớm kết thúc phát biểu."


def move_floor(
    meeting: Meeting, *, by: Actor, request: FloorRequest, version: int, reason: str, before: FloorRequest | None = None
) -> None:
    """Set the place of a line: in front of another one, or (none named) at the end; it is kept until it is released.

    `version`: which places the actor has seen set. When somebody else has set one since, the command is stale.
    """
    with transition(meeting, by=by, ability=Ability.GIVE_FLOOR) as change:
        wish = _waiting(change, request)
        row = lists.list_of(wish.item_id)
        if row.version != version:
            raise OutOfOrder(_("Somebody has just re-ordered the list. Look at it as it stands now, then move the line again."))
        order = lists.order_under(wish.item_id)
        old = next(one.place for one in order if one.wish.id == wish.pk)
        place = _place_before(change, order, wish, before)
        if place == old:
            raise OutOfOrder(_("%(name)s stands at this place already.") % {"name": wish.who})
        pins = pins_after(order, wish.pk, place)
        lists.write_pins(pins, {wish.pk: reason})
        row.version += 1
        row.save(update_fields=["version"])
        change.record(
            facts.FloorMoved(
                request=wish.pk, item=wish.item_id, name=wish.who, bridge_point=lists.names_of(wish)["bridge_point"],
                old_place=old, place=place, why=reason, version=row.version,
                pins=[{"id": key, "place": at} for key, at in pins.items()],
            )
        )  # fmt: skip


def release_floor(meeting: Meeting, *, by: Actor, request: FloorRequest, version: int) -> None:
    """Let a line stand again where the rule puts it."""
    with transition(meeting, by=by, ability=Ability.GIVE_FLOOR) as change:
        wish = _waiting(change, request)
        row = lists.list_of(wish.item_id)
        if row.version != version:
            raise OutOfOrder(_("Somebody has just re-ordered the list. Look at it as it stands now, then move the line again."))
        if wish.pin is None:
            raise OutOfOrder(_("%(name)s stands where the rule puts them already.") % {"name": wish.who})
        wish.pin, wish.pin_reason = None, ""
        wish.save(update_fields=["pin", "pin_reason"])
        row.version += 1
        row.save(update_fields=["version"])
        site = lists.names_of(wish)["bridge_point"]
        change.record(
            facts.FloorReleased(request=wish.pk, item=wish.item_id, name=wish.who, bridge_point=site, version=row.version)
        )


def extend_floor(meeting: Meeting, *, by: Actor, request: FloorRequest, minutes: int, limit: int) -> None:
    """Give the running speech more minutes. `limit`: the one the actor sees; two people who extend at once do it once."""
    with transition(meeting, by=by, ability=Ability.GIVE_FLOOR) as change:
        speech = _speaking(change, request)
        now = speech.minutes or speech.item.speech_minutes
        if now is None:
            raise OutOfOrder(_("This speech has no limit."))
        if now != limit:
            raise OutOfOrder(_("This speech has just been given %(minutes)d minutes in all.") % {"minutes": now})
        if now + minutes > LONGEST:
            raise OutOfOrder(_("A speech lasts at most %(limit)d minutes here.") % {"limit": LONGEST})
        speech.minutes = now + minutes
        speech.save(update_fields=["minutes"])
        change.record(
            facts.FloorExtended(
                request=speech.pk, item=speech.item_id, minutes=minutes, limit=speech.minutes, **lists.names_of(speech)
            )
        )


def prepare_floor(meeting: Meeting, *, by: Actor, requests: Sequence[FloorRequest]) -> None:
    """Tell the next speakers to prepare: their bridge points acknowledge it, they see it on their own pages.

    `requests`: those the actor sees as the next ones; when others come first by now, the command is stale.
    """
    with transition(meeting, by=by, ability=Ability.GIVE_FLOOR) as change:
        wanted = [_waiting(change, one) for one in requests]
        order = lists.order_under(wanted[0].item_id)
        first = {one.wish.id: one.place for one in order[: lists.NEXT]}
        if any(wish.pk not in first for wish in wanted):
            raise OutOfOrder(_("Others come first by now. Look at the list as it stands, then tell them again."))
        told = sorted((wish for wish in wanted if wish.prepared_at is None), key=lambda wish: first[wish.pk])
        if not told:
            raise OutOfOrder(_("They have been told to prepare already."))
        sites = list({wish.bridge_point_id: wish.bridge_point for wish in told if wish.bridge_point}.values())
        words = "; ".join(f"{first[wish.pk]}. {_announced(wish)}" for wish in told)
        text = PREPARE_WORDS.format(names=words)[:TEXT_LIMIT]
        command = issue_within(change, kind=SiteCommand.Kind.PREPARE, text=text, sites=sites) if sites else None
        for wish in told:
            wish.prepared_at, wish.site_command = change.now, command if wish.bridge_point_id else None
            wish.save(update_fields=["prepared_at", "site_command"])
        names = [{"id": wish.pk, "name": wish.who} for wish in told]
        change.record(facts.FloorPrepared(item=wanted[0].item_id, requests=names, site_command=command.pk if command else None))


def remind_floor(meeting: Meeting, *, by: Actor, request: FloorRequest) -> None:
    """Remind who speaks of the time: the bridge point is told, and the speaker's own page says it."""
    with transition(meeting, by=by, ability=Ability.GIVE_FLOOR) as change:
        speech = _speaking(change, request)
        if speech.reminded_at and change.now - speech.reminded_at < AGAIN:
            moment = timezone.localtime(speech.reminded_at).strftime("%H:%M:%S")
            raise OutOfOrder(_("%(name)s was reminded at %(moment)s.") % {"name": speech.who, "moment": moment})
        if speech.reminded_at and speech.site_command and speech.site_command.withdrawn_at is None:
            end_site_command(change, speech.site_command)
        command = None
        if speech.bridge_point:
            text = REMIND_WORDS.format(name=_announced(speech))[:TEXT_LIMIT]
            command = issue_within(change, kind=SiteCommand.Kind.OTHER, text=text, sites=[speech.bridge_point])
        speech.reminded_at, speech.site_command = change.now, command
        speech.save(update_fields=["reminded_at", "site_command"])
        change.record(
            facts.FloorReminded(
                request=speech.pk, item=speech.item_id, name=speech.who, bridge_point=lists.names_of(speech)["bridge_point"],
                site_command=command.pk if command else None,
            )
        )  # fmt: skip


def close_speakers(meeting: Meeting, *, by: Actor, item: AgendaItem) -> None:
    """Close the list of the open item: it takes nothing but points of order."""
    with transition(meeting, by=by, ability=Ability.GIVE_FLOOR) as change:
        row = _open_item(change, item)
        _set_closed(row, is_closed=True, refusal=_("The list of speakers is closed already."))
        change.record(facts.SpeakersClosed(item=row.pk, title=row.title))


def open_speakers(meeting: Meeting, *, by: Actor, item: AgendaItem) -> None:
    """Let the list of the open item take wishes again."""
    with transition(meeting, by=by, ability=Ability.GIVE_FLOOR) as change:
        row = _open_item(change, item)
        _set_closed(row, is_closed=False, refusal=_("The list of speakers is open already."))
        change.record(facts.SpeakersOpened(item=row.pk, title=row.title))


def _set_closed(item: AgendaItem, *, is_closed: bool, refusal: object) -> None:
    row = lists.list_of(item.pk)
    if row.is_closed == is_closed:
        raise OutOfOrder(refusal)
    row.is_closed = is_closed
    row.save(update_fields=["is_closed"])


def _open_item(change: Transition, item: AgendaItem) -> AgendaItem:
    row: AgendaItem = change.fresh(item)
    if row.state != AgendaItem.State.OPEN:
        raise OutOfOrder(_("Item %(number)s is not open.") % {"number": row.label})
    return row


def _waiting(change: Transition, request: FloorRequest) -> FloorRequest:
    wish: FloorRequest = change.fresh(request)
    lists.must_wait(wish)
    return wish


def _speaking(change: Transition, request: FloorRequest) -> FloorRequest:
    speech: FloorRequest = change.fresh(request)
    if speech.state != FloorRequest.State.SPEAKING:
        raise OutOfOrder(_("The speech of %(name)s has ended already.") % {"name": speech.who})
    return speech


def _place_before(change: Transition, order: Sequence[Place], wish: FloorRequest, before: FloorRequest | None) -> int:
    rest = [one.wish.id for one in order if one.wish.id != wish.pk]
    if before is None:
        return len(order)
    following = _waiting(change, before)
    if following.pk not in rest:
        raise OutOfOrder(_("%(name)s stands at this place already.") % {"name": wish.who})
    return rest.index(following.pk) + 1


def _announced(wish: FloorRequest) -> str:
    """Return who speaks, as bridge points are told it."""
    where = wish.bridge_point.short_name if wish.bridge_point else ""
    if wish.participant is None:
        return f"đại diện {where}"
    return f"{wish.participant.name} ({where})" if where else wish.participant.name
