"""One-time passwords from their making to the sheet of paper, within one request.

They are made here, hashed, printed and handed out with the answer; nothing keeps them: no row, no reply, no job, no log. If the
answer is lost on its way, new ones are printed, and the lost ones open nothing any more (docs/decisions/0010).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from meetings import replies
from meetings.accounts import actions
from meetings.accounts.passwords import one_time_password
from meetings.accounts.planning import Missing, missing_of, named, of_people
from meetings.accounts.rules import refuse_above, refuse_own, valid_until
from meetings.errors import OutOfOrder, Refusal
from meetings.journal import office_journal
from meetings.procedure import Actor
from meetings.queries import office_actor
from people.hashing import one_time_hash
from people.models import Person, User
from printing.errors import PrintingError
from printing.order import Particulars
from printing.slips import Slip, print_slips

HANDED_OUT = _(
    "These slips have been handed out already. If the file did not arrive, print new ones: the old ones open nothing then."
)


@dataclass(frozen=True, repr=False)
class Line:
    """One slip to be: who gets it, under which user name, with which password."""

    who: str
    unit: str
    username: str
    missing: Missing | None = None
    account: User | None = None
    password: str = field(default_factory=one_time_password)


@sensitive_variables()
def hand_out(command_id: UUID, *, by: Actor, asked: dict[str, Any]) -> bytes:
    """Make or renew the accounts that a form has asked for and return their slips as PDF, once for each `command_id`.

    Printed before anything is changed: if the press fails, nothing has happened. Raises OutOfOrder or NotAllowed.
    """
    if replies.is_known(command_id):
        raise OutOfOrder(HANDED_OUT)
    again = list(asked["accounts"])
    lines = _again(again, by) if again else _first(asked)
    pdf = _printed(lines)
    change = _renew(lines) if again else _make(lines)
    _once(command_id, by, asked, change)
    return pdf


def _first(asked: dict[str, Any]) -> list[Line]:
    if asked["meeting"] is not None:
        units, people = {unit.pk for unit in asked["units"]}, {person.pk for person in asked["people"]}
        wanted = [one for one in missing_of(asked["meeting"]) if _is_chosen(one, units, people)]
    else:
        wanted = named(of_people(asked["people"].order_by("folded", "pk"), asked["office_role"], asked["organisation"]))
    if not wanted:
        raise OutOfOrder(_("All of them have accounts by now. Load the page anew."))
    return [Line(one.who, one.unit, one.username, missing=one) for one in wanted]


def _is_chosen(one: Missing, units: set[int], people: set[int]) -> bool:
    if one.person is not None:
        return one.person.pk in people
    return one.organisation is not None and one.organisation.pk in units


def _again(accounts: list[User], by: Actor) -> list[Line]:
    found = (
        User.objects.filter(pk__in=[user.pk for user in accounts]).select_related("person", "organisation").order_by("username")
    )
    lines = []
    for user in found:
        refuse_above(by, user)
        refuse_own(by, user)
        who = user.display_name
        if user.person is None and user.organisation is not None:
            who = f"Đầu mối {user.organisation.short_name}"
        lines.append(Line(who, user.organisation.name if user.organisation else "", user.username, account=user))
    return lines


@sensitive_variables()
def _printed(lines: list[Line]) -> bytes:
    path, until = reverse("people:sign_in"), timezone.localtime(valid_until())
    address = settings.PUBLIC_URL + path
    slips = [
        Slip(
            who=one.who, unit=one.unit, username=one.username, password=one.password, address=f"{address}?u={quote(one.username)}"
        )
        for one in lines
    ]
    now = timezone.localtime()
    about = Particulars(title="Phiếu tài khoản", identifier=f"slips {now.isoformat()}", dated=now, subject="Phiếu dùng một lần")
    try:
        return print_slips(
            slips, address=settings.PUBLIC_URL, until=until.strftime("%H:%M ngày %d/%m/%Y"), about=about,
            demonstration=settings.DEMO_MODE,
        )  # fmt: skip
    except PrintingError as error:
        raise OutOfOrder(error) from error


def _make(lines: list[Line]) -> Callable[[Actor], Any]:
    new = [_new(one) for one in lines]
    return lambda by: actions.add_accounts(by=by, new=new)


def _new(line: Line) -> actions.NewAccount:
    one = line.missing
    assert one is not None
    person: Person | None = one.person
    return actions.NewAccount(one.username, one_time_hash(line.password), person, one.office_role, one.organisation)


def _renew(lines: list[Line]) -> Callable[[Actor], Any]:
    hashes = {one.account.pk: one_time_hash(one.password) for one in lines if one.account is not None}
    return lambda by: actions.reset_passwords(by=by, hashes=hashes)


def _once(command_id: UUID, by: Actor, asked: dict[str, Any], change: Callable[[Actor], Any]) -> None:
    """Carry out the change under the journal's lock, unless the same command has been: its slips are somewhere already."""
    done: list[bool] = []

    def run() -> dict[str, Any]:
        change(office_actor(User.objects.select_related("person").get(pk=by.user.pk)))
        done.append(True)
        return {}

    body = {name: [str(getattr(one, "pk", one)) for one in asked[name]] for name in ("units", "people", "accounts")}
    reply = replies.once(office_journal(), command_id, by=by, asked=replies.fingerprint("slips", body), run=run)
    if reply.status != 200:
        refusal = Refusal(reply.body["reason"])
        refusal.status = reply.status
        raise refusal
    if not done:
        raise OutOfOrder(HANDED_OUT)
