"""What the office does with registers: open one, give a number, note one given outside, cancel a paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from issuing import facts, numbering
from issuing.models import IssuedDocument, NumberRegister
from issuing.numbering import NewPaper
from meetings.errors import OutOfOrder
from meetings.journal import office_transition
from meetings.procedure import Ability, Actor
from people.models import Organisation


def open_register(
    *,
    by: Actor,
    organisation: Organisation,
    paper_type: str,
    period: str,
    since: date,
    until: date | None = None,
    first: int = 1,
    symbol: str = "",
    disposable: bool = False,
) -> NumberRegister:
    """Begin a register; `first` is the next number when earlier ones were given before this system was used."""
    with office_transition(by=by, ability=Ability.KEEP_REGISTERS) as change:
        own = NumberRegister.objects.filter(organisation=organisation, paper_type=paper_type, is_disposable=disposable)
        overlap = own.filter(Q(until__isnull=True) | Q(until__gte=since), since__lte=until or date.max).first()
        if overlap is not None:
            words = _("There is a register for this time already: %(period)s. Two would give the same number twice.")
            raise OutOfOrder(words % {"period": overlap.period})
        made = NumberRegister.objects.create(
            organisation=organisation, paper_type=paper_type, body=organisation.body, period=period, since=since, until=until,
            symbol=symbol or numbering.symbol_of(organisation), first=first, last=first - 1, is_disposable=disposable,
        )  # fmt: skip
        change.record(numbering.opened(made, organisation))
        return made


def give_number(
    *, by: Actor, register: NumberRegister, abstract: str, dated: date, signer: str = "", recipients: Sequence[str] = ()
) -> IssuedDocument:
    """Give the next number to a paper of the office."""
    with office_transition(by=by, ability=Ability.KEEP_REGISTERS) as change:
        made = numbering.enter(register, NewPaper(abstract, dated, signer, recipients), by=by.name)
        change.record(numbering.given(made))
        return made


def reserve_number(
    *, by: Actor, register: NumberRegister, abstract: str, dated: date, signer: str = "", reason: str = ""
) -> IssuedDocument:
    """Write down the next number for an urgent paper that was issued outside the system."""
    with office_transition(by=by, ability=Ability.KEEP_REGISTERS) as change:
        paper = NewPaper(abstract, dated, signer, state=IssuedDocument.State.OUTSIDE, reason=reason)
        made = numbering.enter(register, paper, by=by.name)
        change.record(
            facts.NumberReserved(
                document=made.pk, register=made.register_id, number=made.number, symbol=made.symbol, abstract=made.abstract
            )
        )
        return made


def cancel_number(*, by: Actor, document: IssuedDocument, reason: str, replacement: int | None = None) -> None:
    """Cancel a paper. Its number stays with the reason; `replacement` is the number of the paper that takes its place."""
    with office_transition(by=by, ability=Ability.KEEP_REGISTERS) as change:
        for objection in (one for ask in numbering.objections_to_cancelling for one in ask(document)):
            raise OutOfOrder(objection)
        numbering.lock(document.register)
        instead = None
        if replacement is not None:
            instead = document.register.papers.exclude(pk=document.pk).filter(number=replacement).first()
            if instead is None or not instead.is_valid:
                raise OutOfOrder(_("The register has no valid paper %(number)d to replace it.") % {"number": replacement})
        row = numbering.cancel(document, reason=reason, at=change.now, replaced_by=instead)
        by_what = row.replaced_by.symbol if row.replaced_by else ""
        change.record(facts.NumberCancelled(document=row.pk, symbol=row.symbol, replaced_by=by_what))
