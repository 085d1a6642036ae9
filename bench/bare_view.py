"""The bare limit of a command: a view in the same process, behind the same middleware and session, that does one INSERT."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PATH = "bench/insert/"
OPEN_PATH = "bench/insert-openly/"
PAGE = "bench/page/"


def add_bare_view() -> None:
    """Gives the service the views, at the end of its addresses."""
    from django.contrib.auth.decorators import login_not_required
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt

    from config import urls

    openly = login_not_required(csrf_exempt(insert_openly))
    urls.urlpatterns += [path(PATH, insert), path(OPEN_PATH, openly), path(f"{PAGE}<int:size>/", page)]


def insert(request: HttpRequest) -> HttpResponse:
    """One row, durable when it is answered."""
    from django.db import connection
    from django.http import JsonResponse

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (moment) VALUES (%s)", [request.POST["command_id"]])
    return JsonResponse({"state": "done"})


def insert_openly(request: HttpRequest) -> HttpResponse:
    """The same where nobody signs in, as devices at doors do not: its body is JSON, which it reads."""
    import json

    from django.db import connection
    from django.http import JsonResponse

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (moment) VALUES (%s)", [json.loads(request.body)["scans"][0]["key"]])
    return JsonResponse({"state": "done"})


def page(request: HttpRequest, size: int) -> HttpResponse:
    """The bare limit of a page: as many bytes for the same signed-in reader, behind the same middleware, without any work."""
    from django.http import HttpResponse

    return HttpResponse(f"{request.user.pk}".ljust(size))
