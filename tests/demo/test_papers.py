"""The demonstration's papers: every state there is, made by the pipeline of every other paper, without LibreOffice or a job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.conf import settings

from demo.loading import remove
from demo.preparing.texts import FOLDER, PAPERS, path_of
from jobs.models import Job
from meetings.models import Meeting
from meetings.queries import actor_for
from packets.models import Document, HandOut, Opening, Reading, Version
from packets.reading.board import read_board
from packets.reading.queries import news_of
from packets.releasing.seeing import sights
from people.models import User


def seen_by(meeting: Meeting, username: str) -> list[int]:
    return [one.document.number for one in sights(meeting, actor_for(User.objects.get(username=username), meeting))]


@pytest.mark.postgres
def test_each_sees_what_is_released_and_nothing_else(meeting: Meeting) -> None:
    assert seen_by(meeting, "delegate") == [1, 3, 4, 6]
    assert seen_by(meeting, "operator-15") == [1, 2, 3, 4, 6]
    assert seen_by(meeting, "secretary") == list(range(1, 11))


def test_there_is_a_late_one_a_held_one_a_recalled_one_one_on_paper_and_one_in_preparation(meeting: Meeting) -> None:
    papers = {paper.number: paper for paper in meeting.documents.all()}
    late = Version.objects.filter(document__meeting=meeting, is_late=True)
    assert list(late.values_list("document__number", flat=True)) == [6]
    assert papers[5].releases.get().holds_for_item
    assert papers[5].speech is not None
    assert papers[7].releases.get().recalled_at is not None
    assert papers[8].versions.get().state == Version.State.CHECKED
    assert not papers[9].versions.exists()
    assert papers[10].is_placeholder
    out = HandOut.objects.filter(document=papers[10])
    assert (out.count(), out.filter(collected_at=None).count()) == (6, 5)


def test_the_visiting_delegate_has_a_new_one_a_changed_one_and_read_ones(meeting: Meeting) -> None:
    delegate = User.objects.get(username="delegate")
    news = news_of(meeting, delegate)
    numbers = dict(Document.objects.filter(meeting=meeting).values_list("pk", "number"))
    assert {numbers[pk]: word for pk, word in news.items() if numbers[pk] in (1, 3, 4, 6)} == {
        1: "read", 3: "changed", 4: "read", 6: "new",
    }  # fmt: skip


def test_lao_cai_has_begun_to_read_and_most_have_not(meeting: Meeting) -> None:
    board = read_board(meeting)
    lao_cai = next(unit for unit in board.units if unit.name == "Lào Cai")
    share = lao_cai.cells[3]
    assert 0 < share.opened < share.of
    assert share.older > 0
    assert not Reading.objects.filter(participant=None).exists()
    assert Opening.objects.filter(meeting=meeting).count() == Reading.objects.filter(version__document__meeting=meeting).count()


def test_the_copies_are_there_and_no_job_is_waited_for(meeting: Meeting) -> None:
    assert not Job.objects.filter(name="papers.prepare").exists()
    versions = Version.objects.filter(document__meeting=meeting)
    assert versions.count() == len(PAPERS)
    assert set(versions.values_list("copy", flat=True)) == {Version.Copy.REBUILT}
    assert all(version.anchors and version.texts.count() == version.pages for version in versions)
    assert all(version.contents for version in versions)


def test_its_files_go_with_it(meeting: Meeting, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    rows = Version.objects.values_list("original", "reading")
    files = [Path(settings.FILES_DIR) / name for row in rows for name in row]
    assert all(path.exists() for path in files)
    with django_capture_on_commit_callbacks(execute=True):
        remove(meeting)
    assert not rows.all()
    assert not any(path.exists() for path in files)


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_a_pdf_says_what_its_text_says(name: str) -> None:
    written = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    with pypdfium2.PdfDocument(path_of(name)) as document:
        printed = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    headings = [part.partition("</h2>")[0] for part in written.split("<h2>")[1:]]
    assert headings
    assert all(heading in printed for heading in headings), "run manage.py demo_papers"
    assert "BẢN TRÌNH DIỄN" in printed
    assert "giả định" in printed or "bản trình diễn phần mềm" in printed
