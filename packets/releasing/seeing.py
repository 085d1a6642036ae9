"""Who may see which paper: one function, used by page, file, search, live part and packet alike.

`sights(meeting, actor)` is the only door to papers for whoever only reads. Who prepares the meeting sees everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from agenda.models import AgendaItem
from agenda.running.closed import hidden_for
from agenda.speeches.owners import own_units
from meetings import clock
from meetings.models import BridgePoint, Meeting, Role
from meetings.procedure import Ability, Actor
from packets.models import Audience, Document, Release, Version
from packets.releasing.rules import item_of

# An item that has been opened has released what was held for it; that it was closed since does not matter.
HAS_BEGUN = frozenset({AgendaItem.State.OPEN, AgendaItem.State.CLOSED, AgendaItem.State.MERGED})
RELEASED = frozenset({Version.State.RELEASED})
TO_APPROVE = frozenset({Version.State.CHECKED, Version.State.APPROVED})
#: Who reads what is sent to a bridge point, or to a unit, for all there.
READS_FOR_ALL = (Role.CHAIR, Role.SECRETARY, Role.DELEGATE, Role.OPERATOR)
LARGEST = 2**31 - 1  # a number a row could have


@dataclass(frozen=True)
class Reader:
    """What of somebody decides about papers. `site`: the own bridge point; `sites`: it and all above it.

    Who is excused, or has sent a substitute, reads only what is released to them by name.
    """

    participant: int | None
    role: str
    group: int | None
    sites: frozenset[int]
    is_excused: bool = False
    site: int | None = None


@dataclass(frozen=True)
class Grant:
    """A release as plain values. `to_readers`: of a place to who reads there for all, not to those under it."""

    token: str
    to_everyone: bool
    roles: frozenset[str]
    groups: frozenset[int]
    sites: frozenset[int]
    participants: frozenset[int]
    from_at: datetime | None
    until_at: datetime | None
    holds_for_item: bool
    recalled: bool
    may_download: bool
    may_print: bool
    to_readers: bool = False


@dataclass(frozen=True)
class Sight:
    """A paper before somebody's eyes: in which version, under which releases, and what may be done with it.

    `grants`: tokens of the releases it is seen under, none for who prepares the meeting, who is to approve it, and whose unit has
    handed it in; `until`: when the last of them ends, if all end; `version`: None for a placeholder, and for a draft before
    who prepares;
    `awaiting`: a newer one, before who is to approve it or has handed it in: read by its own number alone, never in place of the
    released one; `is_asked`: it waits for the approval, or the release, of who sees it.
    """

    document: Document
    version: Version | None
    grants: tuple[str, ...]
    until: datetime | None
    may_download: bool
    may_print: bool
    awaiting: Version | None = None
    is_asked: bool = False


def reaches(grant: Grant, reader: Reader) -> bool:
    """Tell whether a release is meant for a reader, whatever the time."""
    if reader.participant is None:
        return False
    if reader.is_excused:
        return reader.participant in grant.participants
    return (
        grant.to_everyone
        or reader.role in grant.roles
        or (reader.group is not None and reader.group in grant.groups)
        or _is_at(grant, reader)
        or reader.participant in grant.participants
    )


def _is_at(grant: Grant, reader: Reader) -> bool:
    if grant.to_readers:
        return reader.site in grant.sites and reader.role in READS_FOR_ALL
    return bool(reader.sites & grant.sites)


def is_open(grant: Grant, has_begun: bool, now: datetime) -> bool:
    """Tell whether a release is in force: not recalled, in its window, and its item has begun where it is held for it."""
    if grant.recalled or (grant.from_at is not None and now < grant.from_at):
        return False
    if grant.until_at is not None and now >= grant.until_at:
        return False
    return not grant.holds_for_item or has_begun


def in_force(grants: Iterable[Grant], reader: Reader, has_begun: bool, now: datetime) -> list[Grant]:
    """Return the releases under which a reader sees a paper now; none: the reader does not."""
    return [grant for grant in grants if reaches(grant, reader) and is_open(grant, has_begun, now)]


def reader_of(meeting: Meeting, actor: Actor) -> Reader:
    """Return what of an actor decides about papers; who takes no part in the meeting is nobody."""
    own = actor.participant
    if own is None or own.meeting_id != meeting.pk or not actor.may(Ability.SEE):
        return Reader(participant=None, role="", group=None, sites=frozenset())
    return Reader(
        participant=own.pk, role=own.role, group=own.group_id, sites=frozenset(_with_those_above(own.bridge_point)),
        is_excused=own.is_excused, site=own.bridge_point_id,
    )  # fmt: skip


def _with_those_above(site: BridgePoint | None) -> Iterable[int]:
    """A paper for a province is for the communes under it too. Trees are shallow: three steps at most."""
    seen: list[int] = []
    while site is not None and site.pk not in seen:
        seen.append(site.pk)
        site = site.parent if site.parent_id is not None else None
    return seen


def sights(
    meeting: Meeting, actor: Actor, *, documents: Collection[int] | Q | None = None, now: datetime | None = None
) -> list[Sight]:
    """Return the papers an actor sees now, in order. `documents`: only these (ids, a condition). A constant number of queries."""
    prepares = actor.may(Ability.PREPARE)
    if not prepares and not actor.may(Ability.SEE):
        return []
    found = Document.objects.filter(meeting=meeting, is_removed=False).select_related("speech").order_by("position", "pk")
    if documents is not None:
        found = found.filter(documents if isinstance(documents, Q) else Q(pk__in=documents))
    if prepares:
        rows = list(found)
        newest = _newest(rows, ())
        return [Sight(row, None if row.is_placeholder else newest.get(row.pk), (), None, True, True) for row in rows]
    out = hidden_for(meeting, actor)
    rows = [row for row in found if item_of(row) not in out] if out else list(found)
    if not rows:
        return []
    reader, own = reader_of(meeting, actor), _handed_in(meeting, actor, rows)
    if reader.participant is None:
        return [_without_release(row, own[row.pk]) for row in rows if row.pk in own]
    waiting = _newest(rows, TO_APPROVE) if actor.may(Ability.APPROVE_PAPERS) else {}
    return _as_reader(rows, reader, now or clock.now(meeting), waiting, own)


def _handed_in(meeting: Meeting, actor: Actor, rows: Iterable[Document]) -> dict[int, Version]:
    """Return the newest version of each paper that the unit of a focal point has handed in itself; of any other paper nothing."""
    if not actor.may(Ability.OFFER_SPEECH):
        return {}
    keys = [row.pk for row in rows if not row.is_placeholder]
    found = Version.objects.filter(document__in=keys, unit__in=own_units(meeting, actor)).order_by("document_id", "number")
    return {version.document_id: version for version in found.defer("contents", "removed", "stamps")}


def _as_reader(
    rows: list[Document], reader: Reader, at: datetime, waiting: Mapping[int, Version], own: Mapping[int, Version]
) -> list[Sight]:
    """Return what a reader sees of papers. Besides: `waiting` for their approval or release, and their `own` unit's."""
    newest, grants = _newest(rows, RELEASED), _grants(rows, reader)
    begun = begun_items(row for row in rows if any(grant.holds_for_item for grant in grants.get(row.pk, ())))
    seen = []
    for row in rows:
        forced = in_force(grants.get(row.pk, ()), reader, item_of(row) in begun, at)
        latest = max((one[row.pk] for one in (waiting, own) if row.pk in one), key=lambda one: one.number, default=None)
        awaiting = None if row.is_placeholder else _newer(latest, newest.get(row.pk))
        if forced and (row.is_placeholder or row.pk in newest):
            is_asked = awaiting is not None and awaiting == waiting.get(row.pk)
            seen.append(replace(_sight(row, newest.get(row.pk), forced, awaiting), is_asked=is_asked))
        elif awaiting is not None:
            seen.append(_without_release(row, awaiting))
        elif row.pk in own:
            seen.append(_without_release(row, own[row.pk]))
    return seen


