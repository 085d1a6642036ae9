"""What can be done with many accounts in one step, which is one fact: make, close, give new one-time passwords."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from meetings.accounts import facts
from meetings.accounts.rules import (
    OF_THE_SECRETARIAT,
    end_everything,
    refuse_above,
    refuse_own,
    valid_until,
)
from meetings.errors import OutOfOrder
from meetings.journal import office_transition
from meetings.procedure import Ability, Actor
from people.models import Organisation, Person, SignInCount, User

CHANGED = _("The accounts have changed in the meantime. Load the page anew and choose again.")


@dataclass(frozen=True)
class NewAccount:
    """An account to be made for a person, or for the focal point of a unit; `password_hash` is what a hasher returns."""

    username: str
    password_hash: str
    person: Person | None = None
    office_role: str = ""
    organisation: Organisation | None = None

    @property
    def unit(self) -> str:
        """The name of its unit."""
        return self.organisation.name if self.organisation else ""


def add_accounts(*, by: Actor, new: Sequence[NewAccount]) -> list[User]:
    """Make accounts with one-time passwords, all or none.

    The secretariat makes those whose rights come from a meeting or from their unit; other office roles are given by an
    administrator. Raises OutOfOrder when a user name, a person or the focal point of a unit has an account by now.
    """
    limited = all(one.office_role in OF_THE_SECRETARIAT for one in new)
    with office_transition(by=by, ability=Ability.RESET_PASSWORDS if limited else Ability.MANAGE_ACCOUNTS) as change:
        if not new:
            raise OutOfOrder(_("There is no account to make. Choose at least one."))
        _refuse_taken(new)
        until = valid_until()
        users = User.objects.bulk_create(
            User(
                username=one.username, password=one.password_hash, person=one.person, office_role=one.office_role,
                organisation=one.organisation, must_change_password=True, one_time_until=until,
            )
            for one in new
        )  # fmt: skip
        told = [_told(user) | {"unit": one.unit} for user, one in zip(users, new, strict=True)]
        change.record(facts.AccountsAdded(accounts=told))
    return users


def reset_passwords(*, by: Actor, hashes: Mapping[int, str]) -> list[User]:
    """Give accounts (keys → hashes) new one-time passwords, all or none; whoever was signed in to them is not any more."""
    with office_transition(by=by, ability=Ability.RESET_PASSWORDS) as change:
        users = _fresh(hashes.keys())
        for user in users:
            refuse_above(by, user)
            refuse_own(by, user)
            user.password, user.must_change_password, user.one_time_until = hashes[user.pk], True, valid_until()
        User.objects.bulk_update(users, ["password", "must_change_password", "one_time_until"])
        SignInCount.objects.filter(account__in=users).delete()
        change.record(facts.PasswordsReset(accounts=[_told(user) for user in users]))
        end_everything(users)
    return users


def close_accounts(*, by: Actor, accounts: Collection[User]) -> None:
    """Close accounts and end their sessions, all or none. Nobody closes the own one."""
    with office_transition(by=by, ability=Ability.MANAGE_ACCOUNTS) as change:
        users = _fresh([account.pk for account in accounts])
        for user in users:
            refuse_own(by, user)
            user.is_active = False
        User.objects.bulk_update(users, ["is_active"])
        change.record(facts.AccountsClosed(accounts=[_told(user) for user in users]))
        end_everything(users)


def _told(user: User) -> dict[str, object]:
    """Return an account as facts of many tell it."""
    return {"account": user.pk, "username": user.username, "name": user.display_name, "office_role": user.office_role}


def _fresh(keys: Collection[int]) -> list[User]:
    users = list(User.objects.select_related("person", "organisation").filter(pk__in=keys, is_active=True).order_by("username"))
    if not users or len(users) != len(set(keys)):
        raise OutOfOrder(CHANGED)
    return users


def _refuse_taken(new: Sequence[NewAccount]) -> None:
    names = {one.username.casefold() for one in new}
    people = [one.person.pk for one in new if one.person]
    units = [one.organisation.pk for one in new if one.organisation and one.office_role == User.OfficeRole.FOCAL_POINT]
    focal = User.objects.filter(office_role=User.OfficeRole.FOCAL_POINT, organisation__in=units, person=None, is_active=True)
    taken = {name.casefold() for name in User.objects.values_list("username", flat=True)} & names
    twice = len(names) != len(new) or len(set(people)) != len(people) or len(set(units)) != len(units)
    if taken or twice or focal.exists() or User.objects.filter(person__in=people).exists():
        raise OutOfOrder(CHANGED)
