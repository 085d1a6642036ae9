"""The short-lived signed ticket a page carries to the socket: who looks, at which screen. No database is asked."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core import signing

_SALT = "live.ticket"
MAX_AGE = 120  # seconds from the page to the socket


@dataclass(frozen=True)
class Ticket:
    """A right to look at one screen of one meeting in one language, until the meeting says otherwise."""

    meeting: int
    slug: str
    screen: str
    language: str
    account: int | None = None
    participant: int | None = None
    bridge_point: int | None = None
    display: int | None = None
    connects: bool = False  # whether this console stands for its bridge point, and not for somebody who looks in
    chair_line: bool = False  # whether this console hears that something stands on the chair's line
    # What decides who is in at a closed item (agenda/running/closed.py); without it one is out.
    leads: bool = False
    role: str = ""
    seat: int | None = None
    session: str = ""  # fingerprint of the session it was made in
    password: str = ""  # mark of the account's password at that time


def seal(ticket: Ticket) -> str:
    """Return a ticket as text to stand in an address."""
    return signing.dumps(asdict(ticket), salt=_SALT, compress=False)


def unseal(text: str, slug: str) -> Ticket | None:
    """Return the ticket of a text; nothing when it is forged, expired or for another meeting."""
    try:
        ticket = Ticket(**signing.loads(text, salt=_SALT, max_age=MAX_AGE))
    except (signing.BadSignature, TypeError):
        return None
    return ticket if ticket.slug == slug else None
