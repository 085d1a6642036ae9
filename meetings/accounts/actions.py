"""What an administrator can do with accounts: add, close, reopen, give a new one-time password.

Every `password_hash` is what Django's make_password returns: an action never sees a password.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meetings.accounts import facts
from meetings.announcing import announce_leaving
from meetings.errors import OutOfOrder
from meetings.journal import Transition, office_transition
from meetings.procedure import Ability, Actor
from meetings.queries import office_actor
from people.models import Organisation, Person, User


def add_account(
    *,
    by: Actor,
    full_name: str,
    username: str,
    password_hash: str,
    office_role: str = "",
    organisation: Organisation | None = None,
) -> User:
    """Make an account with its person. Raises OutOfOrder when the user name is taken, in whatever letters."""
    with office_transition(by=by, ability=Ability.MANAGE_ACCOUNTS) as change:
        user = _make(username, password_hash, full_name, office_role, organisation)
        _record_added(change, user)
    return user


def appoint_administrator(*, username: str, full_name: str, password_hash: str) -> User:
    """Make the installation's first account. Raises OutOfOrder when there are accounts already."""
    with transaction.atomic():
        if User.objects.exists():
            raise OutOfOrder(_("There are accounts already."))
        user = _make(username, password_hash, full_name, User.OfficeRole.ADMINISTRATOR, None)
        with office_transition(by=office_actor(user), ability=Ability.MANAGE_ACCOUNTS) as change:
            _record_added(change, user)
    return user


def close_account(*, by: Actor, account: User) -> None:
    """Close an account and end its sessions. Nobody closes the own one, so that an administrator always remains."""
    with office_transition(by=by, ability=Ability.MANAGE_ACCOUNTS) as change:
        user = _fresh(account)
        if user.pk == by.user.pk:
            raise OutOfOrder(_("This is your own account. Another administrator can close it."))
        if not user.is_active:
            raise OutOfOrder(_("This account is closed already."))
        user.is_active = False
        user.save(update_fields=["is_active"])
        change.record(facts.AccountClosed(account=user.pk, username=user.username, name=user.display_name))
        announce_leaving(user.pk)


def reopen_account(*, by: Actor, account: User, password_hash: str) -> None:
    """Open a closed account again, with a new one-time password."""
    with office_transition(by=by, ability=Ability.MANAGE_ACCOUNTS) as change:
        user = _fresh(account)
        if user.is_active:
            raise OutOfOrder(_("This account is open already."))
        user.is_active = True
        user.password = password_hash
        user.save(update_fields=["is_active", "password"])
        change.record(facts.AccountReopened(account=user.pk, username=user.username, name=user.display_name))


def reset_password(*, by: Actor, account: User, password_hash: str) -> None:
    """Give an account a new one-time password; who is signed in with the old one is not any more."""
    with office_transition(by=by, ability=Ability.MANAGE_ACCOUNTS) as change:
        user = _fresh(account)
        if not user.is_active:
            raise OutOfOrder(_("This account is closed. Open it again first."))
        user.password = password_hash
        user.save(update_fields=["password"])
        change.record(facts.PasswordReset(account=user.pk, username=user.username, name=user.display_name))
        announce_leaving(user.pk)


def _make(username: str, password_hash: str, full_name: str, office_role: str, organisation: Organisation | None) -> User:
    username = User.normalize_username(username)
    if User.objects.filter(username__iexact=username).exists():
        raise OutOfOrder(_("The user name %(username)s is taken. Choose another.") % {"username": username})
    person = Person.objects.create(full_name=full_name)
    return User.objects.create(
        username=username, password=password_hash, person=person, office_role=office_role,
        organisation=organisation,
    )  # fmt: skip


def _fresh(account: User) -> User:
    """Return the account as it stands under the journal's lock."""
    return User.objects.select_related("person").get(pk=account.pk)


def _record_added(change: Transition, user: User) -> None:
    unit = user.organisation.name if user.organisation else ""
    change.record(
        facts.AccountAdded(
            account=user.pk, username=user.username, name=user.display_name, office_role=user.office_role, unit=unit
        )
    )
