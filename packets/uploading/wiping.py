"""Papers of a meeting that is wiped: half files are forgotten; who has opened a copy in a rehearsal stays on record."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from meetings.models import Meeting, Participant
from packets.models import Opening, Upload, Version
from packets.uploading import store


def take_out(meeting: Meeting) -> None:
    """Forget what lies outside the tables, and hand the openings of a rehearsal over to the meeting whose papers they are.

    A copy that was opened in a rehearsal is a copy of the paper itself: its trace code must be found when it turns up.
    """
    for key in Upload.objects.filter(meeting=meeting).values_list("pk", flat=True):
        transaction.on_commit(partial(store.forget, key), robust=True)
    if meeting.kind == Meeting.Kind.REHEARSAL and meeting.cloned_from_id is not None:
        _hand_over(meeting, meeting.cloned_from_id)


def _hand_over(rehearsal: Meeting, to: int) -> None:
    """Let openings of copies that the meeting has too be its own; those of what was brought into the rehearsal alone go."""
    same = _same_versions(rehearsal, to)
    seats = dict(rehearsal.participants.values_list("person_id", "pk"))
    people = Participant.objects.filter(meeting=to, person__in=seats).values_list("person_id", "pk")
    here = {seats[person]: pk for person, pk in people}
    rows = []
    for row in Opening.objects.filter(meeting=rehearsal):
        version, bound = same.get(row.version_id or 0), [same[pk] for pk in row.binding_versions if pk in same]
        if version is not None or bound:
            row.meeting_id, row.version_id, row.binding, row.binding_versions = to, version, None, bound
            row.participant = here.get(row.participant or 0)
            rows.append(row)
    Opening.objects.bulk_update(rows, ["meeting", "version", "binding", "binding_versions", "participant"], batch_size=200)


def _same_versions(rehearsal: Meeting, to: int) -> dict[int, int]:
    names = ("document__number", "number", "original_sha256")
    own = {tuple(told): pk for pk, *told in Version.objects.filter(document__meeting=to).values_list("pk", *names)}
    theirs = Version.objects.filter(document__meeting=rehearsal).values_list("pk", *names)
    return {pk: own[tuple(told)] for pk, *told in theirs if tuple(told) in own}
