"""An account that is closed, or gets a new password, loses its screens at once; nobody else does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from channels.db import database_sync_to_async

from meetings.accounts.actions import close_account, reset_password
from meetings.procedure import Actor
from meetings.queries import office_actor
from people.models import User
from tests.cast import Room
from tests.live.line import line_to
from tests.make import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def close(by: Actor, account: User) -> None:
    close_account(by=by, account=account)


def give_another_password(by: Actor, account: User) -> None:
    reset_password(by=by, account=account, password_hash="!")


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
