"""A room with two papers that everybody may read, and ways to open them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from meetings.queries import actor_for
from packets.models import Binding, Document, Opening, Version
from packets.tracing.openings import open_copy
from tests.cast import Cast, Room
from tests.papers import make_paper

Open = Callable[..., Opening]


@pytest.fixture
def papers(room: Room) -> list[Document]:
    """Papers 1 (ten pages) and 2 (three), of the first two items."""
    return [
        make_paper(room.meeting, "Báo cáo tổng kết", pages=10, item=room.items[0]),
        make_paper(room.meeting, "Dự thảo quy chế", pages=3, item=room.items[1]),
    ]


def newest(paper: Document) -> Version:
    """Return the newest version of a paper."""
    return paper.versions.order_by("-number")[0]


@pytest.fixture
def opens(room: Room, cast: Cast) -> Open:
    """Somebody of the cast opens a copy of a paper, of a version, or a bound packet."""

    def opened(who: str, what: Document | Version | Binding, **kw: str) -> Opening:
        actor = actor_for(cast[who], room.meeting)
        if isinstance(what, Binding):
            return open_copy(room.meeting, actor, binding=what, **kw)
        return open_copy(room.meeting, actor, version=newest(what) if isinstance(what, Document) else what, **kw)

    return opened
