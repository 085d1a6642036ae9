"""What the pages of folders read: which was made when, and whether programme or list have changed since."""

from __future__ import annotations

from dataclasses import dataclass

from meetings.keeping import kept_with_journal
from meetings.models import COUNTED_ROLES, BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from packets.folder.contents import list_digest, lists_of, programme_of
from packets.folder.models import Folder
from people.spelling import fold, words

MISSING, OLD, FRESH = "missing", "old", "fresh"


@dataclass(frozen=True)
class Standing:
    """A bridge point and its folder: made when, by whom, and what has changed since."""

    site: BridgePoint
    people: int
    made: Folder | None
    programme_changed: bool = False
    list_changed: bool = False

    @property
    def state(self) -> str:
        """Whether there is none, an old one, or one that still holds."""
        if self.made is None:
            return MISSING
        return OLD if self.programme_changed or self.list_changed else FRESH


def sites_of(meeting: Meeting, actor: Actor) -> list[BridgePoint]:
    """Return the bridge points whose folders an actor may have: the own one, or all."""
    found = meeting.bridge_points.order_by("number")
    if not actor.may(Ability.SEE_ANY_CONSOLE):
        found = found.filter(pk=actor.bridge_point_id or 0)
    return list(found)


def standings_of(meeting: Meeting, sites: list[BridgePoint]) -> list[Standing]:
    """Return how folders stand, those without one and old ones first; in a number of queries that does not grow."""
    made = {one.bridge_point_id: one for one in Folder.objects.filter(meeting=meeting)}
    own = {sites[0].pk} if len(sites) == 1 else None
    programme, lists = _digests(meeting, own)
    rows = [_standing(site, made.get(site.pk), programme, lists.get(site.pk, (list_digest([]), 0))) for site in sites]
    order = {OLD: 0, MISSING: 1, FRESH: 2}
    return sorted(rows, key=lambda row: order[row.state])


def _standing(site: BridgePoint, made: Folder | None, programme: str, people: tuple[str, int]) -> Standing:
    digest, count = people
    if made is None:
        return Standing(site, count, None)
    return Standing(site, count, made, made.programme != programme, made.people != digest)


def _digests(meeting: Meeting, sites: set[int] | None) -> tuple[str, dict[int, tuple[str, int]]]:
    """Return the digest of the programme, and of each list with how many stand on it, as they are now."""

    def made() -> tuple[str, dict[int, tuple[str, int]]]:
        lists = {pk: (list_digest(people), len(people)) for pk, people in lists_of(meeting, sites).items()}
        return programme_of(meeting).digest, lists

    return kept_with_journal(meeting, ("folders", *sorted(sites or ())), made)


def narrowed(rows: list[Standing], sought: str, state: str) -> list[Standing]:
    """Return the rows whose bridge point has all the words, and whose folder is in a state."""
    wanted = words(sought)
    return [
        row
        for row in rows
        if (not state or row.state == state)
        and all(word in fold(f"{row.site.number} {row.site.name} {row.site.short_name}") for word in wanted)
    ]


def without_site(meeting: Meeting) -> int:
    """Return how many people are in no folder, because they belong to no bridge point."""
    return meeting.participants.filter(bridge_point=None, role__in=COUNTED_ROLES, is_excused=False).count()
