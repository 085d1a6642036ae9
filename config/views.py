"""Whether the service is alive and ready, and the pages of errors."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from live.closing import is_closing


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the process is alive."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether the process can serve: database reachable and migrated, not closing."""
    problem = _problem()
    if problem:
        return JsonResponse({"status": problem}, status=503)
    return JsonResponse({"status": "ok", "database": connection.vendor})


def _problem() -> str:
    if is_closing():
        return "closing"
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:  # whatever the database says, the answer is the same: not ready
        return "database unreachable"
    return "migrations pending" if pending else ""


@requires_csrf_token
@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the browser sent something unreadable."""
    return render(request, "400.html", status=400)


@requires_csrf_token
@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the role does not allow this."""
    return render(request, "403.html", status=403)


@requires_csrf_token
@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page."""
    return render(request, "404.html", status=404)


@requires_csrf_token
@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong here; details stand in the log only."""
    return render(request, "500.html", status=500)
