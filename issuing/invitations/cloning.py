"""What of invitations goes along when a meeting is cloned: the words, not who was invited, nor any date."""

from __future__ import annotations

import hashlib

from issuing.invitations import facts
from issuing.models import InvitationText
from meetings.hashing import canonical
from meetings.hooks import Maps
from meetings.models import Meeting

_NOT_TAKEN = ("id", "meeting_id", "version", "answer_by", "answers_until")


def copy_text(old: Meeting, new: Meeting, maps: Maps) -> None:
    """Copy the words of the invitations; the dates move with the meeting."""
    text = InvitationText.objects.filter(meeting=old).first()
    if text is None:
        return
    words = {field.attname: getattr(text, field.attname) for field in InvitationText._meta.concrete_fields}
    words = {name: value for name, value in words.items() if name not in _NOT_TAKEN}
    dates = {"answer_by": text.answer_by, "answers_until": text.answers_until}
    moved = {name: at and at + maps.shift for name, at in dates.items()}
    made = InvitationText.objects.create(meeting=new, **words, **moved)
    digest = hashlib.sha256(canonical({name: str(value) for name, value in words.items()}).encode()).hexdigest()
    maps.change.record(facts.InvitationTextEdited(version=made.version, digest=digest))
