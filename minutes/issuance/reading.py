"""Who gets an issued paper to see: the person it names, whoever reads for a bridge point or a unit it goes to. Nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import clock
from meetings.hooks import Asked
from meetings.models import Participant
from minutes.issuance import filing
from minutes.issuance.recipients import READS_FOR_UNIT
from minutes.models import Delivery, OfficialPaper
from packets.releasing.seeing import READS_FOR_ALL
from people.models import Person, User

State = OfficialPaper.State
#: Of the newest that wait, so many stand on the start page.
AT_START = 5
#: Among so many of the newest they are looked for: what was recalled long ago stands there no more.
LOOKED_AT = 50
#: So long after its recall a paper stands on the start page of whom it had come to.
RECALL_STANDS = timedelta(days=7)


def deliveries_to(user: User) -> QuerySet[Delivery]:
    """Return the deliveries of papers that are out, or were recalled, which an account reads."""
    if not user.may_act:
        return Delivery.objects.none()
    meant = Q(pk=None)
    if user.person_id is not None:
        own = Participant.objects.filter(person=user.person_id)
        reading = own.filter(role__in=READS_FOR_ALL)
        same = reading.filter(organisation=OuterRef("organisation"), meeting=OuterRef("paper__meeting"))
        meant = Q(participant__in=own) | Q(bridge_point__in=reading.values("bridge_point")) | Q(bridge_point__head=user.person_id)
        meant |= Q(Exists(same))
    if user.organisation_id is not None and user.office_role in READS_FOR_UNIT:
        meant |= Q(organisation=user.organisation_id)
    out = Q(paper__filed_at__isnull=False, paper__state__in=(State.ISSUED, State.RECALLED))
    return Delivery.objects.filter(out & meant)


def received(user: User) -> QuerySet[OfficialPaper]:
    """Return the papers an account has received, newest first; `opened_at`: when its reader first did, nothing: not yet."""
    mine = deliveries_to(user).filter(paper=OuterRef("pk"))
    found = OfficialPaper.objects.filter(pk__in=deliveries_to(user).order_by().values("paper"))
    found = found.select_related("meeting__organiser", "issued", "replaced_by__issued").defer("data", "words", "recipients")
    first = mine.order_by().values("paper").annotate(first=Min("seen_at")).values("first")
    unseen = Exists(mine.filter(seen_at=None))
    return found.annotate(opened_at=first, is_new=unseen).order_by("-issued_at", "-pk")


def received_by_code(user: User, code: str) -> OfficialPaper | None:
    """Return one of them by its code; nothing: there is none for this account."""
    return received(user).filter(code=code).first()


def note_opened(user: User, paper: OfficialPaper) -> int:
    """Note that somebody has opened a paper that is valid: the first opening is the receipt. Soft, outside the journal."""
    if paper.state != State.ISSUED:
        return 0
    waiting = deliveries_to(user).filter(paper=paper, seen_at=None).order_by().values_list("pk", flat=True)
    keys = list(waiting)
    if not keys:
        return 0
    return Delivery.objects.filter(pk__in=keys, seen_at=None).update(seen_at=clock.now(paper.meeting), seen_by=user.display_name)


def asked_to_read(user: User) -> Iterable[Asked]:
    """Answer the start page: the papers that have come and were not opened, and those recalled lately (meetings.hooks)."""
    told = deliveries_to(user).filter(Q(seen_at=None, paper__state=State.ISSUED) | Q(paper__state=State.RECALLED))
    found = OfficialPaper.objects.filter(pk__in=told.order_by().values("paper")).select_related("meeting__organiser", "issued")
    newest = found.defer("data", "words", "recipients").order_by(Coalesce("recalled_at", "issued_at").desc(), "-pk")
    recent = (row for row in newest[:LOOKED_AT] if row.recalled_at is None or _is_lately(row))
    return [
        Asked(
            title=filing.title_of(row),
            words=_asked_words(row),
            meeting=row.meeting.title,
            url=reverse("minutes:received_paper", args=[row.code]),
        )
        for row in islice(recent, AT_START)
    ]


def _is_lately(row: OfficialPaper) -> bool:
    return row.recalled_at is not None and clock.now(row.meeting) - row.recalled_at < RECALL_STANDS


def _asked_words(row: OfficialPaper) -> str:
    if row.recalled_at is not None:
        at = timezone.localtime(row.recalled_at).strftime("%H:%M, %d/%m/%Y")
        return _("Recalled at %(at)s: do not use it any more") % {"at": at}
    return _("A paper for you, of %(date)s") % {"date": row.dated.strftime("%d/%m/%Y") if row.dated else ""}


def objections_to_cancelling(document: object) -> Iterable[object]:
    """Answer the page of registers: a number of an official paper is cancelled with that paper, so that both say the same."""
    row = OfficialPaper.objects.filter(issued=document, state=State.ISSUED).select_related("meeting").first()  # type: ignore[misc]
    if row is None:
        return []
    words = _(
        "This number stands on an official paper of the meeting “%(meeting)s”. Recall the paper there: the number goes with it."
    )
    return [words % {"meeting": row.meeting.title}]


def kept_of_recipient(person: Person) -> list[dict[str, object]]:
    """Return the receipts of papers that went to somebody by name, for the person themselves (meetings.hooks)."""
    rows = Delivery.objects.filter(participant__person=person, paper__filed_at__isnull=False).order_by("pk")
    return [
        {
            "paper": filing.title_of(row.paper),
            "sent": row.sent_at.isoformat() if row.sent_at else "",
            "opened": row.seen_at.isoformat() if row.seen_at else "",
            "by": row.seen_by,
        }
        for row in rows.select_related("paper__issued", "paper__meeting__organiser")
    ]
