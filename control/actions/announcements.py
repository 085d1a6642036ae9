"""Announcements: published for all or for some bridge points, withdrawn when they no longer hold."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from control import facts
from control.addressing import addressed, named
from control.models import STANDING_LIMIT, Announcement, Display
from control.steering import show_on
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor


def publish_announcement(
    meeting: Meeting, *, by: Actor, text: str, sites: Sequence[BridgePoint] = (), show: bool = False
) -> Announcement:
    """Announce something to all bridge points (`sites` empty) or to some, and `show` it on their displays too.

    A new announcement takes the place of the oldest one when as many stand as screens can carry.
    """
    with transition(meeting, by=by, ability=Ability.ANNOUNCE) as change:
        if show:
            by.require(Ability.STEER_DISPLAYS)
        where = addressed(meeting, sites)
        _make_room(change)
        made = Announcement.objects.create(meeting=meeting, text=text, published_at=change.now, published_by=by.name)
        made.sites.set(where)
        count = len(where) or meeting.bridge_points.count()
        change.record(
            facts.AnnouncementPublished(announcement=made.pk, text=text, all=not where, count=count, sites=named(where))
        )
        displays = _displays_of(meeting, where) if show else []
        if displays:
            change.record(show_on(displays, mode=Display.Mode.ANNOUNCEMENT, announcement=made, everywhere=not where))
        return made


def withdraw_announcement(meeting: Meeting, *, by: Actor, announcement: Announcement) -> None:
    """Take an announcement back; displays that show it follow the meeting again."""
    with transition(meeting, by=by, ability=Ability.ANNOUNCE) as change:
        row: Announcement = change.fresh(announcement)
        if row.withdrawn_at is not None:
            raise OutOfOrder(_("This announcement has been withdrawn already."))
        _end(change, row)


def _make_room(change: Transition) -> None:
    """Withdraw the oldest announcement that no display shows when there are as many as can stand."""
    standing = change.meeting.announcements.filter(withdrawn_at=None)
    if standing.count() < STANDING_LIMIT:
        return
    on_displays = change.meeting.displays.filter(revoked_at=None).exclude(announcement=None)
    oldest = standing.exclude(pk__in=on_displays.values("announcement_id")).order_by("pk").first()
    if oldest is None:
        raise OutOfOrder(_("%(limit)d announcements stand on displays. Withdraw one of them first.") % {"limit": STANDING_LIMIT})
    _end(change, oldest)


def _end(change: Transition, row: Announcement) -> None:
    row.withdrawn_at = change.now
    row.save(update_fields=["withdrawn_at"])
    back = row.displays.filter(revoked_at=None).count()
    row.displays.update(mode=Display.Mode.AUTO, announcement=None)
    change.record(facts.AnnouncementWithdrawn(announcement=row.pk, text=row.text, displays=back))


def _displays_of(meeting: Meeting, sites: Sequence[BridgePoint]) -> list[Display]:
    standing = meeting.displays.filter(revoked_at=None)
    return list(standing.filter(bridge_point__in=[site.pk for site in sites]) if sites else standing)
