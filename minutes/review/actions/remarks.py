"""Remarks: a reader writes, changes and withdraws them; the secretariat takes or answers each, and can take that back."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.journal import transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from minutes.blocks.desk import refuse_approved
from minutes.blocks.telling import Told
from minutes.models import Circulated, Remark
from minutes.review import facts, rules
from minutes.review.passages import digest_of_words, passages_of
from minutes.review.readers import code_of
from minutes.review.rewriting import Rewording, present_version, rewrite

State = Remark.State


def add_remark(meeting: Meeting, *, by: Actor, reader: Circulated, key: str, quote: str, text: str) -> Remark:
    """Remark on a passage of the words circulated; no quote: on the whole block. Who had no further remark has one now."""
    with transition(meeting, by=by, ability=Ability.REMARK_ON_MINUTES) as change:
        row = rules.own_reader(change, reader)
        circulation = row.circulation
        rules.refuse_closed(circulation)
        rules.refuse_late(circulation, change.now)
        passage = next((one for one in passages_of(circulation.snapshot) if one.key == key), None)
        if passage is None or not passage.holds(quote):
            raise OutOfOrder(_("These words are not in the text that was sent out. Choose the passage again, or the whole part."))
        if row.remarks.count() >= rules.MOST_REMARKS:
            raise OutOfOrder(_("This is more than a round can hold for one reader. Send the rest as a paper to the secretariat."))
        last = circulation.remarks.aggregate(last=Max("number"))["last"] or 0
        remark = Remark.objects.create(
            circulation=circulation, reader=row, number=last + 1, key=key, quote=quote, text=text, author=by.name,
            account=by.user.pk, at=change.now,
        )  # fmt: skip
        row.agreed_at, row.agreed_by, row.opened_at = None, "", row.opened_at or change.now
        row.save(update_fields=["agreed_at", "agreed_by", "opened_at"])
        change.record(
            facts.RemarkAdded(
                circulation=circulation.number, number=remark.number, reader=code_of(row), name=row.name, key=key,
                digest=remark.digest,
            )
        )  # fmt: skip
        return remark


def change_remark(meeting: Meeting, *, by: Actor, remark: Remark, version: int, text: str) -> None:
    """Word an own remark anew, as long as nobody has dealt with it."""
    with transition(meeting, by=by, ability=Ability.REMARK_ON_MINUTES) as change:
        row = rules.own_remark(change, remark, version)
        if row.text == text:
            raise OutOfOrder(_("Nothing to save: the words are the same."))
        row.text, row.author, row.account, row.at = text, by.name, by.user.pk, change.now
        row.version += 1
        row.save(update_fields=["text", "author", "account", "at", "version"])
        change.record(
            facts.RemarkChanged(circulation=row.circulation.number, number=row.number, version=row.version, digest=row.digest)
        )


def withdraw_remark(meeting: Meeting, *, by: Actor, remark: Remark, version: int) -> None:
    """Take an own remark back, as long as nobody has dealt with it; its number is not given again."""
    with transition(meeting, by=by, ability=Ability.REMARK_ON_MINUTES) as change:
        row = rules.own_remark(change, remark, version)
        row.state, row.version = State.WITHDRAWN, row.version + 1
        row.save(update_fields=["state", "version"])
        change.record(facts.RemarkWithdrawn(circulation=row.circulation.number, number=row.number, version=row.version))


def take_remark(
    meeting: Meeting, *, by: Actor, remark: Remark, version: int, rewording: Rewording | None = None, answer: str = "",
    told: Told | None = None,
) -> None:  # fmt: skip
    """Take a remark: with new words of its block, or because the minutes say it already. The version that does is noted."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        row = rules.present_remark(change, remark)
        refuse_approved(row.circulation.minutes)
        rules.refuse_changed(row, version)
        _refuse_dealt_with(row)
        said = rewrite(change, row, rewording, told) if rewording else present_version(change, row.key)
        row.taken_version = said
        _settle(row, State.TAKEN, answer, by.name, change.now)
        change.record(
            facts.RemarkTaken(
                circulation=row.circulation.number, number=row.number, version=row.version, key=row.key, block_version=said,
                digest=digest_of_words(answer),
            )
        )  # fmt: skip


def answer_remark(meeting: Meeting, *, by: Actor, remark: Remark, version: int, answer: str) -> None:
    """Tell a reader why the minutes stay as they are."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        row = rules.present_remark(change, remark)
        refuse_approved(row.circulation.minutes)
        rules.refuse_changed(row, version)
        _refuse_dealt_with(row)
        _settle(row, State.ANSWERED, answer, by.name, change.now)
        change.record(
            facts.RemarkAnswered(
                circulation=row.circulation.number, number=row.number, version=row.version, digest=digest_of_words(answer)
            )
        )


def reopen_remark(meeting: Meeting, *, by: Actor, remark: Remark, version: int) -> None:
    """Take back that a remark was dealt with: it waits again. What was written in its block stays."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        row = rules.present_remark(change, remark)
        refuse_approved(row.circulation.minutes)
        rules.refuse_changed(row, version)
        if row.state not in (State.TAKEN, State.ANSWERED):
            raise OutOfOrder(_("This remark has not been dealt with: there is nothing to take back."))
        row.state, row.answer, row.answered_by, row.answered_at, row.taken_version = State.OPEN, "", "", None, None
        row.version += 1
        row.save(update_fields=["state", "answer", "answered_by", "answered_at", "taken_version", "version"])
        change.record(facts.RemarkReopened(circulation=row.circulation.number, number=row.number, version=row.version))


def _refuse_dealt_with(remark: Remark) -> None:
    if remark.state == State.WITHDRAWN:
        raise OutOfOrder(_("Its reader has withdrawn this remark: there is nothing to do."))
    if remark.state != State.OPEN:
        raise OutOfOrder(_("Somebody has dealt with this remark already. Reload the page."))


def _settle(remark: Remark, state: str, answer: str, name: str, now: datetime) -> None:
    remark.state, remark.answer, remark.answered_by, remark.answered_at = state, answer, name, now
    remark.version += 1
    remark.save(update_fields=["state", "answer", "answered_by", "answered_at", "taken_version", "version"])
