"""The address of an opened copy: its own account's alone, while the paper is still open to it, in ranges as the reader asks."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import closing

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from meetings.queries import account
from packets.models import Opening
from packets.reader.ranges import NotThere, Span, is_same, span_of
from packets.reader.serving import OpenedCopy, copy_of
from packets.tracing import judging

#: Up to so many bytes go out in one piece.
AT_ONCE = 2 * 1024 * 1024
#: How often a copy on its way is judged again.
JUDGED_EVERY_S = 1.0
#: A browser that shows the file by itself, without the reader, is led to the reader.
SHOWN_BARE = frozenset({"document", "iframe", "frame", "embed", "object"})
logger = logging.getLogger(__name__)


class Withdrawn(Exception):
    """The copy may not be read any more: what is under way ends in the middle, so that nobody takes it for whole."""


@require_safe
def file(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponseBase:
    """Send bytes of a paper's opened copy."""
    opening = judging.readable(code, slug=slug, number=number, account=account(request))
    if opening is None:
        raise Http404
    if request.headers.get("Sec-Fetch-Dest", "") in SHOWN_BARE:
        return redirect("packets:reader", slug, number)
    return bytes_of(request, opening)


@require_safe
def packet_file(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """Send bytes of a bound packet's opened copy."""
    opening = judging.readable(code, slug=slug, number=None, account=account(request))
    if opening is None:
        raise Http404
    if request.headers.get("Sec-Fetch-Dest", "") in SHOWN_BARE:
        return redirect("packets:papers", slug)
    return bytes_of(request, opening)


def bytes_of(request: HttpRequest, opening: Opening) -> HttpResponseBase:
    """Answer with the whole copy or the one range that is asked for."""
    try:
        copy = copy_of(opening)
    except (OSError, KeyError):
        logger.error("The stored copy of version %s, or of packet %s, is not there.", opening.version_id, opening.binding_id)
        raise Http404 from None
    asked = request.headers.get("Range", "") if request.method == "GET" else ""
    condition = request.headers.get("If-Range", "")
    try:
        span = span_of(asked, copy.length) if not condition or is_same(condition, copy.tag) else None
    except NotThere as fault:
        response = HttpResponse(fault.why, status=416, content_type="text/plain; charset=utf-8")
        return dressed(response, copy.tag, {"Content-Range": f"bytes */{copy.length}"})
    if span is None and is_same(request.headers.get("If-None-Match", ""), copy.tag):
        return dressed(HttpResponse(status=304), copy.tag, {})
    return dressed(_body(request, opening, copy, span), copy.tag, about(copy, span))


def about(copy: OpenedCopy, span: Span | None) -> dict[str, str]:
    """Return what is said of the bytes that go out."""
    said = {
        "Content-Length": str(span.length if span else copy.length),
        "Content-Disposition": 'inline; filename="tai-lieu.pdf"',
    }
    return said | ({"Content-Range": span.of(copy.length)} if span is not None else {})


def _body(request: HttpRequest, opening: Opening, copy: OpenedCopy, span: Span | None) -> HttpResponseBase:
    status, whole = (206, span) if span is not None else (200, Span(0, copy.length))
    if request.method == "HEAD":
        return HttpResponse(status=status, content_type="application/pdf")
    if whole.length <= AT_ONCE:
        return HttpResponse(copy.read(whole.start, whole.end), status=status, content_type="application/pdf")
    owner = opening.account
    blocks = judged(copy.blocks(whole.start, whole.end), lambda: judging.is_still_open(opening, owner))
    return streamed(request, blocks, status=status)


def judged(blocks: Generator[bytes], is_open: Callable[[], bool]) -> Generator[bytes]:
    """Yield blocks, empty ones (a beat) too; ask once a second whether they may still go out, and break off when not."""
    asked = time.monotonic()
    with closing(blocks):
        for block in blocks:
            if time.monotonic() - asked >= JUDGED_EVERY_S:
                if not is_open():
                    raise Withdrawn
                asked = time.monotonic()
            yield block


def streamed(request: HttpRequest, blocks: Generator[bytes], *, status: int = 200) -> StreamingHttpResponse:
    """Answer with blocks as they come, waited for in a thread of this request alone. (Django would gather them all first.)"""
    body = _in_turn(blocks) if isinstance(request, ASGIRequest) else _solid(blocks)
    return StreamingHttpResponse(body, status=status, content_type="application/pdf")


async def _in_turn(blocks: Generator[bytes]) -> AsyncIterator[bytes]:
    def following() -> bytes | None:
        return next(blocks, None)

    try:
        while (block := await sync_to_async(following)()) is not None:
            if block:  # else a beat: whoever has gone away is noticed at the latest now
                yield block
    finally:
        await sync_to_async(blocks.close)()


def _solid(blocks: Generator[bytes]) -> Generator[bytes]:
    with closing(blocks):
        yield from (block for block in blocks if block)


def dressed(response: HttpResponseBase, tag: str, about: dict[str, str]) -> HttpResponseBase:
    """Add what every answer with a copy says."""
    for name, words in (common(tag) | about).items():
        response[name] = words
    return response


def common(tag: str) -> dict[str, str]:
    """Return what every answer with a copy says: nobody keeps it, nothing in it acts, only our own pages read it."""
    said = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store, no-transform",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return said | ({"ETag": tag} if tag else {})
