"""What one can do to an approved paper: choose who gets it, issue it, file what was made, recall it, remind, note by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from issuing import numbering
from issuing.codes import new_code
from issuing.invitations.queries import letter_of
from issuing.models import IssuedDocument, PaperType
from issuing.numbering import NewPaper
from meetings.errors import Changed, OutOfOrder
from meetings.hashing import canonical
from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from minutes.issuance import facts, posting, work
from minutes.issuance.filing import Filed, openness
from minutes.issuance.recipients import Line, printed, targets
from minutes.models import Delivery, OfficialPaper
from minutes.papers.kinds import KINDS
from packets.releasing.issued import recall_issued, release_issued

State = OfficialPaper.State
#: Rows in one statement.
_AT_ONCE = 500
#: Why a paper was recalled whose place another has taken, as the register keeps it.
REPLACED = "Được thay thế bằng văn bản mới."
#: So soon again nobody is reminded: a second press is an oversight.
REMIND_AFTER = timedelta(hours=1)


def set_recipients(meeting: Meeting, *, by: Actor, paper: OfficialPaper, version: int, lines: Sequence[Line]) -> OfficialPaper:
    """Choose who gets a draft (nơi nhận). `version` is the one the actor read: what somebody else chose is not overwritten."""
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        row = change.fresh(paper)
        if row.state != State.DRAFT:
            raise OutOfOrder(_("The recipients stand on the paper, and it has been approved. Return it to draft to change them."))
        _refuse_changed(row, version)
        row.recipients, row.version = list(lines), row.version + 1
        row.changed_at, row.changed_by = change.now, by.name
        row.save(update_fields=["recipients", "version", "changed_at", "changed_by"])
        digest = hashlib.sha256(canonical(row.recipients).encode()).hexdigest()
        change.record(facts.RecipientsSet(paper=row.number, version=row.version, lines=len(lines), digest=digest))
        return row


def issue_paper(
    meeting: Meeting,
    *,
    by: Actor,
    paper: OfficialPaper,
    version: int,
    dated: date,
    by_mail: bool = False,
    with_file: bool = False,
    replaces: OfficialPaper | None = None,
) -> OfficialPaper:
    """Give an approved paper its number and date; its file is made at once afterwards, and then it goes out.

    `replaces`: an earlier paper of the same kind, which is recalled with this. Raises OutOfOrder.
    """
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        row = _to_issue(change, paper, version)
        if dated > timezone.localtime(change.now).date():
            raise OutOfOrder(_("The date lies in the future. A paper bears the day on which it is issued, or an earlier one."))
        meant = targets(meeting, row.recipients, by_mail=by_mail)
        if not row.recipients:
            raise OutOfOrder(_("Nobody gets this paper yet. Return it to draft and choose the recipients first."))
        former = _former(change, row, replaces)
        if former is not None and former.state == State.ISSUED:
            _recall(change, former, REPLACED)
        row.issued = _number(change, row, dated)
        row.code = row.issued.code if row.issued else new_code()
        row.state, row.dated, row.issued_at, row.issued_by = State.ISSUED, dated, change.now, by.name
        row.by_mail, row.with_file, row.version = by_mail, by_mail and with_file, row.version + 1
        row.save()
        if former is not None:
            _take_the_place(row, former)
        rows = (
            Delivery(
                paper=row, name=one.name[:200], line=one.line[:200], channel=one.channel(by_mail=by_mail),
                participant_id=one.participant, bridge_point_id=one.bridge_point, organisation_id=one.organisation,
            )
            for one in meant
        )  # fmt: skip
        Delivery.objects.bulk_create(rows, batch_size=_AT_ONCE)
        change.record(
            facts.PaperIssued(
                paper=row.number, kind_of_paper=row.kind, symbol=row.issued.symbol if row.issued else "",
                dated=dated.isoformat(), code=row.code, content_hash=row.content_hash, recipients=len(meant),
                replaces=former.number if former else None,
            )
        )  # fmt: skip
        work.ask_to_file(row, by)
        return row


def file_paper(meeting: Meeting, *, by: Actor, paper: OfficialPaper, filed: Filed) -> OfficialPaper:
    """Keep the file that was made of an issued paper and let it go out: to its recipients, to the meeting's papers, by mail.

    A paper that has its file, or was recalled meanwhile, is left as it is.
    """
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        row = change.fresh(paper)
        if row.state != State.ISSUED or row.filed_at is not None:
            return row
        to, title = openness(row), filed.title
        document = release_issued(change, title=title, copy=filed.copy, approved_by=row.approved_by or by.name, to=to)
        row.pdf.name, row.docx.name, row.sha256 = filed.pdf, filed.docx, filed.sha256
        row.document, row.filed_at, row.trouble = document.number, change.now, ""
        row.save(update_fields=["pdf", "docx", "sha256", "document", "filed_at", "trouble"])
        row.deliveries.exclude(channel=Delivery.Channel.PAPER).update(sent_at=change.now)
        change.record(
            facts.PaperFiled(paper=row.number, sha256=filed.sha256, docx_sha256=filed.docx_sha256, document=document.number)
        )
        if row.by_mail:
            posting.ask_to_post(row, by, posting.NEW, entry=change.journal.head)
        return row


def recall_paper(meeting: Meeting, *, by: Actor, paper: OfficialPaper, reason: str) -> OfficialPaper:
    """Take an issued paper back: its number is cancelled with the reason, and nobody is given its file any more."""
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        row = change.fresh(paper)
        if row.state == State.RECALLED:
            raise OutOfOrder(_("This paper has been recalled already, by %(name)s.") % {"name": row.recalled_by})
        if row.state != State.ISSUED:
            raise OutOfOrder(_("This paper has not been issued: there is nothing to recall."))
        _recall(change, row, reason)
        return row


def remind_recipients(meeting: Meeting, *, by: Actor, paper: OfficialPaper) -> int:
    """Remind by mail who has not opened a paper and has an address; return how many there are."""
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        row = change.fresh(paper)
        if row.state != State.ISSUED or row.filed_at is None:
            raise OutOfOrder(_("This paper is not out: nobody can open it now."))
        waiting = list(row.deliveries.filter(seen_at=None).exclude(channel=Delivery.Channel.PAPER))
        if not waiting:
            raise OutOfOrder(_("There is nobody to remind: all who read in the system have opened it."))
        lately = [one for one in waiting if one.reminded_at and change.now - one.reminded_at < REMIND_AFTER]
        if len(lately) == len(waiting):
            raise OutOfOrder(_("They were reminded less than an hour ago. Give them time, or call them."))
        reached = posting.addressed(waiting)
        row.deliveries.filter(pk__in=[one.pk for one in reached]).update(reminded_at=change.now)
        change.record(facts.RecipientsReminded(paper=row.number, waiting=len(waiting), mailed=len(reached)))
        if reached:
            posting.ask_to_post(row, by, posting.REMINDER, entry=change.journal.head, only=[one.pk for one in reached])
        return len(reached)


def mark_delivery(meeting: Meeting, *, by: Actor, delivery: Delivery, seen: bool) -> Delivery:
    """Note by hand that a recipient has the paper (handed over, told by telephone), or take that note back."""
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        row = Delivery.objects.select_related("paper").filter(pk=delivery.pk, paper__meeting=meeting).first()
        if row is None:
            raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
        if seen and row.seen_at is not None:
            raise OutOfOrder(_("It is noted already that %(name)s has this paper.") % {"name": row.name})
        if not seen and not row.is_by_hand:
            raise OutOfOrder(_("%(name)s has opened the paper; only a note made by hand can be taken back.") % {"name": row.name})
        if row.paper.filed_at is None:
            raise OutOfOrder(_("The file of this paper is not there yet: nothing can have been handed over."))
        row.is_by_hand, row.seen_at, row.seen_by = seen, change.now if seen else None, by.name if seen else ""
        if seen and row.sent_at is None:
            row.sent_at = change.now
        row.save(update_fields=["is_by_hand", "seen_at", "seen_by", "sent_at"])
        change.record(facts.DeliveryMarked(paper=row.paper.number, recipient=row.name, seen=seen))
        return row


def _to_issue(change: Transition, paper: OfficialPaper, version: int) -> OfficialPaper:
    row = change.fresh(paper)
    if row.state in (State.ISSUED, State.RECALLED):
        words = _("This paper has been issued already by %(name)s, as %(symbol)s.")
        raise OutOfOrder(words % {"name": row.issued_by, "symbol": row.issued.symbol if row.issued else row.get_kind_display()})
    if row.state != State.APPROVED:
        raise OutOfOrder(_("This paper is a draft. Have it approved first, then issue it."))
    _refuse_changed(row, version)
    return row


def _refuse_changed(row: OfficialPaper, version: int) -> None:
    if row.version != version:
        words = _("%(name)s has changed this paper in the meantime. Reload the page and look at it again.")
        raise Changed(words % {"name": row.changed_by}, version=row.version)


def _former(change: Transition, row: OfficialPaper, replaces: OfficialPaper | None) -> OfficialPaper | None:
    if replaces is None:
        return None
    former = change.fresh(replaces)
    if former.pk == row.pk or former.kind != row.kind or former.state not in (State.ISSUED, State.RECALLED):
        raise OutOfOrder(_("A paper replaces an issued paper of its own kind. Choose another one, or none."))
    if former.replaced_by_id is not None:
        raise OutOfOrder(_("That paper has been replaced already by another one."))
    return former


def _take_the_place(row: OfficialPaper, former: OfficialPaper) -> None:
    former.replaced_by = row
    former.save(update_fields=["replaced_by"])
    if former.issued is not None and row.issued is not None:
        IssuedDocument.objects.filter(pk=former.issued.pk).update(replaced_by=row.issued)


def _number(change: Transition, row: OfficialPaper, dated: date) -> IssuedDocument | None:
    """Give the next number of the body's register; none to a kind that has no register.

    The letter of invitation of a meeting has one number: the invitations that went out under it keep it.
    """
    paper_type = KINDS[row.kind].register
    if not paper_type:
        return None
    if paper_type == PaperType.GM:
        letter = letter_of(change.meeting)
        if letter is not None:
            numbering.lock(letter.register)
            letter.refresh_from_db()
            if OfficialPaper.objects.filter(issued=letter).exists():
                words = _("The letter of invitation has been issued already as %(symbol)s. Name it as the one that is replaced.")
                raise OutOfOrder(words % {"symbol": letter.symbol})
            if letter.is_valid:
                if letter.dated != dated:
                    words = _("The invitations went out under %(symbol)s of %(date)s: the letter bears the same date.")
                    raise OutOfOrder(words % {"symbol": letter.symbol, "date": letter.dated.strftime("%d/%m/%Y")})
                return letter
    register = numbering.register_of(change, change.meeting.organiser, paper_type, dated)
    signer = " ".join(filter(None, (row.authority, row.post, row.signer)))[:160]
    wanted = NewPaper(row.abstract, dated, signer, printed(row.recipients), meeting=change.meeting)
    made = numbering.enter(register, wanted, by=change.by.name)
    change.record(numbering.given(made))
    return made


def _recall(change: Transition, row: OfficialPaper, reason: object) -> None:
    if row.issued is not None:
        numbering.cancel(row.issued, reason=str(reason)[:400], at=change.now)
    row.state, row.version = State.RECALLED, row.version + 1
    row.recalled_at, row.recalled_by, row.recalled_why = change.now, change.by.name, str(reason)[:400]
    row.save(update_fields=["state", "version", "recalled_at", "recalled_by", "recalled_why"])
    if row.document is not None:
        recall_issued(change, row.document)
    change.record(facts.PaperRecalled(paper=row.number, symbol=row.issued.symbol if row.issued else ""))
    if row.by_mail and row.filed_at is not None:
        posting.ask_to_post(row, change.by, posting.RECALL, entry=change.journal.head)
