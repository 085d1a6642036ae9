"""What the review answers to questions from below: who waits on a start page, whom nobody may take off the lists."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meetings import clock
from meetings.hooks import Asked
from meetings.models import BridgePoint, Meeting, Participant
from minutes.models import Circulated, Minutes, Remark
from minutes.review.readers import read_by
from minutes.review.rules import is_late
from people.models import User


def asked_of(user: User) -> Iterator[Asked]:
    """Yield the rounds in which an account is asked to read minutes and has not said that it has no further remark."""
    rows = Circulated.objects.filter(read_by(user), agreed_at=None, circulation__closed_at=None)
    rows = rows.filter(circulation__minutes__state=Minutes.State.DRAFT).select_related("circulation__minutes__meeting")
    rows = rows.exclude(circulation__minutes__meeting__kind=Meeting.Kind.REHEARSAL)
    stands = Q(remarks__isnull=False) & ~Q(remarks__state=Remark.State.WITHDRAWN)
    rows = rows.annotate(written=Count("remarks", filter=stands))
    found: dict[int, tuple[Circulated, int]] = {}
    for row in rows.defer("circulation__snapshot").order_by("circulation__deadline", "pk"):
        first, written = found.get(row.circulation_id, (None, 0))
        found[row.circulation_id] = first or row, written + row.written
    for reader, written in found.values():
        circulation, meeting = reader.circulation, reader.circulation.minutes.meeting
        if not is_late(circulation, clock.now(meeting)):
            url = reverse("minutes:review", args=[meeting.slug])
            yield Asked(str(_("Draft of the minutes")), _words(written), meeting.title, url, circulation.deadline)


def _words(written: int) -> str:
    """Return what is asked of readers who have sent so many remarks."""
    if not written:
        return str(_("You are asked to read the minutes and to say what is missing."))
    sentence = ngettext(
        "You have sent %(count)d remark; you can send more.",
        "You have sent %(count)d remarks; you can send more.",
        written,
    )
    return sentence % {"count": written}


def reads_minutes(participant: Participant) -> Iterator[object]:
    """Object to removing who was asked to read the minutes: their remarks would go with them."""
    if Circulated.objects.filter(participant=participant).exists():
        yield _("This person was asked to read the minutes; what they said of them stays with the record.")


def site_reads_minutes(site: BridgePoint) -> Iterator[object]:
    """The same for a bridge point."""
    if Circulated.objects.filter(bridge_point=site).exists():
        yield _("This bridge point was asked to read the minutes; what it said of them stays with the record.")
