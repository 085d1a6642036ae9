"""What the desk answers below: the step of the overview, and the list of papers a cloned meeting takes over."""

from __future__ import annotations

from datetime import timedelta

from meetings.actions import NewSitting, clone_meeting
from meetings.hooks import fold_differences
from packets.desk.answers import papers_step
from tests.cast import Room
from tests.make import START, make_organisation, the_secretariat
from tests.papers import make_document, make_paper, make_version


def test_the_overview_counts_papers_that_are_not_released(room: Room) -> None:
    assert papers_step(room.meeting) is None
    make_paper(room.meeting, pages=1)
    gone = make_document(room.meeting, "Bỏ")
    gone.is_removed = True
    gone.save()
    step = papers_step(room.meeting)
    assert step is not None
    assert (step.count, step.of, step.done, step.deadline) == (1, 1, True, "papers")
    make_version(make_document(room.meeting, "Nháp"), pages=1, state="draft")
    step = papers_step(room.meeting)
    assert step is not None
    assert (step.count, step.of, step.done) == (1, 2, False)


def test_a_cloned_meeting_takes_over_the_list_of_papers_without_files(room: Room) -> None:
    make_paper(room.meeting, "Của hội nghị", pages=1)
    make_paper(room.meeting, "Của nội dung", pages=1, item=room.items[2])
    make_document(room.meeting, "Bản giấy", secrecy="secret")
    gone = make_document(room.meeting, "Bỏ", is_removed=True)
    for parts, titles in ((["programme", "papers"], ["Thảo luận"]), (["papers"], []), (["programme"], None)):
        sittings = [NewSitting(START + timedelta(days=365), None, "", room.meeting.sittings.get().pk)]
        new = clone_meeting(
            by=the_secretariat(), source=room.meeting, title="Hội nghị năm sau", organiser=make_organisation(), mode="hybrid",
            place="Hà Nội", sittings=sittings, parts=parts,
        )  # fmt: skip
        papers = list(new.documents.order_by("number"))
        if titles is None:
            assert papers == []
            continue
        assert [one.title for one in papers] == ["Của hội nghị", "Của nội dung", "Bản giấy"]
        assert [one.secrecy for one in papers] == ["normal", "normal", "secret"]
        assert (
            list(new.items.filter(pk__in=[one.item_id for one in papers if one.item_id]).values_list("title", flat=True))
            == titles
        )
        assert not any(one.versions.exists() for one in papers)
        assert fold_differences(new) == []
    assert gone.number == 4
