"""What holds in a review: who speaks for whom, until when, and what is in the way. Each refusal says what to do."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.errors import Changed, NotAllowed, OutOfOrder
from meetings.journal import Transition
from minutes.blocks.desk import refuse_approved
from minutes.models import Circulated, Circulation, Remark
from minutes.review.readers import read_by

#: Remarks of one reader in one round: beyond, somebody's script writes.
MOST_REMARKS = 500
State = Remark.State


def refuse_past(deadline: datetime, now: datetime) -> None:
    """Raise OutOfOrder when a deadline leaves no time."""
    if deadline <= now:
        raise OutOfOrder(_("This deadline is over already. Choose a later one."))


def refuse_closed(circulation: Circulation) -> None:
    """Raise OutOfOrder when a round was closed."""
    if circulation.closed_at is not None:
        sentence = _("This round of reading was closed. Call %(name)s if something is still missing.")
        raise OutOfOrder(sentence % {"name": circulation.opened_by})


def is_late(circulation: Circulation, now: datetime) -> bool:
    """Tell whether its deadline is over; at the very moment it is not."""
    return now > circulation.deadline


def refuse_late(circulation: Circulation, now: datetime) -> None:
    """Raise OutOfOrder when its deadline is over, and say who is to be called."""
    if is_late(circulation, now):
        time = f"{timezone.localtime(circulation.deadline):%H:%M, %d/%m/%Y}"
        sentence = _("The time for remarks ended at %(time)s. Call %(name)s, who can give more time.")
        raise OutOfOrder(sentence % {"time": time, "name": circulation.opened_by})


def own_reader(change: Transition, reader: Circulated) -> Circulated:
    """Return a reader as it stands under the lock, when the actor reads for it; raise NotAllowed when not."""
    found = Circulated.objects.filter(read_by(change.by.user), circulation__minutes__meeting=change.meeting, pk=reader.pk)
    row = found.select_related("circulation__minutes").first()
    if row is None:
        raise NotAllowed(_("Somebody else was asked to read this. Open the page from your own list again."))
    refuse_approved(row.circulation.minutes)
    return row


def own_remark(change: Transition, remark: Remark, version: int) -> Remark:
    """Return an open remark of a reader the actor reads for, as it stands under the lock and as the actor saw it."""
    row = present_remark(change, remark)
    reader = own_reader(change, row.reader)
    refuse_closed(reader.circulation)
    refuse_late(reader.circulation, change.now)
    refuse_changed(row, version)
    if row.state != State.OPEN:
        raise OutOfOrder(_("This remark has been dealt with. If something is missing, write another one."))
    return row


def present_remark(change: Transition, remark: Remark) -> Remark:
    """Return a remark as it stands under the lock."""
    found = Remark.objects.select_related("circulation__minutes", "reader")
    return found.get(pk=remark.pk, circulation__minutes__meeting=change.meeting)


def refuse_changed(remark: Remark, version: int) -> None:
    """Raise when a remark is not any more what the actor has read."""
    if remark.version != version:
        raise Changed(
            _("This remark has been changed since you opened the page. Read it again, then decide."), version=remark.version
        )


def silent_readers(circulation: Circulation) -> list[Circulated]:
    """Return the readers of a round who have neither remarked nor said that there is nothing, with who they are."""
    said = Remark.objects.filter(reader=OuterRef("pk")).exclude(state=State.WITHDRAWN)
    rows = circulation.readers.filter(agreed_at=None).exclude(Exists(said))
    return list(rows.select_related("bridge_point", "participant").order_by("pk"))
