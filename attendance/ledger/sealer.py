"""The ledgers of scans: sealed soon after a scan; what a process leaves behind, a duty seals."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from attendance.ledger.actions import seal_scans
from attendance.scanning.models import Scan, ScanSeal
from jobs.kinds import periodic
from meetings.models import Meeting
from meetings.procedure import the_system
from meetings.sealer import Sealer


def seal_ledger_of(meeting: int) -> int:
    """Seal one meeting's ledger if there is anything to seal, and return how many scans that were."""
    found = waiting().filter(pk=meeting).first()
    return seal_scans(found, by=the_system()) if found else 0


def waiting() -> QuerySet[Meeting]:
    """Return the meetings whose ledger holds scans beyond its last seal."""
    sealed = ScanSeal.objects.filter(meeting=OuterRef("meeting")).order_by("-number").values("last")[:1]
    beyond = Scan.objects.filter(meeting=OuterRef("pk"), pk__gt=Coalesce(Subquery(sealed), 0))
    return Meeting.objects.filter(Exists(beyond))


@periodic("scans.seal", every=2.0, waits=lambda: waiting().exists())
def seal_ledgers(still_mine: Callable[[], bool]) -> bool:
    """Seal what processes that ended have left behind."""
    for meeting in waiting():
        if not still_mine():
            break
        seal_scans(meeting, by=the_system())
    return False


SEALER = Sealer(seal_ledger_of)
