"""The receipts of the demonstration's notice: as soon as its file is out, some recipients open it, one has it by hand."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from jobs import queue
from jobs.kinds import job
from jobs.progress import Progress
from meetings.actions import set_clock
from meetings.procedure import Actor
from meetings.queries import actor_for
from minutes.issuance.actions import mark_delivery
from minutes.issuance.reading import note_opened
from minutes.models import OfficialPaper
from people.models import User

KIND = "demo.receipts"
PATIENCE = 60  # seconds until the file is there; without it nobody has anything to open
#: Who opens the notice, how long after it went out; the delegate and Cà Mau have not opened it yet.
OPENED = (("operator-15", timedelta(minutes=18)), ("chair", timedelta(hours=2)), ("operator-42", timedelta(hours=5, minutes=10)))
BY_HAND, HANDED = "Thường trực", timedelta(hours=6)


def ask(paper: OfficialPaper, by: Actor) -> None:
    """Ask for the receipts of a paper within the change that issues it."""
    queue.enqueue(KIND, by=by.user, title=_("Demonstration: receipts come in"), scope=paper.meeting_id, paper=paper.pk)


@job(KIND)
def receive(progress: Progress, *, paper: int) -> str:
    """Let recipients open a paper once it is out."""
    row = _filed(progress, paper)
    if row is None:
        return ""
    secretary = actor_for(User.objects.select_related("person").get(username="secretary"), row.meeting)
    assert row.filed_at is not None
    with transaction.atomic():
        if not progress.once("received"):
            return ""
        for username, after in OPENED:
            set_clock(row.meeting, by=secretary, rate=1.0, base=row.filed_at + after)
            note_opened(User.objects.select_related("person").get(username=username), row)
        set_clock(row.meeting, by=secretary, rate=1.0, base=row.filed_at + HANDED)
        for one in row.deliveries.filter(name__startswith=BY_HAND, seen_at=None):
            mark_delivery(row.meeting, by=secretary, delivery=one, seen=True)
    return ""


def _filed(progress: Progress, paper: int) -> OfficialPaper | None:
    """Wait until a paper's file is there; nothing: it was not made, or the demonstration has been removed."""
    end = time.monotonic() + PATIENCE
    while True:
        row = OfficialPaper.objects.select_related("meeting__journal").filter(pk=paper).first()
        if row is None or row.filed_at is not None:
            return row
        if time.monotonic() > end:
            return None
        progress.checkpoint()
        time.sleep(0.5)
