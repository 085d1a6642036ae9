"""What the secretariat does with invitations: write them, issue, send, remind, print, recall."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from issuing import numbering, work
from issuing.invitations import facts, links, queries
from issuing.invitations.defaults import defaults
from issuing.invitations.values import Occasion, occasion
from issuing.models import Invitation, InvitationText, IssuedDocument, PaperType
from issuing.numbering import NewPaper
from mailing.posting import is_address
from meetings import hooks
from meetings.errors import OutOfOrder
from meetings.hashing import canonical
from meetings.journal import Transition, transition
from meetings.models import Meeting, Participant
from meetings.procedure import Ability, Actor

State = Invitation.State
#: Rows in one statement.
_AT_ONCE = 500


def edit_invitation_text(meeting: Meeting, *, by: Actor, version: int, words: Mapping[str, Any]) -> InvitationText:
    """Change the words. `version` is the one the actor read (0: there was none): what somebody else wrote is not overwritten."""
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        _refuse_when_begun(meeting)
        found = InvitationText.objects.filter(meeting=meeting).first()
        if (found.version if found else 0) != version:
            raise OutOfOrder(_("Somebody has just changed the text. Copy yours, reload the page and compare."))
        row = found or InvitationText(meeting=meeting, version=0)
        for name, value in words.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        digest = hashlib.sha256(canonical({name: str(value) for name, value in words.items()}).encode()).hexdigest()
        change.record(facts.InvitationTextEdited(version=row.version, digest=digest))
        return row


def issue_invitations(
    meeting: Meeting, *, by: Actor, participants: Sequence[Participant] = (), everyone: bool = False, dated: date
) -> IssuedDocument:
    """Invite people by the meeting's numbered letter, which takes its number with the first of them."""
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        _refuse_when_begun(meeting)
        text = _text(meeting)
        if not text.signer:
            raise OutOfOrder(_("The letter has no signer yet. Enter the signer in the text of the invitation."))
        chosen = list(queries.to_invite(meeting, None if everyone else [p.pk for p in participants]))
        if not chosen:
            raise OutOfOrder(_("There is nobody to invite: those chosen are invited already, or will not come."))
        paper = _paper(change, text, dated)
        _write(change, chosen, paper)
        change.record(facts.InvitationsIssued(document=paper.pk, symbol=paper.symbol, participants=[p.pk for p in chosen]))
        for give in hooks.at_inviting:
            give(change, chosen)
        return paper


def send_invitations(
    meeting: Meeting,
    *,
    by: Actor,
    participants: Sequence[Participant] = (),
    everyone: bool = False,
    channel: str = Invitation.Channel.MAIL,
) -> None:
    """Post the letters, or note that they were handed over on paper.

    `everyone`: those not sent yet, and those who were told another time or place. Who was told something else before is asked
    for an answer anew: a yes to another day says nothing.
    """
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        _refuse_when_begun(meeting)
        told = _occasion(meeting)
        rows = _chosen(meeting, participants, everyone=everyone)
        if everyone:
            rows = [r for r in rows if r.sent_at is None or r.told != told.told(r.participant.bridge_point)]
        if channel == Invitation.Channel.MAIL:
            rows = [r for r in rows if is_address(r.participant.person.email)]
        if not rows:
            raise OutOfOrder(_("There is nothing to send: all have the letter as it stands, or no mail address."))
        kinds = _mark_sent(rows, told, channel, change)
        asked = [row.participant_id for row in rows if kinds[row.pk] != work.AGAIN]
        change.record(facts.InvitationsSent(channel=channel, participants=[row.participant_id for row in rows], asked=asked))
        if channel == Invitation.Channel.MAIL:
            work.ask_to_post(meeting, by, [(row, kinds[row.pk]) for row in rows])


def remind_invitations(meeting: Meeting, *, by: Actor, participants: Sequence[Participant] = (), everyone: bool = False) -> None:
    """Post a reminder to those who got a letter and have not answered."""
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        _refuse_when_begun(meeting)
        rows = [
            row
            for row in _chosen(meeting, participants, everyone=everyone)
            if row.sent_at is not None and not row.is_answered and is_address(row.participant.person.email)
        ]
        if not rows:
            raise OutOfOrder(_("There is nobody to remind: all have answered, were sent nothing yet, or have no mail address."))
        _update(rows, letters=F("letters") + 1, reminded_at=change.now)
        change.record(facts.InvitationsReminded(participants=[row.participant_id for row in rows]))
        work.ask_to_post(meeting, by, [(row, work.REMINDER) for row in rows])


def recall_invitations(meeting: Meeting, *, by: Actor, participants: Sequence[Participant] = (), everyone: bool = False) -> None:
    """Take invitations back: their links end with this change; who got a mail gets one that takes it out of the calendar."""
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        rows = _chosen(meeting, participants, everyone=everyone)
        if not rows:
            raise OutOfOrder(_("There is nothing to recall."))
        mailed = [r for r in rows if r.channel == Invitation.Channel.MAIL and is_address(r.participant.person.email)]
        _update(rows, state=State.RECALLED)
        _update(mailed, letters=F("letters") + 1)
        change.record(facts.InvitationsRecalled(participants=[row.participant_id for row in rows]))
        if mailed:
            work.ask_to_post(meeting, by, [(row, work.RECALL) for row in mailed])


