"""What the desk says of releases that have not begun or are over, and of words of secrecy."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meetings import clock
from tests.cast import Clients, Room
from tests.papers import make_document, make_release, make_version

LATER, OVER = "Opens at", "Its time is over"


@pytest.mark.parametrize(
    ("windows", "said"),
    [
        ([(None, None)], ""),
        ([(1, None)], LATER),
        ([(1, 2), (3, None)], LATER),
        ([(-2, -1)], OVER),
        ([(-2, -1), (1, None)], LATER),
        ([(-2, -1), (-1, 1)], ""),
        ([(1, None), (None, None)], ""),
    ],
)
def test_the_desk_says_when_a_release_opens_and_that_it_is_over(
    windows: list[tuple[int | None, int | None]], said: str, room: Room, clients: Clients
) -> None:
    paper, now = make_document(room.meeting), clock.now(room.meeting)
    make_version(paper, pages=1)
    for window in windows:
        since, until = (now + timedelta(hours=at) if at is not None else None for at in window)
        make_release(paper, from_at=since, until_at=until)
    clients["secretary"].cookies["django_language"] = "en"
    body = clients["secretary"].get(f"/m/{room.meeting.slug}/papers/").content.decode()
    assert [word for word in (LATER, OVER) if word in body] == ([said] if said else [])


def test_words_of_secrecy_lead_to_their_page_and_hold_the_release(room: Room, clients: Clients) -> None:
    paper = make_document(room.meeting)
    make_version(paper, pages=5, stamps=[["MẬT", 4], ["MẬT", 3]])
    clients["secretary"].cookies["django_language"] = "en"
    address = f"/m/{room.meeting.slug}/papers/{paper.number}"
    body = clients["secretary"].get(f"{address}/desk/").content.decode()
    assert f'href="{address}/?version=1&amp;page=3"' in body
    assert f"{address}/release/" not in body
    assert f'href="{address}/desk/"' in clients["secretary"].get(f"{address}/release/").content.decode()
