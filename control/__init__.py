"""The secretariat's hand on the room: displays, announcements, site commands, messages; and the outages of the lines."""
