"""Whether a server runs beside this command, and whether it serves the same database."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from django.conf import settings
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from live.serving.addresses import url_of
from live.tickets import Ticket, seal
from meetings.models import Meeting

PATIENCE = 5.0  # seconds


def address() -> str:
    """Return where a server of this installation listens: HOST and PORT."""
    return url_of(settings.HOST, settings.PORT)


def is_alive(url: str) -> bool:
    """Tell whether something of ours answers there."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url + "healthz", timeout=PATIENCE) as answer:
            return bool(json.load(answer).get("status") == "ok")
    except (OSError, ValueError, AttributeError):
        return False


def serves(url: str, meeting: Meeting) -> bool:
    """Tell whether the server there shows this very meeting: same key (the ticket), same journal (its epoch)."""
    ticket = Ticket(meeting=meeting.pk, slug=meeting.slug, screen="delegate", language="vi")
    return asyncio.run(_epoch_at(url, ticket)) == str(meeting.journal.epoch)


async def _epoch_at(url: str, ticket: Ticket) -> str:
    try:
        async with asyncio.timeout(PATIENCE), dial(url, ticket.slug, seal(ticket)) as socket:
            await socket.send(hello("", 0, "play"))
            return str(json.loads(await socket.recv()).get("epoch", ""))
    except (OSError, TimeoutError, ValueError, WebSocketException):
        return ""


def dial(url: str, slug: str, ticket: str) -> connect:
    """Return a connection about to be opened to the server's live socket with a sealed ticket, as its own pages open it."""
    origin = url.rstrip("/")
    target = f"ws://{urlsplit(url).netloc}/ws/m/{slug}/?ticket={ticket}"
    return connect(target, origin=origin, compression=None, proxy=None, open_timeout=PATIENCE, close_timeout=1, max_size=None)  # type: ignore[arg-type]


def hello(epoch: str, after: int, client: str) -> str:
    """Return the first frame of a screen."""
    return json.dumps({"t": "hello", "epoch": epoch, "after": after, "client": client})