def _newer(version: Version | None, released: Version | None) -> Version | None:
    """Return a version if none has been released since."""
    return version if version is not None and (released is None or version.number > released.number) else None


def _without_release(row: Document, version: Version) -> Sight:
    return Sight(row, version, (), None, may_download=False, may_print=False)


def sight_of(meeting: Meeting, actor: Actor, number: int, *, version: int | None = None) -> Sight | None:
    """Return one paper, by its number, as an actor sees it now; nothing: there is none for them.

    `version`: in this version and no other: the one seen, the one that waits for approval, any of them before who prepares.
    """
    if number > LARGEST:
        return None
    key = Document.objects.filter(meeting=meeting, number=number, is_removed=False).values_list("pk", flat=True).first()
    sight = next(iter(sights(meeting, actor, documents=[key])), None) if key is not None else None
    if sight is None or version is None:
        return sight
    found = in_version(sight, version)
    return _any_version(sight, version) if found is None and actor.may(Ability.PREPARE) else found


def in_version(sight: Sight, number: int) -> Sight | None:
    """Return a paper as it is seen in exactly one version; nothing: not in that one."""
    if sight.version is not None and sight.version.number == number:
        return sight
    if sight.awaiting is not None and sight.awaiting.number == number:
        return _without_release(sight.document, sight.awaiting)
    return None