def print_invitations(
    meeting: Meeting, *, by: Actor, participants: Sequence[Participant] = (), everyone: bool = False, form: str = "pdf"
) -> None:
    """Ask for the letters as one file, or one each in a ZIP."""
    with transition(meeting, by=by, ability=Ability.ISSUE_PAPERS) as change:
        rows = _chosen(meeting, participants, everyone=everyone)
        if not rows:
            raise OutOfOrder(_("There is nothing to print: issue the invitations first."))
        change.record(facts.InvitationsPrinted(participants=[row.participant_id for row in rows]))
        work.ask_to_print(meeting, by, rows, form)


def _mark_sent(rows: Sequence[Invitation], told: Occasion, channel: str, change: Transition) -> dict[int, str]:
    """Note that letters go out; return of each whether it is the first, the same again, or one that tells something new."""
    kinds: dict[int, str] = {}
    groups: dict[tuple[str, bool, bool], list[Invitation]] = defaultdict(list)
    for row in rows:
        now_told = told.told(row.participant.bridge_point)
        is_new = row.sent_at is None or row.told != now_told
        # Who said something by telephone before the letter went out has answered; whose substitute is on the list too.
        asks = is_new and not row.substitute_approved and not (row.sent_at is None and row.is_answered)
        kinds[row.pk] = (work.FIRST if row.sent_at is None else work.UPDATE) if asks else work.AGAIN
        groups[now_told, is_new, asks].append(row)
    for (now_told, is_new, asks), same in groups.items():
        anew = {"state": State.SENT, "answered_at": None, "answered_by": "", "way": "", "reason": ""} if asks else {}
        counted = {"letters": F("letters") + 1} | ({"round": F("round") + 1} if is_new else {})
        _update(same, sent_at=change.now, channel=channel, told=now_told, **counted, **anew)
    return kinds


def _update(rows: Sequence[Invitation], **values: Any) -> None:
    """Write the same to many rows; the rows in hand learn how many letters they have."""
    for at in range(0, len(rows), _AT_ONCE):
        Invitation.objects.filter(pk__in=[row.pk for row in rows[at : at + _AT_ONCE]]).update(**values)
    if "letters" in values:
        for row in rows:
            row.letters += 1


def _write(change: Transition, chosen: Sequence[Participant], paper: IssuedDocument) -> None:
    """Make the rows of invitations, with a new address each; one that was recalled begins anew in its place."""
    Invitation.objects.filter(participant__in=chosen, state=State.RECALLED).delete()
    rows = []
    for participant in chosen:
        nonce = links.new_nonce()
        digest = links.hash_of(links.token_of(participant.pk, nonce))
        rows.append(
            Invitation(
                meeting=change.meeting, participant=participant, document=paper, nonce=nonce, link_hash=digest,
                issued_at=change.now,
            )
        )  # fmt: skip
    Invitation.objects.bulk_create(rows)


def _paper(change: Transition, text: InvitationText, dated: date) -> IssuedDocument:
    """Return the meeting's letter of invitation; the first time it takes its number."""
    found = queries.letter_of(change.meeting)
    if found is not None:
        numbering.lock(found.register)
        found.refresh_from_db()
        if found.is_valid:
            return found
    organiser = change.meeting.organiser
    register = numbering.register_of(change, organiser, PaperType.GM, dated)
    spoken = occasion(change.meeting, text)
    about = f"Giấy mời {spoken.title}"[:400]
    signer = " ".join(filter(None, (text.authority, text.post, text.signer)))[:160]
    paper = numbering.enter(register, NewPaper(about, dated, signer, meeting=change.meeting), by=change.by.name)
    change.record(numbering.given(paper))
    return paper


def _text(meeting: Meeting) -> InvitationText:
    found = InvitationText.objects.filter(meeting=meeting).first()
    if found is None:
        raise OutOfOrder(_("Write the text of the invitation first."))
    return found


def _occasion(meeting: Meeting) -> Occasion:
    text = InvitationText.objects.filter(meeting=meeting).first()
    return occasion(meeting, text or InvitationText(**defaults(meeting.organiser, meeting.place)))


def _chosen(meeting: Meeting, participants: Sequence[Participant], *, everyone: bool) -> list[Invitation]:
    """Return the living invitations of those chosen, with all a letter needs."""
    found = queries.living(meeting)
    return list(found if everyone else found.filter(participant_id__in=[p.pk for p in participants]))


def _refuse_when_begun(meeting: Meeting) -> None:
    if meeting.state != Meeting.State.PLANNED:
        raise OutOfOrder(_("The meeting has been opened; nobody is invited to it any more."))
    if meeting.is_template:
        raise OutOfOrder(_("This is a template: nobody is invited to it."))
