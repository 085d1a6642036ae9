"""Who joins the video conference by which address: one rule for consoles, seats and papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from control.video.models import WORDS, VideoAddress
from meetings import hooks
from meetings.models import BridgePoint, Meeting, Participant, Role
from meetings.procedure import Ability, Actor
from meetings.sites.video import Address, as_written

Use = VideoAddress.Use


@dataclass(frozen=True)
class Way:
    """One way in, as somebody is shown it: the PIN only to those who may have it, and never in a repr, which ends in logs."""

    address: Address
    use: str
    use_word: object
    words: object
    note: str = ""
    pin: str = ""
    has_pin: bool = False
    is_own: bool = False

    def __repr__(self) -> str:
        """Return it without address and PIN."""
        return f"Way({self.address.kind}, {self.use})"


def ways_of_site(site: BridgePoint) -> list[Way]:
    """Return the ways of a bridge point's crew, with their PINs: its own first, the main one of the list of bridge points before.

    Behind them those for all.
    """
    rows = list(VideoAddress.objects.filter(meeting=site.meeting_id, bridge_point=site).order_by("number"))
    shared = VideoAddress.objects.filter(meeting=site.meeting_id, bridge_point=None).exclude(use=Use.VIEW)
    listed = [_listed(site.video_address)] if site.video_address else []
    return [*listed, *_sorted(rows, is_own=True), *_sorted(shared.order_by("number"), is_own=False)]


def ways_of_seat(meeting: Meeting, actor: Actor) -> list[Way]:
    """Return the links of who takes part online, and of who only watches: no PIN, nothing that is dialled on equipment.

    Whoever is kept out of the room has none meanwhile.
    """
    seat = actor.participant
    if seat is None:
        return []
    if seat.role == Role.OBSERVER:
        uses: Sequence[str] = (Use.VIEW,)
    elif seat.mode == Participant.Mode.ONLINE:
        uses = (Use.MAIN, Use.BACKUP)
    else:
        return []
    if any(keeps_out(meeting, actor) for keeps_out in hooks.keeping_out):
        return []
    rows = meeting.video_addresses.filter(bridge_point=None, use__in=uses).order_by("number")
    return [way for way in _sorted(rows, is_own=False, with_pin=False) if way.address.is_link]


def may_have_pins(actor: Actor, site: BridgePoint) -> bool:
    """Tell whether somebody joins for a bridge point: its operators and technicians, and the secretariat."""
    return actor.may_see_console_of(site) and (actor.may(Ability.SEE_CONSOLE) or actor.may(Ability.SEE_ANY_CONSOLE))


def printed(site: BridgePoint, rows: Iterable[VideoAddress]) -> list[str]:
    """Return the addresses as the emergency folder of a bridge point prints them: its own first, then those for all."""
    ways = list(rows)
    own = [f"{row.address} ({row.get_use_display()})" for row in ways if row.bridge_point_id == site.pk]
    shared = [f"{row.address} ({row.get_use_display()})" for row in ways if row.bridge_point_id is None]
    return [*([site.video_address] if site.video_address else []), *own, *shared]


def _listed(text: str) -> Way:
    return Way(address=as_written(text), use=Use.MAIN, use_word=Use.MAIN.label, words=WORDS[Use.MAIN], is_own=True)


def _sorted(rows: Iterable[VideoAddress], *, is_own: bool, with_pin: bool = True) -> list[Way]:
    """Return rows as ways: the main ones first, then the backups."""
    order = [use.value for use in Use]
    return [
        Way(
            address=row.read, use=row.use, use_word=row.get_use_display(), words=WORDS[Use(row.use)], note=row.note,
            pin=row.pin if with_pin else "", has_pin=bool(row.pin), is_own=is_own,
        )
        for row in sorted(rows, key=lambda one: (order.index(one.use), one.number))
    ]  # fmt: skip
