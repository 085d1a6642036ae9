"""Pictures of votes: one under way on a telephone, at the chair's desk and on a wall, and its result."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.browser import PHONE, TABLET, People
from tests.client import Client

QUESTION = "Đồng chí có tán thành dự thảo Báo cáo tổng kết công tác văn phòng năm 2025 không?"


def under_way(
    guests: People, take: Callable[..., None], public: Callable[..., None], secretary: Client, slug: str, wall: str
) -> None:
    """A named vote: halls count by hand, the result is declared."""
    words: dict[str, Any] = {"question": QUESTION, "occasion": "room", "kind": "motion", "majority": "half", "base": "present"}
    secretary.do(slug, "poll.add", **words, least_choices=1, most_choices=1)
    page = secretary.get(f"/m/{slug}/polls/1/")
    key = re.search(r'name="poll" value="(\d+)"', page)
    assert key, "the page of a prepared vote opens it"
    secretary.do(slug, "poll.open", poll=key[1], version=1)
    count(secretary, slug, key[1])
    take(guests, "delegate-poll", "delegate", f"/m/{slug}/delegate/", PHONE)
    take(guests, "chair-poll", "chair", f"/m/{slug}/chair/", TABLET)
    public(guests, "display-poll-open", wall)
    accept(secretary, slug)
    secretary.do(slug, "poll.close", poll=key[1])
    secretary.do(slug, "poll.declare", poll=key[1])
    public(guests, "display-poll", wall)


def count(secretary: Client, slug: str, poll: str) -> None:
    """Let each hall count its hands, and accept what it says."""
    sites = re.findall(r'name="bridge_point"[^>]*>(.*?)</select>', secretary.get(f"/m/{slug}/displays/"), re.S)
    for turn, site in enumerate(re.findall(r'<option value="(\d+)"', sites[0])):
        left = re.search(r'data-left="(\d+)"', secretary.get(f"/m/{slug}/console/{site}/tally/"))
        if left is None or int(left[1]) < 3:
            continue
        against = int(turn % 17 == 5)
        votes: dict[str, Any] = {"votes_1": int(left[1]) - 1 - against, "votes_2": against, "votes_3": int(turn % 9 == 4)}
        secretary.do(slug, "hall_tally.enter", poll=poll, bridge_point=site, version=0, **votes)
    accept(secretary, slug, but=1)  # one waits, for the picture of the chair's desk


def accept(secretary: Client, slug: str, but: int = 0) -> None:
    """Accept the counts of all halls, but for the last ones."""
    found = re.findall(r'<li id="tally-(\d+)"', secretary.get(f"/m/{slug}/polls/1/"))
    for tally in found[: len(found) - but]:
        secretary.do(slug, "hall_tally.accept", tally=tally, version=1)
