"""Handing over: of the chair, and of the minutes, to somebody else on the list, in mid-meeting."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting, Participant, Presiding, Role
from meetings.presiding.facts import ChairHandedOver, SecretaryHandedOver
from meetings.presiding.queries import ELIGIBLE, presiding
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over

OTHER = {Role.CHAIR: Role.SECRETARY, Role.SECRETARY: Role.CHAIR}
#: One has one role in a meeting: who took the second as well would leave the first to nobody.
BOTH = {
    Role.CHAIR: _("%(name)s keeps the minutes. Hand these over to somebody else first."),
    Role.SECRETARY: _("%(name)s presides. Hand the chair over to somebody else first."),
}


def hand_over_chair(
    meeting: Meeting, *, by: Actor, to: Participant, presiding: Participant | None = None, stays: bool = False
) -> None:
    """Let somebody else preside, from now on. `presiding` is who presides as the actor sees it; another one is refused.

    Within the presidium nobody's rights change. Whoever else presides becomes a chair, and who presided a delegate, unless
    they stay in the presidium (`stays`). The secretariat hands over where the chair's line is cut.
    """
    with transition(meeting, by=by, ability=Ability.RUN_MEETING) as change:
        change.record(ChairHandedOver(**_hand_over(change, Role.CHAIR, to, presiding, stays)))


def hand_over_secretary(
    meeting: Meeting, *, by: Actor, to: Participant, presiding: Participant | None = None, stays: bool = False
) -> None:
    """Let somebody else keep the minutes, from now on: the same for the secretary."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        change.record(SecretaryHandedOver(**_hand_over(change, Role.SECRETARY, to, presiding, stays)))


def _hand_over(change: Transition, role: Role, to: Participant, seen: Participant | None, stays: bool) -> dict[str, Any]:
    meeting = change.meeting
    refuse_when_over(meeting)
    new: Participant = change.fresh(to)
    now = presiding(meeting, role)
    old = now.participant if now else None
    if (seen.pk if seen else None) != (old.pk if old else None):
        raise OutOfOrder(_("Somebody has just handed over to %(name)s. Reload the page.") % {"name": now.name if now else "–"})
    if old is not None and old.pk == new.pk:
        raise OutOfOrder(_("%(name)s does so already.") % {"name": new.name})
    if (other := presiding(meeting, OTHER[role])) is not None and other.participant_id == new.pk:
        raise OutOfOrder(BOTH[role] % {"name": new.name})
    if new.role not in ELIGIBLE or new.is_excused:
        raise OutOfOrder(_("Only a chair, a secretary or a delegate who is not excused can take over."))
    if new.role != role:
        new.role = role
        new.save(update_fields=["role"])
        if old is not None and old.role == role and not stays:
            old.role = Role.DELEGATE
            old.save(update_fields=["role"])
    Presiding.objects.filter(meeting=meeting, role=role, until=None).update(until=change.now)
    Presiding.objects.create(meeting=meeting, participant=new, role=role, name=new.name, since=change.now)
    return {
        "participant": new.pk, "name": new.name, "office": new.office, "old_participant": old.pk if old else None,
        "old_name": now.name if now else "", "old_role": old.role if old else "",
    }  # fmt: skip
