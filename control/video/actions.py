"""What one can do with the addresses of the video conference: enter, change, remove them; on the day too, when a line fails."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from control.video import facts
from control.video.models import VideoAddress
from control.video.telling import told_of
from meetings.errors import Changed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over

AT_MOST = 20  # of all together, or of one bridge point
TOO_MANY = _("There are %(limit)d addresses here already. Remove those that are not used.")


def add_video_address(
    meeting: Meeting, *, by: Actor, address: str, use: str, bridge_point: BridgePoint | None = None, pin: str = "", note: str = ""
) -> VideoAddress:
    """Enter an address for all, or for one bridge point. Raises OutOfOrder for one that stands there already."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        site = change.fresh(bridge_point) if bridge_point else None
        beside = meeting.video_addresses.filter(bridge_point=site)
        if beside.count() >= AT_MOST:
            raise OutOfOrder(TOO_MANY % {"limit": AT_MOST})
        _refuse_known(meeting, site, address)
        _refuse_watching_alone(use, site)
        number = (meeting.video_addresses.aggregate(last=Max("number"))["last"] or 0) + 1
        row = VideoAddress.objects.create(
            meeting=meeting, bridge_point=site, number=number, use=use, address=address, pin=pin, note=note
        )
        change.record(facts.VideoAddressAdded(**told_of(row)))
        return row


def edit_video_address(
    meeting: Meeting, *, by: Actor, video_address: VideoAddress, version: int, address: str, use: str, pin: str, note: str
) -> VideoAddress:
    """Change an address as the actor has read it (`version`). Raises Changed when somebody else was faster."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = _as_read(change, video_address, version)
        _refuse_known(meeting, row.bridge_point, address, besides=row.pk)
        _refuse_watching_alone(use, row.bridge_point)
        row.address, row.use, row.pin, row.note, row.version = address, use, pin, note, row.version + 1
        row.save(update_fields=["address", "use", "pin", "note", "version"])
        change.record(facts.VideoAddressEdited(**told_of(row), version=row.version))
        return row


def remove_video_address(meeting: Meeting, *, by: Actor, video_address: VideoAddress, version: int) -> None:
    """Take an address out."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = _as_read(change, video_address, version)
        told = {name: value for name, value in told_of(row).items() if name not in ("use", "sort", "has_pin")}
        change.record(facts.VideoAddressRemoved(**told))
        row.delete()


def _as_read(change: Transition, address: VideoAddress, version: int) -> VideoAddress:
    row = change.fresh(address)
    if row.version != version:
        raise Changed(_("Somebody has changed this address in the meantime. Look at it, then save again."), version=row.version)
    return row


def _refuse_known(meeting: Meeting, site: BridgePoint | None, address: str, *, besides: int = 0) -> None:
    same = meeting.video_addresses.filter(bridge_point=site, address=address).exclude(pk=besides)
    if same.exists() or (site is not None and site.video_address == address):
        raise OutOfOrder(_("This address stands there already."))


def _refuse_watching_alone(use: str, site: BridgePoint | None) -> None:
    if use == VideoAddress.Use.VIEW and site is not None:
        raise OutOfOrder(_("An address to watch only is one of the whole meeting, not of a bridge point."))
