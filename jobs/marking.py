"""The mark “2 jobs are running” costs a page nothing: it is asked for only by a browser that has asked for work."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from jobs.models import Job
from people.models import User

COOKIE = "jobs"
_asked: ContextVar[list[bool] | None] = ContextVar("jobs_asked", default=None)


def note_enqueued() -> None:
    """Note that the present request has asked for a job."""
    asked = _asked.get()
    if asked is not None:
        asked.append(True)


def running(request: HttpRequest) -> dict[str, Any]:
    """Tell templates which of the reader's jobs are not over yet (a context processor; asked only when used)."""
    return {"jobs_running": lambda: _running(request)}


def _running(request: HttpRequest) -> list[str]:
    user = getattr(request, "user", None)
    if COOKIE not in request.COOKIES or not isinstance(user, User):
        return []
    found = running_of(user)
    if not found:
        request.jobs_are_over = True  # type: ignore[attr-defined]
    return found


def running_of(user: User) -> list[str]:
    """Return which of an account's jobs are not over, the newest twenty."""
    waiting = Job.objects.filter(account=user, state__in=Job.UNDER_WAY)
    return [str(key) for key in waiting.values_list("uuid", flat=True)[:20]]


class JobsMiddleware(MiddlewareMixin):
    """Gives the browser that has asked for a job a cookie, and takes it when none is left."""

    def process_request(self, request: HttpRequest) -> None:
        """Begin to listen."""
        request.jobs_asked = []  # type: ignore[attr-defined]
        _asked.set(request.jobs_asked)  # type: ignore[attr-defined]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Set or delete the cookie. It says nothing: only that it is worth asking."""
        if getattr(request, "jobs_asked", None):
            response.set_cookie(COOKIE, "1", max_age=86_400, httponly=True, samesite="Lax", secure=request.is_secure())
        elif getattr(request, "jobs_are_over", False):
            response.delete_cookie(COOKIE, samesite="Lax")
        return response
