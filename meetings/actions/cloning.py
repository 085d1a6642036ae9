"""A new meeting that takes over parts of an old one, or of a template."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from meetings import facts, hooks
from meetings.actions.course import NewSitting, create_meeting
from meetings.hooks import Maps
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup, Series
from meetings.procedure import Ability, Actor
from meetings.series.copying import chunks, copied, copied_bridge_points, copied_groups, copied_sittings
from meetings.series.facts import MeetingCloned
from meetings.series.parts import BRIDGE_POINTS, GROUPS
from meetings.series.queries import Goer, goers
from meetings.telling import participant_row
from people.models import Organisation


def clone_meeting(
    *,
    by: Actor,
    source: Meeting,
    title: str,
    organiser: Organisation,
    mode: str,
    place: str,
    sittings: Sequence[NewSitting],
    parts: Collection[str],
    kind: str = Meeting.Kind.REAL,
    series: Series | None = None,
    new_series: str = "",
) -> Meeting:
    """Create a meeting (or a template) that takes over the ticked parts of another one; each becomes an ordinary fact.

    A sitting whose `sitting` is the key of one of the old meeting's stands for it. Raises NotAllowed.
    """
    with transaction.atomic():
        new = create_meeting(
            by=by, title=title, organiser=organiser, mode=mode, place=place, sittings=sittings, kind=kind, series=series,
            new_series=new_series, cloned_from=source,
        )  # fmt: skip
        with transition(new, by=by, ability=Ability.PREPARE) as change:
            change.record(MeetingCloned(source=source.pk, title=source.title, parts=sorted(parts)))
            maps = _copy(change, source, new, sittings, frozenset(parts))
            for copy_part in hooks.at_cloning:
                copy_part(source, new, maps)
    return new


def _copy(change: Transition, old: Meeting, new: Meeting, sittings: Sequence[NewSitting], wanted: frozenset[str]) -> Maps:
    held, shift = copied_sittings(old, new, sittings)
    sites = copied_bridge_points(change, old, new) if BRIDGE_POINTS in wanted else {}
    groups = copied_groups(change, old, new) if GROUPS in wanted else {}
    going = goers(old, wanted, timezone.localdate())
    people = _participants(change, new, going, sites, groups)
    return Maps(
        change=change, wanted=wanted, shift=shift, sittings=held, bridge_points=sites, groups=groups, participants=people
    )  # fmt: skip


def _participants(
    change: Transition,
    new: Meeting,
    going: Sequence[Goer],
    sites: Mapping[int, BridgePoint],
    groups: Mapping[int, ParticipantGroup],
) -> dict[int, Participant]:
    copies = [
        copied(
            goer.row, new, person=goer.person, name=goer.person.full_name, position=goer.office.position, unit=goer.office.unit,
            organisation_id=goer.office.organisation, bridge_point=sites.get(goer.row.bridge_point_id or 0),
            group=groups.get(goer.row.group_id or 0), substitute_for=None, is_excused=False,
        )
        for goer in going
    ]  # fmt: skip
    made = Participant.objects.bulk_create(copies)
    for chunk in chunks([participant_row(p) for p in made]):
        change.record(facts.ParticipantsAdded(participants=chunk))
    return dict(zip((goer.row.pk for goer in going), made, strict=True))
