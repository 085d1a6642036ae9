"""Two clerks at the same moment: one number each, no gap, and one paper is issued once."""

from __future__ import annotations

import pytest

from issuing.models import IssuedDocument, NumberRegister
from issuing.queries import is_whole
from meetings.errors import OutOfOrder
from minutes.issuance.actions import issue_paper
from minutes.models import OfficialPaper
from tests.at_once import together
from tests.issuing_papers import make_register
from tests.make import make_meeting, the_secretariat
from tests.official_papers import DATED, differences, make_official

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_clerks_who_issue_at_once_get_one_number_each_and_one_paper_is_issued_once() -> None:
    register, by = make_register("TB"), the_secretariat()
    meetings = [make_meeting(title=f"Hội nghị {n}") for n in range(3)]
    papers = [make_official(meeting) for meeting in meetings]

    def issue(paper: OfficialPaper) -> OfficialPaper:
        mine = OfficialPaper.objects.select_related("meeting").get(pk=paper.pk)
        return issue_paper(mine.meeting, by=by, paper=mine, version=1, dated=DATED)

    done = together(*(lambda paper=paper: issue(paper) for paper in [*papers, *papers]))
    refused = [one for one in done if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [OutOfOrder] * 3, done
    assert sorted(IssuedDocument.objects.values_list("number", flat=True)) == [1, 2, 3]
    register = NumberRegister.objects.get(pk=register.pk)
    assert (register.last, is_whole(register)) == (3, True)
    assert all(differences(meeting) == [] for meeting in meetings)
