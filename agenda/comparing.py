"""How the programmes of two meetings differ, item by item."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from django.utils.translation import gettext as _

from agenda.models import AgendaItem
from meetings.hooks import Pair
from meetings.models import Meeting
from meetings.series.comparing import paired


def programme_pairs(old: Meeting, new: Meeting) -> list[Pair]:
    """Return the items of both, paired by kind and title, in the running order."""
    return paired(_rows(old), _rows(new))


def _rows(meeting: Meeting) -> Iterator[tuple[Hashable, str, str]]:
    for item in AgendaItem.objects.filter(meeting=meeting).select_related("sitting").order_by("position"):
        minutes = _("%(count)d min") % {"count": item.minutes}
        begins = f"{item.begins_at:%H:%M}" if item.begins_at else ""
        sitting = _("Sitting %(number)d") % {"number": item.sitting.number} if item.sitting else ""
        words = (item.number, sitting, begins, minutes, item.presenter)
        yield (item.kind, item.title), item.title, " · ".join(word for word in words if word)
