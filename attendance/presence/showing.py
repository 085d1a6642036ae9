"""The rows of the attendance desk, filled into moulds."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from attendance.presence.authority import sayable
from attendance.presence.lists import state_of
from attendance.presence.models import Presence
from attendance.presence.standing import Standing
from meetings.models import Meeting, Participant
from meetings.moulds import filled
from meetings.procedure import Actor


def shown_rows(request: HttpRequest, meeting: Meeting, actor: Actor, people: Iterable[Participant]) -> SafeString:
    """Return the rows of people fetched by attendance.presence.lists.search."""
    slug = meeting.slug
    same: dict[str, Any] = {
        "action": reverse("meetings:do", args=[slug, "presence.mark"]), "token": get_token(request),
        "next": request.get_full_path(), "page": reverse("attendance:person", args=[slug, 0]).removesuffix("0/"),
    }  # fmt: skip
    is_over = meeting.state == Meeting.State.ADJOURNED
    return format_html_join("", "{}", ((_row(one, actor, same, is_over=is_over),) for one in people))


def states_to_mark(actor: Actor, one: Participant) -> list[str]:
    """Return what the actor may mark of somebody; nothing of who is neither of the own bridge point nor there."""
    presence: Presence | None = getattr(one, "presence", None)
    return sayable(actor, one.bridge_point_id, presence.state if presence else "", presence.bridge_point_id if presence else None)


def seen_of(one: Participant) -> str:
    """Return what a form keeps of how somebody stands, so that a stale one is refused."""
    presence: Presence | None = getattr(one, "presence", None)
    if presence is None:
        return Standing().seen
    return Standing(presence.state, presence.bridge_point_id, presence.marked_at, presence.by_hand_at).seen


def reason_of(one: Participant) -> str:
    """Return why somebody is absent, as was said when they were marked."""
    presence: Presence | None = getattr(one, "presence", None)
    return presence.reason if presence else ""


def is_elsewhere(one: Participant) -> bool:
    """Tell whether somebody is, or was last, at another bridge point than their own."""
    presence: Presence | None = getattr(one, "presence", None)
    return presence is not None and presence.bridge_point_id not in (None, one.bridge_point_id)


def _row(one: Participant, actor: Actor, same: dict[str, Any], *, is_over: bool) -> SafeString:
    presence: Presence | None = getattr(one, "presence", None)
    replacing: Participant | None = getattr(one, "substitute", None)
    replaced, site, reason, elsewhere = one.substitute_for, one.bridge_point, reason_of(one), is_elsewhere(one)
    state, may = state_of(one), [] if is_over else states_to_mark(actor, one)
    shape = {
        "state": state, "is_online": one.mode == Participant.Mode.ONLINE, "may_mark": bool(may),
        "may_leave": Presence.State.LEFT in may,
        "is_substitute": replaced is not None, "has_substitute": replacing is not None, "is_walk_in": hasattr(one, "walk_in"),
        "has_site": site is not None, "has_group": one.group is not None, "has_reason": bool(reason),
        "is_elsewhere": elsewhere, "has_time": presence is not None and state != "excused",
    }  # fmt: skip
    words: dict[str, Any] = {
        "pk": one.pk, "name": one.name, "office": one.office, "site": site.short_name if site else "",
        "group": one.group.name if one.group else "", "replaced": replaced.name if replaced else "",
        "substitute": replacing.name if replacing else "", "reason": reason,
        "where": presence.bridge_point.short_name if elsewhere and presence and presence.bridge_point else "",
        "at": _time(presence.marked_at) if presence else "", "one": str(uuid.uuid4()), "two": str(uuid.uuid4()),
    }  # fmt: skip
    return filled("attendance/presence/row.html", shape, words | same)


def _time(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")
