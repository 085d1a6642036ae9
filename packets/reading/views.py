"""What a reader's page tells and asks about reading."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from meetings.queries import actor_or_404
from packets.reading.forms import ProgressForm
from packets.reading.noting import note_progress, opening_of


@require_POST
@never_cache
def progress(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take the report of a reader's page: `pages` (1-3,7), `seconds`, `page`. 404 once the paper may not be seen any more."""
    meeting, actor = actor_or_404(request, slug)
    opening = opening_of(meeting, actor, code)
    if opening is None:
        raise Http404
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("This is no report of reading."), content_type="text/plain; charset=utf-8")
    note_progress(meeting, actor, opening, form.report())
    return HttpResponse(status=204)
