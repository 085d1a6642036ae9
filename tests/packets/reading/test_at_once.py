"""At the same moment: two windows of one reader, two secretaries who hand out copies, two who collect the same one."""

from __future__ import annotations

import pytest

from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting
from meetings.queries import actor_for
from packets.handouts.actions import collect_copy, issue_copy
from packets.models import HandOut, Reading
from packets.reading.noting import Report, note_progress
from packets.tracing.openings import open_copy
from tests.at_once import together
from tests.cast import Cast, Room
from tests.make import the_secretariat
from tests.papers import make_document, make_paper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_nothing_is_lost_and_nothing_given_twice(room: Room, cast: Cast) -> None:
    meeting, by = room.meeting, the_secretariat()
    version, reader = make_paper(meeting).versions.get(), actor_for(cast["delegate"], meeting)
    copies = [open_copy(meeting, reader, version=version) for _ in range(2)]
    done = together(
        *(
            lambda n=n, copy=copy: note_progress(meeting, reader, copy, Report(pages=[n], seconds=0, page=n))
            for n, copy in enumerate(copies, start=1)
        )
    )
    assert done == [None, None]
    assert Reading.objects.get().pages_seen == "110"

    secret = make_document(meeting, "Tài liệu phát giấy", secrecy="secret")
    people = [room.people[name] for name in ("delegate", "guest", "chair")]

    def fresh() -> Meeting:
        return Meeting.objects.get(pk=meeting.pk)

    made = together(*(lambda one=one: issue_copy(fresh(), by=by, document=secret, participants=[one]) for one in people))
    assert sorted(copy.number for (copy,) in made) == [1, 2, 3]
    again = together(*(lambda: issue_copy(fresh(), by=by, document=secret, participants=[room.people["ca_mau"]]) for _ in "ab"))
    assert sorted(type(one) is OutOfOrder for one in again) == [False, True]
    back = together(*(lambda: collect_copy(fresh(), by=by, copies=made[0]) for _ in "ab"))
    assert sorted(type(one) is OutOfOrder for one in back) == [False, True]
    assert HandOut.objects.filter(collected_at=None).count() == 3
    assert [line for line in fold_differences(fresh()) if line.startswith("hand-outs")] == []
