"""One meeting in one process: its state at the newest number, the parts of each audience, the sockets."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import NamedTuple

from channels.db import database_sync_to_async
from django.utils import timezone

from live import frames
from live.links import Links
from live.reading import Reading, read_after
from live.rendering import render_parts
from live.screens import SCREENS
from live.sockets import Socket
from live.state import ClockState, RoomState


class Audience(NamedTuple):
    """Everybody who sees the same: a screen in a language."""

    screen: str
    language: str


@dataclass
class Wall:
    """What an audience is being shown: its parts with the number each last changed at, and who looks."""

    parts: frames.Parts = field(default_factory=dict)
    sent: int = 0
    sockets: set[Socket] = field(default_factory=set)
    resumed: dict[int, str] = field(default_factory=dict)

    def absorb(self, number: int, rendered: dict[str, str]) -> frames.Parts:
        """Take newly rendered parts; return those that differ from the last ones."""
        changed = {
            name: (number, html) for name, html in rendered.items() if name not in self.parts or self.parts[name][1] != html
        }
        self.parts.update(changed)
        self.resumed.clear()
        return changed

    def since(self, after: int, state: RoomState) -> str:
        """Return the frame with all that changed after a number; made once for all who ask the same."""
        known = max((number for number, _html in self.parts.values() if number <= after), default=0)
        if known not in self.resumed:
            changed = {name: part for name, part in self.parts.items() if part[0] > after}
            self.resumed[known] = frames.parts(state, changed)
        return self.resumed[known]


class Room:
    """Keeps the audiences of one meeting at the head of its journal. All methods run on the event loop."""

    def __init__(self, meeting_id: int) -> None:
        self.meeting_id = meeting_id
        self.walls: dict[Audience, Wall] = {}
        self.links = Links()
        self.state: RoomState | None = None
        self._refreshing = asyncio.Lock()
        self._beaten = time.monotonic()

    # --- joining

    async def join(self, socket: Socket, after: int, epoch: str) -> None:
        """Bring a screen to the present: the parts changed since `after`, links and clock, then all that follows."""
        wall, state = await self._wall(Audience(socket.ticket.screen, socket.ticket.language))
        fresh_start = epoch != state.epoch or after > state.number
        wall.sockets.add(socket)
        await socket.text(wall.since(0 if fresh_start else after, state), state.number)
        await self._soft_for(socket)
        await socket.text(frames.beat(state.number, self.clock()))

    def leave(self, socket: Socket) -> None:
        """Forget a screen."""
        for wall in self.walls.values():
            wall.sockets.discard(socket)

    @property
    def number(self) -> int | None:
        """The journal's number that the room is at; nothing before its first reading."""
        return self.state.number if self.state else None

    @property
    def is_empty(self) -> bool:
        """Whether nobody looks."""
        return not any(wall.sockets for wall in self.walls.values())

    async def _wall(self, audience: Audience) -> tuple[Wall, RoomState]:
        if not self._is_drawn(audience):
            async with self._refreshing:
                if not self._is_drawn(audience):
                    wall = self.walls.setdefault(audience, Wall())
                    await self._read(force=True)
                    wall.sent = self.state.number if self.state else 0
        assert self.state is not None
        return self.walls[audience], self.state

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
            if number is not None and self.state is not None and number <= self.state.number:
                return
            await self._read()

    async def _read(self, *, force: bool = False) -> None:
        before = self.state
        reading: Reading | None = await database_sync_to_async(read_after)(
            self.meeting_id, before.number if before else None, sorted(self.walls), self.links.now(), force=force
        )
        if reading is None:
            return
        self.state = reading.state
        # All walls take the new parts before anything is sent: who joins meanwhile finds them at this number, not older ones.
        walls = [(self.walls[Audience(*audience)], rendered) for audience, rendered in reading.rendered.items()]
        for wall, changed in [(wall, wall.absorb(reading.state.number, rendered)) for wall, rendered in walls]:
            await self._send(wall, changed, reading.state)
        if reading.clock_moved:
            await self.beat()
        await self._poke(reading)
        await self._end_rights(reading)

    async def _send(self, wall: Wall, changed: frames.Parts, state: RoomState) -> None:
        if not changed:
            return
        wall.sent = state.number
        frame = frames.parts(state, changed)
        for socket in list(wall.sockets):
            await socket.text(frame, state.number)

    async def _poke(self, reading: Reading) -> None:
        for what, bridge_point in reading.pokes:
            frame = frames.poke([what])
            consoles = [s for audience, wall in self.walls.items() if audience.screen == "console" for s in wall.sockets]
            for socket in consoles:
                if bridge_point is None or socket.ticket.bridge_point == bridge_point:
                    await socket.text(frame)

    async def _end_rights(self, reading: Reading) -> None:
        for wall in self.walls.values():
            for socket in list(wall.sockets):
                if socket.ticket.participant in reading.gone_people or socket.ticket.display in reading.gone_displays:
                    await socket.close(4003)

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

    async def beat(self) -> None:
        """Send every screen the number it should have and the clock."""
        self._beaten = time.monotonic()
        for wall in list(self.walls.values()):
            frame = frames.beat(wall.sent, self.clock())
            for socket in list(wall.sockets):
                await socket.text(frame)

    async def links_moved(self) -> None:
        """Show the links anew to the audiences that see them."""
        for audience, wall in list(self.walls.items()):
            names = SCREENS[audience.screen].soft
            if not names or not wall.sockets or self.state is None:
                continue
            async with self._refreshing:
                changed = await self._soft(audience)
            for name, html in changed.items():
                wall.parts[name] = (wall.parts[name][0] if name in wall.parts else self.state.number, html)
            wall.resumed.clear()
            frame = frames.soft(changed)
            for socket in list(wall.sockets):
                await socket.text(frame)

    async def _soft_for(self, socket: Socket) -> None:
        audience = Audience(socket.ticket.screen, socket.ticket.language)
        if SCREENS[audience.screen].soft:
            await socket.text(frames.soft(await self._soft(audience)))

    async def _soft(self, audience: Audience) -> dict[str, str]:
        assert self.state is not None
        names = SCREENS[audience.screen].soft
        return await asyncio.to_thread(render_parts, audience.screen, audience.language, self.state, self.links.now(), only=names)
