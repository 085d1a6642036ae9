"""What the pages of releases cost the database: a literal number of queries, the same for few papers and for many."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from packets.models import Document, Release
from tests.cast import Clients, Room
from tests.papers import make_paper

pytestmark = pytest.mark.django_db
COSTS = {
    ("delegate", "papers/"): 11,
    ("delegate", "papers/mine/"): 11,
    ("delegate", "papers/find/?q=so+lieu"): 10,
    ("delegate", "papers/1/standing/"): 9,
    ("secretary", "papers/release/?paper=1&paper=2&paper=3"): 19,
}


def fill(room: Room, papers: int) -> None:
    """Give a meeting papers for everybody, the first one really read, the others rows that share its files."""
    first = make_paper(room.meeting, item=room.items[0])
    version = first.versions.get()
    for n in range(2, papers + 1):
        row = Document.objects.create(meeting=room.meeting, number=n, position=n, title=f"Tài liệu {n}", item=room.items[n % 4])
        version.pk, version.document, version.number = None, row, 1
        version._state.adding = True
        version.save()
        Release.objects.create(document=row, to_everyone=True, released_at=version.released_at, released_by="Văn phòng")


@pytest.mark.parametrize("papers", [3, 30])
def test_a_page_costs_the_same_for_few_papers_and_for_many(papers: int, room: Room, clients: Clients) -> None:
    fill(room, papers)
    found = {}
    for who, page in COSTS:
        url = f"/m/{room.meeting.slug}/{page}"
        assert clients[who].get(url).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            clients[who].get(url)
        found[who, page] = len(asked)
    assert found == COSTS
