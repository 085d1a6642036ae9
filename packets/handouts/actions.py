"""What one can do: hand out numbered paper copies of a secret paper, take them back, note those that were reported lost.

All of it is possible after the meeting too: a copy that was ticked off by mistake is issued again to who still holds it, and
one that was lost and is found is collected as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant
from meetings.procedure import Ability, Actor
from packets.handouts import facts
from packets.handouts.rules import IN_HAND
from packets.models import Document, HandOut

LARGEST_NUMBER = 1_000_000
NAMED_AT_MOST = 3


def issue_copy(
    meeting: Meeting,
    *,
    by: Actor,
    document: Document,
    participants: Sequence[Participant] = (),
    bridge_points: Sequence[BridgePoint] = (),
    first: int | None = None,
) -> list[HandOut]:
    """Hand out one copy each to people and to bridge points, numbered from `first` (else after the highest number so far)."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        paper = _secret_paper(change, document)
        rows = [_to_person(one) for one in participants] + [_to_site(one) for one in bridge_points]
        if not rows:
            raise OutOfOrder(_("Choose who gets a copy."))
        _refuse_second_copies(paper, rows)
        start = first or _highest(paper) + 1
        if start + len(rows) - 1 > LARGEST_NUMBER:
            raise OutOfOrder(_("These numbers are too high. Begin with a lower one."))
        _refuse_numbers_out(paper, start, start + len(rows) - 1)
        for number, row in enumerate(rows, start=start):
            row.document, row.number, row.issued_at, row.issued_by = paper, number, change.now, by.name
        made = HandOut.objects.bulk_create(rows, batch_size=500)
        told = [
            {"number": r.number, "participant": r.participant_id, "bridge_point": r.bridge_point_id, "receiver": r.receiver}
            for r in made
        ]
        change.record(facts.CopyIssued(document=paper.number, title=paper.title, copies=told))
        return made


def collect_copy(meeting: Meeting, *, by: Actor, copies: Iterable[HandOut]) -> int:
    """Take copies back, of one paper or of several; those that somebody else has ticked off meanwhile are passed over."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        keys = [one.pk for one in copies]
        out = HandOut.objects.filter(document__meeting=meeting, pk__in=keys, collected_at=None)
        rows = list(out.select_related("document").order_by("document__number", "number"))
        if not rows:
            raise OutOfOrder(_("These copies have been collected already."))
        HandOut.objects.filter(pk__in=[row.pk for row in rows]).update(collected_at=change.now, collected_by=by.name)
        for paper in {row.document_id: row.document for row in rows}.values():
            told = [{"number": r.number, "receiver": r.receiver} for r in rows if r.document_id == paper.pk]
            change.record(facts.CopyCollected(document=paper.number, title=paper.title, copies=told))
        return len(rows)


def lose_copy(meeting: Meeting, *, by: Actor, copies: Iterable[HandOut], why: str) -> int:
    """Note that copies were reported lost, and how; those that have come back, or are noted already, are passed over."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        keys = [one.pk for one in copies]
        out = HandOut.objects.filter(document__meeting=meeting, pk__in=keys, collected_at=None, lost_at=None)
        rows = list(out.select_related("document").order_by("document__number", "number"))
        if not rows:
            raise OutOfOrder(_("These copies have come back, or their loss stands in the register already."))
        HandOut.objects.filter(pk__in=[row.pk for row in rows]).update(lost_at=change.now, lost_by=by.name, lost_why=why)
        for paper in {row.document_id: row.document for row in rows}.values():
            told = [{"number": r.number, "receiver": r.receiver} for r in rows if r.document_id == paper.pk]
            change.record(facts.CopyLost(document=paper.number, title=paper.title, copies=told, why=why))
        return len(rows)


def _secret_paper(change: Transition, document: Document) -> Document:
    row = change.fresh(document)
    if row.is_removed:
        raise OutOfOrder(_("This paper has been taken out. Reload the page."))
    if not row.is_placeholder:
        raise OutOfOrder(_("This paper is not secret: it is read on screen, and no numbered copies are kept of it."))
    return row


def _to_person(participant: Participant) -> HandOut:
    receiver = ", ".join(part for part in (participant.name, participant.office) if part)[:300]
    return HandOut(participant=participant, bridge_point_id=participant.bridge_point_id, receiver=receiver)


def _to_site(bridge_point: BridgePoint) -> HandOut:
    return HandOut(bridge_point=bridge_point, receiver=bridge_point.name[:300])


def _hands(row: HandOut) -> tuple[int | None, int | None]:
    """Return in whose hands a copy is: a person's, wherever they sit, or a bridge point's."""
    return (row.participant_id, None) if row.participant_id else (None, row.bridge_point_id)


def _refuse_second_copies(paper: Document, rows: Sequence[HandOut]) -> None:
    out = list(HandOut.objects.filter(IN_HAND, document=paper).order_by("number"))
    holding = {_hands(row): row for row in out}
    named = [f"{held.receiver} ({held.number})" for row in rows if (held := holding.get(_hands(row)))]
    if named:
        more = " …" if len(named) > NAMED_AT_MOST else ""
        names = "; ".join(named[:NAMED_AT_MOST]) + more
        raise OutOfOrder(_("Already with a copy of this paper: %(names)s. Leave them out.") % {"names": names})


def _highest(paper: Document) -> int:
    return HandOut.objects.filter(document=paper).aggregate(highest=Max("number"))["highest"] or 0


def _refuse_numbers_out(paper: Document, first: int, last: int) -> None:
    taken = HandOut.objects.filter(document=paper, collected_at=None, number__range=(first, last)).order_by("number").first()
    if taken and taken.is_lost:
        words = _("Copy %(number)d was reported lost: its number is not given again. Choose another number to begin with.")
        raise OutOfOrder(words % {"number": taken.number})
    if taken:
        raise OutOfOrder(
            _("Copy %(number)d is in the hands of %(receiver)s. Choose another number to begin with.")
            % {"number": taken.number, "receiver": taken.receiver}
        )
