"""Pages that have not changed answer 304 before anything is rendered: their mark is made of all that they depend on.

What may be kept is kept by the reader's own browser, for the reader's own session (Vary: Cookie), asked for anew each time
(no-cache), and wiped at sign-out (config/middleware.py). Browsers obey the wiping on secure origins only: elsewhere no page
is kept at all. See docs/decisions/0007-programme-and-unchanged-pages.md.
"""

from __future__ import annotations

import gzip
import hashlib
import secrets
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from jobs.marking import COOKIE as WORKING
from meetings import clock
from meetings.models import Meeting
from meetings.procedure import Actor

_CODE = (".py", ".html", ".mo", ".css", ".js", ".svg")
_LEFT_OUT = ("node_modules", "tests", "bench", "var", "docs", ".venv", ".git")
LONG = 4_000  # bytes
_HERE = ("127.0.0.1", "localhost", "[::1]")


@cache
def version() -> str:
    """Return a mark of the code that runs here: another code makes other pages."""
    root, seen = Path(settings.BASE_DIR), hashlib.sha256()
    for room in sorted(one for one in root.iterdir() if one.is_dir() and one.name not in _LEFT_OUT):
        for path in sorted(room.rglob("*")):
            if path.suffix in _CODE:
                stat = path.stat()
                seen.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}".encode())
    return seen.hexdigest()[:16]


def may_be_kept(request: HttpRequest) -> bool:
    """Tell whether a browser may keep this page: on a secure origin, while no message waits to be said once and no job runs."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    secure = request.is_secure() or host in _HERE or request.get_host() in _HERE
    quiet = len(get_messages(request)) == 0 and WORKING not in request.COOKIES
    return secure and request.method in ("GET", "HEAD") and quiet


def packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Pack a long page for a browser that takes it so: a tenth of the bytes. The random length of the name in its head hides
    how well it was packed (BREACH); the CSRF token is another one in each page anyway."""
    patch_vary_headers(response, ("Accept-Encoding",))
    if "gzip" not in request.headers.get("Accept-Encoding", "") or len(response.content) < LONG:
        return response
    made = BytesIO()
    with gzip.GzipFile("a" * secrets.randbelow(100), "wb", compresslevel=4, fileobj=made, mtime=0) as file:
        file.write(response.content)
    response.content = made.getvalue()
    response["Content-Encoding"] = "gzip"
    return response


class PageMark:
    """What a page of a meeting depends on, as its ETag: the journal, who reads it, in which language, and `more`."""

    def __init__(self, request: HttpRequest, meeting: Meeting, actor: Actor, *more: Any) -> None:
        """Work it out; `meeting` was fetched with its journal."""
        self.request, self.meeting = request, meeting
        if "CSRF_COOKIE" not in request.META:
            get_token(request)  # the page will hold it: a page made before belongs to another one
        user, person = actor.user, actor.participant
        parts = (
            version(), meeting.journal.epoch, meeting.journal.head, user.pk, user.display_name, user.office_role,
            person and (person.pk, person.name, person.role, person.bridge_point_id), sorted(actor.abilities),
            translation.get_language(), request.get_full_path(), request.META.get("CSRF_COOKIE"),
            request.session.session_key, *more,
        )  # fmt: skip
        self.etag = f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'

    def unchanged(self) -> HttpResponse | None:
        """Return 304 when the reader's browser has this very page."""
        asked = parse_etags(self.request.headers.get("If-None-Match", ""))
        if self.etag in asked and may_be_kept(self.request):
            return self._headed(HttpResponseNotModified())
        return None

    def on(self, response: HttpResponse) -> HttpResponse:
        """Let the reader's browser keep a page for this mark, where it may; a long page is sent packed."""
        kept = response.status_code == 200 and may_be_kept(self.request)
        return packed(self.request, self._headed(response) if kept else response)

    def _headed(self, response: HttpResponse) -> HttpResponse:
        response["ETag"] = self.etag
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
        # The page's own moment is as old as the page: scripts take it from here (static/js/clock.js).
        now, rate = clock.now(self.meeting).isoformat(), self.meeting.clock_rate
        response["Server-Timing"] = f'now;desc="{now}", rate;desc="{rate}"'
        return response
