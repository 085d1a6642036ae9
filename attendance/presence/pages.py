"""What the pages of attendance have in common: who may look, at which bridge point, and the frame around."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from attendance.presence.models import PresenceConflict
from meetings import queries
from meetings.desk import desk_context, tabs_of
from meetings.errors import NotAllowed
from meetings.models import Meeting
from meetings.procedure import Ability, Actor


def marking_actor(request: HttpRequest, slug: str) -> tuple[Meeting, Actor]:
    """Return the meeting and who marks presence in it, with the own name; else raise Http404 or NotAllowed."""
    return queries.page_actor(request, slug, Ability.MARK_PRESENCE, named=True)


def own_site(actor: Actor) -> int | None:
    """Return the only bridge point an actor looks after; nothing for who looks after all of them."""
    if actor.may(Ability.MARK_ANY_PRESENCE):
        return None
    if actor.bridge_point_id is None:
        raise NotAllowed(_("You do not belong to a bridge point."))
    return actor.bridge_point_id


def open_conflicts(meeting: Meeting, site: int | None) -> QuerySet[PresenceConflict]:
    """Return the contradictions that wait for a person, the oldest first; with `site` those that concern it."""
    found = PresenceConflict.objects.filter(meeting=meeting, settled_at=None)
    return found if site is None else found.filter(concerning(site))


def concerning(site: int) -> Q:
    """Return the condition that a contradiction concerns a bridge point: a place of either record, or the person's own."""
    return Q(scan__bridge_point=site) | Q(stood_where=site) | Q(participant__bridge_point=site)


def frame(meeting: Meeting, actor: Actor, current: str, *, to_settle: int | None = None) -> dict[str, Any]:
    """Return the context around a page of attendance; `to_settle`: how many contradictions wait."""
    tabs = tabs_of("presence", meeting, actor, current)
    for tab in tabs:
        if tab["url"].endswith("/conflicts/") and to_settle:
            tab["count"] = to_settle
    return desk_context(meeting, actor, "attendance:presence") | {
        "tabs": tabs,
        "is_over": meeting.state == Meeting.State.ADJOURNED,
    }
