"""The page of papers: the desk for who prepares the meeting, the list of what one may read for everybody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from meetings import queries
from meetings.procedure import Ability
from packets.desk import views as desk
from packets.releasing import views as releasing


@require_safe
def papers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the desk, or the papers somebody may see now."""
    meeting, actor = queries.page_actor(request, slug, Ability.SEE, named=True)
    if actor.may(Ability.PREPARE):
        return desk.shown(request, meeting, actor)
    return releasing.listed(request, meeting, actor)
