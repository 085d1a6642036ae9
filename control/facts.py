"""What can happen to displays, announcements, site commands, messages and the lines of a meeting.

What is for all bridge points or displays says `all` and how many they were; otherwise it names each: [{id, name}, …].
"""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("display.opened")
class DisplayOpened(Fact):
    """A public display was given its address."""

    display: int
    name: str
    bridge_point: str


@fact("display.revoked")
class DisplayRevoked(Fact):
    """The address of a public display was made worthless."""

    display: int
    name: str


@fact("displays.steered")
class DisplaysSteered(Fact):
    """Displays were told what to show; `announcement` is the one they show in that mode."""

    mode: str
    announcement: int | None
    all: bool
    count: int
    displays: list[dict[str, Any]]


@fact("announcement.published")
class AnnouncementPublished(Fact):
    """Something was announced."""

    announcement: int
    text: str
    all: bool
    count: int
    sites: list[dict[str, Any]]


@fact("announcement.withdrawn")
class AnnouncementWithdrawn(Fact):
    """An announcement was taken back; `displays` that showed it (how many) follow the meeting again."""

    announcement: int
    text: str
    displays: int


@fact("site_command.issued")
class SiteCommandIssued(Fact):
    """Bridge points were told to do something and to acknowledge it."""

    site_command: int
    kind_of_command: str
    text: str
    all: bool
    count: int
    sites: list[dict[str, Any]]


@fact("site_command.acknowledged")
class SiteCommandAcknowledged(Fact):
    """The actor acknowledged it for a bridge point: there, or `on_behalf` of who answered by telephone."""

    site_command: int
    text: str
    bridge_point: int
    bridge_point_name: str
    on_behalf: bool


@fact("site_command.withdrawn")
class SiteCommandWithdrawn(Fact):
    """A site command was taken back, when so many of so many had acknowledged it."""

    site_command: int
    text: str
    acknowledged: int
    count: int


@fact("message.sent")
class MessageSent(Fact):
    """A message was written on a line. Its words stay outside: `digest` is SHA-256 (hex) of the row's salt and text."""

    message: int
    bridge_point: int
    bridge_point_name: str
    line: str
    from_site: bool
    digest: str


@fact("outages.begun")
class OutagesBegun(Fact):
    """Lines were lost. `outages`: [{id, bridge_point, name, began_at}, …], moments of the meeting's time in ISO 8601."""

    outages: list[dict[str, Any]]


@fact("outages.ended")
class OutagesEnded(Fact):
    """Lines came back, or the meeting ended. `outages`: as above with ended_at and whole `seconds`."""

    outages: list[dict[str, Any]]
