"""Ranges of opened copies, answered before the pages' layers: a thousand readers who open a paper together ask for thousands.

Only a range that is granted is answered here. Everything else (who has not signed in, what is recalled, a whole file, a range
that is not there) goes the ordinary way, and is judged and answered there (packets/reader/files.py). Who asks and whether they
may is asked by the same functions, and holds for a second: a reader's first page takes a handful of ranges.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie
from django.http.request import split_domain_port, validate_host

from packets.models import Opening
from packets.reader.files import SHOWN_BARE, about, common
from packets.reader.ranges import NotThere, Span, is_same, span_of
from packets.reader.serving import OpenedCopy, copy_of
from packets.tracing import judging
from packets.tracing.codes import LENGTH, LETTERS
from people.models import User
from people.session_store import SessionStore

PATH = re.compile(rf"/m/([-\w]+)/papers/(packet|[0-9]{{1,9}})/([{LETTERS}]{{{LENGTH}}})\.pdf", re.ASCII)
AT_MOST = 1024 * 1024
HELD_S = 1.0
REMEMBERED = 4096
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Verdicts:
    """Copies that a session may read, each for a second after it was judged."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._rows: OrderedDict[tuple[str, str], tuple[float, OpenedCopy]] = OrderedDict()
        self._remembered = remembered

    def of(self, session: str, path: str) -> OpenedCopy | None:
        """Return the copy behind a path if it was granted within the last second."""
        until, copy = self._rows.get((session, path), (0.0, None))
        return copy if time.monotonic() < until else None

    def keep(self, session: str, path: str, copy: OpenedCopy, asked: float) -> None:
        """Remember what was granted to who asked at a moment."""
        self._rows[session, path] = (asked + HELD_S, copy)
        self._rows.move_to_end((session, path))
        while len(self._rows) > self._remembered:
            self._rows.popitem(last=False)


VERDICTS = Verdicts()


def grant(session: str, path: str, opening: Opening) -> None:
    """Remember that a copy was opened a moment ago, by who was judged for it: its first ranges follow at once."""
    try:
        VERDICTS.keep(session, path, copy_of(opening), time.monotonic())
    except (OSError, KeyError):
        return


async def send_range(scope: dict[str, Any], send: Send) -> bool:
    """Answer a request for a range of an opened copy; false: it is none, or is not granted here, and nothing has been sent."""
    if scope["method"] != "GET" or not (match := PATH.fullmatch(scope["path"])):
        return False
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    session = parse_cookie(headers.get(b"cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
    if not session or b"range" not in headers or not _is_plain(headers):
        return False
    copy = VERDICTS.of(session, scope["path"])
    if copy is None:
        asked = time.monotonic()
        copy = await database_sync_to_async(_granted, thread_sensitive=False)(session, *match.groups())
        if copy is None:
            return False
        VERDICTS.keep(session, scope["path"], copy, asked)
    span = _span(headers, copy)
    if span is None:
        return False
    try:
        data = await sync_to_async(copy.read, thread_sensitive=False)(span.start, span.end)
    except OSError:
        return False
    await send({"type": "http.response.start", "status": 206, "headers": _headers(copy, span)})
    await send({"type": "http.response.body", "body": data})
    return True


def _is_plain(headers: dict[bytes, str]) -> bool:
    """Tell whether the request comes from a page of ours, as the reader makes it."""
    domain, _port = split_domain_port(headers.get(b"host", ""))
    return headers.get(b"sec-fetch-dest", "") not in SHOWN_BARE and bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _granted(session: str, slug: str, number: str, code: str) -> OpenedCopy | None:
    request = HttpRequest()
    request.session = SessionStore(session)
    user = get_user(request)
    if not isinstance(user, User) or not user.may_act:
        return None
    opening = judging.readable(code, slug=slug, number=None if number == "packet" else int(number), account=user)
    try:
        return copy_of(opening) if opening is not None else None
    except (OSError, KeyError):
        return None


def _span(headers: dict[bytes, str], copy: OpenedCopy) -> Span | None:
    if b"if-range" in headers and not is_same(headers[b"if-range"], copy.tag):
        return None
    try:
        span = span_of(headers[b"range"], copy.length)
    except NotThere:
        return None
    return span if span is not None and span.length <= AT_MOST else None


def _headers(copy: OpenedCopy, span: Span) -> list[tuple[bytes, bytes]]:
    said = {"Content-Type": "application/pdf", **_secure(), **common(copy.tag), **about(copy, span)}
    return [(name.lower().encode(), words.encode("latin-1")) for name, words in said.items()]


def _secure() -> dict[str, str]:
    """What Django's own layers say with every answer."""
    said = {
        "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": str(settings.SECURE_REFERRER_POLICY),
    }  # fmt: skip
    seconds = int(settings.SECURE_HSTS_SECONDS)
    return said | ({"Strict-Transport-Security": f"max-age={seconds}"} if seconds else {})
