"""What can be done with one account: add, edit, close, reopen, unlock, give a new one-time password.

Every `password_hash` is what a hasher returns: an action never sees a password.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meetings.accounts import facts
from meetings.accounts.rules import end_everything, give_one_time_password, refuse_above, refuse_own, valid_until
from meetings.errors import OutOfOrder
from meetings.journal import Transition, office_transition
from meetings.procedure import Ability, Actor
from meetings.queries import office_actor
from people import attempts
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
        user.must_change_password, user.one_time_until = True, valid_until()
        user.save(update_fields=["must_change_password", "one_time_until"])
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


def edit_account(*, by: Actor, account: User, office_role: str = "", organisation: Organisation | None = None) -> None:
    """Give an account another office role or unit. Nobody takes the own role away, so that an administrator always remains."""
    with office_transition(by=by, ability=Ability.MANAGE_ACCOUNTS) as change:
        user = _fresh(account)
        if user.pk == by.user.pk and office_role != user.office_role:
            raise OutOfOrder(_("This is your own account. Another administrator can change its role."))
        before = user.office_role, user.organisation.name if user.organisation else ""
        user.office_role, user.organisation = office_role, organisation
        user.save(update_fields=["office_role", "organisation"])
        change.record(
            facts.AccountEdited(
                account=user.pk, username=user.username, name=user.display_name, office_role=office_role,
                unit=organisation.name if organisation else "", before=list(before),
            )
        )  # fmt: skip


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
        end_everything([user])


def reopen_account(*, by: Actor, account: User, password_hash: str) -> None:
    """Open a closed account again, with a new one-time password."""
    with office_transition(by=by, ability=Ability.MANAGE_ACCOUNTS) as change:
        user = _fresh(account)
        if user.is_active:
            raise OutOfOrder(_("This account is open already."))
        user.is_active = True
        user.save(update_fields=["is_active"])
        give_one_time_password(user, password_hash)
        change.record(facts.AccountReopened(account=user.pk, username=user.username, name=user.display_name))


def reset_password(*, by: Actor, account: User, password_hash: str) -> None:
    """Give an account a new one-time password; who is signed in with the old one is not any more."""
    with office_transition(by=by, ability=Ability.RESET_PASSWORDS) as change:
        user = _fresh(account)
        refuse_above(by, user)
        refuse_own(by, user)
        if not user.is_active:
            raise OutOfOrder(_("This account is closed. Open it again first."))
        give_one_time_password(user, password_hash)
        attempts.lift(user)
        change.record(facts.PasswordReset(account=user.pk, username=user.username, name=user.display_name))
        end_everything([user])


def unlock_account(*, by: Actor, account: User) -> None:
    """Let an account be tried again at once after wrong attempts have made it wait."""
    with office_transition(by=by, ability=Ability.RESET_PASSWORDS) as change:
        user = _fresh(account)
        refuse_above(by, user)
        if not attempts.is_locked(user):
            raise OutOfOrder(_("This account is not locked (any more)."))
        attempts.lift(user)
        change.record(facts.AccountUnlocked(account=user.pk, username=user.username, name=user.display_name))


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
    return User.objects.select_related("person", "organisation").get(pk=account.pk)


def _record_added(change: Transition, user: User) -> None:
    unit = user.organisation.name if user.organisation else ""
    change.record(
        facts.AccountAdded(
            account=user.pk, username=user.username, name=user.display_name, office_role=user.office_role, unit=unit
        )
    )
