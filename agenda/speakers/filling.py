"""Speeches that were registered and picked stand on the list of their item from its beginning, in the order picked."""

from __future__ import annotations

from django.db.models import Q

from agenda.actions.floor import enter_wish
from agenda.models import AgendaItem, FloorRequest, Speech
from meetings.journal import Transition


def fill_list(change: Transition, item: AgendaItem) -> None:
    """Put the picked speeches of an item that has just begun on its list: its own one, or all that were picked for it.

    One whose unit has named nobody and has no bridge point here stands for nobody who could be called: it is left out.
    """
    own = Q(item=item.pk) | Q(item=None, call__item=item.pk)
    found = change.meeting.speeches.filter(own, state=Speech.State.PICKED).exclude(lines__item=item.pk)
    sites = {site.organisation_id: site for site in change.meeting.bridge_points.exclude(organisation=None)}
    for speech in found.select_related("unit", "speaker__bridge_point").order_by("rank", "pk"):
        site = speech.speaker.bridge_point if speech.speaker else sites.get(speech.unit.organisation_id)
        if speech.speaker or site:
            enter_wish(change, item, FloorRequest(
                participant=speech.speaker, bridge_point=site, kind=FloorRequest.Kind.REGISTERED, speech=speech,
                rank=speech.rank, minutes=speech.minutes,
            ))  # fmt: skip
