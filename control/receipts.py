"""What is noted outside the journal: site commands brought to consoles and seen there, lines read. Nothing here goes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from control.models import Line, Message, ReadMark, Receipt, SiteCommand
from meetings import clock
from meetings.models import Meeting

Pairs = Iterable[tuple[int, int]]
_LARGEST = 2**63 - 1  # what a key can be
_AT_ONCE = 10_000  # pairs in one statement


def note_delivered(meeting_id: int, pairs: Pairs) -> int:
    """Note (site command, bridge point) pairs that reached a console, in the meeting's time; return how many are new."""
    return _note(meeting_id, pairs, seen=False)


def note_seen(meeting_id: int, pairs: Pairs) -> int:
    """Note pairs that have stood before somebody's eyes, and so were delivered; return how many are new."""
    return _note(meeting_id, pairs, seen=True)


def mark_read(site_id: int, line: str, at_site: bool, up_to: int) -> bool:
    """Note that one side has read a line up to a message; tell whether that is news. A number too high means the newest."""
    written = Message.objects.filter(bridge_point_id=site_id, line=line, pk__lte=min(up_to, _LARGEST))
    newest = written.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        return False
    side = ReadMark.objects.filter(bridge_point_id=site_id, line=line, at_site=at_site)
    if not side.exists():
        ReadMark.objects.bulk_create([ReadMark(bridge_point_id=site_id, line=Line(line), at_site=at_site)], ignore_conflicts=True)
    return bool(side.filter(up_to__lt=newest).update(up_to=newest))


def _note(meeting_id: int, pairs: Pairs, *, seen: bool) -> int:
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is None:
        return 0
    now, noted = clock.now(meeting), 0
    with transaction.atomic():
        # The lock lets two processes note the same receipts without a deadlock; what has been withdrawn is of no interest.
        commands = SiteCommand.objects.filter(meeting=meeting, withdrawn_at=None).order_by("pk")
        standing = set(commands.select_for_update(no_key=True).values_list("pk", flat=True))
        for rows in _receipts(pair for pair in pairs if pair[0] in standing and 0 < pair[1] <= _LARGEST):
            if seen:
                news = rows.filter(seen_at=None)
                noted += news.update(seen_at=now, delivered_at=Coalesce("delivered_at", Value(now)))
            else:
                noted += rows.filter(delivered_at=None).update(delivered_at=now)
    return noted


def _receipts(pairs: Pairs) -> Iterator[QuerySet[Receipt]]:
    left = iter(pairs)
    while some := list(islice(left, _AT_ONCE)):
        sites: dict[int, set[int]] = defaultdict(set)
        for site_command, site in some:
            sites[site_command].add(site)
        wanted = Q()
        for site_command, at in sites.items():
            wanted |= Q(site_command_id=site_command, bridge_point_id__in=at)
        yield Receipt.objects.filter(wanted)
