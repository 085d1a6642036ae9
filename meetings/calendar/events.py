"""A calendar as RFC 5545 writes it: pure functions, plain values in, bytes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

# icalendar takes a tenth of a start; of the processes here one in many writes a calendar.
if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PRODUCT = "-//Diem Cau//Hoi nghi//VI"
#: A sitting without an end is shown as long as this.
UNTOLD = timedelta(hours=3)
#: How often calendar programs are asked to look; most decide themselves.
REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Mailbox:
    """A name and an address, for invitations."""

    name: str
    address: str


@dataclass(frozen=True)
class Entry:
    """One sitting as somebody's calendar shows it. `revised` is the moment of the change that gave it its `sequence`."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime | None
    sequence: int
    revised: datetime
    location: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False
    organizer: Mailbox | None = None
    attendee: Mailbox | None = None


def written(entries: Sequence[Entry], *, name: str = "", method: str = "") -> bytes:
    """Return a calendar of these entries: a feed with a name, or, with a method, a message (REQUEST, CANCEL) for one of them.

    The same entries always give the same bytes: nothing in it is the present moment.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", str(ZONE))
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    # Some programs read from the top and want to know a zone before it is used.
    calendar.subcomponents.sort(key=lambda part: part.name != "VTIMEZONE")
    data: bytes = calendar.to_ical()
    return data


def _event(entry: Entry) -> Event:
    from icalendar import Event, vText, vUri

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.revised)
    event.add("last-modified", entry.revised)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts_at.astimezone(ZONE))
    event.add("dtend", (entry.ends_at or entry.starts_at + UNTOLD).astimezone(ZONE))
    event.add("summary", entry.summary)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    for key, words in (("location", entry.location), ("description", entry.description)):
        if words:
            event.add(key, words)
    if entry.url:
        event["url"] = vUri(entry.url)
    if entry.organizer:
        event["organizer"] = _address(entry.organizer)
    if entry.attendee:
        attendee = _address(entry.attendee)
        attendee.params.update(ROLE=vText("REQ-PARTICIPANT"), PARTSTAT=vText("NEEDS-ACTION"), RSVP=vText("FALSE"))
        event.add("attendee", attendee, encode=False)
    return event


def _address(mailbox: Mailbox) -> vCalAddress:
    from icalendar import vCalAddress, vText

    address = vCalAddress(f"mailto:{mailbox.address}")
    # A quotation mark cannot stand in a parameter (RFC 5545, 3.2).
    address.params["CN"] = vText(mailbox.name.replace('"', "'") or mailbox.address)
    return address
