"""The frame of a meeting's workspace: which meeting, its state and clock, and the rail in the order of the work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings import clock
from meetings.models import Meeting
from meetings.procedure import Ability, Actor

# page, icon, label, the ability that shows it
RAIL = (
    ("meetings:overview", "home", _("Overview"), Ability.SEE_PEOPLE),
    ("agenda:programme", "list", _("Programme"), Ability.SEE),
    ("attendance:participants", "people", _("Delegates"), Ability.SEE_PEOPLE),
    ("meetings:bridge_points", "site", _("Bridge points"), Ability.SEE_PEOPLE),
    ("live:control", "run", _("Control room"), Ability.SEE_CONTROL_ROOM),
    ("live:chair", "chair", _("Chair's desk"), Ability.SEE_CHAIR_DESK),
    ("live:console", "site", _("My bridge point"), Ability.SEE_CONSOLE),
    ("live:delegate", "seat", _("My seat"), Ability.SEE),
    ("control:displays", "display", _("Displays"), Ability.STEER_DISPLAYS),
    ("minutes:minutes", "minutes", _("Minutes"), Ability.SEE_MINUTES),
)


def desk_context(meeting: Meeting, actor: Actor, current: str) -> dict[str, Any]:
    """Return what every page of the workspace needs; `current` is the page's URL name."""
    return {
        "meeting": meeting,
        "actor": actor,
        "sittings": list(meeting.sittings.all()),
        "now": clock.now(meeting),
        "rail": list(_entries(meeting, actor, current)),
        "abilities": {ability.value for ability in actor.abilities},
    }


def _entries(meeting: Meeting, actor: Actor, current: str) -> Iterator[dict[str, Any]]:
    for name, icon, label, ability in RAIL:
        if actor.may(ability) and not (name == "live:console" and actor.bridge_point_id is None):
            yield {
                "url": reverse(name, args=[meeting.slug]),
                "icon": icon,
                "label": label,
                "current": name == current,
            }
