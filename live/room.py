"""One meeting in one process: its state at the newest number, the parts of each audience, the sockets."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace

from channels.db import database_sync_to_async
from django.utils import timezone

from control.models import Line
from live import frames, tickets
from live.judging import still_good
from live.links import Links
from live.outages import OutageKeeper
from live.reader import Reader
from live.reading import Poke, Reading, read_after, read_devices_again, read_hand_again
from live.receiving import Gathered, Receiving, write_down
from live.rendering import Audience, render_for
from live.screens import SCREENS
from live.sockets import Socket
from live.state import ClockState, RoomState
from live.tickets import Ticket
from live.veil import hidden_of

LINKS_EVERY = 5.0  # seconds: round trips and numbers move all the time, and are shown so often
BREATH = 0.1  # seconds between two readings of a room: a burst makes few frames, a single change does not wait
TICKET_EVERY = 60.0  # seconds: half a ticket's life


@dataclass
class Wall:
    """What an audience is being shown: its parts with the number each last changed at, and who looks."""

    parts: frames.Parts = field(default_factory=dict)
    sent: int = 0
    # In the order they came, which is that of the memory they lie in, the kernel's too: a tenth of a fan-out.
    sockets: dict[Socket, None] = field(default_factory=dict)
    resumed: dict[int, str] = field(default_factory=dict)

    def absorb(self, number: int, rendered: dict[str, str]) -> frames.Parts:
        """Take newly rendered parts; return those that differ from the last ones."""
        changed = {
            name: (number, html) for name, html in rendered.items() if name not in self.parts or self.parts[name][1] != html
        }
        self.parts.update(changed)
        self.resumed.clear()
        return changed

    def absorb_soft(self, rendered: dict[str, str], number: int) -> bool:
        """Take newly rendered soft parts; tell whether they differ. Their numbers stay: they are no facts."""
        if all(self.parts.get(name, (0, ""))[1] == html for name, html in rendered.items()):
            return False
        self.parts.update(
            {name: (self.parts[name][0] if name in self.parts else number, html) for name, html in rendered.items()}
        )
        self.resumed.clear()
        return True

    def soft_frame(self, names: tuple[str, ...]) -> str:
        """Return the frame with the soft parts as they were shown last."""
        return frames.soft({name: self.parts[name][1] for name in names})

    def send(self, frame: str, number: int | None = None) -> None:
        """Send the same frame to everybody who looks."""
        event, size = {"type": "websocket.send", "text": frame}, len(frame)
        for socket in list(self.sockets):
            socket.push(event, size, number)

    def since(self, after: int, state: RoomState) -> str:
        """Return the frame with all that changed after a number; made once for all who ask the same."""
        known = max((number for number, _html in self.parts.values() if number <= after), default=0)
        if known not in self.resumed:
            changed = {name: part for name, part in self.parts.items() if part[0] > after}
            self.resumed[known] = frames.parts(state, changed)
        return self.resumed[known]


class Room:
    """Keeps the audiences of one meeting at the head of its journal. All methods run on the event loop."""

    def __init__(self, meeting_id: int, reader: Reader) -> None:
        self.meeting_id = meeting_id
        self.reader = reader
        self.walls: dict[Audience, Wall] = {}
        self.links = Links()
        self.receiving = Receiving()
        self.outages = OutageKeeper(meeting_id)
        self.state: RoomState | None = None
        self._refreshing = asyncio.Lock()
        self._beaten = self._shown = time.monotonic()
        self._next_reading = 0.0
        self._lost_or_found = False
        self._unwatched = self._unjudged = False
        self._parted_at = 0  # the number since when who looks at what has not changed by a closed item

    # --- joining

    async def join(self, socket: Socket, after: int, epoch: str) -> None:
        """Bring a screen to the present: the parts changed since `after`, links and clock, then all that follows."""
        if self._unwatched and self.state is not None:
            # Nobody has followed it, so it may be behind. Who joins meanwhile is sent the rest like everybody.
            self._unwatched = False
            await self.refresh()
        self._unwatched = False
        while True:  # until nothing has been closed or opened to it while it waited
            audience = self._audience(socket.ticket)
            wall, state = await self._wall(audience)
            if epoch == state.epoch and after > state.number:  # it has asked by HTTP meanwhile, and knows more than this room yet
                await self.refresh(after)
                state = self.state or state
            if audience == self._audience(socket.ticket) and self._is_drawn(audience):
                break
        # Who was out meanwhile, or in, has other parts than these numbers tell.
        fresh_start = epoch != state.epoch or after > state.number or after < self._parted_at
        wall.sockets[socket] = None
        if _speaks_for_site(socket.ticket) and self.links.join(
            socket.ticket.bridge_point or 0, socket, self.clock().now, socket.behind
        ):
            self._lost_or_found = True
        socket.text(wall.since(0 if fresh_start else after, state), state.number)
        if SCREENS[audience.screen].soft:
            socket.text(wall.soft_frame(SCREENS[audience.screen].soft))
        self._beat_to([socket], state.number)

    def _audience(self, ticket: Ticket) -> Audience:
        """Return with whom somebody looks: all of the screen and the language, but for those out of a closed item."""
        return Audience(ticket.screen, ticket.language, hidden_of(ticket, self.state.shut if self.state else ()))

    def leave(self, socket: Socket) -> None:
        """Forget a screen."""
        for wall in self.walls.values():
            wall.sockets.pop(socket, None)
        self._unwatched |= self.is_empty
        if self.state and self.links.leave(socket.ticket.bridge_point or 0, socket, self.clock().now):
            self._lost_or_found = True

    @property
    def number(self) -> int | None:
        """The journal's number that the room is at; nothing before its first reading."""
        return self.state.number if self.state else None

    @property
    def is_empty(self) -> bool:
        """Whether nobody looks."""
        return not any(wall.sockets for wall in self.walls.values()) and not self.links.is_leased()

    async def _wall(self, audience: Audience) -> tuple[Wall, RoomState]:
        if not self._is_drawn(audience):
            async with self._refreshing:
                if not self._is_drawn(audience):
                    wall = self.walls.setdefault(audience, Wall())
                    await self._read()
                    wall.sent = self.state.number if self.state else 0
        assert self.state is not None
        return self.walls.get(audience) or Wall(), self.state

    def _is_drawn(self, audience: Audience) -> bool:
        """Whether an audience's parts are there: not before its first reading has ended."""
        return self.state is not None and audience in self.walls and bool(self.walls[audience].parts)

    # --- moving on

    async def refresh(self, number: int | None = None) -> None:
        """Read the newest state and send every audience the parts that changed. Bursts coalesce: one reading serves all
        hints that arrived before it began."""
        if number is not None and self.state is not None and number <= self.state.number:
            return
        async with self._refreshing:
            await asyncio.sleep(max(0.0, self._next_reading - time.monotonic()))
            if number is not None and self.state is not None and number <= self.state.number:
                return
            await self._read()

    async def _read(self) -> None:
        fresh = [audience for audience, wall in self.walls.items() if not wall.parts]
        reading: Reading | None = await self.reader(
            read_after, self.meeting_id, self.state, sorted(self.walls), self.links.now(), fresh=fresh
        )
        if reading is None:
            return
        parted = self.state is not None and self.state.shut != reading.state.shut
        self.state = reading.state
        self.receiving.follow(reading.state.hand.site_commands, reading.state.number)
        # All walls take the new parts before anything is sent: who joins meanwhile finds them at this number, not older ones.
        walls = [(self.walls[Audience(*audience)], rendered) for audience, rendered in reading.rendered.items()]
        absorbed = [(wall, wall.absorb(reading.state.number, rendered)) for wall, rendered in walls]
        self._end_rights(reading)  # whose place is another one since is sent nothing of what came with that
        if parted:
            await self._part()
        for wall, changed in absorbed:
            if changed:
                wall.sent = reading.state.number
                wall.send(frames.parts(reading.state, changed), reading.state.number)
        if reading.clock_moved:
            self.beat()
        for poke in reading.pokes:
            self.poke(poke)
        self._unjudged |= reading.gone_units
        if self._unjudged:
            await self._judge_those_without_seat()
            self._unjudged = False
        self._next_reading = time.monotonic() + BREATH

    async def _part(self) -> None:
        """Something was closed to some, or opened to them again: each goes where they belong, and is sent all parts anew.

        They go before anything of the new state is sent, so that nobody who is out gets any of it.
        """
        assert self.state is not None
        self._parted_at = self.state.number
        moved: dict[Audience, list[Socket]] = {}
        for audience, wall in list(self.walls.items()):
            for socket in list(wall.sockets):
                if (now := self._audience(socket.ticket)) != audience:
                    del wall.sockets[socket]
                    moved.setdefault(now, []).append(socket)
        for audience, sockets in moved.items():
            self.walls.setdefault(audience, Wall()).sockets.update(dict.fromkeys(sockets))
        for audience in [audience for audience, wall in self.walls.items() if audience.hidden and not wall.sockets]:
            del self.walls[audience]
        for audience, sockets in moved.items():
            rendered = await self.reader(render_for, audience, self.state, self.links.now())
            wall = self.walls[audience]
            wall.parts = {name: (self.state.number, html) for name, html in rendered.items()}
            wall.resumed.clear()
            wall.sent = self.state.number
            frame = frames.parts(self.state, wall.parts)
            for socket in sockets:
                socket.text(frame, self.state.number)

    def poke(self, poke: Poke) -> None:
        """Tell the screens a fragment stands on that it has changed."""
        frame, chairs = frames.poke([poke.what]), poke.what == Line.CHAIR
        for audience, wall in self.walls.items():
            if audience.screen in poke.screens:
                for socket in list(wall.sockets):
                    ticket = socket.ticket
                    if poke.people is not None and ticket.participant not in poke.people:
                        continue
                    if poke.site in (None, ticket.bridge_point) and (ticket.chair_line or not chairs):
                        socket.text(frame, counts=False)

    def _end_rights(self, reading: Reading) -> None:
        if not reading.gone_people and not reading.gone_displays:
            return
        for wall in self.walls.values():
            for socket in list(wall.sockets):
                if socket.ticket.participant in reading.gone_people or socket.ticket.display in reading.gone_displays:
                    socket.close(4003)

    async def _judge_those_without_seat(self) -> None:
        """Close the screens of focal points whose unit is asked no more."""
        sockets = [socket for wall in self.walls.values() for socket in wall.sockets if socket.ticket.participant is None]
        good = await still_good(sockets)
        for socket in sockets:
            if socket not in good:
                socket.close(4003)

    # --- what comes up

    def got(self, socket: Socket, number: int) -> None:
        """A page has taken everything up to a number."""
        socket.got(number)
        if _speaks_for_site(socket.ticket):
            self._note(socket.ticket, socket, number=socket.seen)

    def here(self, socket: Socket, echo: object, seen: object) -> None:
        """A page is still here: how long its line takes, what its reader has seen. It gets a newer ticket in time."""
        trip = socket.round_trip(echo)
        if trip is not None and _speaks_for_site(socket.ticket):
            self._note(socket.ticket, socket, round_trip=trip)
        self.receiving.saw(socket.ticket, seen)
        if time.monotonic() - socket.ticketed_at > TICKET_EVERY:
            socket.ticketed_at = time.monotonic()
            socket.text(frames.ticket(tickets.seal(socket.ticket)), counts=False)

    async def here_by_http(self, ticket: Ticket, client: str, number: int, seen: list[str]) -> None:
        """The same from a console whose sockets do not pass; it counts as connected for a while."""
        if self.state is None:
            await self.refresh()
        if not (_speaks_for_site(ticket) and self.links.may_poll(ticket.bridge_point or 0, client)):
            return self.receiving.saw(ticket, seen)
        if self.links.join(ticket.bridge_point or 0, client, self.clock().now):
            self._lost_or_found = True
        self._note(ticket, client, number=min(number, self.number or 0), lease=True)
        return self.receiving.saw(ticket, seen)

    def _note(self, ticket: Ticket, console: object, **heard: int | bool | None) -> None:
        site = ticket.bridge_point or 0
        self.links.note(site, console, **heard)  # type: ignore[arg-type]
        if number := heard.get("number"):
            self.receiving.took(site, number)

    # --- what is not a fact

    def clock(self) -> ClockState:
        """The clock as it is now: pages count on from the moment a frame reaches them, not from an old reading."""
        assert self.state is not None
        return self.state.clock.moved_to(timezone.now())

    def is_due(self, every: float) -> bool:
        """Whether it is time for a beat: after `every` seconds, each second where a demonstration's clock runs fast."""
        if self.state is None:
            return False
        return time.monotonic() - self._beaten > (every if self.state.clock.rate <= 1 else 1) - 0.5

    def beat(self) -> None:
        """Send every screen the number it should have and the clock; consoles first, whose answers are timed."""
        self._beaten = time.monotonic()
        for _audience, wall in sorted(self.walls.items(), key=lambda each: each[0].screen != "console"):
            self._beat_to(list(wall.sockets), wall.sent)

    def _beat_to(self, sockets: list[Socket], number: int) -> None:
        clock = self.clock()
        frame = frames.beat(number, clock)
        event, real = {"type": "websocket.send", "text": frame}, frames.clock(clock)["real"]
        for socket in sockets:
            socket.beat(event, real)

    async def keep_outages(self) -> None:
        """Once a second: notice who is away or back, and record it."""
        if self.state is None:
            return
        self._lost_or_found |= self.links.expire(self.clock().now)
        await self.outages.keep(self.state, self.links, self.clock().now)

    async def soften(self) -> None:
        """Once a second: write down receipts, and show what has moved to those who see it."""
        if self.state is None:
            return
        gathered = self.receiving.gather()
        news = gathered is not None and await self._write_down(gathered)
        due = time.monotonic() - self._shown > LINKS_EVERY
        if news or self._lost_or_found or due:
            self._lost_or_found = False
            self._shown = time.monotonic()
            await self._look_at_doors()
            await self._show_soft()

    async def _write_down(self, gathered: Gathered) -> bool:
        """Keep what has come in and tell whom it concerns, if any of it is news."""
        try:
            news, lines = await database_sync_to_async(write_down)(self.meeting_id, gathered)
        except Exception:  # the database is not there: none of it will be said again
            self.receiving.take_back(gathered)
            raise
        for line, site in lines:
            self.poke(Poke(line, ("console",), site))
        if lines:
            self.poke(Poke("lines", ("control", "chair")))
        if news and self.state is not None:
            async with self._refreshing:  # a reading under way would carry the older hand over this one
                hand = await self.reader(read_hand_again, self.meeting_id)
                self.state = replace(self.state, hand=hand)
        return news

    async def _look_at_doors(self) -> None:
        """Read what the devices at the doors last said of themselves, where there are some and a control room looks."""
        watched = any(wall.sockets for audience, wall in self.walls.items() if "doors" in SCREENS[audience.screen].soft)
        if watched and self.state is not None and self.state.devices.open:
            async with self._refreshing:
                devices = await self.reader(read_devices_again, self.meeting_id)
                self.state = replace(self.state, devices=devices)

    async def _show_soft(self) -> None:
        """Show the soft parts anew to the audiences that see them."""
        for audience, wall in list(self.walls.items()):
            names = SCREENS[audience.screen].soft
            if not names or not wall.sockets or self.state is None:
                continue
            async with self._refreshing:
                rendered = await self.reader(render_for, audience, self.state, self.links.now(), only=names)
            if wall.absorb_soft(rendered, self.state.number):
                wall.send(wall.soft_frame(names))


def _speaks_for_site(ticket: Ticket) -> bool:
    return ticket.screen == "console" and ticket.bridge_point is not None and ticket.connects
