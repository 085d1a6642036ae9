"""Whose calendar holds what: the meetings of an account, one meeting for an office, the invitation of one participant."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from meetings.calendar import changes
from meetings.calendar.changes import Revision
from meetings.calendar.events import Entry, Mailbox, written
from meetings.calendar.models import RemovedSitting
from meetings.models import JournalEntry, Meeting, Participant, Sitting
from people.models import Person, User

#: A template is never held; a rehearsal is nobody's appointment, and its clock is not the machine's.
NOT_IN_CALENDARS = (Meeting.Kind.TEMPLATE, Meeting.Kind.REHEARSAL)


def calendar_of(meeting: Meeting, *, for_person: Person | None = None) -> bytes:
    """Return one meeting as a calendar: as a participant has it, else as the office has it."""
    with override(settings.LANGUAGE_CODE):
        if for_person is not None:
            return written(_entries_of(_participations(for_person).filter(meeting=meeting)), name=meeting.title)
        whole = _whole(Meeting.objects.all(), "").get(pk=meeting.pk)
        revision = changes.of_meetings([whole])[whole.journal_id]
        return written(list(_entries(whole, revision)), name=whole.title)


def calendar_of_account(user: User) -> bytes:
    """Return all meetings of an account; nothing stands in it once the account is closed."""
    with override(settings.LANGUAGE_CODE):
        found = _participations(user.person) if user.is_active and user.person else Participant.objects.none()
        return written(_entries_of(found), name=_("Meetings of %(name)s") % {"name": user.display_name})


def invitations(participant: Participant, method: str = "REQUEST") -> list[tuple[int, str, bytes]]:
    """Return a message for each sitting: its key, a name for the file, the bytes."""
    if method not in ("REQUEST", "CANCEL"):
        raise ValueError(f"no invitation is a {method}")
    with override(settings.LANGUAGE_CODE):
        one = _whole(Participant.objects.select_related("bridge_point", "person"), "meeting__").get(pk=participant.pk)
        _name, address = parseaddr(settings.MAIL_FROM)
        organizer = Mailbox(one.meeting.organiser.name, address) if address else None
        attendee = Mailbox(one.name, one.person.email) if one.person.email else None
        revision = changes.of_participants([one])[one.meeting.journal_id]
        found = []
        for sitting, entry in zip(one.meeting.sittings.all(), _entries(one.meeting, revision, one), strict=False):
            sent = replace(entry, organizer=organizer, attendee=attendee, cancelled=method == "CANCEL")
            found.append((sitting.pk, f"phien-{sitting.number}.ics", written([sent], method=method)))
        return found


def _participations(person: Person) -> QuerySet[Participant]:
    own = Participant.objects.filter(person=person, is_excused=False).exclude(meeting__kind__in=NOT_IN_CALENDARS)
    return _whole(own.select_related("bridge_point"), "meeting__").order_by("meeting_id")


def _whole(found: QuerySet[Any], meeting: str) -> QuerySet[Any]:
    """Let rows come with all that a calendar says of their meetings (`meeting`: the way to it), in a fixed number of queries."""
    first = Prefetch(f"{meeting}journal__entries", JournalEntry.objects.filter(number=1), to_attr="beginning")
    sittings = Prefetch(f"{meeting}sittings", Sitting.objects.order_by("number"))
    removed = Prefetch(f"{meeting}removed_sittings", RemovedSitting.objects.order_by("pk"))
    return found.select_related(f"{meeting}journal", f"{meeting}organiser").prefetch_related(first, sittings, removed)


def _entries_of(participants: QuerySet[Participant]) -> list[Entry]:
    found = list(participants)
    revisions = changes.of_participants(found) if found else {}
    return [entry for one in found for entry in _entries(one.meeting, revisions[one.meeting.journal_id], one)]


def _entries(meeting: Meeting, revision: Revision, participant: Participant | None = None) -> Iterator[Entry]:
    """Yield the sittings of a meeting in order, then those that were taken out."""
    sittings = list(meeting.sittings.all())
    removed = list(meeting.removed_sittings.all())
    alike: dict[str, Any] = {
        "sequence": revision.number,
        "revised": revision.at,
        "location": _where(meeting, participant),
        "description": _words(meeting, participant),
        "url": f"{settings.PUBLIC_URL}{meeting.get_absolute_url()}",
    }
    for sitting in sittings:
        summary = _summary(meeting, sitting.title, sitting.number if len(sittings) > 1 else 0)
        yield Entry(_uid(meeting, sitting.pk), summary, sitting.starts_at, sitting.ends_at, **alike)
    for gone in removed:
        uid, summary = _uid(meeting, gone.sitting), _summary(meeting, gone.title, 0)
        yield Entry(uid, summary, gone.starts_at, gone.ends_at, cancelled=True, **alike)


def _uid(meeting: Meeting, sitting: int) -> str:
    """Return the name of a sitting among all events of the world: of what never changes, the first entry of the journal."""
    (first,) = meeting.journal.beginning  # type: ignore[attr-defined]
    return f"{hashlib.sha256(f'{first.hash}:{sitting}'.encode()).hexdigest()[:32]}@diemcau"


def _summary(meeting: Meeting, title: str, number: int) -> str:
    name = title or (_("Sitting %(number)d") % {"number": number} if number else "")
    words = f"{meeting.title} – {name}" if name else meeting.title
    mark = _("DEMONSTRATION")
    return f"{mark} – {words}" if meeting.kind == Meeting.Kind.DEMO else words  # a rehearsal's title begins with its mark


def _where(meeting: Meeting, participant: Participant | None) -> str:
    if participant is None:
        return meeting.place
    if participant.mode == Participant.Mode.ONLINE:
        return _("Online")
    site = participant.bridge_point
    if site is None or site.is_central:
        return ", ".join(dict.fromkeys(part for part in (site.name if site else "", meeting.place) if part))
    return ", ".join(part for part in (site.name, site.place) if part)


def _words(meeting: Meeting, participant: Participant | None) -> str:
    lines = [_("Organised by %(name)s") % {"name": meeting.organiser.name}]
    if participant is not None:
        lines.append(_("You take part as: %(role)s") % {"role": participant.get_role_display()})
        if participant.bridge_point:
            lines.append(_("Bridge point: %(name)s") % {"name": participant.bridge_point.name})
            if participant.bridge_point.video_address:
                lines.append(_("Video: %(address)s") % {"address": participant.bridge_point.video_address})
    return "\n".join(lines)
