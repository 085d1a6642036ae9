"""Words and figures for what the secretariat holds in its hand: kinds, modes, how long something lasted, who shows what."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from control.models import Display, Line, SiteCommand
from live.board import Group
from live.hand import AnnouncementState, DisplayState, Missing, OutageState, SiteCommandState

register = template.Library()


@register.filter
def kind_word(kind: str) -> str:
    """The kind of a site command in words."""
    return str(SiteCommand.Kind(kind).label)


@register.filter
def mode_word(mode: str) -> str:
    """What a display shows, in words."""
    return str(Display.Mode(mode).label)


@register.filter
def line_word(line: str) -> str:
    """Which of the two lines, in words."""
    return str(Line(line).label)


@register.filter
def lasting(outage: OutageState) -> str:
    """Minutes and seconds of an outage that is over ("02:14"), with hours from one hour on; nothing while it lasts."""
    if outage.ended_at is None:
        return ""
    seconds = max(0, round((outage.ended_at - outage.began_at).total_seconds()))
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes:02}:{seconds % 60:02}"


@register.filter
def shown_on(announcement: AnnouncementState, displays: Iterable[DisplayState]) -> int:
    """How many displays (those of the hand) show an announcement just now."""
    return sum(d.mode == Display.Mode.ANNOUNCEMENT and d.announcement_id == announcement.id for d in displays)


@register.filter
def unread(threads: Iterable[object], line: str) -> int:
    """How many messages wait to be read in the control room on a line."""
    return sum(thread.unread_here for thread in threads if thread.line == line)  # type: ignore[attr-defined]


@register.filter
def on_line(threads: Iterable[object], line: str) -> list[object]:
    """The threads of one of the two lines."""
    return [thread for thread in threads if thread.line == line]  # type: ignore[attr-defined]


@register.filter
def unacknowledged(site_commands: Iterable[SiteCommandState]) -> list[SiteCommandState]:
    """The site commands that still wait for somebody."""
    return [one for one in site_commands if one.not_acknowledged]


@register.filter
def name_of(groups: Iterable[Group], pk: int) -> str:
    """The name of one of the groups of the board."""
    return next((group.name for group in groups if group.id == pk), "")


@register.filter
def worst_first(site_command: SiteCommandState) -> list[Missing]:
    """Who has not acknowledged: those whom it has not reached, then those who have not seen it, then the others."""
    return sorted(site_command.missing, key=lambda one: ("", "delivered", "seen").index(one.state))
