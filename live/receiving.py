"""What consoles say they have taken and people have seen: gathered in memory, written down once a second, outside the journal."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
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
A_READER = 200  # messages of one page at a time: nobody fills the rest alone
LINE_SCREENS = ("control", "chair", "console")  # where messages stand
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
    messages: dict[Ticket, set[int]] = field(default_factory=dict)
    held: int = 0  # messages

    def __bool__(self) -> bool:
        return bool(self.delivered or self.seen or self.messages)

    def add_messages(self, ticket: Ticket, keys: Iterable[int]) -> None:
        """Take up messages that somebody has seen, as long as there is room."""
        own = self.messages.setdefault(ticket, set())
        news = [key for key in keys if key not in own]
        taken = news[: max(0, min(A_READER - len(own), GATHERED_LIMIT - self.held))]
        own.update(taken)
        self.held += len(taken)

    def add(self, other: Gathered) -> None:
        """Take up all that another one holds."""
        self.delivered |= other.delivered
        self.seen |= other.seen
        for ticket, keys in other.messages.items():
            self.add_messages(ticket, keys)


class Receiving:
    """The receipts of one meeting in this process."""

    def __init__(self) -> None:
        self._since: dict[int, int] = {}  # site command → the number at which it first stood in the room
        self._noted: set[tuple[int, int]] = set()  # as delivered
        self._shown: set[tuple[int, int]] = set()  # as seen
        self._gathered = Gathered()

    def follow(self, site_commands: Iterable[SiteCommandState], number: int) -> None:
        """Take up the site commands that stand at a number; let go of the others."""
        standing = {one.id for one in site_commands}
        self._since = {pk: self._since.get(pk, number) for pk in standing}
        self._noted = {pair for pair in self._noted if pair[0] in standing}
        self._shown = {pair for pair in self._shown if pair[0] in standing}

    def took(self, site: int, number: int) -> None:
        """A bridge point's console has taken everything up to a number: the site commands in it are delivered."""
        for pk, since in self._since.items():
            if since <= number and (pk, site) not in self._noted:
                self._noted.add((pk, site))
                self._gathered.delivered.add((pk, site))

    def saw(self, ticket: Ticket, words: object) -> None:
        """Somebody has had something before the eyes; the site commands of a console that only looks in do not count."""
        named = seen_in(words)
        if ticket.account is not None and ticket.screen in LINE_SCREENS:
            messages = [pk for kind, pk in named if kind == "message"]
            if messages:
                self._gathered.add_messages(ticket, messages)
        if not ticket.connects or ticket.bridge_point is None:
            return
        orders = {(pk, ticket.bridge_point) for kind, pk in named if kind == "site_command" and pk in self._since}
        self._gathered.seen |= orders - self._shown
        self._shown |= orders

    def gather(self) -> Gathered | None:
        """Return what has come in, and begin anew."""
        gathered, self._gathered = self._gathered, Gathered()
        return gathered or None

    def take_back(self, gathered: Gathered) -> None:
        """What has come in could not be written down: it is due again."""
        self._gathered.add(gathered)


def write_down(meeting_id: int, gathered: Gathered) -> tuple[bool, list[tuple[str, int]]]:
    """Keep what has come in; tell whether any of it is news, and the lines (line, site) in which something was newly read."""
    noted = 0
    if gathered.delivered or gathered.seen:
        noted += note_delivered(meeting_id, gathered.delivered | gathered.seen)
    if gathered.seen:
        noted += note_seen(meeting_id, gathered.seen)
    read = _mark_read(meeting_id, [(ticket, pk) for ticket, keys in gathered.messages.items() for pk in keys])
    return bool(noted or read), read


def _mark_read(meeting_id: int, seen: Sequence[tuple[Ticket, int]]) -> list[tuple[str, int]]:
    if not seen:
        return []
    messages = Message.objects.filter(meeting=meeting_id).in_bulk({pk for _ticket, pk in seen})
    actors = _actors(meeting_id, {ticket for ticket, _pk in seen})
    marks: dict[tuple[str, int, bool], int] = {}
    for ticket, pk in seen:
        message = messages.get(pk)
        if message is None or not _reads(ticket, actors.get(ticket), message):
            continue
        key = (message.line, message.bridge_point_id, not message.from_site)
        marks[key] = max(marks.get(key, 0), pk)
    return [(line, site) for (line, site, at_site), up_to in marks.items() if mark_read(site, line, at_site, up_to)]


def _reads(ticket: Ticket, actor: Actor | None, message: Message) -> bool:
    """Tell whether a message has been read by the side it was written to: nobody reads for somebody else."""
    if actor is None:
        return False
    centre, at_site = actor.sides_of_line(message.line, message.bridge_point_id)
    return (centre and ticket.screen != "console") if message.from_site else (at_site and ticket.screen == "console")


def _actors(meeting_id: int, tickets: Collection[Ticket]) -> dict[Ticket, Actor]:
    accounts = User.objects.in_bulk({t.account for t in tickets if t.account is not None})
    people = Participant.objects.in_bulk({t.participant for t in tickets if t.participant is not None})
    meeting = Meeting(pk=meeting_id)
    return {
        t: actor_in(meeting, accounts[t.account], people.get(t.participant) if t.participant is not None else None)
        for t in tickets
        if t.account in accounts
    }
