"""What one can do to a meeting itself: create, edit, open, suspend, resume, adjourn, set a demonstration's clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings import clock, facts, hooks
from meetings.errors import OutOfOrder
from meetings.journal import Transition, begin, transition
from meetings.models import Journal, Meeting, Recess, Role, Series, Sitting
from meetings.naming import free_slug
from meetings.procedure import Ability, Actor
from people.models import Organisation

Times = Sequence[tuple[datetime, datetime | None]]


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
    clock_base: datetime | None = None,
) -> Meeting:
    """Create a meeting with its journal. `clock_base` starts a demonstration's clock there, now.

    Raises NotAllowed. The journal is disposable for demo and rehearsal, for ever.
    """
    by.require(Ability.CREATE_MEETING)
    with transaction.atomic():
        journal = Journal.objects.create(disposable=kind != Meeting.Kind.REAL)
        real = timezone.now()
        meeting = Meeting.objects.create(
            journal=journal, slug=slug or free_slug(title), title=title, organiser=organiser, mode=mode, place=place,
            kind=kind, series=series, clock_base=clock_base, clock_anchor=real if clock_base else None,
        )  # fmt: skip
        _hold(meeting, sittings)
        fact = facts.MeetingCreated(
            title=title, organiser=organiser.name, kind_of_meeting=kind, mode=mode, place=place, sittings=_iso(sittings)
        )
        begin(fact, journal=journal, by=by, at=clock.at(meeting, real))
    return meeting


def edit_meeting(
    meeting: Meeting, *, by: Actor, title: str, organiser: Organisation, mode: str, place: str, sittings: Times
) -> None:
    """Change a meeting's data while it is in preparation."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        if meeting.state != Meeting.State.PLANNED:
            raise OutOfOrder(_("The meeting has begun; its data can no longer be changed."))
        meeting.title, meeting.organiser, meeting.mode, meeting.place = title, organiser, mode, place
        meeting.save(update_fields=["title", "organiser", "mode", "place"])
        meeting.sittings.all().delete()
        _hold(meeting, sittings)
        change.record(facts.MeetingEdited(title=title, organiser=organiser.name, mode=mode, place=place, sittings=_iso(sittings)))


def open_meeting(meeting: Meeting, *, by: Actor) -> None:
    """Open a meeting that is in preparation."""
    with transition(meeting, by=by, ability=Ability.RUN_MEETING) as change:
        _must_be(meeting, Meeting.State.PLANNED)
        meeting.state, meeting.opened_at = Meeting.State.OPEN, change.now
        meeting.save(update_fields=["state", "opened_at"])
        change.record(facts.MeetingOpened(chair=_chair(change)))


def suspend_meeting(meeting: Meeting, *, by: Actor) -> None:
    """Begin a recess: item and timers stand still until the meeting is resumed."""
    with transition(meeting, by=by, ability=Ability.RUN_MEETING) as change:
        _must_be(meeting, Meeting.State.OPEN)
        _heed(hooks.objections_to_suspending, meeting)
        meeting.state = Meeting.State.SUSPENDED
        meeting.save(update_fields=["state"])
        Recess.objects.create(meeting=meeting, began_at=change.now)
        change.record(facts.MeetingSuspended(chair=_chair(change)))


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
    chair = change.meeting.participants.filter(role=Role.CHAIR).first()
    return chair.name if chair else change.by.name


def _hold(meeting: Meeting, sittings: Times) -> None:
    Sitting.objects.bulk_create(
        Sitting(meeting=meeting, number=number, starts_at=start, ends_at=end)
        for number, (start, end) in enumerate(sittings, start=1)
    )


def _iso(sittings: Times) -> list[list[str | None]]:
    return [[start.isoformat(), end.isoformat() if end else None] for start, end in sittings]
