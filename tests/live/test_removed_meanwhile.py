"""A demonstration is removed, or loaded anew, between any two readings of a page, which answers from what stands there then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.db import connection, transaction
from django.test import Client

from control.tokens import token_of
from demo.loading import remove
from meetings.models import Meeting
from tests.cast import Room, furnish
from tests.live.line import line_to
from tests.make import ask_for_floor, make_display, make_meeting, mark_present, open_the_item, open_the_meeting

pytestmark = pytest.mark.django_db

PAGES = (
    "m/{slug}/",
    "m/{slug}/programme/",
    "m/{slug}/participants/",
    "m/{slug}/bridge-points/",
    "m/{slug}/displays/",
    "m/{slug}/minutes/",
    "m/{slug}/journal/",
    "m/{slug}/control/",
    "m/{slug}/control/find/?q=",
    "m/{slug}/chair/",
    "m/{slug}/delegate/",
    "m/{slug}/console/{site}/",
    "m/{slug}/console/{site}/hall/",
    "m/{slug}/console/{site}/acks/",
    "m/{slug}/live/?screen=control",
    "m/{slug}/live/?screen=console&site={site}",
    "m/{slug}/live/ticket/?screen=control",
    "d/{token}/",
    "d/{token}/live/",
    "d/{token}/ticket/",
)


class Strike:
    """Does something once, before a reading of a given number: a statement that stands alone, or a whole transaction."""

    def __init__(self, at: int, work: Callable[[], object]) -> None:
        self.left, self.work, self.depth = at, work, len(connection.savepoint_ids)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Count, strike when it is its turn, and go on."""
        if len(connection.savepoint_ids) == self.depth:
            self.left -= 1
            if self.left == 0:
                self.work()
        return execute(sql, params, many, context)


@pytest.fixture
def room(db: None) -> Room:
    """A demonstration with everything that is read."""
    room = furnish(kind=Meeting.Kind.DEMO)
    make_display(room.meeting)
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    mark_present(room.people["delegate"])
    ask_for_floor(room.people["delegate"])
    return room


def take_away(room: Room) -> None:
    """Remove the demonstration wholly."""
    remove(Meeting.objects.get(pk=room.meeting.pk))


def load_anew(room: Room) -> None:
    """Remove it and put another one at its address."""
    take_away(room)
    make_meeting(kind=Meeting.Kind.DEMO, slug=room.meeting.slug)


def struck(client: Client, url: str, work: Callable[[], object]) -> list[int]:
    """Return how a page answers when the work is done before its first reading, its second, and so on to the last."""
    found: list[int] = []
    while True:
        strike = Strike(len(found) + 1, work)
        with transaction.atomic():
            strike.depth = len(connection.savepoint_ids)
            with connection.execute_wrapper(strike):
                status = client.get(url).status_code
            transaction.set_rollback(True)
        if strike.left > 0:
            return found
        found.append(status)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_what_is_removed_meanwhile_does_not_fail(page: str, room: Room, clients: dict[str, Client]) -> None:
    url = "/" + page.format(slug=room.meeting.slug, site=room.lao_cai.pk, token=token_of(room.meeting.displays.all()[0]))
    assert clients["secretariat"].get(url).status_code == 200
    found = struck(clients["secretariat"], url, lambda: take_away(room))
    assert found
    assert set(found) <= {200, 404}


@pytest.mark.parametrize("page", ["control/", "chair/", "delegate/", "control/find/?q=", "live/?screen=control"])
def test_a_page_of_what_is_loaded_anew_meanwhile_is_there(page: str, room: Room, clients: dict[str, Client]) -> None:
    found = struck(clients["secretariat"], f"/m/{room.meeting.slug}/{page}", lambda: load_anew(room))
    assert len(found) >= 4
    assert set(found) == {200}


@pytest.mark.django_db(transaction=True)
async def test_a_socket_that_joins_what_has_been_removed_is_sent_to_load_anew(room: Room) -> None:
    async with line_to(room.meeting) as line:
        await database_sync_to_async(take_away)(room)
        await line.say({"t": "hello", "epoch": "", "after": 0, "client": "c"})
        assert await line.end() == 4003
