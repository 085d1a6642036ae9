"""What the secretariat does with its hand: displays, announcements, site commands, messages; and the outages of the lines.

All of it may be done before the opening, when lines are tried, and after the end, when equipment is put away.
"""

from control.actions.announcements import publish_announcement, withdraw_announcement
from control.actions.displays import open_display, revoke_display, steer_displays
from control.actions.messages import send_message
from control.actions.outages import begin_outages, end_all_outages, end_outages
from control.actions.site_commands import acknowledge_site_command, issue_site_command, withdraw_site_command

__all__ = [
    "acknowledge_site_command",
    "begin_outages",
    "end_all_outages",
    "end_outages",
    "issue_site_command",
    "open_display",
    "publish_announcement",
    "revoke_display",
    "send_message",
    "steer_displays",
    "withdraw_announcement",
    "withdraw_site_command",
]
