"""Numbers without validity that were given in a meeting that is wiped go with it; those of the office are never touched."""

from __future__ import annotations

from issuing.models import Invitation, IssuedDocument
from meetings.models import Meeting


def take_out(meeting: Meeting) -> None:
    """Delete a meeting's invitations and its worthless numbers; a replaced number holds on to the one in its place."""
    Invitation.objects.filter(meeting=meeting).delete()
    worthless = IssuedDocument.objects.filter(register__is_disposable=True)
    worthless.filter(replaced_by__meeting=meeting).update(replaced_by=None)
    worthless.filter(meeting=meeting).delete()
