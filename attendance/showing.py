"""The rows of the list of participants, filled into moulds: three thousand names take no longer than their page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from attendance.models import Presence
from meetings.models import Participant, Role
from meetings.moulds import filled


def shown_rows(people: Iterable[Participant], *, may_prepare: bool) -> SafeString:
    """Return the rows of participants fetched with what attendance.queries.search brings along."""
    roles = {value: str(word) for value, word in Role.choices}
    return format_html_join("", "{}", ((_row(one, roles, may_prepare=may_prepare),) for one in people))


def state_of(one: Participant) -> str:
    """Tell whether somebody is present, online, gone, excused, absent, or not marked (nothing)."""
    presence = getattr(one, "presence", None)
    marked = presence.state if presence else ""
    return "excused" if one.is_excused and marked in ("", Presence.State.ABSENT) else marked


def _row(one: Participant, roles: dict[str, str], *, may_prepare: bool) -> SafeString:
    site, group, replaced = one.bridge_point, one.group, one.substitute_for
    shape = {
        "may_prepare": may_prepare, "is_substitute": replaced is not None, "has_group": group is not None,
        "has_site": site is not None, "is_online": one.mode == Participant.Mode.ONLINE, "state": state_of(one),
    }  # fmt: skip
    words: dict[str, Any] = {
        "pk": one.pk, "name": one.name, "office": one.office, "position": one.position, "unit": one.unit, "role": one.role,
        "role_word": roles.get(one.role, ""), "mode": one.mode, "standing": "on" if one.is_standing else "",
        "group": group.name if group else "", "group_id": group.pk if group else "",
        "site": site.short_name if site else "", "bridge_point_id": site.pk if site else "",
        "replaced": replaced.name if replaced else "",
    }  # fmt: skip
    return filled("attendance/row.html", shape, words)
