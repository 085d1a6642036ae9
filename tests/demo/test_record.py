"""The demonstration's small conference that is over: what an office would have of it, under numbers that are worth nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from demo.fixture import SLUG as LARGE
from demo.loading import ensure
from demo.preparing.record import SLUG
from demo.receipts import KIND
from issuing.models import IssuedDocument, NumberRegister
from jobs.models import Job
from jobs.queue import claim_next
from jobs.runner import carry_out
from meetings import clock
from meetings.hooks import fold_differences
from meetings.models import Meeting
from meetings.queries import actor_for
from minutes.issuance.actions import issue_paper, recall_paper
from minutes.issuance.filing import forget_all
from minutes.models import Minutes, OfficialPaper
from minutes.papers import rich
from people.models import User
from tests.official_papers import file_without_press, make_official

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("journal", "organiser").get(slug=SLUG)


def test_people_came_and_spoke_and_the_minutes_are_approved(held: Meeting) -> None:
    minutes = Minutes.objects.get(meeting=held)
    assert (minutes.state, minutes.circulations.get().closed_at is not None) == ("approved", True)
    words = {block.key: block.text for block in minutes.blocks.all()}
    assert "Đại biểu được triệu tập: 19; có mặt: 18; vắng mặt: 01." in words["composition"]
    assert sum(words[key].count("phát biểu từ") for key in words if key.startswith("item:")) == 2
    assert "Chủ trì: Văn phòng các tỉnh ủy, thành ủy; phối hợp: Cục Cơ yếu" in words["conclusions"]
    notice = OfficialPaper.objects.get(meeting=held)
    assert notice.data is not None
    assert "Dự Hội nghị có 18 đại biểu tại các điểm cầu." in rich.plain(notice.data["text"]["intro"])
    assert fold_differences(held) == []


def test_recipients_open_the_notice_once_it_is_out_and_not_all_of_them(held: Meeting) -> None:
    notice = OfficialPaper.objects.get(meeting=held)
    Job.objects.exclude(name=KIND).delete()
    OfficialPaper.objects.filter(pk=notice.pk).update(filed_at=clock.now(held))
    job = claim_next()
    assert job is not None
    carry_out(job)
    job.refresh_from_db()
    assert (job.name, job.state) == (KIND, "done")
    seen = dict(notice.deliveries.exclude(seen_at=None).values_list("name", "seen_by"))
    assert {"Tỉnh ủy Lào Cai", "Tỉnh ủy Hà Tĩnh", "Chủ tọa Hội nghị"} <= set(seen)
    assert notice.deliveries.get(is_by_hand=True).name == "Thường trực Ban Bí thư (để báo cáo)"
    assert "Tỉnh ủy Cà Mau" in notice.deliveries.filter(seen_at=None).values_list("name", flat=True)
    assert fold_differences(held) == []


def test_papers_of_a_demonstration_never_take_a_number_of_the_real_register(held: Meeting) -> None:
    real = NumberRegister.objects.create(
        organisation=held.organiser, paper_type="TB", since=date(2025, 1, 1), period="2025", body="party", symbol="VPTW", last=7
    )
    notice = OfficialPaper.objects.select_related("issued__register").get(meeting=held)
    assert notice.issued is not None
    assert (notice.issued.symbol, notice.issued.register.is_disposable) == ("01-TB/VPTW", True)
    by = actor_for(User.objects.get(username="secretary"), held)
    notice.pk, notice.number, notice.issued, notice.code, notice.state = None, 2, None, "", "approved"
    notice.save()
    issued = issue_paper(held, by=by, paper=notice, version=notice.version, dated=date(2025, 10, 18))
    assert issued.issued is not None
    assert (issued.issued.symbol, issued.issued.register.is_disposable) == ("02-TB/VPTW", True)
    recall_paper(held, by=by, paper=issued, reason="Sai số liệu")
    real.refresh_from_db()
    assert (real.last, real.next_written) == (7, "08-TB/VPTW")
    assert not IssuedDocument.objects.filter(register__is_disposable=False).exists()


@pytest.mark.parametrize("slug", [SLUG, LARGE])
def test_a_demonstration_in_which_papers_were_issued_and_replaced_is_reset(
    meeting: Meeting, slug: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    where = Meeting.objects.get(slug=slug)
    by = actor_for(User.objects.get(username="secretary"), where)
    first, second = make_official(where), make_official(where)
    old = issue_paper(where, by=by, paper=first, version=first.version, dated=date(2025, 10, 18))
    new = issue_paper(where, by=by, paper=second, version=second.version, dated=date(2025, 10, 18), replaces=old)
    numbers = IssuedDocument.objects.filter(pk__in=(old.issued_id, new.issued_id))
    assert numbers.filter(replaced_by=new.issued).count() == 1
    file = Path(settings.FILES_DIR) / file_without_press(new).pdf.name
    with django_capture_on_commit_callbacks() as afterwards:
        ensure(reset=True)
    for call in afterwards:  # other tests still need the files of the demonstration's own papers
        if getattr(call, "func", None) is forget_all:
            call()
    assert (numbers.count(), file.exists()) == (0, False)
    assert NumberRegister.objects.filter(paper_type="TB", is_disposable=True).get().next_written == "02-TB/VPTW"
