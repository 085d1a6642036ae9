"""The frame of a meeting's workspace: which meeting, its state and clock, and the rail in the order of the work."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings import clock, hooks
from meetings.models import Meeting, Sitting
from meetings.procedure import NOT_REHEARSED, Ability, Actor

# page, icon, label, the ability that shows it
RAIL = (
    ("meetings:overview", "home", _("Overview"), Ability.SEE_PEOPLE),
    ("agenda:programme", "list", _("Programme"), Ability.SEE),
    ("attendance:participants", "people", _("Delegates"), Ability.SEE_PEOPLE),
    ("attendance:presence", "check", _("Attendance"), Ability.MARK_PRESENCE),
    ("attendance:my_unit", "people", _("My unit's list"), Ability.REGISTER_PEOPLE),
    ("meetings:bridge_points", "site", _("Bridge points"), Ability.SEE_PEOPLE),
    ("packets:papers", "paper", _("Papers"), Ability.SEE),
    ("live:control", "run", _("Control room"), Ability.SEE_CONTROL_ROOM),
    ("live:chair", "chair", _("Chair's desk"), Ability.SEE_CHAIR_DESK),
    ("live:console", "site", _("My bridge point"), Ability.SEE_CONSOLE),
    ("attendance:doors", "people", _("Doors"), Ability.MARK_PRESENCE),
    ("live:delegate", "seat", _("My seat"), Ability.SEE),
    ("minutes:review", "minutes", _("Remarks on the minutes"), Ability.REMARK_ON_MINUTES),
    ("voting:polls", "check", _("Votes"), Ability.SEE_POLLS),
    ("control:displays", "display", _("Displays"), Ability.STEER_DISPLAYS),
    ("minutes:minutes", "minutes", _("Minutes"), Ability.SEE_MINUTES),
    ("minutes:official", "print", _("Official papers"), Ability.SEE_MINUTES),
)

# Rooms of a meeting that is held: a template has none of them.
HELD = frozenset({"live", "control", "minutes", "voting", "attendance:presence"})
# Pages that need a day: nobody is invited to a template.
DATED = frozenset({"issuing:invitations", "meetings:meeting_calendar", "attendance:badges"})

# part of the work → its pages, each with label and the ability that shows it; rooms upstairs add theirs in ready()
TABS: dict[str, list[tuple[str, Any, Ability]]] = {
    "programme": [("agenda:programme", _("Programme"), Ability.SEE)],
    "delegates": [("attendance:participants", _("Delegates"), Ability.SEE_PEOPLE)],
    "papers": [("packets:papers", _("Papers"), Ability.SEE)],
    "sites": [
        ("meetings:bridge_points", _("Bridge points"), Ability.SEE_PEOPLE),
        ("meetings:meeting_accounts", _("Accounts"), Ability.RESET_PASSWORDS),
    ],
}
# The office's rail: page, icon, label, the ability that shows it (nothing: everybody)
OFFICE_RAIL: list[tuple[str, str, Any, Ability | None]] = [
    ("meetings:index", "home", _("My meetings"), None),
    ("meetings:series", "list", _("Series"), Ability.CREATE_MEETING),
    ("meetings:templates", "paper", _("Templates"), Ability.CREATE_MEETING),
    ("meetings:rules", "follow", _("Deadlines and holidays"), Ability.CREATE_MEETING),
    ("meetings:accounts", "people", _("Accounts"), Ability.RESET_PASSWORDS),
    ("meetings:outbox", "up", _("Outbox"), Ability.SEE_OUTBOX),
]


def tabs_of(part: str, meeting: Meeting, actor: Actor, current: str) -> list[dict[str, Any]]:
    """Return the pages of a part of the work that the actor may see (parts/tabs.html); `current` is a URL name."""
    return [
        {"url": reverse(name, args=[meeting.slug]), "label": label, "current": name == current}
        for name, label, ability in TABS[part]
        if actor.may(ability) and not _is_left_out(name, ability, meeting)
    ]


def _is_left_out(name: str, ability: Ability, meeting: Meeting) -> bool:
    """Tell whether a meeting of this kind has nothing on a page: a template no day, a rehearsal nothing to issue."""
    if meeting.is_template:
        return name in DATED
    return meeting.kind == Meeting.Kind.REHEARSAL and (ability in NOT_REHEARSED or name == "meetings:meeting_calendar")


def office_rail(abilities: Collection[str], path: str) -> list[dict[str, Any]]:
    """Return the office's rail for who has these abilities and stands at `path`."""
    entries = [(name, icon, label) for name, icon, label, ability in OFFICE_RAIL if ability is None or ability in abilities]
    shown = [(reverse(name), icon, label) for name, icon, label in entries]
    start = reverse("meetings:index")
    under = (url for url, _icon, _label in shown if url == path or (url != start and path.startswith(url)))
    current = max(under, key=len, default="")
    return [{"url": url, "icon": icon, "label": label, "current": url == current} for url, icon, label in shown]


def desk_context(meeting: Meeting, actor: Actor, current: str) -> dict[str, Any]:
    """Return what every page of the workspace needs; `current` is the page's URL name."""
    asked = _sittings_read(meeting, actor)
    return {
        "meeting": meeting,
        "actor": actor,
        "sittings": list(meeting.sittings.all()),
        "now": clock.now(meeting),
        "rail": list(_entries(meeting, replace(actor, abilities=actor.abilities | asked), current)),
        "abilities": {ability.value for ability in actor.abilities},
    }


def _sittings_read(meeting: Meeting, actor: Actor) -> set[Ability]:
    """Read the sittings: whoever asks this meeting for them again asks no database. Return what the actor may since they
    were asked (hooks.granting): it comes along with them. Nobody is asked for anything of the kind before a meeting is opened.
    """
    wanted = [] if meeting.opened_at is None or meeting.is_template or not actor.user.may_act else [*hooks.granting]
    along = {f"may_{name}": Exists(hooks.granting[name](OuterRef("meeting"), actor.user)) for name in wanted}
    prefetch_related_objects([meeting], Prefetch("sittings", Sitting.objects.annotate(**along)))
    return {Ability(name) for name in wanted if any(getattr(one, f"may_{name}", False) for one in meeting.sittings.all())}


def _is_pointless(name: str, actor: Actor) -> bool:
    """Tell whether a page has nothing for an actor who may see it: no bridge point, no seat, no unit of one's own."""
    match name:
        case "live:console":
            return actor.bridge_point_id is None
        case "live:delegate":
            return actor.participant is None and not actor.may(Ability.SEE_PEOPLE)
        case "attendance:doors":  # who sees the list of people finds it there, as a tab
            return actor.bridge_point_id is None or actor.may(Ability.SEE_PEOPLE)
        case "attendance:my_unit":
            return actor.may(Ability.PREPARE)
    return False


def _entries(meeting: Meeting, actor: Actor, current: str) -> Iterator[dict[str, Any]]:
    for name, icon, label, ability in RAIL:
        if meeting.is_template and HELD & {name, name.partition(":")[0]}:
            continue
        if actor.may(ability) and not _is_pointless(name, actor):
            yield {
                "url": reverse(name, args=[meeting.slug]),
                "icon": icon,
                "label": label,
                "current": name == current,
            }
