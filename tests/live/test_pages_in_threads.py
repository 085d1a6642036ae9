"""A request, its middleware and its view, is one piece of work in one thread; thousands at once share a few."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from live.serving.pages import AT_ONCE, Pages

PIECES: list[int] = []
CLOSED = threading.Event()


@login_not_required
def which(_request: HttpRequest) -> HttpResponse:
    time.sleep(0.02)
    return HttpResponse(threading.current_thread().name)


@login_not_required
def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("kaput")


@login_not_required
def endless(_request: HttpRequest) -> StreamingHttpResponse:
    async def pieces() -> AsyncIterator[bytes]:
        try:
            for n in range(1000):
                PIECES.append(n)
                yield b"x" * 100
                await asyncio.sleep(0.01)
        finally:
            CLOSED.set()

    return StreamingHttpResponse(pieces())


@login_not_required
def breaking(_request: HttpRequest) -> StreamingHttpResponse:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"half"
        raise OSError("the disk is gone")

    return StreamingHttpResponse(pieces())


urlpatterns = [
    path("which/", which, name="which"),
    path("broken/", broken, name="broken"),
    path("endless/", endless, name="endless"),
    path("breaking/", breaking, name="breaking"),
]


def noting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say in which thread a piece of middleware works, before and after."""

    def middleware(request: HttpRequest) -> HttpResponse:
        before = threading.current_thread().name
        response = get_response(request)
        response["X-Threads"] = f"{before} {threading.current_thread().name}"
        return response

    return middleware


@pytest.fixture
def pages(settings: Any) -> Pages:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [f"{__name__}.noting", *settings.MIDDLEWARE, f"{__name__}.noting"]
    return Pages()


def scope_of(path: str, query: bytes = b"") -> dict[str, Any]:
    headers = [(b"host", b"127.0.0.1")]
    rest = {"type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "root_path": ""}
    return rest | {"path": path, "raw_path": path.encode(), "query_string": query, "headers": headers}


async def get(pages: Pages, path: str, *, leaves_after: float | None = None) -> list[dict[str, Any]]:
    """Ask for a page and return what came; `leaves_after`: the seconds after which nobody is there any more."""
    said, asked = [], False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await asyncio.sleep(1000 if leaves_after is None else leaves_after)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    await pages(scope_of(path), receive, send)
    return said


async def test_a_request_is_worked_at_in_one_thread(pages: Pages) -> None:
    start, body = await get(pages, "/which/")
    name = body["body"].decode()
    assert name.startswith("page")
    assert dict(start["headers"])[b"X-Threads"].decode() == f"{name} {name}"


async def test_many_at_once_share_a_few_threads_and_all_are_answered(pages: Pages) -> None:
    before = threading.active_count()
    answers = [asyncio.ensure_future(get(pages, "/which/")) for _n in range(400)]
    most = 0
    while not all(one.done() for one in answers):
        most = max(most, threading.active_count() - before)
        await asyncio.sleep(0.005)
    assert {one.result()[0]["status"] for one in answers} == {200}
    assert 1 < most <= AT_ONCE


async def test_what_goes_wrong_is_a_page_and_the_thread_goes_on(pages: Pages, caplog: pytest.LogCaptureFixture) -> None:
    start, _body = await get(pages, "/broken/")
    assert (start["status"], [record.exc_info is not None for record in caplog.records]) == (500, [True])
    assert (await get(pages, "/which/"))[0]["status"] == 200


async def test_an_answer_in_pieces_ends_when_nobody_is_there_any_more(pages: Pages) -> None:
    PIECES.clear(), CLOSED.clear()
    said = await asyncio.wait_for(get(pages, "/endless/", leaves_after=0.1), 5)
    assert said[0]["status"] == 200
    assert CLOSED.is_set()
    assert 1 <= len(PIECES) < 100


async def test_an_answer_that_breaks_in_the_middle_is_no_whole_one(pages: Pages) -> None:
    said: list[dict[str, Any]] = []
    with pytest.raises(OSError, match="the disk is gone"):
        said += await get(pages, "/breaking/")
    assert said == []


@pytest.mark.django_db(transaction=True)
async def test_no_connection_stays_open_behind_a_request(pages: Pages) -> None:
    held: list[bool] = []

    def asking(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return HttpResponse()

    urlpatterns.append(path("asking/", login_not_required(asking), name="asking"))
    try:
        await get(pages, "/asking/")
    finally:
        urlpatterns.pop()
    for _n in range(AT_ONCE):
        held.append(await pages._in_thread(lambda: connection.connection is None))
    assert all(held)
