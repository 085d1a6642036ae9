"""The hub of this process: hears hints, looks at the heads every half second, beats, and keeps every room at its head."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Coroutine
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.db import close_old_connections
from django.db.models import Q

from live import frames
from live.judging import Judge, still_good
from live.room import Room
from live.screens import Link
from live.sockets import Socket
from meetings.announcing import GROUP
from meetings.models import Journal
from people.models import EndedSession

LOOK_EVERY = 0.5  # seconds: what a lost hint, or a change by another process without Redis, costs at most
BEAT_EVERY = 10.0
SOFT_EVERY = 1.0
ENDED_SEEN = 100  # sessions: far more than end in half a second
GONE = 4003  # the right to look has gone: the page loads anew
logger = logging.getLogger(__name__)


class Hub:
    """All rooms of one process. Lives on one event loop, started by the first socket."""

    def __init__(self) -> None:
        self.rooms: dict[int, Room] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._soft: set[int] = set()
        self._judge = Judge()
        self._office: int | None = None
        self._ended: frozenset[tuple[int, int]] = frozenset()
        self.loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Begin listening, looking and beating on the running loop, once."""
        loop = asyncio.get_running_loop()
        if self.loop is loop:
            return
        self.loop, self.rooms, self._tasks, self._soft = loop, {}, set(), set()
        self._judge, self._office, self._ended = Judge(), None, frozenset()
        for work in (self._listen(), self._look(), self._beat(), self._soften()):
            self._spawn(work)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- sockets

    async def join(self, socket: Socket, after: int, epoch: str) -> None:
        """Let a screen take part in its room, if its ticket still holds."""
        room = self.rooms.setdefault(socket.ticket.meeting, Room(socket.ticket.meeting))
        seen = room.number
        if not await self._judge.holds(socket):
            return await socket.close(GONE)
        await room.join(socket, after, epoch)
        # What happened between the two is told to those only who were in the room already.
        if room.number != seen and not await self._judge.holds(socket):
            return await socket.close(GONE)
        if _is_console(socket) and room.links.join(socket.ticket.bridge_point or 0, socket, room.clock().now):
            self._soft.add(room.meeting_id)

    def leave(self, socket: Socket) -> None:
        """Forget a screen."""
        room = self.rooms.get(socket.ticket.meeting)
        if room is None:
            return
        room.leave(socket)
        if _is_console(socket) and room.state and room.links.leave(socket.ticket.bridge_point or 0, socket, room.clock().now):
            self._soft.add(room.meeting_id)

    def links_of(self, meeting_id: int) -> dict[int, Link]:
        """Return the links of a meeting for a page's first load (any thread)."""
        room = self.rooms.get(meeting_id)
        return room.links.now() if room else {}

    async def close_all(self) -> None:
        """Say goodbye to every screen, each with its own time to come back, so that they do not return all at once."""
        for socket in self._open():
            await socket.text(frames.bye(random.randint(500, 3000)))
            await socket.close(1012)

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
                await socket.close(GONE)

    async def _judge_all(self, accounts: set[int] | None = None) -> None:
        """Close the screens whose accounts (or those of these accounts) may no longer look: the hint may have been lost."""
        named = [s for s in self._open() if s.ticket.account is not None and (accounts is None or s.ticket.account in accounts)]
        good = await still_good(named)
        for socket in named:
            if socket not in good:
                await socket.close(GONE)

    def _open(self) -> list[Socket]:
        return [s for room in self.rooms.values() for wall in room.walls.values() for s in wall.sockets]

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            live = [pk for pk, room in self.rooms.items() if not room.is_empty]
            if live:
                await self._safely(self._catch_up(live))

    async def _catch_up(self, live: list[int]) -> None:
        heads, office, ended = await database_sync_to_async(_heads)(live)
        if self._office not in (None, office):
            await self._judge_all()
        elif left := {account for _pk, account in ended - self._ended}:
            await self._judge_all(left)
        self._office, self._ended = office, ended
        for pk in live:
            if pk in heads:
                await self.rooms[pk].refresh(heads[pk])
            else:
                await self._clear(pk)

    async def _clear(self, meeting: int) -> None:
        """Forget a meeting that has been removed (a demonstration loaded anew) and close its screens: they load anew too."""
        room = self.rooms.pop(meeting)
        self._soft.discard(meeting)
        for socket in [s for wall in room.walls.values() for s in wall.sockets]:
            await socket.close(GONE)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(1)
            for room in list(self.rooms.values()):
                if room.is_due(BEAT_EVERY):
                    await self._safely(room.beat())

    async def _soften(self) -> None:
        while True:
            await asyncio.sleep(SOFT_EVERY)
            moved, self._soft = self._soft, set()
            for pk in moved:
                if pk in self.rooms:
                    await self._safely(self.rooms[pk].links_moved())

    async def _safely(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except asyncio.CancelledError:
            raise
        except Exception:  # one room's fault must not silence the others; the next look tries again
            logger.exception("a live room could not be brought to its head")


def _heads(meetings: list[int]) -> tuple[dict[int, int], int, frozenset[tuple[int, int]]]:
    """Return the heads of the meetings' journals, that of the office's (accounts), and the last sessions that ended."""
    close_old_connections()
    wanted = Q(meeting__in=meetings) | Q(scope=Journal.Scope.OFFICE)
    heads: dict[int | None, int] = dict(Journal.objects.filter(wanted).values_list("meeting__id", "head"))
    # A set, not the highest key: of two written at once the higher may be seen first.
    ended = frozenset(EndedSession.objects.order_by("-pk").values_list("pk", "account_id")[:ENDED_SEEN])
    return {pk: head for pk, head in heads.items() if pk is not None}, heads.get(None, 0), ended


def _is_console(socket: Socket) -> bool:
    return socket.ticket.screen == "console" and socket.ticket.bridge_point is not None and socket.ticket.connects


hub = Hub()
