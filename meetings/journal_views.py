"""The journal for programs: every entry in order, page by page (archive, replay, proof)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings import queries
from meetings.models import JournalEntry
from meetings.procedure import Ability

PAGE = 500  # entries


class PageForm(forms.Form):
    """Which entries: those after a number, at most so many."""

    after = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    limit = forms.IntegerField(min_value=1, max_value=PAGE, required=False)


@require_safe
@never_cache
def journal(request: HttpRequest, slug: str) -> JsonResponse:
    """Return a page of entries, the journal's epoch and the number of its last entry: whoever is there has everything.

    Who sees another epoch than before reads again from the first entry.
    """
    meeting, _actor = queries.page_actor(request, slug, Ability.SEE_JOURNAL)
    form = PageForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"state": "invalid", "errors": form.errors}, status=400)
    after, limit = form.cleaned_data["after"] or 0, form.cleaned_data["limit"] or PAGE
    head = meeting.journal.head
    rows = meeting.journal.entries.filter(number__gt=after, number__lte=head).order_by("number")[:limit]
    body = {"epoch": str(meeting.journal.epoch), "head": head, "entries": [_told(row) for row in rows]}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _told(entry: JournalEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "kind": entry.kind,
        "at": timezone.localtime(entry.at).isoformat(),
        "actor": entry.actor,
        "payload": entry.payload,
        "hash": entry.hash,
    }
