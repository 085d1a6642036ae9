"""Who is removed loses everything at once: pages, tickets, screens. Through real sockets, with the hint and without it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from attendance.registration.actions import withdraw_units
from live import hub as hubs
from meetings.accounts.actions import close_accounts, reset_passwords
from meetings.actions import remove_participant
from meetings.queries import office_actor
from people.models import Session
from people.sessions import fingerprint_of
from tests.cast import Cast, Room, signed_in
from tests.live.line import line_of
from tests.make import the_secretariat

pytestmark = pytest.mark.django_db(transaction=True)
do: Any = database_sync_to_async


def status_of(client: Client, path: str) -> int:
    return client.get(path).status_code


@pytest.mark.postgres
@pytest.mark.usefixtures("hints")
async def test_a_session_that_its_owner_ends_loses_its_screens_within_two_seconds(room: Room, cast: Cast) -> None:
    own, stolen = await do(signed_in)(cast["secretary"]), await do(signed_in)(cast["secretary"])
    async with (
        await do(line_of)(own, room.meeting, "control") as mine,
        await do(line_of)(stolen, room.meeting, "control") as theirs,
    ):
        await mine.hello()
        await theirs.hello()
        began = time.monotonic()
        fingerprint = await do(lambda: fingerprint_of(stolen.session.session_key))()
        await do(own.post)("/me/end/", {"session": fingerprint})
        assert await theirs.end(within=2) == 4003
        assert time.monotonic() - began < 2
        assert await mine.silent("close", during=2 * hubs.LOOK_EVERY)
    assert await do(status_of)(stolen, "/") == 302
    assert await do(status_of)(own, "/") == 200


@pytest.mark.parametrize("leave", ["closed", "new slip"])
async def test_many_accounts_lose_their_screens_and_pages_at_once(leave: str, room: Room, cast: Cast) -> None:
    leaving = [cast["operator"], cast["technician"]]
    clients = [await do(signed_in)(user) for user in leaving]
    staying = await do(signed_in)(cast["delegate"])
    by = await do(office_actor)(cast["administrator"])
    lines = [await do(line_of)(client, room.meeting) for client in [*clients, staying]]
    async with lines[0], lines[1], lines[2]:
        for line in lines:
            await line.hello()
        if leave == "closed":
            await do(close_accounts)(by=by, accounts=leaving)
        else:
            await do(reset_passwords)(by=by, hashes={user.pk: "!another" for user in leaving})
        assert [await line.end(within=2) for line in lines[:2]] == [4003, 4003]
        assert await lines[2].silent("close", during=2 * hubs.LOOK_EVERY)
    assert [await do(status_of)(client, "/") for client in clients] == [302, 302]
    assert not await do(Session.objects.filter(account__in=leaving).exists)()


@pytest.mark.usefixtures("hints")
async def test_who_is_removed_from_a_meeting_loses_its_screens_and_pages(room: Room, cast: Cast) -> None:
    client = await do(signed_in)(cast["delegate"])
    assert await do(status_of)(client, f"/m/{room.meeting.slug}/delegate/") == 200
    async with await do(line_of)(client, room.meeting) as line:
        await line.hello()
        await do(remove_participant)(room.meeting, by=await do(the_secretariat)(), participant=room.people["delegate"])
        assert await line.end(within=2) == 4003
    assert await do(status_of)(client, f"/m/{room.meeting.slug}/delegate/") == 404
    assert await do(status_of)(client, "/") == 200


@pytest.mark.usefixtures("hints")
async def test_the_focal_point_of_a_unit_that_is_asked_no_more_loses_its_screens_and_pages(room: Room, cast: Cast) -> None:
    client, staying = await do(signed_in)(cast["focal_point"]), await do(signed_in)(cast["secretariat"])
    async with await do(line_of)(client, room.meeting) as line, await do(line_of)(staying, room.meeting) as other:
        await line.hello()
        await other.hello()
        await do(withdraw_units)(
            room.meeting, by=await do(the_secretariat)(), units=await do(list)(room.meeting.asked_units.all())
        )
        assert await line.end(within=2) == 4003
        assert await other.silent("close", during=2 * hubs.LOOK_EVERY)
    assert await do(status_of)(client, f"/m/{room.meeting.slug}/delegate/") == 404
