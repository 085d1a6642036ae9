"""The hub of this process: hears hints, looks at the heads every half second, beats, and keeps every room at its head."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Coroutine
from typing import Any

from channels.layers import get_channel_layer
from django.db.models import Q

from live import frames
from live.judging import Judge, still_good
from live.links import Link
from live.reader import Reader
from live.room import Room
from live.snapshot import ALIAS
from live.sockets import Socket
from live.state import RoomState
from live.tickets import Ticket
from meetings.announcing import GROUP
from meetings.models import Journal, Meeting
from people.models import EndedSession

LOOK_EVERY = 0.5  # seconds: what a lost hint, or a change by another process without Redis, costs at most
BEAT_EVERY = 10.0
SOFT_EVERY = 1.0
ENDED_SEEN = 100  # sessions: far more than end in half a second
SOCKETS_OF_ONE = 60  # of one account at a time: a person has some tabs open, and some lines that have not yet been missed
LATEST_RETURN = 3000  # ms after a goodbye, unless there are more screens than can come back in that time
RETURNS_A_SECOND = 1000  # what one process takes back (bench.reconnect)
GONE = 4003  # the right to look has gone: the page loads anew
logger = logging.getLogger(__name__)


class Hub:
    """All rooms of one process. Lives on one event loop, started by the first socket."""

    def __init__(self) -> None:
        self.rooms: dict[int, Room] = {}
        self.reader: Reader | None = None
        self._open_by: Counter[int] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._judge = Judge()
        self._office: int | None = None
        self._ended: frozenset[tuple[int, int]] = frozenset()
        self.loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Begin listening, looking and beating on the running loop, once."""
        loop = asyncio.get_running_loop()
        if self.loop is loop:
            return
        self.stop()
        self.loop, self.rooms, self._tasks, self.reader = loop, {}, set(), Reader()
        self._open_by.clear()
        self._judge, self._office, self._ended = Judge(), None, frozenset()
        for work in (self._listen(), self._look(), self._beat(), self._soften()):
            self._spawn(work)

    def stop(self) -> None:
        """Forget everybody and let go of the database; what still runs ends with its loop."""
        if self.reader is not None:
            self.reader.close()
        self.loop, self.rooms, self.reader = None, {}, None

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- sockets

    async def join(self, socket: Socket, after: int, epoch: str) -> None:
        """Let a screen take part in its room, if its ticket still holds."""
        room = self._room(socket.ticket.meeting)
        seen = (room.number, self._office, self._ended)
        if not await self._judge.holds(socket):
            return socket.close(GONE)
        try:
            await room.join(socket, after, epoch)
        except Meeting.DoesNotExist:  # removed (a demonstration loaded anew): the page loads what stands there now
            return socket.close(GONE)
        # What happened between the two is told to those only who were in the room already.
        if (room.number, self._office, self._ended) != seen and not await self._judge.holds(socket):
            return socket.close(GONE)
        return None

    def enter(self, socket: Socket) -> bool:
        """Count a socket that has been opened; tell whether its account has no more open than a person could look at."""
        account = socket.ticket.account
        if account is None:
            return True
        if self._open_by[account] >= SOCKETS_OF_ONE:
            return False
        self._open_by[account] += 1
        return True

    def leave(self, socket: Socket) -> None:
        """Forget a screen that had entered."""
        if socket.ticket.account is not None:
            self._open_by[socket.ticket.account] -= 1
            if self._open_by[socket.ticket.account] <= 0:
                del self._open_by[socket.ticket.account]
        if room := self.rooms.get(socket.ticket.meeting):
            room.leave(socket)

    def got(self, socket: Socket, number: int) -> None:
        """A page has taken everything up to a number."""
        if room := self.rooms.get(socket.ticket.meeting):
            room.got(socket, number)

    def here(self, socket: Socket, echo: object, seen: object) -> None:
        """A page is still here."""
        if room := self.rooms.get(socket.ticket.meeting):
            room.here(socket, echo, seen)

    def here_by_http(self, ticket: Ticket, client: str, number: int, seen: list[str]) -> None:
        """The same over plain HTTP, from any thread; where no screen is open in this process nobody would look at it."""
        if self.loop is not None and self.loop.is_running():
            asyncio.run_coroutine_threadsafe(self._safely(self._heard(ticket, client, number, seen)), self.loop)

    async def _heard(self, ticket: Ticket, client: str, number: int, seen: list[str]) -> None:
        await self._room(ticket.meeting).here_by_http(ticket, client, number, seen)

    def _room(self, meeting_id: int) -> Room:
        assert self.reader is not None
        if meeting_id not in self.rooms:
            self.rooms[meeting_id] = Room(meeting_id, self.reader)
        return self.rooms[meeting_id]

    def links_of(self, meeting_id: int) -> dict[int, Link]:
        """Return the links of a meeting for a page's first load (any thread)."""
        room = self.rooms.get(meeting_id)
        return room.links.now() if room else {}

    def state_of(self, meeting_id: int) -> RoomState | None:
        """Return the state a meeting's room has come to in this process, if it has one (any thread)."""
        room = self.rooms.get(meeting_id)
        return room.state if room else None

    async def close_all(self) -> None:
        """Say goodbye to every screen, each with its own time to come back, so that they do not return all at once."""
        sockets = self._open()
        latest = max(LATEST_RETURN, 1000 * len(sockets) // RETURNS_A_SECOND)
        for socket in sockets:
            socket.text(frames.bye(random.randint(500, latest)))
            socket.close(1012)

    # --- the works

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except asyncio.CancelledError:
                raise
            except Exception:  # the channel layer is down: looking every half second goes on
                logger.warning("the channel layer does not answer; hints are late until it does")
                await asyncio.sleep(1)

    async def _hear(self) -> None:
        layer = get_channel_layer()
        if layer is None:
            return
        channel = await layer.new_channel()
        await layer.group_add(GROUP, channel)
        while True:
            hint = await layer.receive(channel)
            if hint["type"] == "account.left":
                self._spawn(self._safely(self._send_away(hint["account"], hint["session"])))
                continue
            room = self.rooms.get(hint["meeting"])
            if room is not None:
                self._spawn(self._safely(room.refresh(hint["number"])))

    async def _send_away(self, account: int, session: str) -> None:
        """Close every screen of an account whose sessions have ended, or of the one session that has."""
        for socket in self._open():
            if socket.ticket.account == account and session in ("", socket.ticket.session):
                socket.close(GONE)

    async def _judge_all(self, accounts: set[int] | None = None) -> None:
        """Close the screens whose accounts (or those of these accounts) may no longer look: the hint may have been lost."""
        named = [s for s in self._open() if s.ticket.account is not None and (accounts is None or s.ticket.account in accounts)]
        good = await still_good(named)
        for socket in named:
            if socket not in good:
                socket.close(GONE)

    def _open(self) -> list[Socket]:
        return [s for room in self.rooms.values() for wall in room.walls.values() for s in wall.sockets]

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            live = [pk for pk, room in self.rooms.items() if not room.is_empty]
            if live:
                await self._safely(self._catch_up(live))

    async def _catch_up(self, live: list[int]) -> None:
        assert self.reader is not None
        heads, office, ended = await self.reader(_heads, live)
        before = self._office, self._ended
        self._office, self._ended = office, ended
        try:
            if before[0] not in (None, office):
                await self._judge_all()
            elif left := {account for _pk, account in ended - before[1]}:
                await self._judge_all(left)
        except Exception:
            self._office, self._ended = before  # the next look judges again
            raise
        for pk in live:
            if pk in heads:
                await self.rooms[pk].refresh(heads[pk])
            else:
                await self._clear(pk)

    async def _clear(self, meeting: int) -> None:
        """Forget a meeting that has been removed (a demonstration loaded anew) and close its screens: they load anew too."""
        room = self.rooms.pop(meeting)
        for socket in [s for wall in room.walls.values() for s in wall.sockets]:
            socket.close(GONE)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(1)
            for room in list(self.rooms.values()):
                try:
                    if room.is_due(BEAT_EVERY):
                        room.beat()
                except Exception:  # one room's fault must not silence the others
                    logger.exception("a live room has lost a beat")

    async def _soften(self) -> None:
        while True:
            await asyncio.sleep(SOFT_EVERY)
            for room in list(self.rooms.values()):
                await self._safely(room.keep_outages())
                await self._safely(room.soften())

    async def _safely(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except asyncio.CancelledError:
            raise
        except Exception:  # one room's fault must not silence the others; the next look tries again
            logger.exception("a live room could not be brought to its head")


def _heads(meetings: list[int]) -> tuple[dict[int, int], int, frozenset[tuple[int, int]]]:
    """Return the heads of the meetings' journals, that of the office's (accounts), and the last sessions that ended."""
    wanted = Q(meeting__in=meetings) | Q(scope=Journal.Scope.OFFICE)
    heads: dict[int | None, int] = dict(Journal.objects.using(ALIAS).filter(wanted).values_list("meeting__id", "head"))
    # A set, not the highest key: of two written at once the higher may be seen first.
    ended = frozenset(EndedSession.objects.using(ALIAS).order_by("-pk").values_list("pk", "account_id")[:ENDED_SEEN])
    return {pk: head for pk, head in heads.items() if pk is not None}, heads.get(None, 0), ended


hub = Hub()
