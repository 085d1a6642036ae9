"""The accounts of the demonstration: who each one is, and passwords that are worked out anew instead of kept."""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Organisation, Person, User


@dataclass(frozen=True)
class DemoAccount:
    """An account a visitor may sign in to: its role and what one sees with it."""

    username: str
    role: Promise
    sees: Promise


ACCOUNTS = (
    DemoAccount("secretary", _("Secretary"), _("prepares and runs the conference, control room, minutes")),
    DemoAccount("chair", _("Chair"), _("the chair's desk: programme, list of speakers, floor")),
    DemoAccount("operator-15", _("Operator of Lào Cai"), _("console of a bridge point: attendance, floor")),
    DemoAccount("delegate", _("Delegate at Lào Cai"), _("what is on now, programme, asking for the floor")),
    DemoAccount("focal-15", _("Focal point of Lào Cai"), _("registers the province's people: places, list, what was refused")),
    DemoAccount("focal-96", _("Focal point of Cà Mau"), _("late: the deadline has passed, a change is asked for")),
    DemoAccount("technician", _("Technician"), _("console of the central bridge point, without marking")),
    DemoAccount("observer", _("Observer"), _("what is on now, without the floor")),
)
USERNAMES = tuple(account.username for account in ACCOUNTS)


def visitors() -> QuerySet[User]:
    """Return the accounts one click signs in to: by name, and only those of people or asked units of a demonstration.

    A data folder may be lost and an office's database come up in demo mode: its accounts are not given away.
    """
    asked = Q(office_role=User.OfficeRole.FOCAL_POINT, organisation__registrations_asked__meeting__kind="demo")
    known = User.objects.filter(asked | Q(person__participations__meeting__kind="demo"))
    return known.filter(username__in=USERNAMES, is_active=True).distinct()


def password_of(username: str) -> str:
    """Return an account's password: a keyed hash of the name, the same for as long as the installation's key."""
    digest = salted_hmac("demo.accounts.password", username, algorithm="sha256").digest()
    letters = b32encode(digest[:10]).decode().lower()
    return "-".join(letters[n : n + 4] for n in range(0, 16, 4))


def passwords() -> dict[str, str]:
    """Return the password of each account a visitor may sign in to."""
    return {username: password_of(username) for username in USERNAMES}


def ensure_account(username: str, *, name: str, office_role: str = "", organisation: Organisation | None = None) -> User:
    """Return an account with its person, made when it is missing; only the visitors' accounts can be signed in to."""
    user = User.objects.select_related("person").filter(username=username).first()
    if user is None:
        user = User(username=username, office_role=office_role, organisation=organisation)
        user.set_unusable_password()
    if user.person is None:
        user.person = Person.objects.create(full_name=name)
    user.is_active, user.office_role = True, office_role or user.office_role
    user.save()
    return user


def ensure_passwords() -> None:
    """Let the passwords that are printed open the accounts, whatever has been changed since; others keep their sessions."""
    for user in User.objects.filter(username__in=USERNAMES):
        if not user.check_password(password_of(user.username)):
            user.set_password(password_of(user.username))
            user.save(update_fields=["password"])
