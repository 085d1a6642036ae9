"""What one can do to the minutes: draft them, edit a block, approve them, print them."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.journal import transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from minutes import facts, proofs
from minutes.drafting import draft
from minutes.models import Minutes, MinutesBlock, Print
from minutes.proofs import Proof
from minutes.renewing import entries_of, renew
from minutes.writing import MINUTED


def draft_minutes(meeting: Meeting, *, by: Actor) -> Minutes:
    """Make the draft from the journal so far, or renew it: blocks edited by hand keep their words."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        if meeting.opened_at is None:
            raise OutOfOrder(_("The meeting has not been opened yet."))
        minutes = Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)
        _refuse_approved(minutes)
        above = meeting.organiser.parent
        drafted = draft(entries_of(change.journal.entries.order_by("number")), parent_body=above.name if above else "")
        minutes.drafted_up_to, minutes.drafted_at = change.journal.head, change.now
        minutes.revision += 1
        minutes.save()
        kept = renew(minutes, drafted, change.now)
        blocks: list[list[object]] = [[block.key, block.version, block.digest] for block in minutes.blocks.all()]
        change.record(
            facts.MinutesDrafted(
                up_to=minutes.drafted_up_to, revision=minutes.revision, blocks=blocks, kept=[b.heading or b.key for b in kept]
            )
        )
        return minutes


def edit_block(meeting: Meeting, *, by: Actor, block: MinutesBlock, version: int, heading: str, text: str) -> MinutesBlock:
    """Change the words of one block. `version` is the one the actor read: when it has moved, nothing is overwritten."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        minutes = _existing(meeting)
        _refuse_approved(minutes)
        row = minutes.blocks.filter(pk=block.pk).first()
        if row is None:
            raise OutOfOrder(_("A new draft no longer has this block. Copy your text and reload the page."))
        if row.version != version:
            raise OutOfOrder(_("Somebody has just changed this item. Compare the two texts, then choose."))
        if (row.heading, row.text) == (heading, text):
            raise OutOfOrder(_("Nothing to save: the words are the same."))
        row.heading, row.text, row.version = heading, text, version + 1
        row.edited, row.editor, row.changed_at = row.differs, by.name, change.now
        row.save(update_fields=["heading", "text", "version", "edited", "editor", "changed_at"])
        minutes.revision += 1
        minutes.save(update_fields=["revision"])
        change.record(
            facts.BlockEdited(key=row.key, heading=heading, version=row.version, digest=row.digest, revision=minutes.revision)
        )
        return row


def approve_minutes(meeting: Meeting, *, by: Actor, revision: int) -> None:
    """Approve the minutes as the actor read them, after the meeting; from then on no word changes."""
    with transition(meeting, by=by, ability=Ability.APPROVE_MINUTES) as change:
        minutes = _existing(meeting)
        _refuse_approved(minutes)
        if meeting.state != Meeting.State.ADJOURNED:
            raise OutOfOrder(_("Minutes are approved after the meeting has been adjourned."))
        if minutes.revision != revision:
            raise OutOfOrder(_("The minutes have been changed since you opened this page. Read them again, then approve."))
        if change.journal.entries.filter(number__gt=minutes.drafted_up_to, kind__in=MINUTED).exists():
            raise OutOfOrder(_("The journal has gone on since the draft was made. Renew the draft, then approve."))
        minutes.state, minutes.approved_at, minutes.approved_by = Minutes.State.APPROVED, change.now, by.name
        minutes.save(update_fields=["state", "approved_at", "approved_by"])
        change.record(facts.MinutesApproved(revision=revision, approved_by=by.name))


def print_minutes(meeting: Meeting, *, by: Actor, proof: Proof | None = None) -> Print:
    """Keep a printed paper with its hash; the same words in the same state give the same paper again, without a new entry.

    `proof` is the paper already set in type: the command door has it made before it locks the journal. Without one it is
    made here, before the transaction too. Raises OutOfOrder when the minutes have moved on in between.
    """
    by.require(Ability.WRITE_MINUTES)
    proof = proof or proofs.take(meeting)
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        minutes = _existing(meeting)
        if (minutes.revision, minutes.state) != (proof.revision, proof.state):
            raise OutOfOrder(_("The minutes were changed while they were being printed. Print them again."))
        same = proofs.kept(minutes, proof.content_hash)
        if same is not None:
            return same
        if not proof.pdf:
            raise OutOfOrder(_("The minutes were changed while they were being printed. Print them again."))
        entry = change.record(
            facts.MinutesPrinted(
                code=proof.code,
                sha256=proof.sha256,
                content_hash=proof.content_hash,
                revision=proof.revision,
                state=proof.state,
                profile=proof.profile,
            )
        )
        return Print.objects.create(
            minutes=minutes, **entry.payload, journal_number=entry.number, journal_hash=entry.hash, printed_at=change.now,
            recorded_at=timezone.now(), printed_by=by.name, file=ContentFile(proof.pdf, name="minutes.pdf"),
        )  # fmt: skip


def _existing(meeting: Meeting) -> Minutes:
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        raise OutOfOrder(_("There is no draft of the minutes yet. Make it first."))
    return minutes


def _refuse_approved(minutes: Minutes) -> None:
    if minutes.state == Minutes.State.APPROVED:
        raise OutOfOrder(_("The minutes have been approved; their words can no longer be changed."))
