"""An account that is closed, or gets a new password, loses its screens at once; a session that ends, its own; nobody else."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from live import hub as hubs
from meetings import announcing
from meetings.accounts.actions import close_account, reset_password
from meetings.procedure import Actor
from meetings.queries import office_actor
from people.models import User
from tests.cast import Cast, Room, signed_in
from tests.live.line import Closed, line_of, line_to
from tests.make import make_user

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "mat-khau-cu-2026", "mat-khau-moi-2026"
do: Any = database_sync_to_async


def close(by: Actor, account: User) -> None:
    close_account(by=by, account=account)


def give_another_password(by: Actor, account: User) -> None:
    reset_password(by=by, account=account, password_hash="!another")


@pytest.mark.parametrize("leave", [close, give_another_password])
async def test_its_screens_are_closed_and_others_stay(leave: Callable[[Actor, User], None], room: Room) -> None:
    make: Any = database_sync_to_async(make_user)
    administrator, leaving = await make("quan-tri", office_role="administrator"), await make("ra-di", office_role="secretariat")
    async with (
        line_to(room.meeting, account=leaving.pk) as theirs,
        line_to(room.meeting, account=administrator.pk) as other,
    ):
        await theirs.hello()
        await other.hello()
        await database_sync_to_async(leave)(office_actor(administrator), leaving)
        assert await theirs.end() == 4003
        assert await other.silent("parts")


# Sessions


def change_password(client: Client) -> None:
    sent = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/password/", sent).status_code == 302


@pytest.mark.postgres
@pytest.mark.usefixtures("hints")
async def test_signing_out_closes_the_screens_of_that_session_within_two_seconds(room: Room, cast: Cast) -> None:
    one, other = await do(signed_in)(cast["secretary"]), await do(signed_in)(cast["secretary"])
    lines = [
        await do(line_of)(one, room.meeting, "control"),
        await do(line_of)(one, room.meeting, "delegate"),
        await do(line_of)(other, room.meeting, "control"),
        await do(line_of)(await do(signed_in)(cast["delegate"]), room.meeting),
    ]
    async with lines[0], lines[1], lines[2], lines[3]:
        for line in lines:
            await line.hello()
        began = time.monotonic()
        await do(one.post)("/sign-out/")
        assert [await line.end(within=2) for line in lines[:2]] == [4003, 4003]
        assert time.monotonic() - began < 2
        assert [await line.silent("close", during=2 * hubs.LOOK_EVERY) for line in lines[2:]] == [True, True]


async def test_a_ticket_of_a_session_that_ended_opens_nothing(room: Room, cast: Cast) -> None:
    client = await do(signed_in)(cast["delegate"])
    line = await do(line_of)(client, room.meeting)
    await do(client.post)("/sign-out/")
    async with line:
        with pytest.raises(Closed) as found:
            await line.hello()
    assert found.value.code == 4003


@pytest.mark.usefixtures("hints")
async def test_one_s_own_new_password_closes_the_screens_of_every_session_and_opens_the_own_again(room: Room, cast: Cast) -> None:
    user = cast["secretary"]
    user.set_password(OLD)
    await user.asave()
    own, other = await do(signed_in)(user), await do(signed_in)(user)
    lines = [await do(line_of)(own, room.meeting, "control"), await do(line_of)(other, room.meeting, "control")]
    async with lines[0], lines[1]:
        for line in lines:
            await line.hello()
        await do(change_password)(own)
        assert [await line.end(within=2) for line in lines] == [4003, 4003]
    async with await do(line_of)(own, room.meeting, "control") as again:
        await again.hello()
        assert await again.silent("close", during=2 * hubs.LOOK_EVERY)


async def test_a_new_password_is_noticed_though_the_hint_is_lost(room: Room, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    async with await do(line_of)(await do(signed_in)(cast["delegate"]), room.meeting) as line:
        await line.hello()
        monkeypatch.setattr(announcing, "_send", lambda hint: None)
        administrator = await do(office_actor)(cast["administrator"])
        await do(give_another_password)(administrator, cast["chair"])  # so that the office's journal is there
        assert await line.silent("close", during=2 * hubs.LOOK_EVERY)
        await do(give_another_password)(administrator, cast["delegate"])
        assert await line.end(within=2) == 4003
