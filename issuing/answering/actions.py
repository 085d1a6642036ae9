"""What the invited say, by the link or through the secretariat, and what becomes of a substitute they name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from issuing.answering.answers import Answer, is_said, refuse_too_often
from issuing.invitations import facts, links
from issuing.models import Invitation, InvitationText
from meetings.actions import NewParticipant, excuse_participant, expect_participant, substitute_participant
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over

State = Invitation.State
Way = Invitation.Way


def answer_invitation(meeting: Meeting, *, by: Actor, invitation: Invitation, answer: Answer, way: str = Way.TELEPHONE) -> None:
    """Note an answer. It may be changed until the link ends, or until a substitute was put on the list.

    Who declines is no longer expected; who accepts after all is. A substitute comes on the list when the secretariat has
    looked at the name: what a forwarded mail can write ends in the row of its invitation.
    """
    with transition(meeting, by=by, ability=Ability.ANSWER_INVITATION) as change:
        row = _living(change, invitation)
        if not by.may(Ability.ISSUE_PAPERS):
            _refuse_link(change, row)
            row.link_answers += 1
        else:
            refuse_when_over(meeting)
        if row.substitute_approved and _substitute_of(row.participant):
            raise OutOfOrder(_("The substitute is on the list of delegates already. The secretariat changes it there."))
        if is_said(row, answer):
            return
        row.state, row.reason = answer.state, answer.reason
        row.substitute_name, row.substitute_position = answer.substitute_name, answer.substitute_position
        row.substitute_phone, row.substitute_approved, row.substitute_refused = answer.substitute_phone, False, False
        row.answered_at, row.answered_by, row.way = change.now, by.name, way
        row.save()
        _expect(change, row.participant, coming=answer.state != State.DECLINED)
        change.record(
            facts.InvitationAnswered(participant=row.participant_id, name=row.participant.name, answer=row.state, way=row.way)
        )


def approve_substitute(meeting: Meeting, *, by: Actor, invitation: Invitation) -> Participant:
    """Put who was named to come instead on the list, in the seat of the invited, who is excused."""
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        refuse_when_over(meeting)
        row = _awaiting(change, invitation)
        one = row.participant
        new = NewParticipant(
            name=row.substitute_name, role=one.role, bridge_point=one.bridge_point, position=row.substitute_position,
            organisation=one.organisation, unit=one.unit, mode=one.mode, group=one.group,
        )  # fmt: skip
        made = substitute_participant(change, one, new)
        if row.substitute_phone:
            made.person.phone = row.substitute_phone
            made.person.save(update_fields=["phone"])
        row.substitute_approved, row.substitute_refused = True, False
        row.save(update_fields=["substitute_approved", "substitute_refused"])
        change.record(facts.SubstituteApproved(participant=one.pk, name=one.name, substitute=made.pk, substitute_name=made.name))
        return made


def refuse_substitute(meeting: Meeting, *, by: Actor, invitation: Invitation) -> None:
    """Do not take who was named; the link says so and asks for another answer."""
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        row = _awaiting(change, invitation)
        row.state, row.substitute_refused = State.SEEN, True
        row.save(update_fields=["state", "substitute_refused"])
        change.record(facts.SubstituteRefused(participant=row.participant_id, name=row.participant.name))


def _living(change: Transition, invitation: Invitation) -> Invitation:
    found = Invitation.objects.filter(pk=invitation.pk, meeting=change.meeting).exclude(state=State.RECALLED)
    row = found.select_related("participant__bridge_point", "participant__group", "participant__organisation").first()
    if row is None:
        raise OutOfOrder(_("This invitation was recalled in the meantime."))
    return row


def _awaiting(change: Transition, invitation: Invitation) -> Invitation:
    row = _living(change, invitation)
    if not row.awaits_approval:
        raise OutOfOrder(_("There is no substitute to decide about any more. Reload the page."))
    return row


def _refuse_link(change: Transition, row: Invitation) -> None:
    """Refuse who answers by a link for somebody else, too late, or too often."""
    who = change.by.participant
    if who is None or who.pk != row.participant_id:
        raise NotAllowed(_("Your role does not allow this."))
    if links.is_over(change.meeting, InvitationText.objects.filter(meeting=change.meeting).first()):
        raise OutOfOrder(_("The time for answering is over. Please telephone the office that invited you."))
    refuse_too_often(row)


def _substitute_of(participant: Participant) -> bool:
    return Participant.objects.filter(substitute_for=participant).exists()


def _expect(change: Transition, participant: Participant, *, coming: bool) -> None:
    """Note whether somebody is expected, where that changes; who has a substitute on the list stays excused."""
    if coming and participant.is_excused and not _substitute_of(participant):
        expect_participant(change, participant)
    elif not coming and not participant.is_excused:
        excuse_participant(change, participant)
