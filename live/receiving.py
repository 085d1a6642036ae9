"""What consoles say they have taken and people have seen: gathered in memory, written down once a second, outside the journal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from control.models import Message
from control.receipts import mark_read, note_delivered, note_seen
from live.hand import SiteCommandState
from live.tickets import Ticket
from meetings.models import Meeting, Participant
from meetings.procedure import Actor, actor_in
from people.models import User

SEEN_LIMIT = 20  # a frame
GATHERED_LIMIT = 20_000  # what is beyond is said again at the next return
SEEN = re.compile(r"(site_command|message):(\d{1,18})")


def seen_in(words: object) -> list[tuple[str, int]]:
    """Return what the `seen` of a frame names; anything else in it is passed over."""
    if not isinstance(words, list):
        return []
    found = [SEEN.fullmatch(word) for word in words[:SEEN_LIMIT] if isinstance(word, str)]
    return [(match[1], int(match[2])) for match in found if match]


@dataclass
class Gathered:
    """What has come in since the last writing: (site command, site) pairs, and messages with who has seen them."""

    delivered: set[tuple[int, int]] = field(default_factory=set)
    seen: set[tuple[int, int]] = field(default_factory=set)
    messages: set[tuple[Ticket, int]] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.delivered or self.seen or self.messages)


class Receiving:
    """The receipts of one meeting in this process."""

    def __init__(self) -> None:
        self._since: dict[int, int] = {}  # site command → the number at which it first stood in the room
        self._noted: set[tuple[int, int]] = set()
        self._gathered = Gathered()

    def follow(self, site_commands: Iterable[SiteCommandState], number: int) -> None:
        """Take up the site commands that stand at a number; let go of the others."""
        standing = {one.id for one in site_commands}
        self._since = {pk: self._since.get(pk, number) for pk in standing}
        self._noted = {pair for pair in self._noted if pair[0] in standing}

    def took(self, site: int, number: int) -> None:
        """A bridge point's console has taken everything up to a number: the site commands in it are delivered."""
        for pk, since in self._since.items():
            if since <= number and (pk, site) not in self._noted:
                self._noted.add((pk, site))
                self._gathered.delivered.add((pk, site))

    def saw(self, ticket: Ticket, words: object) -> None:
        """Somebody has had something before the eyes; the site commands of a console that only looks in do not count."""
        for kind, pk in seen_in(words):
            if kind == "message" and len(self._gathered.messages) < GATHERED_LIMIT:
                self._gathered.messages.add((ticket, pk))
            elif kind == "site_command" and ticket.connects and ticket.bridge_point is not None and pk in self._since:
                self._gathered.seen.add((pk, ticket.bridge_point))

    def gather(self) -> Gathered | None:
        """Return what has come in, and begin anew."""
        gathered, self._gathered = self._gathered, Gathered()
        return gathered or None


def write_down(meeting_id: int, gathered: Gathered) -> list[tuple[str, int]]:
    """Keep what has come in; return the lines (line, site) in which something has newly been read."""
    note_delivered(meeting_id, gathered.delivered | gathered.seen)
    note_seen(meeting_id, gathered.seen)
    return _mark_read(meeting_id, list(gathered.messages))


def _mark_read(meeting_id: int, seen: Sequence[tuple[Ticket, int]]) -> list[tuple[str, int]]:
    messages = Message.objects.filter(meeting=meeting_id).in_bulk([pk for _ticket, pk in seen])
    actors = _actors(meeting_id, [ticket for ticket, _pk in seen])
    marks: dict[tuple[str, int, bool], int] = {}
    for ticket, pk in seen:
        message = messages.get(pk)
        if message is None or not _reads(ticket, actors.get(ticket), message):
            continue
        key = (message.line, message.bridge_point_id, not message.from_site)
        marks[key] = max(marks.get(key, 0), pk)
    for (line, site, at_site), up_to in marks.items():
        mark_read(site, line, at_site, up_to)
    return [(line, site) for line, site, _at_site in marks]


def _reads(ticket: Ticket, actor: Actor | None, message: Message) -> bool:
    """Tell whether a message has been read by the side it was written to: nobody reads for somebody else."""
    if actor is None:
        return False
    centre, at_site = actor.sides_of_line(message.line, message.bridge_point_id)
    return (centre and ticket.screen != "console") if message.from_site else (at_site and ticket.screen == "console")


def _actors(meeting_id: int, tickets: Sequence[Ticket]) -> dict[Ticket, Actor]:
    accounts = User.objects.in_bulk({t.account for t in tickets if t.account is not None})
    people = Participant.objects.in_bulk({t.participant for t in tickets if t.participant is not None})
    meeting = Meeting(pk=meeting_id)
    return {
        t: actor_in(meeting, accounts[t.account], people.get(t.participant) if t.participant is not None else None)
        for t in tickets
        if t.account in accounts
    }
