"""What one can do to the minutes as a whole: approve them, print them. Their blocks: minutes/blocks/actions.py."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.journal import transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from minutes import facts, proofs
from minutes.approving import obstacles
from minutes.blocks.desk import at_desk, minutes_of
from minutes.blocks.freezing import freeze
from minutes.blocks.telling import Told, has_moved
from minutes.models import Minutes, Print
from minutes.proofs import Proof


def approve_minutes(meeting: Meeting, *, by: Actor, revision: int, up_to: int, told: Told | None = None) -> None:
    """Approve the minutes as the actor read them, after the meeting; from then on no word changes.

    `revision` and `up_to` say what was read: which words of people, and the journal up to which entry.
    """
    with transition(meeting, by=by, ability=Ability.APPROVE_MINUTES) as change:
        desk = at_desk(change, told)
        minutes = desk.minutes
        if meeting.state != Meeting.State.ADJOURNED:
            raise OutOfOrder(_("Minutes are approved after the meeting has been adjourned."))
        if (minutes.revision, desk.told.number) != (revision, up_to):
            raise OutOfOrder(_("The minutes have been changed since you opened this page. Read them again, then approve."))
        missing = obstacles(minutes, desk.blocks.values())
        if missing:
            raise OutOfOrder(" ".join(missing))
        minutes.drafted_up_to, minutes.drafted_at = up_to, change.now
        minutes.state, minutes.approved_at, minutes.approved_by = Minutes.State.APPROVED, change.now, by.name
        minutes.save()
        rows = freeze(minutes, list(desk.blocks.values()), change.now)
        blocks: list[list[object]] = [[row.key, row.version, row.digest] for row in rows]
        change.record(facts.MinutesApproved(revision=revision, approved_by=by.name, up_to=up_to, blocks=blocks))


def print_minutes(meeting: Meeting, *, by: Actor, proof: Proof | None = None) -> Print:
    """Keep a printed paper with its hash; the same words in the same state give the same paper again, without a new entry.

    `proof` is the paper already set in type: the command door has it made before it locks the journal. Without one it is
    made here, before the transaction too. Raises OutOfOrder when the minutes have moved on in between.
    """
    by.require(Ability.WRITE_MINUTES)
    proof = proof or proofs.take(meeting)
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        minutes = minutes_of(change)
        if (minutes.revision, minutes.state) != (proof.revision, proof.state) or has_moved(meeting, proof.up_to):
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
