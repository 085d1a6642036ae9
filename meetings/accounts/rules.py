"""Which accounts somebody may touch, and what becomes of one that gets a one-time password."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.announcing import announce_leaving
from meetings.errors import NotAllowed, OutOfOrder
from meetings.procedure import Ability, Actor
from people import sessions
from people.models import User

# What the secretariat hands out by itself: accounts whose rights come from a meeting or from one's own unit.
OF_THE_SECRETARIAT = ("", User.OfficeRole.FOCAL_POINT)
# Whose passwords only an administrator gives anew: whoever could, would have their rights.
OF_THE_ADMINISTRATOR = (User.OfficeRole.ADMINISTRATOR, User.OfficeRole.SECRETARIAT)


def valid_until() -> datetime:
    """Return until when a one-time password that is made now opens its account."""
    return timezone.now() + timedelta(days=settings.ONE_TIME_DAYS)


def may_touch(actor: Actor, user: User) -> bool:
    """Tell whether an actor may give an account a new password or let it in again."""
    return actor.may(Ability.MANAGE_ACCOUNTS) or user.office_role not in OF_THE_ADMINISTRATOR


def refuse_above(by: Actor, user: User) -> None:
    """Raise NotAllowed for an account whose rights are not below one's own."""
    if not may_touch(by, user):
        raise NotAllowed(_("Only an administrator can do this with an account of an administrator or the secretariat."))


def refuse_own(by: Actor, user: User) -> None:
    """Raise OutOfOrder for the own account: its owner knows its password."""
    if by.user.pk == user.pk:
        raise OutOfOrder(_("This is your own account. Change its password on the page My account."))


def give_one_time_password(user: User, password_hash: str) -> None:
    """Let an account be opened by a one-time password, for some days; whoever was signed in is not any more."""
    user.password, user.must_change_password, user.one_time_until = password_hash, True, valid_until()
    user.save(update_fields=["password", "must_change_password", "one_time_until"])


def end_everything(users: Iterable[User]) -> None:
    """End every session of accounts: their pages, their tickets, and their screens within two seconds."""
    users = list(users)
    sessions.end_all(users)
    for user in users:
        announce_leaving(user.pk)
