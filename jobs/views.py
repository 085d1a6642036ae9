"""The pages of long work: one's own jobs, one job with its progress, its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from jobs import queue
from jobs.marking import running_of
from jobs.models import Job, JobFile
from people.models import User

PAGE = 50


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """List one's own jobs; an administrator may list everybody's."""
    user = _reader(request)
    everybody = _is_administrator(user) and request.GET.get("of") == "all"
    state = request.GET.get("state", "")
    found = Job.objects.select_related("account__person")
    if not everybody:
        found = found.filter(account=user)
    if state in Job.State.values:
        found = found.filter(state=state)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "query": {"state": state, "of": "all" if everybody else ""},
        "states": Job.State.choices,
        "everybody": everybody,
        "is_administrator": _is_administrator(user),
    }
    return render(request, "jobs/jobs.html", context)


@require_safe
def job(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Show one job: how far it is, what came of it."""
    return render(request, "jobs/job.html", _shown(_seen(request, uuid), request))


@require_safe
def state(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The part of that page that moves."""
    return render(request, "jobs/state.html", _shown(_seen(request, uuid), request))


@require_safe
def news(request: HttpRequest) -> JsonResponse:
    """Tell a page how many of the reader's jobs are not over, and which of those it asks for (`?of=`) have ended, in words."""
    reader = _reader(request)
    own = Job.objects.filter(account=reader)
    known = {str(one.uuid): one for one in own.filter(ended_at__isnull=False).order_by("-ended_at")[:20]}
    asked = [known[key] for key in request.GET.getlist("of")[:20] if key in known]
    running = running_of(reader)
    words = ngettext("%(count)d job is running", "%(count)d jobs are running", len(running)) % {"count": len(running)}
    return JsonResponse({"running": running, "words": words, "ended": [_told(one) for one in asked]})


@require_POST
def cancel(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Cancel a job of one's own."""
    found = _own(request, uuid)
    queue.cancel(found)
    return _back(found)


@require_POST
def go_on(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Let a job of one's own go on that failed or was cancelled."""
    found = _own(request, uuid)
    queue.go_on(found)
    messages.success(request, _("It goes on where it stopped."))
    return _back(found)


@require_safe
def file(request: HttpRequest, uuid: Any, file: Any) -> HttpResponse | FileResponse:
    """Give a file a job has made."""
    found = JobFile.objects.filter(job=_seen(request, uuid), uuid=file, is_part=False).first()
    if found is None:
        raise Http404
    try:
        opened = found.file.open("rb")
    except OSError:
        return render(request, "jobs/gone.html", {"job": found.job}, status=410)
    response = FileResponse(opened, as_attachment=True, filename=found.name, content_type=found.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _shown(found: Job, request: HttpRequest) -> dict[str, Any]:
    files = list(found.files.filter(is_part=False))
    return {"job": found, "files": files, "is_own": found.account_id == _reader(request).pk}


def _told(ended: Job) -> dict[str, str]:
    words = {
        Job.State.DONE: _("%(title)s: done."),
        Job.State.FAILED: _("%(title)s: failed."),
        Job.State.CANCELLED: _("%(title)s: cancelled."),
    }[Job.State(ended.state)]
    state = "done" if ended.state == Job.State.DONE else "refused"
    return {"job": str(ended.uuid), "state": state, "words": words % {"title": ended.title}, "url": ended.get_absolute_url()}


def _back(found: Job) -> HttpResponseRedirect:
    response = HttpResponseRedirect(found.get_absolute_url())
    response.status_code = 303
    return response


def _reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _is_administrator(user: User) -> bool:
    return user.office_role == User.OfficeRole.ADMINISTRATOR


def _jobs() -> QuerySet[Job]:
    return Job.objects.select_related("account__person")


def _seen(request: HttpRequest, uuid: Any) -> Job:
    """Return a job the reader may see; a stranger learns nothing, not even that it exists."""
    found = _jobs().filter(uuid=uuid).first()
    if found is None or not queue.may_see(_reader(request), found):
        raise Http404
    return found


def _own(request: HttpRequest, uuid: Any) -> Job:
    """Return a job the reader may cancel or let go on: the own one while it is open to them, any as an administrator."""
    user = _reader(request)
    found = _jobs().filter(uuid=uuid).first()
    if found is None or not ((found.account_id == user.pk and queue.may_see(user, found)) or _is_administrator(user)):
        raise Http404
    return found
