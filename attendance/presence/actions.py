"""What people say by hand of who is present: marks, corrections, and settling what contradicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from attendance.bodies.watching import note_crossings
from attendance.ledger.actions import seal_scans_within
from attendance.presence import facts
from attendance.presence.authority import looks_after, may_place, may_say
from attendance.presence.models import Presence, PresenceConflict
from attendance.presence.rows import standings_of, told_of, write_standings
from attendance.presence.standing import Impossible, Standing, absent, entered, left, moved_beginning
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant
from meetings.procedure import Ability, Actor

State = Presence.State


def mark_presence(
    meeting: Meeting,
    *,
    by: Actor,
    participants: Sequence[Participant],
    state: str,
    reason: str = "",
    at: datetime | None = None,
    bridge_point: BridgePoint | None = None,
    unmarked_only: bool = False,
    seen: str = "",
) -> int:
    """Mark participants present, online, gone or absent and return how many changed; one fact for each bridge point.

    `at`: since when it is so, in the meeting's time, for what was noted on paper or is corrected; empty: now.
    `bridge_point`: where they are; empty: where they were seen last, or the own one. `reason`: why absent; never in a fact.
    `unmarked_only`: leave out who was marked or scanned since they were chosen. `seen`: how they stood when the form was made.
    Raises NotAllowed when one of them, or the place where they would stand, is not looked after by the actor, and OutOfOrder
    when all are marked so already, they do not stand as was `seen`, the meeting is over, or the time cannot be.
    """
    with transition(meeting, by=by, ability=Ability.MARK_PRESENCE) as change:
        _refuse_impossible_time(change, at)
        seal_scans_within(change)
        chosen = _under_lock(meeting, participants)
        standings = standings_of(meeting, [p.pk for p in chosen])
        if seen and any(standings.get(p.pk, Standing()).seen != seen for p in chosen):
            raise OutOfOrder(_("This has been marked, or read at a door, since you opened the page. Reload it and look again."))
        if unmarked_only:
            chosen = [p for p in chosen if p.pk not in standings]
        places = {p.pk: _place(p, standings.get(p.pk), bridge_point, by, state) for p in chosen}
        for one in chosen:
            if not looks_after(by, one.bridge_point_id, standings.get(one.pk, Standing())):
                raise NotAllowed(_("You mark the people of your own bridge point only."))
        if bridge_point is not None and not by.may_mark_presence_at(bridge_point.pk):
            raise NotAllowed(_("You mark the people of your own bridge point only."))
        why = reason if state == State.ABSENT else ""
        marked = {p.pk: _marked(standings.get(p.pk, Standing()), state, places[p.pk], at, change.now) for p in chosen}
        changed = {
            pk: replace(one, by_hand_at=change.now, reason=why, before=None)
            for pk, one in marked.items()
            if _differs(one, standings.get(pk), at, reason)
        }
        if not changed:
            raise OutOfOrder(_("They are marked so already."))
        _require_here(by, [p for p in chosen if p.pk in changed], standings, changed)
        write_standings(meeting, changed)
        _record(change, [p for p in chosen if p.pk in changed], changed, at)
        note_crossings(change)
        return len(changed)


def settle_conflict(
    meeting: Meeting, *, by: Actor, conflict: PresenceConflict, state: str = "", bridge_point: BridgePoint | None = None
) -> None:
    """Settle what contradicts: leave how the person stands (`state` empty), or say how and where they really are.

    Raises NotAllowed unless the actor looks after one of the places, and after the one where the person then stands;
    OutOfOrder when it has been settled already.
    """
    with transition(meeting, by=by, ability=Ability.MARK_PRESENCE) as change:
        seal_scans_within(change)
        row = change.fresh(conflict)
        concerned = {row.scan.bridge_point_id, row.stood_where_id, row.participant.bridge_point_id}
        if not any(by.may_mark_presence_at(place) for place in concerned):
            raise NotAllowed(_("You mark the people of your own bridge point only."))
        if row.settled_at is not None:
            raise OutOfOrder(_("This has been settled already, by %(who)s.") % {"who": row.settled_by})
        stands = standings_of(meeting, [row.participant_id]).get(row.participant_id, Standing())
        if state:
            place = bridge_point.pk if bridge_point else row.scan.bridge_point_id
            if not by.may_mark_presence_at(place):
                raise NotAllowed(_("You mark the people of your own bridge point only."))
            moment = min(change.now, meeting.adjourned_at or change.now)  # nobody comes or goes after the end
            settled = _known_before(row, stands, state, place) or _marked(stands, state, place, None, moment)
            settled = replace(settled, by_hand_at=change.now, before=None)
            if not may_place(by, stands, settled):
                raise NotAllowed(_("You mark the people of your own bridge point only."))
            write_standings(meeting, {row.participant_id: settled})
            stands = settled
        row.settled_at, row.settled_by = change.now, by.name
        row.save(update_fields=["settled_at", "settled_by"])
        where = meeting.bridge_points.filter(pk=stands.where).first() if stands.where else None
        change.record(
            facts.ConflictSettled(
                conflict=row.pk, kind_of_conflict=row.kind, by_hand=bool(state), state=stands.state,
                bridge_point=stands.where, bridge_point_name=where.name if where else "",
                participants=[told_of(row.participant, stands)],
            )
        )  # fmt: skip
        note_crossings(change)


def _known_before(conflict: PresenceConflict, stands: Standing, state: str, where: int) -> Standing | None:
    """Return how somebody stood before the scan that contradicts, where that is said, nothing came since and nothing is over."""
    before = stands.before
    if (
        conflict.meeting.adjourned_at
        or before is None
        or before.at != conflict.scan.at
        or stands.where != conflict.scan.bridge_point_id
    ):
        return None
    return before.standing if (before.standing.state, before.standing.where) == (state, where) else None


def _require_here(
    by: Actor, people: Sequence[Participant], before: Mapping[int, Standing], after: Mapping[int, Standing]
) -> None:
    """Raise NotAllowed when somebody's new standing is not the actor's to say."""
    for one in people:
        if not may_say(by, one.bridge_point_id, before.get(one.pk, Standing()), after[one.pk]):
            raise NotAllowed(
                _("%(name)s is, or was last, at another bridge point: its operator or the secretariat marks this.")
                % {"name": one.name}
            )


def _refuse_impossible_time(change: Transition, at: datetime | None) -> None:
    meeting = change.meeting
    if at is not None and at > change.now:
        raise OutOfOrder(_("This time is still to come."))
    if meeting.state == Meeting.State.ADJOURNED:
        if at is None:
            raise OutOfOrder(_("The meeting is over. Say at what time it was."))
        if meeting.adjourned_at and at > meeting.adjourned_at:
            raise OutOfOrder(_("This time lies after the end of the meeting."))


def _under_lock(meeting: Meeting, participants: Sequence[Participant]) -> list[Participant]:
    chosen = meeting.participants.filter(pk__in=[p.pk for p in participants])
    return list(chosen.select_related("bridge_point").order_by("bridge_point__number", "pk"))


def _place(one: Participant, stands: Standing | None, said: BridgePoint | None, by: Actor, state: str) -> int | None:
    """Return where a mark places somebody: as said, where they are, else at the own bridge point."""
    if said is not None:
        return said.pk
    if (
        state in (State.PRESENT, State.ONLINE)
        and stands is not None
        and stands.is_there
        and by.may_mark_presence_at(stands.where)
    ):
        return stands.where
    return one.bridge_point_id


def _marked(stands: Standing, state: str, where: int | None, at: datetime | None, now: datetime) -> Standing:
    moment = at or now
    try:
        if state in (State.PRESENT, State.ONLINE):
            is_online = state == State.ONLINE
            open_stay = stands.open_stay
            if open_stay and (open_stay.where, open_stay.is_online) == (where, is_online):
                return moved_beginning(stands, at=at) if at else replace(stands, state=state)
            return entered(stands, where=where, at=moment, is_online=is_online)
        if state == State.LEFT:
            if stands.state == State.LEFT and at is None:
                return stands
            return replace(left(stands, at=moment), where=stands.where if stands.stays else where)
        return stands if stands.state == State.ABSENT and at is None else absent(stands, at=moment, where=where)
    except Impossible:
        raise OutOfOrder(_("This time contradicts what is recorded of the person: look at the earlier stays.")) from None


def _differs(one: Standing, before: Standing | None, at: datetime | None, reason: str) -> bool:
    old = before or Standing()
    return one.shown() != old.shown() or (at is not None and one.since != old.since) or bool(reason)


def _record(change: Transition, participants: Sequence[Participant], standings: dict[int, Standing], at: datetime | None) -> None:
    names = dict(change.meeting.bridge_points.filter(pk__in={one.where for one in standings.values()}).values_list("pk", "name"))
    groups: dict[int | None, list[Participant]] = defaultdict(list)
    for p in participants:
        groups[standings[p.pk].where].append(p)
    for where, people in groups.items():
        change.record(
            facts.PresenceMarked(
                bridge_point=where,
                bridge_point_name=names.get(where or 0, ""),
                state=standings[people[0].pk].state,
                at=at.isoformat() if at else "",
                participants=[told_of(p, standings[p.pk]) for p in people],
            )
        )
