"""What one can do to a meeting itself: create, edit, open, suspend, resume, adjourn, set a demonstration's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings import clock, facts, hooks
from meetings.actions.series import series_called
from meetings.calendar.traces import keep_trace
from meetings.errors import OutOfOrder
from meetings.journal import Transition, begin, transition
from meetings.models import Journal, Meeting, Recess, Role, Series, Sitting
from meetings.naming import free_slug
from meetings.presiding.queries import presiding_name, take_the_chair
from meetings.procedure import Ability, Actor
from people.models import Organisation

MANY = 1000  # more sittings than a meeting has


@dataclass(frozen=True)
class NewSitting:
    """A sitting as it shall be; `sitting` is the key of the row it was made from or stays, if any."""

    starts_at: datetime
    ends_at: datetime | None = None
    title: str = ""
    sitting: int | None = None


#: Sittings in order; a pair is a start and an end.
Times = Sequence[NewSitting | tuple[datetime, datetime | None]]


def create_meeting(
    *,
    by: Actor,
    title: str,
    organiser: Organisation,
    mode: str,
    place: str,
    sittings: Times,
    kind: str = Meeting.Kind.REAL,
    slug: str = "",
    series: Series | None = None,
    new_series: str = "",
    cloned_from: Meeting | None = None,
    clock_base: datetime | None = None,
) -> Meeting:
    """Create a meeting with its journal. `clock_base` starts a demonstration's clock there, now.

    Raises NotAllowed. The journal is disposable for demo, rehearsal and template, for ever.
    """
    by.require(Ability.CREATE_MEETING)
    with transaction.atomic():
        if new_series:
            series = series_called(new_series, by=by)
        journal = Journal.objects.create(disposable=kind != Meeting.Kind.REAL)
        real = timezone.now()
        meeting = Meeting.objects.create(
            journal=journal, slug=slug or free_slug(title), title=title, organiser=organiser, mode=mode, place=place,
            kind=kind, series=series, cloned_from=cloned_from, clock_base=clock_base, clock_anchor=real if clock_base else None,
        )  # fmt: skip
        held = [_sitting(one) for one in sittings]
        Sitting.objects.bulk_create(_row(meeting, number, one) for number, one in enumerate(held, start=1))
        fact = facts.MeetingCreated(
            title=title, organiser=organiser.name, kind_of_meeting=kind, mode=mode, place=place, sittings=_iso(held),
            series=series.title if series else "",
        )  # fmt: skip
        begin(fact, journal=journal, by=by, at=clock.at(meeting, real))
    return meeting


def edit_meeting(
    meeting: Meeting, *, by: Actor, title: str, organiser: Organisation, mode: str, place: str, sittings: Times
) -> None:
    """Change a meeting's data while it is in preparation. Sittings that stay keep their row, and so their items."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        if meeting.state != Meeting.State.PLANNED:
            raise OutOfOrder(_("The meeting has begun; its data can no longer be changed."))
        meeting.title, meeting.organiser, meeting.mode, meeting.place = title, organiser, mode, place
        meeting.save(update_fields=["title", "organiser", "mode", "place"])
        held = [_sitting(one) for one in sittings]
        _hold(meeting, held)
        change.record(facts.MeetingEdited(title=title, organiser=organiser.name, mode=mode, place=place, sittings=_iso(held)))


def open_meeting(meeting: Meeting, *, by: Actor) -> None:
    """Open a meeting that is in preparation."""
    with transition(meeting, by=by, ability=Ability.RUN_MEETING) as change:
        _must_be(meeting, Meeting.State.PLANNED)
        meeting.state, meeting.opened_at = Meeting.State.OPEN, change.now
        meeting.save(update_fields=["state", "opened_at"])
        for begin_with in hooks.at_opening:
            begin_with(change)
        first = take_the_chair(change)
        change.record(facts.MeetingOpened(chair=_chair(change), presiding=first))


def suspend_meeting(meeting: Meeting, *, by: Actor, minutes: int | None = None) -> None:
    """Begin a recess: item and timers stand still until the meeting is resumed. `minutes`: how long it shall last."""
    with transition(meeting, by=by, ability=Ability.RUN_MEETING) as change:
        _must_be(meeting, Meeting.State.OPEN)
        _heed(hooks.objections_to_suspending, meeting)
        meeting.state = Meeting.State.SUSPENDED
        meeting.save(update_fields=["state"])
        until = change.now + timedelta(minutes=minutes) if minutes else None
        Recess.objects.create(meeting=meeting, began_at=change.now, expected_until=until)
        change.record(facts.MeetingSuspended(chair=_chair(change), until=until.isoformat() if until else ""))


def extend_recess(meeting: Meeting, *, by: Actor, minutes: int, until: datetime | None = None) -> None:
    """Say anew when the meeting goes on: in so many minutes. `until` is the end the actor sees; another one is refused."""
    with transition(meeting, by=by, ability=Ability.RUN_MEETING) as change:
        if meeting.state != Meeting.State.SUSPENDED:
            raise OutOfOrder(_("The meeting is not in recess."))
        recess = meeting.recesses.get(ended_at=None)
        if recess.expected_until != until:
            raise OutOfOrder(_("Somebody has just said another end of the recess. It stands on your screen now."))
        recess.expected_until = change.now + timedelta(minutes=minutes)
        recess.save(update_fields=["expected_until"])
        change.record(facts.RecessExtended(until=recess.expected_until.isoformat(), before=until.isoformat() if until else ""))


