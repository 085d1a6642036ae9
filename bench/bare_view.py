"""The bare limit of a command: a view in the same process, behind the same middleware and session, that does one INSERT."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PATH = "bench/insert/"


def add_bare_view() -> None:
    """Gives the service the view, at the end of its addresses."""
    from django.urls import path

    from config import urls

    urls.urlpatterns.append(path(PATH, insert))


def insert(request: HttpRequest) -> HttpResponse:
    """One row, durable when it is answered."""
    from django.db import connection
    from django.http import JsonResponse

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (moment) VALUES (%s)", [request.POST["command_id"]])
    return JsonResponse({"state": "done"})
