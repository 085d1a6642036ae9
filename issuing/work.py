"""What takes long of invitations, as jobs: posting the mails, setting all the letters in type."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from issuing.invitations import paper
from issuing.invitations.letters import AGAIN, FIRST, RECALL, REMINDER, UPDATE, words_of
from issuing.invitations.values import occasion
from issuing.models import Invitation, InvitationText
from jobs.kinds import JobFailed, job
from jobs.progress import Progress
from jobs.queue import enqueue
from mailing.posting import Enclosure, is_address, post
from meetings.calendar.feeds import invitations as calendar_messages
from meetings.errors import Refusal
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from people.models import User
from printing.errors import PrintingError
from printing.joining import joined

__all__ = ["AGAIN", "FIRST", "RECALL", "REMINDER", "UPDATE", "ask_to_post", "ask_to_print"]

ZIP = "zip"


def ask_to_post(meeting: Meeting, by: Actor, letters: Sequence[tuple[Invitation, str]]) -> None:
    """Ask for mails within a change: each once, by the number of the invitation's letter."""
    enqueue(
        "invitations.post",
        by=_account(by),
        title=_("Mails of invitation: %(title)s") % {"title": meeting.title},
        back=reverse("issuing:invitations", args=[meeting.slug]),
        open_to=Ability.ISSUE_PAPERS.value,
        scope=meeting.pk,
        meeting=meeting.pk,
        letters=[[row.pk, row.letters, kind] for row, kind in letters],
    )


def ask_to_print(meeting: Meeting, by: Actor, rows: Sequence[Invitation], form: str) -> None:
    """Ask for the letters as one file or as a ZIP."""
    enqueue(
        "invitations.print",
        by=_account(by),
        title=_("Letters of invitation: %(title)s") % {"title": meeting.title},
        back=reverse("issuing:invitations", args=[meeting.slug]),
        open_to=Ability.ISSUE_PAPERS.value,
        scope=meeting.pk,
        meeting=meeting.pk,
        invitations=[row.pk for row in rows],
        form=form,
    )


def _account(by: Actor) -> User | None:
    return by.user if by.user.pk else None


@job("invitations.post")
def post_invitations(progress: Progress, *, meeting: int, letters: list[tuple[int, int, str]]) -> str:
    """Put each letter into the outbox once. Who was recalled or taken off the list meanwhile gets none of it."""
    held = _meeting(meeting)
    text = InvitationText.objects.get(meeting=held)
    told = occasion(held, text)
    living = Invitation.objects.select_related("participant__person", "participant__bridge_point", "document")
    progress.total(len(letters))
    posted = 0
    for pk, number, kind in letters:
        with transaction.atomic():
            row = living.filter(pk=pk).first()
            if row is not None and _wanted(row, kind) and progress.once(f"{pk}:{number}"):
                words = words_of(row, text, told, kind, demonstration=held.is_demonstration)
                method = "CANCEL" if kind == RECALL else "REQUEST"
                kept_type = f"text/calendar; method={method}; charset=utf-8"
                post(
                    key=f"invitation:{row.link_hash[:16]}:{number}",
                    to=row.participant.person.email,
                    name=row.participant.name,
                    subject=words.subject,
                    text=words.text,
                    attachments=[
                        Enclosure(name, kept_type, data) for _key, name, data in calendar_messages(row.participant, method)
                    ],
                    by=progress.job.account,
                    keep=held.is_demonstration,
                )
                posted += 1
        progress.step()
    return _("%(count)d mails are in the outbox.") % {"count": posted}


def _wanted(row: Invitation, kind: str) -> bool:
    recalled = row.state == Invitation.State.RECALLED
    if kind == REMINDER and row.is_answered:
        return False
    return recalled == (kind == RECALL) and is_address(row.participant.person.email)


@job("invitations.print")
def print_invitations(progress: Progress, *, meeting: int, invitations: list[int], form: str) -> str:
    """Set each letter in type, then put them into one file, or one each into a ZIP. A letter that is set stays set."""
    held = _meeting(meeting)
    rows = Invitation.objects.filter(pk__in=invitations).exclude(state=Invitation.State.RECALLED)
    rows = rows.select_related("participant__bridge_point", "document").order_by(
        "participant__bridge_point__number", "participant_id"
    )
    found = list(rows)
    if not found:
        raise JobFailed(_("The invitations were recalled in the meantime."))
    progress.total(len(found))
    papers: list[tuple[str, bytes]] = []
    try:
        text, people = InvitationText.objects.get(meeting=held), [row.participant for row in found]
        spoken = paper.letter(held, text, found[0].document, people)
        for number, row in enumerate(found, start=1):
            data = progress.made(f"{row.pk}-{row.nonce[:8]}.pdf", partial(spoken.print, row.participant, row))
            papers.append((paper.file_name(number, row.participant), data))
            progress.step()
    except (PrintingError, Refusal) as error:
        raise JobFailed(str(error)) from error
    if form == ZIP:
        progress.attach("giay-moi.zip", "application/zip", paper.zipped(papers))
    else:
        progress.attach("giay-moi.pdf", "application/pdf", joined(data for _name, data in papers))
    return _("%(count)d letters are set in type.") % {"count": len(papers)}


def _meeting(pk: int) -> Meeting:
    found = Meeting.objects.select_related("organiser__parent", "journal").filter(pk=pk).first()
    if found is None:
        raise JobFailed(_("The meeting is gone."))
    return found