def resume_meeting(meeting: Meeting, *, by: Actor) -> None:
    """End the recess."""
    with transition(meeting, by=by, ability=Ability.RUN_MEETING) as change:
        _must_be(meeting, Meeting.State.SUSPENDED)
        meeting.state = Meeting.State.OPEN
        meeting.save(update_fields=["state"])
        meeting.recesses.filter(ended_at=None).update(ended_at=change.now)
        change.record(facts.MeetingResumed(chair=_chair(change)))


def adjourn_meeting(meeting: Meeting, *, by: Actor) -> None:
    """Close the meeting for good; upper floors may object (an item still open)."""
    with transition(meeting, by=by, ability=Ability.RUN_MEETING) as change:
        _must_be(meeting, Meeting.State.OPEN)
        _heed(hooks.objections_to_adjourning, meeting)
        meeting.state, meeting.adjourned_at = Meeting.State.ADJOURNED, change.now
        meeting.save(update_fields=["state", "adjourned_at"])
        for end in hooks.at_adjourning:
            end(change)
        change.record(facts.MeetingAdjourned(chair=_chair(change)))


def set_clock(meeting: Meeting, *, by: Actor, rate: float, base: datetime | None = None) -> None:
    """Let a demonstration's or rehearsal's clock run at `rate` meeting seconds a second, from `base` or from its now.

    Raises OutOfOrder for a real meeting, and when the clock would go back.
    """
    with transition(meeting, by=by, ability=Ability.SET_CLOCK) as change:
        if not meeting.is_demonstration:
            raise OutOfOrder(_("Only the clock of a demonstration or rehearsal can be set."))
        if base is not None and base < change.now:
            raise OutOfOrder(_("The clock of a meeting never goes back."))
        meeting.clock_base, meeting.clock_anchor, meeting.clock_rate = base or change.now, timezone.now(), rate
        meeting.save(update_fields=["clock_base", "clock_anchor", "clock_rate"])
        change.now = meeting.clock_base
        change.record(facts.ClockSet(rate=rate, base=meeting.clock_base.isoformat()))


def _must_be(meeting: Meeting, state: Meeting.State) -> None:
    if meeting.state != state:
        raise OutOfOrder(_STATE_SENTENCES[Meeting.State(meeting.state)])


_STATE_SENTENCES = {
    Meeting.State.PLANNED: _("The meeting has not been opened yet."),
    Meeting.State.OPEN: _("The meeting is already in session."),
    Meeting.State.SUSPENDED: _("The meeting is in recess; resume it first."),
    Meeting.State.ADJOURNED: _("The meeting has been adjourned; nothing can be changed in it any more."),
}


def _heed(questions: list[hooks.Objections], meeting: Meeting) -> None:
    for question in questions:
        for objection in question(meeting):
            raise OutOfOrder(objection)


def _chair(change: Transition) -> str:
    name = presiding_name(change.meeting)
    if name is None:
        first = change.meeting.participants.filter(role=Role.CHAIR).first()
        name = first.name if first else change.by.name
    return name


def _sitting(one: NewSitting | tuple[datetime, datetime | None]) -> NewSitting:
    return one if isinstance(one, NewSitting) else NewSitting(*one)


def _row(meeting: Meeting, number: int, new: NewSitting) -> Sitting:
    return Sitting(meeting=meeting, number=number, title=new.title, starts_at=new.starts_at, ends_at=new.ends_at)


def _hold(meeting: Meeting, wanted: Sequence[NewSitting]) -> None:
    """Let the meeting have these sittings. Where no row says which one it was, the first stays the first, and so on."""
    rows = {row.pk: row for row in meeting.sittings.all()}
    keys: list[int | None] = [one.sitting if one.sitting in rows else None for one in wanted]
    if not any(keys):
        keys = [*list(rows)[: len(wanted)], *[None] * (len(wanted) - len(rows))]
    staying = [key for key in keys if key is not None]
    if len(set(staying)) != len(staying):
        raise OutOfOrder(_("A sitting stands there twice. Reload the page."))
    for key in rows.keys() - set(staying):
        for question in hooks.objections_to_removing_sitting:
            for objection in question(rows[key]):
                raise OutOfOrder(objection)
        keep_trace(rows[key])
        rows.pop(key).delete()
    meeting.sittings.update(number=F("number") + MANY)  # numbers are unique: through ones nobody uses
    for place, (kept, new) in enumerate(zip(keys, wanted, strict=True), start=1):
        row = rows[kept] if kept else Sitting(meeting=meeting)
        row.number, row.title, row.starts_at, row.ends_at = place, new.title, new.starts_at, new.ends_at
        row.save()


def _iso(sittings: Sequence[NewSitting]) -> list[list[str | None]]:
    return [[s.starts_at.isoformat(), s.ends_at.isoformat() if s.ends_at else None, s.title] for s in sittings]
