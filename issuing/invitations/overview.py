"""What the meeting's overview says of the invitations."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from issuing.invitations import queries
from issuing.models import InvitationText
from meetings.deadlines.models import DeadlineKind
from meetings.hooks import Step
from meetings.models import Meeting


def invitations_step(meeting: Meeting) -> Step:
    """Say how many of the invited have answered. Until all is sent its deadline is the meeting's, then that of the answers."""
    totals = queries.totals(meeting)
    done = bool(totals.invited) and not totals.not_invited and totals.answered == totals.invited and not totals.to_approve
    is_sent = bool(totals.invited) and not totals.not_invited and not totals.not_sent
    if not totals.invited:
        missing: object = _("Nobody is invited yet.")
    elif totals.not_invited:
        missing = _("%(count)d people are not invited yet.") % {"count": totals.not_invited}
    else:
        missing = _("%(answered)d of %(invited)d have answered.") % {"answered": totals.answered, "invited": totals.invited}
    text = InvitationText.objects.filter(meeting=meeting).only("answer_by").first() if is_sent else None
    return Step(
        title=_("Invitations"),
        count=totals.answered,
        of=totals.invited or None,
        done=done,
        missing=missing,
        url=reverse("issuing:invitations", args=[meeting.slug]),
        deadline="" if is_sent else DeadlineKind.INVITATIONS.value,
        due_at=text.answer_by if text else None,
    )
