"""Giving numbers: strictly the next one, under the lock of the register's row (docs/decisions/0006).

Order of locks: the journal of the change first (the meeting's or the office's, never both), a register's row last. Who holds
a register's row takes no other lock, so nobody waits in a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from issuing import facts
from issuing.codes import new_code
from issuing.models import Invitation, IssuedDocument, NumberRegister, PaperType, Recipient
from meetings.errors import OutOfOrder
from meetings.journal import Transition
from meetings.models import Meeting
from meetings.rehearsal.rules import NOTHING_ISSUED, is_rehearsal
from people.models import Organisation
from printing import names

# May a number be cancelled on the page of its register? Upper rooms answer with sentences that say why not.
objections_to_cancelling: list[Callable[[IssuedDocument], Iterable[object]]] = []
LARGEST_NUMBER = 1_000_000


@dataclass(frozen=True)
class NewPaper:
    """A paper that wants a number."""

    abstract: str
    dated: date
    signer: str = ""
    recipients: Sequence[str] = ()
    meeting: Meeting | None = None
    state: str = IssuedDocument.State.ISSUED
    reason: str = ""


def symbol_of(organisation: Organisation) -> str:
    """Return a body's letters in numbers: those of the directory, else the initials of its name."""
    return organisation.symbol or names.symbol(organisation.name)


def lock(register: NumberRegister) -> NumberRegister:
    """Return a register as it stands, locked until the transaction ends."""
    found = NumberRegister.objects.select_for_update().filter(pk=register.pk).first()
    if found is None:
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    return found


def current(organisation: Organisation, paper_type: str, on: date, *, disposable: bool = False) -> NumberRegister | None:
    """Return the register for a paper dated `on`, if there is one."""
    found = NumberRegister.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        organisation=organisation, paper_type=paper_type, since__lte=on, is_disposable=disposable,
    )  # fmt: skip
    return found.order_by("-since").first()


def register_of(change: Transition, organisation: Organisation, paper_type: str, on: date) -> NumberRegister:
    """Return the register for a meeting's paper dated `on`.

    A State body's year begins with its first paper, and so do the worthless numbers of a demonstration; the term of a Party
    body is opened by hand.
    """
    if is_rehearsal(change.meeting):
        raise OutOfOrder(NOTHING_ISSUED)
    disposable = change.meeting.is_demonstration
    found = current(organisation, paper_type, on, disposable=disposable)
    if found is not None:
        return found
    if not disposable and organisation.body != Organisation.Body.STATE:
        raise missing_register(organisation, paper_type, on)
    made, is_new = NumberRegister.objects.get_or_create(
        organisation=organisation, paper_type=paper_type, since=date(on.year, 1, 1), is_disposable=disposable,
        defaults={
            "until": date(on.year, 12, 31), "period": str(on.year), "body": organisation.body, "symbol": symbol_of(organisation),
        },
    )  # fmt: skip
    if is_new:
        change.record(opened(made, organisation))
    return made


def opened(register: NumberRegister, organisation: Organisation) -> facts.RegisterOpened:
    """Return the fact that a register was begun."""
    return facts.RegisterOpened(
        register=register.pk, organisation=organisation.name, paper_type=register.paper_type, period=register.period,
        first=register.first,
    )  # fmt: skip


def given(paper: IssuedDocument) -> facts.NumberGiven:
    """Return the fact that a paper has its number."""
    return facts.NumberGiven(
        document=paper.pk, register=paper.register_id, number=paper.number, symbol=paper.symbol, abstract=paper.abstract
    )


def missing_register(organisation: Organisation, paper_type: str, on: date) -> OutOfOrder:
    """Return the refusal that says which register is to be opened first."""
    words = _(
        "%(body)s has no register of numbers “%(type)s” for papers dated %(date)s. Open one on the page of registers first."
    )
    names_ = {"body": organisation.name, "type": PaperType(paper_type).label, "date": on.strftime("%d/%m/%Y")}
    return OutOfOrder(words % names_)


def enter(register: NumberRegister, paper: NewPaper, *, by: str) -> IssuedDocument:
    """Give the next number to a paper, in the caller's transaction; the caller records the fact."""
    held = lock(register)
    if not held.since <= paper.dated <= (held.until or date.max):
        words = _("The date is outside the register's period, %(period)s. Choose the register of that time.")
        raise OutOfOrder(words % {"period": held.period})
    held.last += 1
    if held.last > LARGEST_NUMBER:
        raise OutOfOrder(_("This register is full."))
    held.save(update_fields=["last"])
    made = IssuedDocument.objects.create(
        register=held, number=held.last, symbol=held.written(held.last), abstract=paper.abstract, dated=paper.dated,
        signer=paper.signer, meeting=paper.meeting, state=paper.state, reason=paper.reason, code=new_code(),
        issued_at=timezone.now(), issued_by=by,
    )  # fmt: skip
    Recipient.objects.bulk_create(
        Recipient(document=made, position=at, kind=_kind(name), name=name[:200]) for at, name in enumerate(paper.recipients, 1)
    )
    return made


def cancel(document: IssuedDocument, *, reason: str, at: datetime, replaced_by: IssuedDocument | None = None) -> IssuedDocument:
    """Cancel a number in the caller's transaction, which records the fact; raise OutOfOrder when it cannot be cancelled."""
    register = lock(document.register)
    row = register.papers.get(pk=document.pk)
    if not row.is_valid:
        raise OutOfOrder(_("This paper is cancelled already."))
    if row.invitations.exclude(state=Invitation.State.RECALLED).exists():
        raise OutOfOrder(_("People are invited by this paper. Recall the invitations first, then cancel it."))
    row.state, row.reason, row.cancelled_at, row.replaced_by = IssuedDocument.State.CANCELLED, reason, at, replaced_by
    row.save(update_fields=["state", "reason", "cancelled_at", "replaced_by"])
    return row


def _kind(name: str) -> str:
    return Recipient.Kind.ARCHIVE if name.casefold().startswith("lưu") else Recipient.Kind.BODY
