"""The list of an item as its rows stand: read into the pure order, and its places kept."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from agenda.speakers.models import FloorRequest, SpeakersList
from agenda.speakers.ordering import POINT_OF_ORDER, Held, Place, Wish, delegation_of, speaking_order
from meetings.errors import OutOfOrder
from meetings.models import BridgePoint, Participant

State = FloorRequest.State
NEXT = 3  # who is told to prepare
# How long one may speak where neither the item nor the registration says it: a word on the procedure, a reply.
POINT_MINUTES, REPLY_MINUTES = 2, 3


def delegation(participant: Participant | None, site: BridgePoint | None) -> Hashable:
    """Return whom the turns go round for a line."""
    return delegation_of(
        site.pk if site else None, participant.unit if participant else "", participant.pk if participant else None,
        is_central=bool(site and site.is_central),
    )  # fmt: skip


def wish_of(row: FloorRequest) -> Wish:
    """Return a line that waits, as the order reads it."""
    return Wish(
        id=row.pk, kind=row.kind, asked=row.requested_at, delegation=delegation(row.participant, row.bridge_point),
        person=row.participant_id, rank=row.rank, answers=row.answers_id, pin=row.pin,
    )  # fmt: skip


def held_of(row: FloorRequest) -> Held:
    """Return a speech that was held, as the order reads it."""
    given = row.given_at or row.requested_at
    return Held(
        id=row.pk, kind=row.kind, given=given, delegation=delegation(row.participant, row.bridge_point), person=row.participant_id
    )


def order_of(rows: Iterable[FloorRequest]) -> list[Place]:
    """Return those of one item's lines that wait, in the order in which they speak."""
    lines = list(rows)
    held = [held_of(row) for row in lines if row.state in (State.SPEAKING, State.DONE)]
    return speaking_order([wish_of(row) for row in lines if row.state == State.WAITING], held)


def order_under(item_id: int) -> list[Place]:
    """Return who waits under an item, in the order in which they speak."""
    states = [State.WAITING, State.SPEAKING, State.DONE]
    found = FloorRequest.objects.filter(item=item_id, state__in=states).select_related("participant", "bridge_point")
    return order_of(found.order_by("pk"))


def place_in(order: Iterable[Place], request_id: int) -> Place | None:
    """Return where a line stands; nothing when it does not wait."""
    return next((one for one in order if one.wish.id == request_id), None)


def list_of(item_id: int) -> SpeakersList:
    """Return the list of an item, made when it is first needed."""
    return SpeakersList.objects.get_or_create(item_id=item_id)[0]


def write_pins(pins: Mapping[int, int], reasons: Mapping[int, str] | None = None) -> None:
    """Write which line holds which place, and why; first nobody holds one, so that no two ever hold the same."""
    why = dict(FloorRequest.objects.filter(pk__in=pins).values_list("pk", "pin_reason")) | dict(reasons or {})
    FloorRequest.objects.filter(pk__in=pins).update(pin=None, pin_reason="")
    for key, place in pins.items():
        FloorRequest.objects.filter(pk=key).update(pin=place, pin_reason=why[key])


def shift_pins(item_id: int, *, above: int, by: int) -> None:
    """Let those who hold a place behind another one close up, or make room."""
    found = FloorRequest.objects.filter(item=item_id, state=State.WAITING, pin__gt=above)
    pins = dict(found.values_list("pk", "pin"))
    if pins:
        write_pins({key: (pin or 0) + by for key, pin in pins.items()})


def minutes_for(kind: str, limit: int | None) -> int | None:
    """Return the limit of a speech: that of the item; a word on the procedure and a reply are short."""
    short = {POINT_OF_ORDER: POINT_MINUTES, FloorRequest.Kind.REPLY.value: REPLY_MINUTES}.get(kind)
    return limit if short is None else min(short, limit or short)


def must_wait(wish: FloorRequest) -> None:
    """Raise OutOfOrder unless a line waits."""
    if wish.state != State.WAITING:
        raise OutOfOrder(_("%(name)s is not waiting for the floor any more.") % {"name": wish.who})


def names_of(wish: FloorRequest) -> dict[str, str]:
    """Return the names of a line as facts hold them."""
    where = wish.bridge_point.name if wish.bridge_point else ""
    return {"name": wish.who, "office": wish.office, "bridge_point": where}