def is_replaced(sight: Sight, number: int) -> bool:
    """Tell whether a newer version than this one has been released to whom a paper is open."""
    return bool(sight.grants) and sight.version is not None and sight.version.number > number


def _any_version(sight: Sight, number: int) -> Sight | None:
    found = Version.objects.filter(document=sight.document, number=min(number, LARGEST)).defer("contents", "removed", "stamps")
    version = None if sight.document.is_placeholder else found.first()
    return replace(sight, version=version) if version is not None else None


def _sight(row: Document, version: Version | None, forced: list[Grant], awaiting: Version | None) -> Sight:
    ends = [grant.until_at for grant in forced]
    return Sight(
        document=row,
        version=None if row.is_placeholder else version,
        grants=tuple(grant.token for grant in forced),
        until=None if None in ends else max(end for end in ends if end is not None),
        may_download=any(grant.may_download for grant in forced),
        may_print=any(grant.may_print for grant in forced),
        awaiting=awaiting,
    )


def _newest(rows: Iterable[Document], states: Collection[str]) -> dict[int, Version]:
    """Return the newest version of each paper in one of some states, or in any."""
    found = Version.objects.filter(document__in=[row.pk for row in rows]).order_by("document_id", "number")
    if states:
        found = found.filter(state__in=states)
    return {version.document_id: version for version in found.defer("contents", "removed", "stamps")}


def _grants(rows: Iterable[Document], reader: Reader) -> Mapping[int, list[Grant]]:
    """Return the releases of papers; of those named in them only whoever the reader is."""
    found: dict[int, list[Grant]] = {}
    named: dict[int, list[Audience]] = {}
    releases = list(Release.objects.filter(document__in=[row.pk for row in rows], recalled_at=None).order_by("pk"))
    for audience in audiences_of(reader).filter(release__in=[release.pk for release in releases]).order_by():
        named.setdefault(audience.release_id, []).append(audience)
    for release in releases:
        found.setdefault(release.document_id, []).append(grant_of(release, named.get(release.pk, ())))
    return found


def audiences_of(reader: Reader) -> QuerySet[Audience]:
    """Return what is named in releases and may mean a reader: thousands of names in one release cost nothing."""
    mine = Q(participant=reader.participant) | Q(bridge_point__in=reader.sites) | Q(role=reader.role, role__gt="")
    return Audience.objects.filter(mine | Q(group=reader.group, group__isnull=False))


def grant_of(release: Release, rows: Collection[Audience]) -> Grant:
    """Return a release, with those who are named in it, as plain values."""
    return Grant(
        token=str(release.token),
        to_everyone=release.to_everyone,
        roles=frozenset(row.role for row in rows if row.role),
        groups=frozenset(row.group_id for row in rows if row.group_id is not None),
        sites=frozenset(row.bridge_point_id for row in rows if row.bridge_point_id is not None),
        participants=frozenset(row.participant_id for row in rows if row.participant_id is not None),
        from_at=release.from_at,
        until_at=release.until_at,
        holds_for_item=release.holds_for_item,
        recalled=release.recalled_at is not None,
        may_download=release.may_download,
        may_print=release.may_print,
        to_readers=release.to_readers,
    )


def begun_items(rows: Iterable[Document]) -> frozenset[int]:
    """Return the keys of those items of papers that have begun: a heading with the first item under it."""
    keys = {key for row in rows if (key := item_of(row)) is not None}
    if not keys:
        return frozenset()
    under = Q(pk__in=keys) | Q(parent__in=keys) | Q(parent__parent__in=keys)
    begun = AgendaItem.objects.filter(under, state__in=HAS_BEGUN).order_by().values_list("pk", "parent_id", "parent__parent_id")
    return frozenset(key for chain in begun for key in chain if key in keys)
