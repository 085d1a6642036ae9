"""The marked copy of a meeting: all that is needed to play it, under an address of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from meetings import clock, facts, hooks
from meetings.actions import NewSitting, create_meeting
from meetings.hooks import Maps
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup
from meetings.procedure import Ability, Actor
from meetings.series.copying import chunks, copied, copied_bridge_points, copied_groups, copied_sittings
from meetings.series.facts import MeetingCloned
from meetings.series.parts import REHEARSED
from meetings.telling import participant_row

#: Before the title of every rehearsal, so that each list, file and page that names it says so. It stays Vietnamese.
MARK = "Diễn tập – "
ENDING = "-dien-tap"
LONGEST_TITLE, LONGEST_SLUG = 300, 60


def copy_whole(meeting: Meeting, *, by: Actor) -> Meeting:
    """Return the copy, which has begun its own journal; nothing of what has happened in the meeting is in it."""
    may = replace(by, abilities=by.abilities | {Ability.CREATE_MEETING, Ability.PREPARE})
    sittings = [NewSitting(s.starts_at, s.ends_at, s.title, s.pk) for s in meeting.sittings.order_by("number")]
    new = create_meeting(
        by=may, title=(MARK + meeting.title)[:LONGEST_TITLE], organiser=meeting.organiser, mode=meeting.mode,
        place=meeting.place, sittings=sittings, kind=Meeting.Kind.REHEARSAL, slug=free_slug_of(meeting.slug),
        cloned_from=meeting, clock_base=clock.now(meeting) if meeting.clock_base else None,
    )  # fmt: skip
    with transition(new, by=may, ability=Ability.PREPARE) as change:
        change.record(MeetingCloned(source=meeting.pk, title=meeting.title, parts=sorted(REHEARSED)))
        held, shift = copied_sittings(meeting, new, sittings)
        sites, groups = copied_bridge_points(change, meeting, new), copied_groups(change, meeting, new)
        people = _everybody(change, meeting, new, sites, groups)
        maps = Maps(
            change=change, wanted=REHEARSED, shift=shift, sittings=held, bridge_points=sites, groups=groups, participants=people
        )  # fmt: skip
        for copy_part in hooks.at_cloning:
            copy_part(meeting, new, maps)
    return new


def free_slug_of(slug: str) -> str:
    """Return the address of the rehearsal of a meeting with this address, with a number behind it when it is taken."""
    wanted = slug[: LONGEST_SLUG - len(ENDING) - 4].rstrip("-") + ENDING
    taken = set(Meeting.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(s for s in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


def _everybody(
    change: Transition,
    old: Meeting,
    new: Meeting,
    sites: Mapping[int, BridgePoint],
    groups: Mapping[int, ParticipantGroup],
) -> dict[int, Participant]:
    """Copy all participants under the names they have there: the same people, and so the same accounts."""
    rows = list(old.participants.order_by("pk"))
    copies = Participant.objects.bulk_create(
        copied(
            row, new, bridge_point=sites.get(row.bridge_point_id or 0), group=groups.get(row.group_id or 0), substitute_for=None
        )
        for row in rows
    )
    made = dict(zip((row.pk for row in rows), copies, strict=True))
    stand_in = {made[row.pk].pk: made[row.substitute_for_id] for row in rows if row.substitute_for_id}
    for one in copies:
        one.substitute_for = stand_in.get(one.pk)
    Participant.objects.bulk_update([one for one in copies if one.pk in stand_in], ["substitute_for"], batch_size=500)
    for chunk in chunks([participant_row(one) for one in copies]):
        change.record(facts.ParticipantsAdded(participants=chunk))
    replaced = {one.pk for one in stand_in.values()}
    away: list[dict[str, object]] = [
        {"id": one.pk, "name": one.name} for one in copies if one.is_excused and one.pk not in replaced
    ]
    for chunk in chunks(away):
        change.record(facts.ParticipantsExcused(participants=chunk))
    return made
