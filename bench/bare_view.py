"""The bare limit of a command: a view in the same process, behind the same middleware and session, that does one INSERT."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PATH = "bench/insert/"
PAGE = "bench/page/"


def add_bare_view() -> None:
    """Gives the service the views, at the end of its addresses."""
    from django.urls import path

    from config import urls

    urls.urlpatterns += [path(PATH, insert), path(f"{PAGE}<int:size>/", page)]


def insert(request: HttpRequest) -> HttpResponse:
    """One row, durable when it is answered."""
    from django.db import connection
    from django.http import JsonResponse

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (moment) VALUES (%s)", [request.POST["command_id"]])
    return JsonResponse({"state": "done"})


def page(request: HttpRequest, size: int) -> HttpResponse:
    """The bare limit of a page: as many bytes for the same signed-in reader, behind the same middleware, without any work."""
    from django.http import HttpResponse

    return HttpResponse(f"{request.user.pk}".ljust(size))
