"""Django's pages as this service works at them: a request, with all its middleware and its view, in one thread of a few."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.db import close_old_connections
from django.http import FileResponse, HttpResponseBase
from django.urls import set_script_prefix

# More than the sign-ins that may wait (people/hashing.py), so that a flood of them holds up nobody else.
AT_ONCE = 64


class Pages(ASGIHandler):
    """Django's handler for a service whose middleware and views are all plain functions (docs/decisions/0028).

    Django's own hands each request from the loop to a thread and back with every piece of middleware, and makes a thread for
    each request that waits: three thousand ballots at once are three thousand threads, which hinder each other.
    """

    threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="page")

    def load_middleware(self, is_async: bool = False) -> None:
        """Django's hook: chain the middleware as it is called in a thread."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        """Answer one request."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        try:
            response: HttpResponseBase = await self._in_thread(self._work, scope, body)
            if response.streaming:
                await self._stream(response, receive, send)
            else:
                await self.send_response(response, send)
        finally:
            body.close()

    def _in_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        return sync_to_async(work, thread_sensitive=False, executor=self.threads)(*args)

    def _work(self, scope: Any, body: IO[bytes]) -> HttpResponseBase:
        """Make the answer; what has been made as a whole is done with here, and its connection to the database free again."""
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=type(self), scope=scope)
        request, fault = self.create_request(scope, body)
        response = self.get_response(request) if request is not None else fault
        assert isinstance(response, HttpResponseBase)
        response._handler_class = type(self)  # type: ignore[attr-defined]  # who sends the signal of the request's end
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if response.streaming:
            close_old_connections()  # its pieces are fetched in another thread
        else:
            response.close()
        return response

    async def _stream(
        self, response: HttpResponseBase, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        """Send an answer piece by piece, fetched in a thread of its own, as long as somebody is there."""
        async with ThreadSensitiveContext():
            sending = asyncio.ensure_future(self.send_response(response, send))
            leaving = asyncio.ensure_future(self.listen_for_disconnect(receive))
            try:
                await asyncio.wait([sending, leaving], return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (sending, leaving):
                    task.cancel()
                ends = await asyncio.gather(sending, leaving, return_exceptions=True)
                await sync_to_async(response.close)()
        if isinstance(ends[0], Exception):
            raise ends[0]
