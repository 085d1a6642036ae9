"""The bridge points of a meeting as rows of a file. Telephone numbers stand in the contact sheet only."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from meetings.models import BridgePoint, Meeting, Role
from meetings.sites.queries import names_by_role, with_counts


def columns() -> list[str]:
    """Return the headings: those the import of bridge points reads."""
    return [
        _("No."), _("Name of the bridge point"), _("Short name"), _("Kind"), _("Place"), _("Stands under"), _("Organisation"),
        _("Head"), _("Operators"), _("Technicians"), _("Seats"), _("Equipment"), _("Address of its video conference"),
        _("Delegates"),
    ]  # fmt: skip


def rows(meeting: Meeting) -> Iterator[list[str | int]]:
    """Yield one row for each bridge point, each under the one above it."""
    for site in in_order(meeting):
        crew = list(site.crew)  # type: ignore[attr-defined]
        yield [
            site.number, site.name, site.short_name, str(site.get_kind_display()), site.place,
            site.parent.name if site.parent else "", site.organisation.name if site.organisation else "",
 site.head.full_name if site.head else "",
            names_by_role(crew, Role.OPERATOR), names_by_role(crew, Role.TECHNICIAN),
            "" if site.seats is None else site.seats, site.equipment, site.video_address, site.people,  # type: ignore[attr-defined]
        ]  # fmt: skip


def in_order(meeting: Meeting) -> list[BridgePoint]:
    """Return all bridge points as a tree is read: each one on top, followed by those under it."""
    sites = list(with_counts(meeting.bridge_points.all()).order_by("number"))
    below: dict[int, list[BridgePoint]] = {}
    for site in sites:
        if site.parent_id is not None:
            below.setdefault(site.parent_id, []).append(site)
    return [one for top in sites if top.parent_id is None for one in (top, *below.get(top.pk, []))]
