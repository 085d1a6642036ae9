"""What one can do: rehearse a meeting in a marked copy of it, and end the rehearsal, which deletes the copy whole."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.journal import lock, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.rehearsal import facts
from meetings.rehearsal.copying import copy_whole
from meetings.rehearsal.queries import rehearsal_of
from meetings.wiping import wipe
from people.models import Person


def rehearse_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Make the marked copy of a meeting in preparation, with all that is needed to play it. Raises OutOfOrder for a second one.

    Order of locks: the meeting's journal first, that of its rehearsal second.
    """
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        if meeting.kind not in (Meeting.Kind.REAL, Meeting.Kind.DEMO):
            raise OutOfOrder(_("Only a meeting that will be held is rehearsed."))
        if meeting.state != Meeting.State.PLANNED:
            raise OutOfOrder(_("The meeting has begun; there is nothing to rehearse any more."))
        if rehearsal_of(meeting) is not None:
            raise OutOfOrder(_("A rehearsal of this meeting is under way. End it first, then begin the next one."))
        newest = Person.objects.aggregate(newest=Max("pk"))["newest"] or 0
        made = copy_whole(meeting, by=by)
        change.record(facts.MeetingRehearsed(rehearsal=made.pk, slug=made.slug, newest_person=newest))
    return made


def end_rehearsal(meeting: Meeting, *, by: Actor, rehearsal: int) -> Meeting:
    """Delete a rehearsal whole, and record in the journal of its meeting that it took place; return the meeting.

    `rehearsal`: the key of the one the actor means; another one, or none by now, is refused.
    """
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = rehearsal_of(meeting)
        if row is None or row.pk != rehearsal:
            raise OutOfOrder(_("This rehearsal has been ended already."))
        lock(row.journal_id)
        people = set(row.participants.values_list("person_id", flat=True))
        told = _told_of(row)
        wipe(row)
        _forget_people(people, newer_than=_newest_person(meeting, rehearsal))
        change.record(told)
    return meeting


def _told_of(row: Meeting) -> facts.RehearsalEnded:
    entries = row.journal.entries.order_by("number")
    first = entries.values_list("recorded_at", flat=True).first()
    names = entries.filter(account__isnull=False).order_by().values_list("actor", flat=True).distinct()
    lost = entries.filter(kind="outages.begun").values_list("payload", flat=True)
    until = timezone.now()
    return facts.RehearsalEnded(
        rehearsal=row.pk, slug=row.slug, since=(first or until).isoformat(), until=until.isoformat(), entries=entries.count(),
        people=sorted(names), outages=sum(len(one["outages"]) for one in lost), was_opened=row.opened_at is not None,
    )  # fmt: skip


def _newest_person(meeting: Meeting, rehearsal: int) -> int | None:
    begun = meeting.journal.entries.filter(kind="meeting.rehearsed").order_by("-number").values_list("payload", flat=True)
    return next((one["newest_person"] for one in begun if one["rehearsal"] == rehearsal), None)


def _forget_people(people: set[int], *, newer_than: int | None) -> None:
    """Forget who was entered while the rehearsal ran and is nowhere else: somebody who came to its door, and is nobody."""
    if newer_than is not None:
        nobody = Person.objects.filter(
            pk__in={pk for pk in people if pk > newer_than}, user=None, participations=None, positions=None,
            headed_bridge_points=None, merged=None, merged_into=None,
        )  # fmt: skip
        nobody.delete()
