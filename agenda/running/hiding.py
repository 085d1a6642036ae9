"""The programme before those who are out of a closed item: on pages, papers and tables, as it runs and as it was released."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from agenda.models import AgendaItem
from agenda.running.closed import hidden_from, is_in, shut_items, standing_of
from agenda.snapshots import Snapshot
from meetings.models import Meeting
from meetings.procedure import Ability, Actor

NOTHING: frozenset[int] = frozenset()


def hide_rows(rows: Iterable[AgendaItem], out: Collection[int]) -> list[AgendaItem]:
    """Return rows of which those that are hidden keep nothing but their place and times. They must not be saved."""
    found = list(rows)
    for row in found:
        if row.pk in out:
            row.title, row.presenter, row.note, row.kind = _("Closed item"), "", "", AgendaItem.Kind.OTHER
    return found


def hidden_in_releases(meeting: Meeting, actor: Actor, releases: Iterable[Snapshot]) -> frozenset[int]:
    """Return the keys of the items that releases hide from an actor: those hidden now, and those whose title they kept secret.

    A title that was secret in a release is shown to who takes part in the item now, and to who leads; to nobody else, ever.
    """
    secret = {item["id"] for one in releases for item in one["items"] if item.get("secret")}
    if not meeting.has_closed_items or actor.may(Ability.RUN_PROGRAMME):
        return NOTHING
    shut, who = shut_items(meeting.pk, meeting.items.filter(in_camera=True)), standing_of(actor)
    admitted = {one.item for one in shut if is_in(who, one)}
    return frozenset(hidden_from(who, shut)) | (secret - admitted)


def hide_in(found: Snapshot, out: Collection[int]) -> Snapshot:
    """Return a release without what is hidden."""
    if not out:
        return found
    words = {"title": _("Closed item"), "presenter": "", "note": "", "kind": AgendaItem.Kind.OTHER.value}
    return {**found, "items": [{**item, **words} if item["id"] in out else item for item in found["items"]]}
